"""What a person reads of their own plan: dates and plain words. No text of a rule, no name, no risk ever gets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from natalizumab.clinic.me.releasing import is_open, released
from natalizumab.clinic.models import Entry, Person, PlanRelease
from natalizumab.clinic.plans import PersonPlan
from natalizumab.clinic.words import EMERGENCIES, due_kind

PLAIN = {
    "mri": ("An MRI scan of your head", "It shows changes in the brain early, often before you would notice anything."),
    "jcv": ("A blood test for the JC virus", "It helps your team to keep the treatment safe for you."),
    "labs": ("Blood tests", "They show whether your liver and your blood are well."),
    "antibody": ("A blood test for antibodies", "It shows whether your body lets the medicine work."),
    "tests": ("Blood tests for infections", "They show what you are protected against."),
    "review": ("A talk with your neurologist", "About how you are, and whether the treatment still suits you."),
}
"""What is due in words for the person, and why. What is not here is between the members of the team."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due by a day, or should have been done by it."""

    what: str
    why: str
    by: date
    late: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """``next_dose`` is None where the team has yet to confirm it; ``held``: the team's words about a hold."""

    on: date
    next_dose: date | None
    held: PlanRelease | None
    due: tuple[Due, ...]

    @property
    def passed(self) -> bool:
        return self.next_dose is not None and self.next_dose < self.on


def shown(person: Person, entries: Sequence[Entry], plan: PersonPlan, on: date) -> Shown:
    """What the person sees on a day; one query."""
    if is_open(plan):
        day = plan.today["next_dose"]["due"]
        return Shown(on, date.fromisoformat(day) if day else None, None, _due(plan))
    return Shown(on, None, released(person, entries, plan, on), _due(plan))


def _due(plan: PersonPlan) -> tuple[Due, ...]:
    """Each kind of thing once, the first of it. What belongs to a danger or a hold is the team's to tell."""
    silent = {reason["rule"] for reason in [*plan.reasons, *plan.today["reasons"]] if reason["effect"] != "confirm"}
    found: dict[str, Due] = {}
    for item in sorted(plan.today["items"], key=lambda item: item["due"]):
        kind = due_kind(item["action"])
        quiet = item["prompt"] or item["rule"] in silent or item["rule"] in EMERGENCIES or item["status"] == "blocked"
        if kind in PLAIN and not quiet:
            what, why = PLAIN[kind]
            found.setdefault(kind, Due(what, why, date.fromisoformat(item["due"]), item["status"] == "overdue"))
    return tuple(found.values())
