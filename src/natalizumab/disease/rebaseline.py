"""From when on disease activity counts: the first full scan from three months of treatment on.

What was inflamed at the start goes on healing and scarring for months; lesions on that scan, and everything before it,
say nothing about the drug. After half a year without a dose treatment begins again, and so does all of this.
"""

from __future__ import annotations

from datetime import date
from typing import cast

from natalizumab.evidence import value
from natalizumab.record import Course, Mri
from natalizumab.record.dates import add_months


def began(course: Course) -> date | None:
    """The first dose, or the first after the last long gap; None where nothing was given or nobody knows since when."""
    return course.once(_began)


def _began(course: Course) -> date | None:
    gaps = course.gaps_of_months(value("dosing.long_gap").value)
    return gaps[-1][1].day if gaps else course.first_dose()


def counts_from(start: date) -> date:
    """The first day on which a full scan can be the rebaseline one."""
    return add_months(start, value("monitoring.mri.rebaseline_from").value)


def rebaseline(course: Course) -> Mri | None:
    """The rebaseline scan; None where there is none yet, or where nobody knows when treatment began."""
    return course.once(_rebaseline)


def _rebaseline(course: Course) -> Mri | None:
    start = began(course)
    if start is None:
        return None
    scans = cast("tuple[Mri, ...]", course.since("mri", counts_from(start)))
    return next((scan for scan in scans if scan.protocol == "full"), None)
