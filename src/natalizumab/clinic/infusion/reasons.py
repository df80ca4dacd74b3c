"""What stands against a dose, and who may answer it.

A confirm is acknowledged, a hold is released by a prescriber, and a stop has no answer: only a correction of the facts
ends it. What holds another order (a vaccine, say) does not hold the dose: it is acknowledged, and the order stays held.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from natalizumab.clinic.models import Role
from natalizumab.record import Course, Decision

TOO_SOON = "DOS-03"
"""The rule that holds a dose because of the one just given."""

UNREADABLE = "record"
"""What ``plans`` calls the reason of a record that nobody can read."""

ACKNOWLEDGED, RELEASED, DECLINED = "acknowledged", "released", "declined"
_ONLY_PRESCRIBERS = "A prescriber answers this."


@dataclass(frozen=True)
class Against:
    """A reason against a dose. ``choice`` is what answers it, None where nothing does; ``entitled``: the asker may.

    ``settled``: it no longer stands in the way of the dose.
    """

    reason: dict[str, Any]
    choice: str | None
    entitled: bool
    settled: bool

    @property
    def key(self) -> str:
        """The same as long as the reason rests on the same facts."""
        told = [self.reason[name] for name in ("rule", "effect", "order", "facts")]
        return f"{self.reason['rule']}-{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]}"

    @property
    def weight(self) -> str:
        """What it counts for in the decision about the dose."""
        effect: str = self.reason["effect"]
        return "confirm" if self.reason["order"] else effect

    @property
    def answerable(self) -> bool:
        """Whether it waits for an answer that the asker may give."""
        return self.entitled and self.choice is not None and not self.settled

    @property
    def who(self) -> str:
        """Who may answer, where the asker may not."""
        if self.settled or self.entitled:
            return ""
        return _ONLY_PRESCRIBERS if self.choice else ""


def against(reasons: Iterable[dict[str, Any]], course: Course | None, role: str) -> list[Against]:
    """The reasons of a plan, as somebody of that role sees them."""
    said = tuple(one for one in course.all(Decision) if one.day == course.on) if course else ()
    return [_against(reason, said, role) for reason in reasons]


def still_open(found: Iterable[Against]) -> list[Against]:
    """Those that stand in the way of a dose now."""
    return [one for one in found if not one.settled]


def decision(found: Iterable[Against]) -> str:
    """The gravest of what is still open."""
    weights = {one.weight for one in still_open(found)}
    return next((weight for weight in ("stop", "hold", "confirm") if weight in weights), "allow")


def answers(chosen: Iterable[Against], choice: str | None, why: str, by: str, on: str) -> list[dict[str, Any]]:
    """The entries that answer reasons: each with its own choice, or all with ``choice``."""
    found = []
    for one in chosen:
        event = {"kind": "decision", "on": on, "rule": one.reason["rule"], "choice": choice or one.choice}
        found.append({**event, "answers": list(one.reason["facts"]), "reason": why, "by": by})
    return found


def _against(reason: dict[str, Any], said: tuple[Decision, ...], role: str) -> Against:
    choice = _choice(reason)
    # What holds another order is only seen here, whoever sees it: the order stays held.
    strict = reason["needs"] == Role.PRESCRIBER and not (reason["order"] and reason["effect"] == "hold")
    entitled = role == Role.PRESCRIBER or (role == Role.NURSE and not strict)
    return Against(reason, choice, entitled, bool(reason["order"]) and _acknowledged(reason, said))


def _choice(reason: dict[str, Any]) -> str | None:
    if reason["rule"] == UNREADABLE:
        return None
    if reason["order"] or reason["effect"] == "confirm":
        return ACKNOWLEDGED
    return RELEASED if reason["effect"] == "hold" else None


def _acknowledged(reason: dict[str, Any], said: tuple[Decision, ...]) -> bool:
    """Whether the last word of the day on what holds another order was that somebody had seen it."""
    own = [one for one in said if one.rule == reason["rule"] and set(one.answers or ()) == set(reason["facts"])]
    return bool(own) and own[-1].choice in (ACKNOWLEDGED, RELEASED)
