"""The yearly change of brain volume after rebaselining, beside that of people of the same age without MS.

In the first months of treatment the brain loses water as inflammation clears (pseudoatrophy). A change that is counted
from a scan before the rebaseline one therefore says nothing about tissue, and is left out by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import prod

import msgspec

from natalizumab.disease.lesions import Compared, comparisons
from natalizumab.disease.rebaseline import began, rebaseline
from natalizumab.evidence import value
from natalizumab.record import Course, Mri
from natalizumab.record.dates import add_months

DAYS_PER_YEAR = 365.25

NONE_ON_RECORD = "no change of brain volume is on record"
NO_REBASELINE = "there is no rebaseline scan to count from"


@dataclass(frozen=True, slots=True)
class Range:
    """What people of that age without MS lose in a year, in per cent: the mean, and what 95 of 100 stay below."""

    age: float
    mean: float
    highest: float


@dataclass(frozen=True, slots=True)
class BrainVolume:
    """``change_per_year`` in per cent, negative for a loss; None with ``why_not``.

    It runs from ``start`` to ``end`` along ``scans``. ``expected`` is None with ``no_range``. ``early``: it begins
    while brain water may still be falling. ``left_out`` are measurements from before the rebaseline scan, ``assumed``
    those whose reference scan nobody named.
    """

    change_per_year: float | None
    start: date | None
    end: date | None
    scans: tuple[Mri, ...]
    expected: Range | None
    no_range: str | None
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


class _Step(msgspec.Struct, frozen=True):
    """One measurement: the change in per cent from a reference scan to this one."""

    start: date
    scan: Mri
    percent: float
    named: bool


def brain_volume(course: Course) -> BrainVolume:
    """The longest unbroken chain of measurements after rebaselining that ends with the latest one."""
    return course.once(_brain_volume)


def _brain_volume(course: Course) -> BrainVolume:
    scan, began_on = rebaseline(course), began(course)
    steps = _steps(course.once(comparisons))
    if scan is None or began_on is None:
        return _unknown(NO_REBASELINE if steps else NONE_ON_RECORD, steps)
    counted = [step for step in steps if step.start >= scan.day]
    left_out = [step for step in steps if step.start < scan.day]
    if not counted:
        return _unknown(_too_early(scan) if steps else NONE_ON_RECORD, left_out)
    chain = _chain(counted)
    start, end = chain[0].start, chain[-1].scan.day
    months = value("disease.brain_volume_least").value
    if end < add_months(start, months):
        too_short = f"{start} to {end} is less than {months} months, too short for a yearly change"
        return replace(_unknown(too_short, left_out), scans=tuple(step.scan for step in chain))
    expected, no_range = expected_loss(course.person.born, start, end)
    return BrainVolume(
        change_per_year=_per_year(chain, (end - start).days / DAYS_PER_YEAR),
        start=start,
        end=end,
        scans=tuple(step.scan for step in chain),
        expected=expected,
        no_range=no_range,
        early=start < add_months(began_on, value("disease.pseudoatrophy_until").value),
        left_out=tuple(step.scan for step in left_out),
        assumed=tuple(step.scan for step in chain if not step.named),
        why_not=None,
    )


def _per_year(chain: Sequence[_Step], years: float) -> float:
    """Changes follow one another by multiplication, and so do years."""
    ratio = prod(1 + step.percent / 100 for step in chain)
    return float(100 * (ratio ** (1 / years) - 1))


def expected_loss(born: date | None, start: date, end: date) -> tuple[Range | None, str | None]:
    """That of people as old as the person was half-way, in a straight line between published ages; or why not."""
    if born is None:
        return None, "the date of birth is unknown"
    age = ((start - born).days + (end - born).days) / 2 / DAYS_PER_YEAR
    ages, means, highest = (value(f"disease.normal_loss.{name}").value for name in ("ages", "mean", "highest"))
    if not ages[0] <= age <= ages[-1]:
        return (
            None,
            f"for people of {int(age)} years without MS no range is published (only from {ages[0]} to {ages[-1]})",
        )
    return Range(age, _between(ages, means, age), _between(ages, highest, age)), None


def _between(ages: Sequence[float], losses: Sequence[float], age: float) -> float:
    """The loss at an age within the published ones."""
    points = list(zip(ages, losses, strict=True))
    (low, at_low), (high, at_high) = next(pair for pair in pairwise(points) if age <= pair[1][0])
    return at_low + (age - low) / (high - low) * (at_high - at_low)


def _steps(scans: Sequence[Compared]) -> list[_Step]:
    """The measurements on the scans that have a reference; without one a change says nothing."""
    measured = [(one, one.scan.brain_volume_change_percent) for one in scans]
    return [_Step(one.since, one.scan, float(change), one.named) for one, change in measured if change is not None]


def _chain(steps: Sequence[_Step]) -> list[_Step]:
    """The chain that ends with the latest measurement and reaches back furthest; of two such, that with fewer links."""
    best: dict[date, list[_Step]] = {}
    for step in steps:
        chain = [*best.get(step.start, []), step]
        known = best.get(step.scan.day)
        if known is None or (chain[0].start, len(chain)) < (known[0].start, len(known)):
            best[step.scan.day] = chain
    return best[steps[-1].scan.day]


def _too_early(scan: Mri) -> str:
    return (
        f"every change on record is counted from before the rebaseline scan of {scan.day}; in the first months the "
        "brain loses water as inflammation clears (pseudoatrophy), which says nothing about tissue"
    )


def _unknown(why_not: str, left_out: Sequence[_Step]) -> BrainVolume:
    scans = tuple(step.scan for step in left_out)
    return BrainVolume(None, None, None, (), None, None, False, scans, (), why_not)
