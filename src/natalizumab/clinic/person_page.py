"""Everything a person's page shows, gathered once: the plan, its facts as lines of the timeline, risk and curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from natalizumab.clinic.briefs import Brief
from natalizumab.clinic.deciding import Question, question
from natalizumab.clinic.disease_shown import RULES as DISEASE_RULES
from natalizumab.clinic.disease_shown import DiseaseShown, disease_shown
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.pictogram import Pictogram, pictogram
from natalizumab.clinic.plans import PersonPlan
from natalizumab.clinic.timeline import Earlier, Line, by_year, day_of, first_shown, timeline
from natalizumab.record import Course, Record


@dataclass(frozen=True)
class Shown:
    """A reason, item or note of the plan beside the timeline's lines that it rests on.

    ``answers`` are the events behind it, once for each time that the plan says it.
    """

    finding: dict[str, Any]
    facts: list[Line]
    answers: list[list[str]]

    @property
    def question(self) -> Question:
        """What it asks a clinician to decide, if it is a reason."""
        return question(self.finding, self.answers)


@dataclass(frozen=True)
class PersonPage:
    """The page's content; ``course`` is None where the record can't be read.

    The timeline's ``earlier`` years (``timeline.first_shown``) are a page of their own, and the curve follows by itself
    (``curve_shown``).
    """

    person: Person
    plan: PersonPlan
    on: date
    years: list[tuple[int, list[list[Line]]]]
    earlier: Earlier | None
    reasons: list[Shown]
    items: list[Shown]
    prompts: list[Shown]
    notes: list[Shown]
    disease: DiseaseShown | None
    disease_notes: list[Shown]
    year_dots: Pictogram | None
    so_far_dots: Pictogram | None
    course: Course | None = field(repr=False)

    @property
    def age(self) -> int | None:
        return self.course.age() if self.course else None

    @property
    def next_due_past(self) -> bool:
        return self.plan.next_due is not None and self.plan.next_due < self.on

    @property
    def held(self) -> bool:
        """Whether something stands against the next dose, today or on the day that the decision is for."""
        return self.plan.today["state"] == "held" or self.plan.decision == "hold"

    @property
    def doses(self) -> int | None:
        return self.course.dose_count() if self.course else None


def person_page(
    person: Person, entries: Sequence[Entry | Brief], record: Record | None, plan: PersonPlan, on: date
) -> PersonPage:
    """The page of one person on a day, from entries, what they make, and plan; no query."""
    course = record.course(on) if record else None
    days = [day_of(entry) for entry in entries]
    first, named = first_shown(days, on), _named(plan)
    shown = (entry for entry, day in zip(entries, days, strict=True) if day >= first or entry.ref in named)
    lines = timeline(list(shown), record)
    by_id = {str(line.id): line for line in lines}
    notes = [_shown(note, by_id) for note in plan.today["notes"] if plan.today["pml"]["words"] not in note["text"]]
    items = _merged([_shown(item, by_id) for item in plan.today["items"]], "rule", "action", "text", "due")
    return PersonPage(
        person=person,
        plan=plan,
        on=on,
        years=by_year([line for line in lines if line.day >= first]),
        earlier=Earlier.of(day for day in days if day < first),
        reasons=reasons_shown(plan, by_id),
        items=[item for item in items if not item.finding["prompt"]],
        prompts=[item for item in items if item.finding["prompt"]],
        notes=[note for note in notes if note.finding["rule"] not in DISEASE_RULES],
        disease=disease_shown(course) if course else None,
        disease_notes=[note for note in notes if note.finding["rule"] in DISEASE_RULES],
        year_dots=_dots(plan.today["pml"], "per_1000"),
        so_far_dots=_dots(plan.today["pml"], "cumulative_per_1000"),
        course=course,
    )


def _named(plan: PersonPlan) -> set[str]:
    """The ids of all entries that the plan names as facts."""
    findings = [*plan.reasons, *plan.today["items"], *plan.today["notes"]]
    return {fact for finding in findings for fact in finding["facts"]}


def reasons_shown(plan: PersonPlan, lines: dict[str, Line]) -> list[Shown]:
    """The reasons of a plan as the page shows them, one for all that reads the same."""
    return _merged([_shown(reason, lines) for reason in plan.reasons], "rule", "effect", "text", "order")


def _shown(finding: dict[str, Any], lines: dict[str, Line]) -> Shown:
    return Shown(finding, [lines[ref] for ref in finding["facts"] if ref in lines], [finding["facts"]])


def _merged(findings: Sequence[Shown], *alike: str) -> list[Shown]:
    """What is the same in all that is shown of it, said because of several facts, once with all of them."""
    found: dict[tuple[str, ...], Shown] = {}
    for one in findings:
        same = found.setdefault(tuple(one.finding[key] for key in alike), one)
        same.facts.extend(line for line in one.facts if line not in same.facts)
        if same is not one:
            same.answers.extend(one.answers)
    return list(found.values())


def _dots(pml: dict[str, Any], figure: str) -> Pictogram | None:
    return pictogram(pml[figure]) if pml["per_1000"] is not None else None
