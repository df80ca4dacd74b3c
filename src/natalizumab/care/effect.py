"""Whether treatment works, as far as relapses and scans tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from natalizumab.care.case import Case
from natalizumab.care.protocol import Protocol
from natalizumab.record import Event, Mri, Relapse


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
    scans = case.all(Mri)
    for previous, scan in zip((None, *scans), scans, strict=False):
        if scan.day < since or not (scan.new_t2 or scan.gd):
            continue
        compared = scan.compared_with or (previous.day if previous is not None else None)
        if scan.gd or (compared is not None and compared >= since):
            yield scan


def _under_treatment(case: Case, day: date, p: Protocol) -> bool:
    """Whether the last dose before that day was recent enough to act; one given elsewhere is trusted to have been."""
    given = case.course.dose_until(day)
    return given is None or day <= given.day + timedelta(weeks=p["latest_weeks"])
