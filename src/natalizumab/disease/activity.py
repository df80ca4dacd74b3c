"""NEIDA and NEDA-3 from a record: whether there was activity since the rebaseline scan, and in each year since.

NEIDA, no evident inflammatory disease activity: no relapse, no new T2 lesion, no enhancing one. NEDA-3: that, and no
confirmed worsening of disability. What nobody looked at is not "no activity": then it can't be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from natalizumab.disease.disability import Worsening, worsening
from natalizumab.disease.rebaseline import rebaseline
from natalizumab.evidence import value
from natalizumab.record import Course, Edss, Event, Mri, Relapse
from natalizumab.record.dates import add_months

NO_START = "nobody knows when treatment began, so no scan can be its rebaseline"
NOT_STARTED = "natalizumab has not been given"
NO_REBASELINE = "there is no full scan from three months of treatment on to count from"


@dataclass(frozen=True, slots=True)
class Period:
    """A time after the rebaseline scan, from the day after ``start`` to ``end``.

    ``new_t2`` and ``enhancing`` are lesions on its scans, None where no scan tells. ``neida`` and ``neda_3`` are True,
    False, or None with ``why_not``; False needs one finding, True needs everything looked at.
    """

    start: date
    end: date
    relapses: tuple[Relapse, ...]
    scans: tuple[Mri, ...]
    new_t2: int | None
    enhancing: int | None
    worsening: Worsening | None
    neida: bool | None
    neda_3: bool | None
    why_not: str | None

    @property
    def active(self) -> tuple[Event, ...]:
        """The entries that show activity, in order of time."""
        scans = tuple(scan for scan in self.scans if scan.new_t2 or scan.gd)
        return tuple(sorted((*self.relapses, *scans), key=lambda event: event.day))


@dataclass(frozen=True, slots=True)
class Activity:
    """``whole`` is the time since the rebaseline scan, ``years`` its full years; None and empty with ``why_not``.

    ``changes_on`` is the first later day on which time alone makes it say something else.
    """

    rebaseline: Mri | None
    whole: Period | None
    years: tuple[Period, ...]
    why_not: str | None = None
    changes_on: date | None = None


def activity(course: Course) -> Activity:
    """What the record shows of disease activity up to the course's date."""
    scan = rebaseline(course)
    if scan is None:
        why_not = NOT_STARTED if not course.started else NO_START if course.first_dose() is None else NO_REBASELINE
        return Activity(None, None, (), why_not)
    years = tuple(_period(course, start, end) for start, end in _full_years(scan.day, course.on))
    whole = _period(course, scan.day, course.on)
    changes = [add_months(scan.day, 12 * (len(years) + 1))]
    changes += [_speaks_until(told) + timedelta(days=1) for told in _telling(whole.scans)[-1:]]
    return Activity(scan, whole, years, changes_on=min(day for day in changes if day > course.on))


def _full_years(start: date, until: date) -> Iterator[tuple[date, date]]:
    number = 1
    while add_months(start, 12 * number) <= until:
        yield add_months(start, 12 * (number - 1)), add_months(start, 12 * number)
        number += 1


def _period(course: Course, start: date, end: date) -> Period:
    relapses = tuple(event for event in cast("tuple[Relapse, ...]", course.of("relapse")) if start < event.day <= end)
    scans = tuple(scan for scan in cast("tuple[Mri, ...]", course.of("mri")) if start < scan.day <= end)
    new_t2 = _total([scan.new_t2 for scan in scans])
    enhancing = _total([scan.gd for scan in scans])
    scores = [score for score in cast("tuple[Edss, ...]", course.of("edss")) if score.day <= end]
    worse = worsening(scores, start)
    active = bool(relapses or new_t2 or enhancing)
    why_not = None if active else _unseen(scans, start, end)
    neida = False if active else (None if why_not else True)
    neda_3 = False if active or worse else None if why_not else True
    if neda_3 and not any(score.day > start for score in scores):
        neda_3, why_not = None, "no EDSS after the rebaseline scan says whether disability has worsened"
    return Period(start, end, relapses, scans, new_t2, enhancing, worse, neida, neda_3, why_not)


def _total(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _unseen(scans: tuple[Mri, ...], start: date, end: date) -> str | None:
    """Why no scan shows that there was no new lesion up to the end."""
    telling = _telling(scans)
    if not telling:
        return f"no scan after {start} says whether there are new lesions"
    if end > _speaks_until(telling[-1]):
        months = value("disease.scan_speaks_for").value
        return f"the last scan that tells of new lesions, of {telling[-1].day}, is more than {months} months old"
    return None


def _telling(scans: tuple[Mri, ...]) -> list[Mri]:
    """Those that say whether there are new lesions."""
    return [scan for scan in scans if scan.new_t2 is not None]


def _speaks_until(scan: Mri) -> date:
    """The last day of which it says something."""
    return add_months(scan.day, value("disease.scan_speaks_for").value)
