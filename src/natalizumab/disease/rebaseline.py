"""From when on disease activity counts: the first full scan from three months of treatment on.

What was inflamed at the start goes on healing and scarring for months; lesions on that scan, and everything before it,
say nothing about the drug.
"""

from __future__ import annotations

from typing import cast

from natalizumab.evidence import value
from natalizumab.record import Course, Mri
from natalizumab.record.dates import add_months


def rebaseline(course: Course) -> Mri | None:
    """The rebaseline scan; None where there is none yet, or where nobody knows when treatment began."""
    first = course.first_dose()
    if first is None:
        return None
    from_day = add_months(first, value("monitoring.mri.rebaseline_from").value)
    scans = cast("tuple[Mri, ...]", course.of("mri"))
    return next((scan for scan in scans if scan.protocol == "full" and scan.day >= from_day), None)
