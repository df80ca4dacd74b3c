"""Whether treatment works, as far as relapses and scans tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from natalizumab.care.case import Case
from natalizumab.care.protocol import Protocol
from natalizumab.record import Course, Event, Mri, Relapse
from natalizumab.record.dates import add_days


def breakthrough(case: Case, p: Protocol) -> tuple[Event, ...]:
    """Relapses and active scans on treatment that has had time to work, in order of time.

    Time to work is what the rebaseline scan waits for. Lesions count as new since then only where the scan that they
    are compared with was made since then; an enhancing one is new anyway. After a gap nothing tells about treatment.
    """
    since = case.months_after_start(p["rebaseline_from_months"])
    if since is None:
        return ()
    found = [*_relapses(case, since), *_scans(case, since)]
    return tuple(sorted((event for event in found if _under_treatment(case, event.day, p)), key=case.place))


def _relapses(case: Case, since: date) -> Iterator[Event]:
    return (event for event in case.all(Relapse) if event.day >= since)


def _scans(case: Case, since: date) -> Iterator[Event]:
    for scan, compared in case.course.once(with_lesions) if case.all(Mri) else ():
        if scan.day >= since and (scan.gd or (compared is not None and compared >= since)):
            yield scan


def with_lesions(course: Course) -> tuple[tuple[Mri, date | None], ...]:
    """The scans that show new or enhancing lesions, each with the day of the one that it was compared with."""
    scans = course.all(Mri)
    days = (None, *(scan.day for scan in scans))
    pairs = zip(scans, days, strict=False)
    return tuple([(scan, scan.compared_with or before) for scan, before in pairs if scan.new_t2 or scan.gd])


def _under_treatment(case: Case, day: date, p: Protocol) -> bool:
    """Whether the last dose before that day was recent enough to act; one given elsewhere is trusted to have been."""
    given = case.course.dose_until(day)
    return given is None or day <= add_days(given.day, 7 * p["latest_weeks"])
