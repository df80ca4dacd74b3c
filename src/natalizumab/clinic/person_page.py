"""Everything a person's page shows, gathered once: the plan, its facts as lines of the timeline, risk and curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from natalizumab.clinic import solver_ready
from natalizumab.clinic.disease_shown import RULES as DISEASE_RULES
from natalizumab.clinic.disease_shown import DiseaseShown, disease_shown
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.own_curve import Key, NoCurve, OwnCurve, own_curve
from natalizumab.clinic.pictogram import Pictogram, pictogram
from natalizumab.clinic.plans import PersonPlan
from natalizumab.clinic.records import record_of
from natalizumab.clinic.timeline import Line, by_year, timeline
from natalizumab.errors import Refusal
from natalizumab.record import Course, Record

PATIENCE_SECONDS = 2.0
"""How long a page waits for a solver that is being loaded: more than loading takes, and less than compiling."""

PREPARING = "The model is being compiled on this machine, which takes some fifteen seconds and happens once."

UNREADABLE = "Cannot say: the record cannot be read."


@dataclass(frozen=True)
class Shown:
    """A reason, item or note of the plan beside the timeline's lines that it rests on."""

    finding: dict[str, Any]
    facts: list[Line]


@dataclass(frozen=True)
class PersonPage:
    """The page's content; ``course`` is None where the record can't be read.

    Without ``curve``, ``no_curve`` says why; ``preparing``: because the solver is not ready yet.
    """

    person: Person
    plan: PersonPlan
    on: date
    years: list[tuple[int, list[list[Line]]]]
    reasons: list[Shown]
    items: list[Shown]
    prompts: list[Shown]
    notes: list[Shown]
    disease: DiseaseShown | None
    disease_notes: list[Shown]
    year_dots: Pictogram | None
    so_far_dots: Pictogram | None
    curve: OwnCurve | None
    no_curve: str
    preparing: bool
    course: Course | None = field(repr=False)

    @property
    def age(self) -> int | None:
        return self.course.age() if self.course else None

    @property
    def next_due_past(self) -> bool:
        due = self.plan.today["next_dose"]["due"]
        return due is not None and date.fromisoformat(due) < self.on

    @property
    def held(self) -> bool:
        """Whether something stands against the next dose, today or on the day that the decision is for."""
        return self.plan.today["state"] == "held" or self.plan.decision == "hold"

    @property
    def doses(self) -> int | None:
        return self.course.dose_count() if self.course else None


def person_page(person: Person, entries: Sequence[Entry], plan: PersonPlan, on: date) -> PersonPage:
    """The page of one person on a day, from entries and plan; no query."""
    record = _readable(person, entries)
    course = record.course(on) if record else None
    lines = timeline(entries, record)
    by_id = {str(line.id): line for line in lines}
    key = _key(person, entries, plan, course) if course else None
    preparing = key is not None and not solver_ready.ready(PATIENCE_SECONDS)
    curve, no_curve = (None, PREPARING) if preparing else _curve(key)
    notes = [_shown(note, by_id) for note in plan.today["notes"] if plan.today["pml"]["words"] not in note["text"]]
    items = _merged([_shown(item, by_id) for item in plan.today["items"]], "rule", "action", "text", "due")
    return PersonPage(
        person=person,
        plan=plan,
        on=on,
        years=by_year(lines),
        reasons=_merged([_shown(reason, by_id) for reason in plan.reasons], "rule", "effect", "text", "order"),
        items=[item for item in items if not item.finding["prompt"]],
        prompts=[item for item in items if item.finding["prompt"]],
        notes=[note for note in notes if note.finding["rule"] not in DISEASE_RULES],
        disease=disease_shown(course) if course else None,
        disease_notes=[note for note in notes if note.finding["rule"] in DISEASE_RULES],
        year_dots=_dots(plan.today["pml"], "per_1000"),
        so_far_dots=_dots(plan.today["pml"], "cumulative_per_1000"),
        curve=curve,
        no_curve=no_curve,
        preparing=preparing,
        course=course,
    )


def _readable(person: Person, entries: Sequence[Entry]) -> Record | None:
    try:
        return record_of(person, entries)
    except Refusal:
        return None


def _shown(finding: dict[str, Any], lines: dict[str, Line]) -> Shown:
    return Shown(finding, [lines[ref] for ref in finding["facts"] if ref in lines])


def _merged(findings: Sequence[Shown], *alike: str) -> list[Shown]:
    """What is the same in all that is shown of it, said because of several facts, once with all of them."""
    found: dict[tuple[str, ...], Shown] = {}
    for one in findings:
        same = found.setdefault(tuple(one.finding[key] for key in alike), one)
        same.facts.extend(line for line in one.facts if line not in same.facts)
    return list(found.values())


def _dots(pml: dict[str, Any], figure: str) -> Pictogram | None:
    return pictogram(pml[figure]) if pml["per_1000"] is not None else None


def curve_key(person: Person, entries: Sequence[Entry], plan: PersonPlan, on: date) -> Key | None:
    """What the person's curve depends on; None where the record can't be read."""
    record = _readable(person, entries)
    return _key(person, entries, plan, record.course(on)) if record else None


def _key(person: Person, entries: Sequence[Entry], plan: PersonPlan, course: Course) -> Key:
    due = plan.today["next_dose"]["due"]
    last = entries[-1].sequence if entries else None
    return Key(person.pk, last, course.on, date.fromisoformat(due) if due else None, course)


def _curve(key: Key | None) -> tuple[OwnCurve | None, str]:
    if key is None:
        return None, UNREADABLE
    try:
        return own_curve(key), ""
    except NoCurve as refusal:
        return None, str(refusal)
