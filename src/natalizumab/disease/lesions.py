"""What the scans after rebaselining say of new T2 lesions, each against the scan that it was compared with.

A count belongs to the time between the two scans. So two scans compared with the same earlier one count a lesion once,
and a scan compared with one from before the rebaseline scan can't say when its new lesions came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from natalizumab.record import Course, Mri


class Compared(msgspec.Struct, frozen=True):
    """A scan and the day of the one that it was compared with; ``named``: the entry itself says which."""

    scan: Mri
    since: date
    named: bool


class Reading(msgspec.Struct, frozen=True):
    """A scan that tells of new lesions from ``since`` on.

    ``new`` are those that no earlier scan had counted; None where they may be older than the rebaseline scan.
    """

    scan: Mri
    since: date
    new: int | None


def compared(scans: Sequence[Mri]) -> list[Compared | None]:
    """Each scan with its reference, where nobody named it the last full scan of an earlier day; None without one.

    ``scans`` are in order of time.
    """
    found: list[Compared | None] = []
    full: list[date] = []
    for scan in scans:
        before = next((day for day in reversed(full) if day < scan.day), None)
        if scan.compared_with is not None:
            found.append(Compared(scan, scan.compared_with, named=True))
        elif before is not None:
            found.append(Compared(scan, before, named=False))
        else:
            found.append(None)
        if scan.protocol == "full":
            full.append(scan.day)
    return found


def comparisons(course: Course) -> tuple[Compared, ...]:
    """Every scan of a record that has a reference."""
    return tuple([one for one in course.each("mri", compared) if one is not None])


def readings(scans: Sequence[Compared], rebaseline: date) -> tuple[Reading, ...]:
    """What each later scan adds. ``scans`` are in order of time."""
    found: list[Reading] = []
    so_far = [(rebaseline, 0)]
    for one in scans:
        count = one.scan.new_t2
        if one.scan.day <= rebaseline or count is None:
            continue
        if count and one.since < rebaseline:
            found.append(Reading(one.scan, one.since, None))
            continue
        total = so_far[-1][1]
        if count:
            known = next((total for day, total in reversed(so_far) if day <= one.since), 0)
            total = max(total, known + count)
        found.append(Reading(one.scan, one.since, total - so_far[-1][1]))
        so_far.append((one.scan.day, total))
    return tuple(found)


def seen_until(told: Sequence[Reading], start: date) -> date:
    """How far from ``start`` on the scans show, without a break, that no lesion came."""
    seen = start
    for reading in sorted([one for one in told if one.new == 0 and one.scan.day > start], key=lambda one: one.since):
        if reading.since <= seen:
            seen = max(seen, reading.scan.day)
    return seen
