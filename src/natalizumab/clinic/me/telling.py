"""What a person tells becomes entries of their record at once, and an item in their clinic's triage list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from natalizumab.care.triage import dangers, think_of
from natalizumab.clinic.entries import EntryRefused, append_all
from natalizumab.clinic.me.signs import sign, written
from natalizumab.clinic.models import Person, ReportLevel, SelfReport, Source, User
from natalizumab.record.limits import MAX_NAME

LONGEST = 2000
"""Letters that a person may write."""


@dataclass(frozen=True, slots=True)
class Worse:
    """What was ticked and written on "I feel worse now"; ``worsening`` is None where the person cannot say."""

    signs: tuple[str, ...]
    words: str
    worsening: bool | None

    @property
    def symptoms(self) -> list[str]:
        """The names under which it enters the record; what nobody knows is entered as it was written."""
        names = [found.symptom for key in self.signs if (found := sign(key))]
        return [*names, " ".join(self.words.split())[:MAX_NAME]] if self.words.strip() else names

    @property
    def level(self) -> ReportLevel:
        """An emergency, or something for today: worsening never waits."""
        urgent = any(found.emergency for key in self.signs if (found := sign(key)))
        return ReportLevel.EMERGENCY if urgent else ReportLevel.TODAY


def worse(asked: Mapping[str, Sequence[str]]) -> Worse:
    """The form as it was sent. EntryRefused where it says nothing, or too much."""
    signs = tuple(key for key in asked.get("sign", ()) if sign(key))
    words = _one(asked, "words").strip()
    if not signs and not words:
        raise EntryRefused("tick what has changed, or write it in your own words")
    if len(words) > LONGEST:
        raise EntryRefused(f"write at most {LONGEST} letters; these are {len(words)}")
    return Worse(signs, words, {"yes": True, "no": False}.get(_one(asked, "worsening")))


@transaction.atomic
def tell_worse(person: Person, told: Worse, *, by: User, on: date, key: str) -> SelfReport:
    """Enter it, and put it into the clinic's list. Sent again with the same key, it returns what is there."""
    events = [_symptom(name, told.worsening, on) for name in dict.fromkeys(told.symptoms)]
    append_all(person, events, by=by, source=Source.SELF, key=key)
    return _report(person, key, by, told.level, told.symptoms, told.signs, told.words)


def _symptom(name: str, worsening: bool | None, on: date) -> dict[str, Any]:
    event: dict[str, Any] = {"kind": "symptom", "on": on.isoformat(), "name": name}
    return event if worsening is None else event | {"worsening": worsening}


def answers(asked: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The monthly check as it was sent. EntryRefused where a question has no answer."""
    found = {question.topic: _one(asked, question.topic) for question in written().check}
    if any(answer not in ("yes", "no") for answer in found.values()):
        raise EntryRefused("answer each question with yes or no")
    return found


@transaction.atomic
def tell_check(person: Person, said: Mapping[str, str], *, by: User, who: str, on: date, key: str) -> SelfReport | None:
    """Enter the monthly check; where something has changed, the clinic's list has it too."""
    event = {"kind": "selfcheck", "on": on.isoformat(), "answers": dict(said), "by": who}
    append_all(person, [event], by=by, source=Source.SELF, key=key)
    changed = [topic for topic, answer in said.items() if answer == "yes"]
    return _report(person, key, by, ReportLevel.SOON, [], changed, "") if changed else None


def _report(
    person: Person, key: str, by: User, level: int, names: Sequence[str], signs: Sequence[str], words: str
) -> SelfReport:
    values = {"person": person, "told_by": by, "level": level, "signs": list(signs), "words": words}
    report, made = SelfReport.objects.get_or_create(key=key, defaults=values | {"gravity": _gravity(names)})
    if not made and report.person_id != person.pk:
        raise EntryRefused("this form was sent before, for somebody else: open it again")
    return report


def _gravity(names: Sequence[str]) -> int:
    """The place of the gravest danger that the symptoms suggest; smaller is graver."""
    every = dangers()
    return min((every.index(found) for found in think_of(names).dangers), default=len(every))


def _one(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name, ())
    return values[0] if values else ""
