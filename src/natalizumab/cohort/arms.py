"""The arms of a trial: what is given, and what a clinic would change for whom."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from natalizumab.cohort.guided import Guided
from natalizumab.cohort.population import HIGH, People, Population
from natalizumab.disease.model.chance import exponential, keys, uniform
from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.antibodies import DAYS_PER_MONTH
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Route

Numbers = NDArray[np.float64]

WEEK, MONTH = DAYS_PER_WEEK, DAYS_PER_MONTH
SHORTEST_WEEKS, LONGEST_WEEKS = 2.0, 12.0
LONGEST_NAME, MOST_SCAN_MONTHS, MOST_MG = 60, 60, 1000.0
MOST_LATE = 0.45
"""Of an interval: nobody is later than that, so that doses stay in order."""


@dataclass(frozen=True, slots=True)
class Stop:
    """When a clinic stops: so many months after the first dose, or in a week since the arms have parted; everybody or
    (``high_index``) those whose index is then above 1.5. Nothing else is given after. Raises ModelError unless it is
    one of both.
    """

    after_months: float | None = None
    at_week: float | None = None
    high_index: bool = False

    def __post_init__(self) -> None:
        if (self.after_months is None) == (self.at_week is None):
            raise ModelError("stop: give after_months or at_week, and not both")
        if self.after_months is not None and not self.after_months > 0:
            raise ModelError("stop: it must come after more than 0 months")
        if self.at_week is not None and not self.at_week >= 0:
            raise ModelError("stop: at_week must be 0 or more")

    def day(self, parted: float) -> float:
        """Since the first dose, where the arms part on the day ``parted``."""
        return self.after_months * MONTH if self.after_months is not None else parted + WEEK * (self.at_week or 0.0)


def _usual(name: str) -> float:
    """Of the label."""
    return float(value(f"dosing.{name}").value)


@dataclass(frozen=True, slots=True)
class Arm:
    """``weeks`` between doses; ``later_weeks`` from week ``later_from`` on; or each person's own, ``guided`` by levels
    measured at the end of the run-in. ``mg`` of 0 is no drug at all. ``pml_scan_months``: a scan that looks for PML
    alone every so many months from the parting of the arms on; None: the trial's own scans do.

    Raises ModelError for an interval outside 2 to 12 weeks, and for contradictions.
    """

    name: str
    route: Route = "iv"
    mg: float = field(default_factory=lambda: _usual("dose"))
    weeks: float = field(default_factory=lambda: _usual("interval"))
    later_weeks: float | None = None
    later_from: float | None = None
    stop: Stop | None = None
    guided: Guided | None = None
    pml_scan_months: float | None = None

    def __post_init__(self) -> None:
        if problem := next((said for wrong, said in self._checks() if wrong), None):
            raise ModelError(f"arm {self.name!r}: {problem}")

    def _checks(self) -> Iterator[tuple[bool, str]]:
        """Whether something is wrong, and what."""
        named = self.name.isprintable() and "|" not in self.name and 1 <= len(self.name) <= LONGEST_NAME
        yield not named, f"a name has 1 to {LONGEST_NAME} printable characters, and no |"
        for weeks in (self.weeks, self.later_weeks):
            outside = weeks is not None and not SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS
            yield outside, f"{weeks or 0:g} weeks is outside {SHORTEST_WEEKS:g} to {LONGEST_WEEKS:g} weeks"
        both = (self.later_weeks is None) == (self.later_from is None)
        yield not both, "later_weeks and later_from belong together"
        yield self.later_from is not None and not self.later_from > 0, "later_from must be above 0 weeks"
        yield not 0 <= self.mg <= MOST_MG, f"{self.mg:g} mg is outside 0 to {MOST_MG:g} mg"
        yield self.route not in ("iv", "sc"), f"route {self.route!r} is neither iv nor sc"
        contradictory = bool(self.guided) and (self.later_weeks is not None or self.mg == 0)
        yield contradictory, "with guided intervals there is a dose, and no later_weeks"
        yield bool(self.stop) and self.mg == 0, "without a dose there is nothing to stop"
        scans = self.pml_scan_months
        seldom = scans is not None and not 1 <= scans <= MOST_SCAN_MONTHS
        yield seldom, f"pml_scan_months must be from 1 to {MOST_SCAN_MONTHS}"


@dataclass(frozen=True, slots=True)
class Dosing:
    """``days`` (people, doses) of doses given, NaN for one that was missed or would have come after the stop; ``stop``
    (people,), infinite where treatment goes on; ``extended_from`` (people,), infinite where it never is. The first
    ``run_in`` columns are infusions of the run-in.
    """

    days: Numbers
    stop: Numbers
    extended_from: Numbers
    run_in: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days: arms part on ``start``, before which everybody has infusions every ``run_in_weeks``; all ends on ``end``.

    From a planned interval of ``extended_weeks`` on treatment counts as extended.
    """

    start: float
    end: float
    run_in_weeks: float
    extended_weeks: float


def dosing(arm: Arm, who: People, drawn_from: Population, span: Span, own_weeks: Numbers | None = None) -> Dosing:
    """Lateness and missed doses are a person's own, by the number of the dose, and the same in every arm.

    ``own_weeks`` (people,) are the intervals of an arm that is guided by levels.
    """
    count = who.block.count
    before = np.arange(0.0, span.start, span.run_in_weeks * WEEK)
    own = _planned(arm, span)[None, :] if own_weeks is None else _planned_at(own_weeks, span)
    planned = np.concatenate([np.broadcast_to(before, (len(own), len(before))), own], axis=1)
    if not planned.shape[1]:
        never = np.full(count, np.inf)
        return Dosing(np.full((count, 1), np.nan), np.zeros(count), never, 0)
    interval = np.diff(planned, axis=1, append=np.inf)
    number = np.arange(planned.shape[1])
    late_key, missed_key = (
        keys(who.block.seed, purpose, who.block.first, count)[:, None] for purpose in ("late", "missed")
    )
    late = np.fmin(drawn_from.late * exponential(late_key, number), MOST_LATE * interval)
    late[:, 0] = 0.0
    missed = (uniform(missed_key, number) < drawn_from.missed / 100) & (number > 0)
    stop = _stops(arm, who, span)
    days = planned + late
    days = np.where(missed | (days >= stop[:, None]) | ~(days < span.end), np.nan, days)
    if own_weeks is not None:
        extended = np.where(own_weeks >= span.extended_weeks, span.start, np.inf)
    else:
        extended = np.full(count, _extended_from(arm, span))
    return Dosing(days, stop, extended, len(before))


def _planned(arm: Arm, span: Span) -> Numbers:
    """The days of an arm's own doses, the same for all."""
    days, day = [], span.start
    while arm.mg > 0 and day < span.end:
        days.append(day)
        later = arm.later_from is not None and day - span.start >= arm.later_from * WEEK
        day += WEEK * (arm.later_weeks if later and arm.later_weeks else arm.weeks)
    return np.array(days)


def _planned_at(weeks: Numbers, span: Span) -> Numbers:
    """The days of doses (people, doses) at intervals of one's own; NaN after the end."""
    most = math.ceil((span.end - span.start) / (WEEK * weeks.min()))
    days = span.start + WEEK * weeks[:, None] * np.arange(most)
    return np.where(days < span.end, days, np.nan)


def _stops(arm: Arm, who: People, span: Span) -> Numbers:
    if arm.stop is None:
        return np.full(who.block.count, span.start if arm.mg == 0 else np.inf)
    day = arm.stop.day(span.start)
    if not arm.stop.high_index:
        return np.full(who.block.count, day)
    high = (who.band == HIGH) & (who.positive_from <= day)
    return np.where(high, day, np.inf)


def _extended_from(arm: Arm, span: Span) -> float:
    if arm.weeks >= span.extended_weeks:
        return span.start
    if arm.later_from is not None and arm.later_weeks and arm.later_weeks >= span.extended_weeks:
        return span.start + arm.later_from * WEEK
    return float("inf")
