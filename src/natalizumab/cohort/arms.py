"""The arms of a trial: what is given, and what a clinic would change for whom."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.cohort.guided import Guided
from natalizumab.cohort.population import HIGH, People, Population
from natalizumab.disease.model.chance import exponential, keys, uniform
from natalizumab.errors import ModelError
from natalizumab.pharmacology.antibodies import DAYS_PER_MONTH
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Route

Numbers = NDArray[np.float64]

WEEK, MONTH = DAYS_PER_WEEK, DAYS_PER_MONTH
SHORTEST_WEEKS, LONGEST_WEEKS = 2.0, 12.0
MOST_LATE = 0.45
"""Of an interval: nobody is later than that, so that doses stay in order."""


@dataclass(frozen=True, slots=True)
class Stop:
    """When a clinic stops: after so many months since the first dose, everybody or (``high_index``) those whose index
    is then above 1.5. Nothing else is given after.
    """

    after_months: float
    high_index: bool = False


@dataclass(frozen=True, slots=True)
class Arm:
    """``weeks`` between doses; ``later_weeks`` from week ``later_from`` on; or each person's own, ``guided`` by levels
    measured at the end of the run-in. ``mg`` of 0 is no drug at all.

    Raises ModelError for an interval outside 2 to 12 weeks, and for contradictions.
    """

    name: str
    route: Route = "iv"
    mg: float = 300.0
    weeks: float = 4.0
    later_weeks: float | None = None
    later_from: float | None = None
    stop: Stop | None = None
    guided: Guided | None = None

    def __post_init__(self) -> None:
        where = f"arm {self.name!r}"
        for weeks in (self.weeks, self.later_weeks):
            if weeks is not None and not SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS:
                raise ModelError(f"{where}: {weeks:g} weeks is outside {SHORTEST_WEEKS:g} to {LONGEST_WEEKS:g} weeks")
        if (self.later_weeks is None) != (self.later_from is None):
            raise ModelError(f"{where}: later_weeks and later_from belong together")
        if self.later_from is not None and not self.later_from > 0:
            raise ModelError(f"{where}: later_from must be above 0 weeks")
        if not 0 <= self.mg <= 1000:
            raise ModelError(f"{where}: {self.mg:g} mg is outside 0 to 1000 mg")
        if self.route not in ("iv", "sc"):
            raise ModelError(f"{where}: route {self.route!r} is neither iv nor sc")
        if self.guided and (self.later_weeks is not None or self.mg == 0):
            raise ModelError(f"{where}: with guided intervals there is a dose, and no later_weeks")
        if self.stop and not self.stop.after_months > 0:
            raise ModelError(f"{where}: a stop must come after more than 0 months")


@dataclass(frozen=True, slots=True)
class Dosing:
    """``days`` (people, doses) of doses given, NaN for one that was missed or would have come after the stop; ``stop``
    (people,), infinite where treatment goes on; ``extended_from`` (people,), infinite where it never is.
    """

    days: Numbers
    stop: Numbers
    extended_from: Numbers


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
        return Dosing(np.full((count, 1), np.nan), np.zeros(count), never)
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
        return Dosing(days, stop, np.where(own_weeks >= span.extended_weeks, span.start, np.inf))
    return Dosing(days, stop, np.full(count, _extended_from(arm, span)))


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
    day = arm.stop.after_months * MONTH
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
