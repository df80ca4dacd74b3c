"""A clinician's answer to a reason of the plan: which answers fit it, who may give them, and the entries they make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.clinic.event_words import read
from natalizumab.clinic.models import Entry, Role

ACKNOWLEDGED, RELEASED, DECLINED = "acknowledged", "released", "declined"
_FITS = {"confirm": ACKNOWLEDGED, "hold": RELEASED}
_DIGITS = 12

CHOICES = {
    ACKNOWLEDGED: ("Acknowledge", "The reason is known and accepted; it no longer asks before a dose."),
    RELEASED: ("Release", "The reason is resolved or outweighed; it no longer holds."),
    DECLINED: ("Decline", "The reason stands. An earlier answer to it no longer counts."),
}
"""What can be decided: the word, and what follows."""


@dataclass(frozen=True)
class Question:
    """A reason that asks for a decision. ``answers`` are the events behind it, once for each time that it is given."""

    rule: str
    effect: str
    text: str
    order: str | None
    needs: str | None
    answers: tuple[tuple[str, ...], ...]

    @property
    def handle(self) -> str:
        """Its name in an address: another one as soon as it rests on other events."""
        said = [self.rule, self.effect, self.order, sorted(self.answers)]
        return f"{self.rule}-{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:_DIGITS]}"

    @property
    def can_be_decided(self) -> bool:
        """A stop ends only with its facts, and a record that can't be read only when it can be."""
        return self.effect in _FITS and self.rule != "record"

    @property
    def for_a_prescriber(self) -> bool:
        """Whether nobody but a prescriber may say yes."""
        return self.needs == Role.PRESCRIBER

    def choices(self, role: str) -> list[str]:
        """What somebody of that role may decide."""
        yes = role == Role.PRESCRIBER or not self.for_a_prescriber
        return ([_FITS[self.effect]] if yes else []) + [DECLINED]

    def events(self, choice: str, reason: str, by: str, on: date) -> list[dict[str, Any]]:
        """The decision as entries: one for each set of events that it answers."""
        told = {"kind": "decision", "on": on.isoformat(), "rule": self.rule, "choice": choice}
        return [told | {"answers": list(facts), "reason": reason, "by": by} for facts in self.answers]


def question(reason: Mapping[str, Any], answers: Sequence[Sequence[str]]) -> Question:
    """The question that a reason of the plan asks."""
    facts = tuple(dict.fromkeys(tuple(some) for some in answers))
    return Question(reason["rule"], reason["effect"], reason["text"], reason["order"], reason["needs"], facts)


def taken_by_a_prescriber(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether an entry is a prescriber's decision, or takes one back: then nobody else may mark it as an error."""
    by_id = {one.pk: one for one in entries}
    while entry.corrects_id is not None and entry.corrects_id in by_id:
        entry = by_id[entry.corrects_id]
    return entry.kind == "decision" and not entry.erased and read(entry.payload)["choice"] != ACKNOWLEDGED
