"""From when on disease activity counts: the first full scan from three months of treatment on.

What was inflamed at the start goes on healing and scarring for months; lesions on that scan, and everything before it,
say nothing about the drug. After half a year without a dose treatment begins again, and so does all of this.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from natalizumab.evidence import value
from natalizumab.record import Course, Mri
from natalizumab.record.dates import add_months

SHORTEST_MONTH = 28
"""Days."""


def began(course: Course) -> date | None:
    """The first dose, or the first after the last long gap; None where nothing was given or nobody knows since when."""
    gap = value("dosing.long_gap").value
    apart = timedelta(days=SHORTEST_MONTH * gap)  # spares most of the calendar's work
    days = [dose.day for dose in course.doses()]
    again = [after for before, after in pairwise(days) if after - before >= apart and after >= add_months(before, gap)]
    return again[-1] if again else course.first_dose()


def counts_from(start: date) -> date:
    """The first day on which a full scan can be the rebaseline one."""
    return add_months(start, value("monitoring.mri.rebaseline_from").value)


def rebaseline(course: Course) -> Mri | None:
    """The rebaseline scan; None where there is none yet, or where nobody knows when treatment began."""
    start = began(course)
    if start is None:
        return None
    scans = cast("tuple[Mri, ...]", course.of("mri"))
    return next((scan for scan in scans if scan.protocol == "full" and scan.day >= counts_from(start)), None)
