"""Who needs what today: everybody of a clinic with their plan, the gravest first, narrowed by what was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet

from natalizumab.clinic.models import Clinic, Person
from natalizumab.clinic.plans import PersonPlan, gravity, plans_for
from natalizumab.clinic.words import DECISIONS, DUE_KINDS, EMERGENCIES, ROUTES, due_kind

_NO_DATE = date.max


@dataclass(frozen=True)
class Task:
    """A thing to do that is due or overdue on the day asked about."""

    kind: str
    action: str
    text: str
    due: date
    days_late: int
    urgent: bool = False

    @property
    def overdue(self) -> bool:
        return self.days_late > 0

    @property
    def word(self) -> str:
        """What it is called: by its kind, or, where it has none of its own, by what is to be done."""
        return DUE_KINDS[self.kind] if self.kind != "other" else self.action.capitalize()


@dataclass(frozen=True)
class Row:
    """One person on the worklist."""

    person: Person
    plan: PersonPlan
    on: date

    @property
    def decision(self) -> str:
        return self.plan.decision

    @property
    def state(self) -> str:
        found: str = self.plan.today["state"]
        return found

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return self.plan.reasons

    @cached_property
    def tasks(self) -> list[Task]:
        """Due and overdue, one of each kind: what an emergency asks for, then the latest; prompts are never tasks."""
        found = [_task(item) for item in self.plan.today["items"] if _counts(item)]
        dose = self._dose_task()
        if dose:
            found.append(dose)
        found.sort(key=lambda task: (not task.urgent, -task.days_late, task.due))
        first_of_kind = {task.kind: task for task in reversed(found)}
        return [task for task in found if first_of_kind[task.kind] is task]

    @property
    def overdue(self) -> bool:
        return any(task.overdue for task in self.tasks)

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(task.kind for task in self.tasks)

    @property
    def next_due(self) -> date | None:
        return _date(self.plan.today["next_dose"]["due"])

    @property
    def rank(self) -> tuple[Any, ...]:
        """Smaller is graver: by the decision, its gravest reason, then by what is late.

        Whoever needs nothing after the end of treatment comes last, however grave the reason.
        """
        at_rest = self.plan.ended and not self.tasks
        late = max((task.days_late for task in self.tasks), default=0)
        grave = (list(DECISIONS).index(self.decision), gravity(self.reasons[0]) if self.reasons else ())
        return (at_rest, grave, not self.overdue, not self.tasks, -late, self.next_due or _NO_DATE, self.person.number)

    def _dose_task(self) -> Task | None:
        due = self.next_due
        if due is None or due > self.on or self.decision == "stop":
            return None
        if self.plan.gap:
            return Task("other", "decide on a restart", "Decide on a restart", due, (self.on - due).days)
        return Task("dose", "dose", "Dose", due, (self.on - due).days)


@dataclass(frozen=True)
class Asked:
    """What the visitor narrowed the list to; empty means everything."""

    search: str = ""
    decision: str = ""
    need: str = ""
    kind: str = ""
    route: str = ""

    def without(self, name: str) -> Asked:
        return Asked(**{**self.__dict__, name: ""})

    def admits(self, row: Row) -> bool:
        return (
            self._found(row)
            and self.decision in ("", row.decision)
            and (not self.need or (row.overdue if self.need == "overdue" else bool(row.tasks)))
            and (not self.kind or self.kind in row.kinds)
            and self.route in ("", row.plan.route)
        )

    def _found(self, row: Row) -> bool:
        text = f"{row.person.number} {row.person.name}".casefold()
        return all(word in text for word in self.search.casefold().replace(",", " ").split())


@dataclass(frozen=True)
class Worklist:
    """The rows asked for, and for every filter how many people each choice would show."""

    rows: list[Row]
    total: int
    counts: dict[str, Counter[str]]


def worklist(clinic: Clinic, on: date, asked: Asked) -> Worklist:
    """The clinic's worklist on a day: two queries, whatever the size of the clinic."""
    people = list(people_of(clinic))
    everyone = sorted(
        (Row(person, made, on) for person, made in plans_for(people, on).items()), key=lambda row: row.rank
    )
    return Worklist([row for row in everyone if asked.admits(row)], len(everyone), _counts_by_filter(everyone, asked))


def people_of(clinic: Clinic) -> QuerySet[Person]:
    """The clinic's people, each with the number of their last entry, which ``plans_for`` needs."""
    return Person.objects.filter(clinic=clinic).annotate(last_sequence=Max("entries__sequence")).order_by("number")


def _counts_by_filter(rows: Iterable[Row], asked: Asked) -> dict[str, Counter[str]]:
    """A choice's count is what one would see after choosing it, so a filter's own choice is left out of the count."""
    counts = {name: Counter[str]() for name in ("decision", "need", "kind", "route")}
    others = {name: asked.without(name) for name in counts}
    for row in rows:
        values = {
            "decision": [row.decision],
            "need": ["overdue"] * row.overdue + ["due"] * bool(row.tasks),
            "kind": row.kinds,
            "route": [row.plan.route] if row.plan.route else [],
        }
        for name, found in values.items():
            if others[name].admits(row):
                counts[name].update(found)
    return counts


def _counts(item: dict[str, Any]) -> bool:
    return item["status"] in ("due", "overdue") and not item["prompt"]


def _task(item: dict[str, Any]) -> Task:
    late = item["days_late"] or 0
    urgent = item["rule"] in EMERGENCIES
    action = item["action"]
    return Task(due_kind(action), action, item["text"], date.fromisoformat(item["due"]), max(late, 0), urgent)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


CHOICES: dict[str, dict[str, str]] = {
    "decision": DECISIONS,
    "need": {"overdue": "Something overdue", "due": "Something due"},
    "kind": DUE_KINDS,
    "route": ROUTES,
}
"""What each filter allows; anything else in the address is ignored."""
