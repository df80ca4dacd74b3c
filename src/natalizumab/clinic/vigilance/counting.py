"""A clinic's figures as they are kept: its sums, who is not in them yet as they are now, and who is behind a signal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from natalizumab.clinic.models import Clinic, ClinicTally, Person, PersonFacts, Work
from natalizumab.clinic.vigilance.adding_up import Sums
from natalizumab.clinic.vigilance.keeping import make_some, read, rules_now
from natalizumab.clinic.vigilance.shape import SHAPE
from natalizumab.clinic.vigilance.signals import Signal, bit

MOST = 8
"""So many people are made anew for one page: some tenths of a second where nothing was kept."""

LARGE = 300
"""In a clinic of so many people somebody always waits, so pages leave it to ``natalizumab tick``, and say who waits."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A clinic's ``people`` and what they add up to. ``never``: not counted yet; ``older``: counted, not as of now.

    ``by_pages``: whether every page counts a few of them anew.
    """

    people: int
    sums: Sums
    never: int
    older: int
    by_pages: bool

    @property
    def waiting(self) -> int:
        return self.never + self.older


def counted(clinic: Clinic, on: date, most: int = MOST) -> Counted:
    """The clinic's sums: two queries. In a clinic that is not ``LARGE`` at most so many are made anew: five more."""
    sums, everybody = kept_sums(clinic), Work.objects.filter(clinic=clinic)
    true_now = Count("pk", filter=Q(counted_for=rules_now().mark(on)))
    found = everybody.aggregate(people=Count("pk"), true_now=true_now)
    waits = found["people"] - found["true_now"]
    by_pages = found["people"] < LARGE
    if waits and most and by_pages:
        made = make_some(clinic, on, most)
        sums.update(made.changes)
        waits -= made.people
    # The two were asked one after the other, and somebody may have been counted between.
    never = min(max(found["people"] - sums["people"], 0), max(waits, 0))
    return Counted(found["people"], Sums(sums), never, max(waits, 0) - never, by_pages)


def kept_sums(clinic: Clinic) -> Counter[str]:
    """The sums by name; one query."""
    return Counter(dict(ClinicTally.objects.filter(clinic=clinic, shape=SHAPE).values_list("name", "count")))


def behind(clinic: Clinic, signal: Signal) -> list[tuple[Person, date]]:
    """The people who are cases of a signal, and when it was seen, the latest first; one query."""
    rows = PersonFacts.objects.filter(person__clinic=clinic, shape=SHAPE).select_related("person")
    cases = rows.alias(of_signal=F("signals").bitand(bit(signal))).filter(of_signal__gt=0)
    return sorted(_days(cases.iterator(), signal), key=lambda case: (-case[1].toordinal(), case[0].number))


def _days(rows: Iterator[PersonFacts], signal: Signal) -> Iterator[tuple[Person, date]]:
    for row in rows:
        day = signal.day(read(row))
        if day is not None:
            yield row.person, day
