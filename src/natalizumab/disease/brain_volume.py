"""The yearly change of brain volume after rebaselining, beside that of people of the same age without MS.

In the first months of treatment the brain loses water as inflammation clears (pseudoatrophy). A change that is counted
from a scan before the rebaseline one therefore says nothing about tissue, and is left out by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import cast

from natalizumab.disease.rebaseline import rebaseline
from natalizumab.evidence import value
from natalizumab.record import Course, Mri
from natalizumab.record.dates import add_months

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Range:
    """What people of that age without MS lose in a year, in per cent: the mean, and what 95 of 100 stay below."""

    age: float
    mean: float
    highest: float


@dataclass(frozen=True, slots=True)
class BrainVolume:
    """``change_per_year`` in per cent, negative for a loss; None with ``why_not``.

    It runs from ``start`` to ``end`` along ``scans``. ``expected`` is None outside the published ages. ``left_out`` are
    measurements from before the rebaseline scan, ``assumed`` those whose reference scan nobody named.
    """

    change_per_year: float | None
    start: date | None
    end: date | None
    scans: tuple[Mri, ...]
    expected: Range | None
    early: bool
    left_out: tuple[Mri, ...]
    assumed: tuple[Mri, ...]
    why_not: str | None

    @property
    def within(self) -> bool | None:
        """Whether no more is lost than 95 of 100 people of that age without MS lose; None where that can't be said."""
        if self.change_per_year is None or self.expected is None:
            return None
        return -self.change_per_year <= self.expected.highest


@dataclass(frozen=True, slots=True)
class _Step:
    """One measurement: the change in per cent from a reference scan to this one."""

    start: date
    scan: Mri
    percent: float
    named: bool


def brain_volume(course: Course) -> BrainVolume:
    """The longest unbroken chain of measurements after rebaselining that ends with the latest one."""
    scan = rebaseline(course)
    steps = _steps(cast("tuple[Mri, ...]", course.of("mri")))
    counted = [step for step in steps if scan is not None and step.start >= scan.day]
    left_out = tuple(step.scan for step in steps if step not in counted)
    if not counted:
        return _unknown(_why_none(steps, scan), left_out)
    chain = _chain(counted)
    start, end = chain[0].start, chain[-1].scan.day
    months = value("disease.brain_volume_least").value
    if end < add_months(start, months):
        return _unknown(f"{start} to {end} is less than {months} months, too short for a yearly change", left_out)
    years = (end - start).days / DAYS_PER_YEAR
    ratio = 1.0
    for step in chain:
        ratio *= 1 + step.percent / 100
    first_dose = course.first_dose()
    assert first_dose is not None  # else there were no rebaseline scan
    return BrainVolume(
        change_per_year=100 * (ratio ** (1 / years) - 1),
        start=start,
        end=end,
        scans=tuple(step.scan for step in chain),
        expected=expected_loss(course.person.born, start, end),
        early=start < add_months(first_dose, value("disease.pseudoatrophy_until").value),
        left_out=left_out,
        assumed=tuple(step.scan for step in chain if not step.named),
        why_not=None,
    )


def expected_loss(born: date | None, start: date, end: date) -> Range | None:
    """That of people as old as the person was half-way; None outside the published ages, or where age is unknown.

    Between two published ages it runs in a straight line.
    """
    if born is None:
        return None
    age = ((start - born).days + (end - born).days) / 2 / DAYS_PER_YEAR
    ages, means, highest = (value(f"disease.normal_loss.{name}").value for name in ("ages", "mean", "highest"))
    for place, (low, high) in enumerate(pairwise(ages)):
        if low <= age <= high:
            part = (age - low) / (high - low)
            return Range(age, *(row[place] + part * (row[place + 1] - row[place]) for row in (means, highest)))
    return None


def _steps(scans: Sequence[Mri]) -> list[_Step]:
    """Measurements in order of time. Where nobody named the reference, it is the scan before, remembered as assumed."""
    found = []
    for place, scan in enumerate(scans):
        percent = scan.brain_volume_change_percent
        reference = scan.compared_with or (scans[place - 1].day if place else None)
        if percent is not None and reference is not None and reference < scan.day:
            found.append(_Step(reference, scan, float(percent), scan.compared_with is not None))
    return found


def _chain(steps: Sequence[_Step]) -> list[_Step]:
    """Back from the latest measurement, each time by the one that reaches furthest and ends where the next begins."""
    chain = [min((step for step in steps if step.scan.day == steps[-1].scan.day), key=lambda step: step.start)]
    while True:
        before = [step for step in steps if step.scan.day == chain[0].start]
        if not before:
            return chain
        chain.insert(0, min(before, key=lambda step: step.start))


def _why_none(steps: Sequence[_Step], scan: Mri | None) -> str:
    if not steps:
        return "no change of brain volume is on record"
    if scan is None:
        return "there is no rebaseline scan to count from"
    return (
        f"every change on record is counted from before the rebaseline scan of {scan.day}; in the first months the "
        "brain loses water as inflammation clears (pseudoatrophy), which says nothing about tissue"
    )


def _unknown(why_not: str, left_out: tuple[Mri, ...]) -> BrainVolume:
    return BrainVolume(None, None, None, (), None, False, left_out, (), why_not)
