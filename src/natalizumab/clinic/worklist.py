"""Who needs what today: the clinic's people from the worklist's tables, the gravest first, narrowed as was asked.

Narrowing, sorting and counting are the database's work. A page in view whose rows went stale is worked out before it is
shown, so that nobody ever sees a decision of another day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from natalizumab.clinic.models import NEVER, Clinic, Person, User, Work, WorkItem
from natalizumab.clinic.projection import is_stale, is_to_make, refresh_rows, stale
from natalizumab.clinic.words import DECISIONS, DUE_KINDS, ROUTES, written_action
from natalizumab.clinic.work.bits import NEEDS, SHOWN_KINDS
from natalizumab.clinic.work.handled import Handled, from_plain
from natalizumab.clinic.work.made import DOSE, RESTART

PER_PAGE = 25

CHOICES: dict[str, dict[str, str]] = {
    "decision": DECISIONS,
    "need": {
        "overdue": "Something overdue",
        "due": "Something due",
        "unowned": "Taken by nobody",
        "mine": "Taken by me",
        "week": "Infusion this week",
    },
    "kind": DUE_KINDS | {"serology": "Serology"},
    "route": ROUTES,
}
"""What each filter allows; anything else in the address is ignored."""

SORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("Gravest", ("rank", "number")),
    "next": ("Next dose", ("next_due", "number")),
    "name": ("Name", ("name", "number")),
    "number": ("Number", ("number",)),
}
"""By their names in the address: the word, and the columns. Each has an index."""


@dataclass(frozen=True)
class Task:
    """A thing that is due or overdue on the day shown."""

    key: str
    kind: str
    action: str
    last_day: date
    days_late: int
    handled: Handled = field(default_factory=Handled)
    put_off: bool = False

    @property
    def overdue(self) -> bool:
        return self.days_late > 0 and not self.put_off

    @property
    def word(self) -> str:
        """What it is called: by its kind, or, where it has none of its own, by what is to be done."""
        return DUE_KINDS[self.kind] if self.kind != "other" else written_action(self.action)

    @property
    def is_dose(self) -> bool:
        """The next dose itself, or the restart in its place: nobody takes or orders it here."""
        return self.action in (DOSE, RESTART)


@dataclass(frozen=True)
class Row:
    """One person on the worklist, as on a day."""

    work: Work
    on: date

    @property
    def person(self) -> Person:
        return self.work.person

    @property
    def decision(self) -> str:
        return self.work.decision

    @property
    def decision_for(self) -> date:
        return max(self.work.decision_for or self.on, self.on)

    @property
    def next_due(self) -> date | None:
        return None if self.work.next_due == NEVER else self.work.next_due

    @property
    def more_reasons(self) -> int:
        return max(len(self.work.rules) - 1, 0)

    @property
    def tasks(self) -> list[Task]:
        """Due and overdue, one of each kind: what an emergency asks for, then the latest, then what is put off."""
        return [task_from(plain, self.on) for plain in self.work.tasks]

    @property
    def overdue(self) -> bool:
        return any(task.overdue for task in self.tasks)


def task_from(plain: dict[str, Any], on: date) -> Task:
    last, handled = date.fromisoformat(plain["last_day"]), from_plain(plain["handled"])
    late = max((on - last).days, 0)
    return Task(plain["key"], plain["kind"], plain["action"], last, late, handled, handled.snoozed(on))


@dataclass(frozen=True)
class Asked:
    """What the visitor narrowed the list to; empty means everything. ``mine`` is about ``user``."""

    search: str = ""
    decision: str = ""
    need: str = ""
    kind: str = ""
    route: str = ""
    sort: str = ""
    user: User | None = None

    @property
    def words(self) -> str:
        """What it was narrowed to, for the record of who read it; of a search that there was one, and not for whom."""
        chosen = [CHOICES[name][value] for name in CHOICES if (value := getattr(self, name)) in CHOICES[name] and value]
        return ", ".join([*(["a search"] if self.search else []), *map(str, chosen)])

    def without(self, name: str) -> Asked:
        return Asked(**{**self.__dict__, name: ""})

    def people(self, clinic: Clinic, on: date) -> QuerySet[Work]:
        """The rows asked for, in order."""
        # Few are mine: asked for by their ids alone, they are found first and sorted then, not the other way round.
        mine = self.need == "mine"
        found = _found(Work.objects.filter(self._mine(clinic)) if mine else _all(clinic), self.search)
        if self.decision:
            found = found.filter(decision=self.decision)
        if self.route:
            found = found.filter(route=self.route)
        if self.kind:
            found = found.alias(of_kind=F("kinds").bitand(SHOWN_KINDS[self.kind])).filter(of_kind__gt=0)
        if self.need in NEEDS:
            found = found.alias(in_need=F("needs").bitand(NEEDS[self.need])).filter(in_need__gt=0)
        elif self.need == "week":
            found = found.filter(_this_week(on))
        return found.order_by(*SORTS[self.sort][1])

    def count(self, clinic: Clinic, on: date) -> Counts:
        """How many people there are, would be, and wait: one question, answered from one index."""
        alike = _found(_all(clinic), self.search).values("decision", "route", "needs", "kinds").order_by()
        groups = alike.annotate(
            everybody=Count("pk"),
            mine=Count("pk", filter=self._mine(clinic)),
            week=Count("pk", filter=_this_week(on)),
            waiting=Count("pk", filter=stale(on)),
        )
        return Counts([Group(**group) for group in groups], self)

    def _mine(self, clinic: Clinic) -> Q:
        items = WorkItem.objects.filter(owner=self.user, clinic=clinic) if self.user else WorkItem.objects.none()
        return Q(person__in=items.values("person"))


def _all(clinic: Clinic) -> QuerySet[Work]:
    return Work.objects.filter(clinic=clinic)


def _found(found: QuerySet[Work], search: str) -> QuerySet[Work]:
    for word in search.casefold().replace(",", " ").split():
        found = found.filter(searched__contains=word)
    return found


def _this_week(on: date) -> Q:
    """Whose dose is due by Sunday, late ones among them; not after a gap, where a restart is to be decided on."""
    sunday = on + timedelta(days=6 - on.weekday())
    return Q(next_due__lte=sunday, gap=False)


@dataclass(frozen=True)
class Group:
    """So many people who are alike in all that one can narrow the list to."""

    decision: str
    route: str
    needs: int
    kinds: int
    everybody: int
    mine: int
    week: int
    waiting: int

    def admitted(self, asked: Asked) -> int:
        """How many of them the list would show."""
        if asked.decision not in ("", self.decision) or asked.route not in ("", self.route):
            return 0
        if asked.kind and not self.kinds & SHOWN_KINDS[asked.kind]:
            return 0
        return self.in_need(asked.need) if asked.need else self.everybody

    def in_need(self, need: str) -> int:
        if need in NEEDS:
            return self.everybody if self.needs & NEEDS[need] else 0
        return self.mine if need == "mine" else self.week


class Counts:
    """How many people each choice would show after choosing it, so a filter's own choice is left out of its counts."""

    def __init__(self, groups: list[Group], asked: Asked) -> None:
        self.total = sum(group.everybody for group in groups)
        self.waiting = sum(group.waiting for group in groups)
        self.asked_for = sum(group.admitted(asked) for group in groups)
        self.by_filter: dict[str, Counter[str]] = {name: Counter() for name in CHOICES}
        others = {name: asked.without(name) for name in CHOICES}
        kinds = Counter[int]()
        for group in groups:
            self.by_filter["decision"][group.decision] += group.admitted(others["decision"])
            self.by_filter["route"][group.route] += group.admitted(others["route"])
            kinds[group.kinds] += group.admitted(others["kind"])
            if group.admitted(others["need"]):
                for need in CHOICES["need"]:
                    self.by_filter["need"][need] += group.in_need(need)
        for bits, count in kinds.items():
            self.by_filter["kind"].update({kind: count for kind, mask in SHOWN_KINDS.items() if bits & mask})


@dataclass(frozen=True)
class Worklist:
    """A page of rows, and how many there are of what. ``waiting``: people elsewhere whose rows are stale."""

    rows: list[Row]
    number: int
    pages: int
    count: int
    total: int
    waiting: int
    counts: dict[str, Counter[str]]

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def worklist(clinic: Clinic, on: date, asked: Asked, number: int = 1, size: int = PER_PAGE) -> Worklist:
    """A page of the clinic's worklist on a day; a number beyond the last is the last.

    Two queries, whatever the size of the clinic, and seven more where rows in view are stale.
    """
    counts = asked.count(clinic, on) if number > 1 else None
    if counts:
        number = min(number, _pages(counts.asked_for, size))
    found = list(asked.people(clinic, on)[(number - 1) * size : number * size])
    rows = _fresh(found, on, asked.sort)
    if counts:
        counts.waiting -= sum(is_stale(row, on) for row in found)
    else:
        counts = asked.count(clinic, on)
    return Worklist(
        rows=[Row(row, on) for row in rows],
        number=number,
        pages=_pages(counts.asked_for, size),
        count=counts.asked_for,
        total=counts.total,
        waiting=counts.waiting,
        counts=counts.by_filter,
    )


def _pages(count: int, size: int) -> int:
    return max(-(-count // size), 1)


def _fresh(rows: list[Work], on: date, sort: str) -> list[Work]:
    """The rows with those that are stale worked out anew, in their order; none leaves the page for it."""
    old = [row for row in rows if is_to_make(row, on)]
    if not old:
        return rows
    made = {one.row.pk: one.row for one in refresh_rows(old, on)}
    fresh = [made.get(row.pk, row) for row in rows]
    return sorted(fresh, key=lambda row: [getattr(row, name) for name in SORTS[sort][1]])
