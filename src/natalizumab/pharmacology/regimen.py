"""What is given: single inputs with real times, and regimens that repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real
from typing import Literal

from natalizumab.errors import ModelError
from natalizumab.evidence import value

Route = Literal["iv", "sc"]

MINUTES_PER_DAY = 1440.0
DAYS_PER_WEEK = 7.0

ONE_DAY = 1.0
"""Doses that lie closer together, and make no more than a whole one, are parts of it."""

LARGEST_AMOUNT_MG = 3000.0
"""Ten times the dose: beyond it the amount is a typing error."""

SHORTEST_INFUSION_MINUTES, LONGEST_INFUSION_MINUTES = 1.0, MINUTES_PER_DAY

FARTHEST_DAY = 1e7
"""Room for every calendar's count of days; much farther, a day's fractions would drown in rounding."""

LONGEST_COURSE_DAYS = 36_525.0
"""A hundred years: a time beyond is a typing error, and would keep the solver busy for ever."""

SHORTEST_INTERVAL_WEEKS, LONGEST_INTERVAL_WEEKS = 1.0, 52.0
MOST_DOSES = 500
"""Regimens outside of these are typing errors; 500 doses last 38 years at four weeks."""


def check_numbers(what: str, *given: object) -> None:
    """Raise ModelError for what is no number, such as words."""
    for one in given:
        if isinstance(one, bool) or not isinstance(one, Real):
            raise ModelError(f"{what}: {one!r} is not a number")


@dataclass(frozen=True, slots=True)
class Input:
    """One dose: ``day`` counts days from any origin, fractions included; it is the start of the infusion or injection.

    ``minutes`` is the duration of an infusion (absent: the label's, ``pk.infusion_duration``); under the skin it means
    nothing. Raises ModelError for an impossible dose.
    """

    day: float
    amount_mg: float
    route: Route
    minutes: float | None = None

    def __post_init__(self) -> None:
        check_numbers("dose", self.day, self.amount_mg, *(() if self.minutes is None else (self.minutes,)))
        if not abs(self.day) <= FARTHEST_DAY:
            raise ModelError(f"dose: day {self.day:g} is not within {FARTHEST_DAY:g} days of the origin")
        if not 0 <= self.amount_mg <= LARGEST_AMOUNT_MG:
            raise ModelError(f"dose: {self.amount_mg:g} mg is outside 0 to {LARGEST_AMOUNT_MG:g} mg")
        if self.route not in ("iv", "sc"):
            raise ModelError(f"dose: the route {self.route!r} is neither iv nor sc")
        if self.minutes is not None and not SHORTEST_INFUSION_MINUTES <= self.minutes <= LONGEST_INFUSION_MINUTES:
            raise ModelError(
                f"dose: an infusion of {self.minutes:g} minutes is outside {SHORTEST_INFUSION_MINUTES:g} to "
                f"{LONGEST_INFUSION_MINUTES:g} minutes"
            )

    @property
    def end(self) -> float:
        """The day on which the infusion ends."""
        minutes = float(value("pk.infusion_duration").value) * 60 if self.minutes is None else self.minutes
        return self.day + minutes / MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Regimen:
    """The label's dose every ``interval_weeks`` weeks from day 0, ``doses`` times. Raises ModelError outside bounds."""

    route: Route
    interval_weeks: float
    doses: int

    def __post_init__(self) -> None:
        if self.route not in ("iv", "sc"):
            raise ModelError(f"route: {self.route!r} is neither iv nor sc")
        check_numbers("regimen", self.interval_weeks, self.doses)
        if self.doses % 1:
            raise ModelError(f"doses: {self.doses:g} is no whole number")
        if not SHORTEST_INTERVAL_WEEKS <= self.interval_weeks <= LONGEST_INTERVAL_WEEKS:
            raise ModelError(
                f"interval: {self.interval_weeks:g} weeks is outside {SHORTEST_INTERVAL_WEEKS:g} to "
                f"{LONGEST_INTERVAL_WEEKS:g} weeks"
            )
        if not 1 <= self.doses <= MOST_DOSES:
            raise ModelError(f"doses: {self.doses} is outside 1 to {MOST_DOSES}")
        if self.last_interval[1] > LONGEST_COURSE_DAYS:
            most = int(LONGEST_COURSE_DAYS / DAYS_PER_WEEK / self.interval_weeks)
            raise ModelError(
                f"doses: {self.doses} doses, one every {self.interval_weeks:g} weeks, take more than a hundred years; "
                f"at this interval at most {most} are allowed"
            )

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The doses in their order."""
        amount_mg = float(value("dosing.dose").value)
        days = self.interval_weeks * DAYS_PER_WEEK
        return tuple(Input(number * days, amount_mg, self.route) for number in range(int(self.doses)))

    @property
    def last_interval(self) -> tuple[float, float]:
        """The days of the last dose and of its trough, one interval later."""
        days = self.interval_weeks * DAYS_PER_WEEK
        return (self.doses - 1) * days, self.doses * days


def days_of_whole_doses(inputs: Iterable[Input]) -> list[float]:
    """On which doses begin, in order; what is given in parts within a day begins with the first of them."""
    whole_mg, days, given_mg = float(value("dosing.dose").value), list[float](), 0.0
    for dose in sorted((one for one in inputs if one.amount_mg > 0), key=lambda one: one.day):
        given_mg += dose.amount_mg
        if not days or dose.day - days[-1] >= ONE_DAY or given_mg > whole_mg:
            days.append(dose.day)
            given_mg = dose.amount_mg
    return days
