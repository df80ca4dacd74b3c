"""What happened to a body, and when: doses, changes of weight, antibodies, plasma exchanges, a known start."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from natalizumab.errors import ModelError
from natalizumab.pharmacology.parameters import LARGEST_CLEARANCE_FACTOR, check_bounds, check_weight
from natalizumab.pharmacology.regimen import FARTHEST_DAY, Input, check_numbers

LARGEST_CONCENTRATION = 5000.0
"""mg/L; beyond it a concentration is a typing error or in another unit."""


@dataclass(frozen=True, slots=True)
class AntibodyPeriod:
    """Anti-drug antibodies from day ``start`` to ``end`` (infinite: for good) multiply the linear clearance.

    Raises ModelError for a period that ends before it starts, and for a factor that is no factor.
    """

    start: float
    end: float
    factor: float

    def __post_init__(self) -> None:
        check_day("antibodies: start", self.start)
        if not self.start <= self.end:
            raise ModelError(f"antibodies: the end, day {self.end:g}, must not lie before the start, {self.start:g}")
        check_bounds("antibodies: factor on clearance", self.factor, 0.0, LARGEST_CLEARANCE_FACTOR)


@dataclass(frozen=True, slots=True)
class Removal:
    """A plasma exchange takes ``fraction`` (0-1) of the drug in the central volume on ``day``."""

    day: float
    fraction: float

    def __post_init__(self) -> None:
        check_day("plasma exchange", self.day)
        check_numbers("plasma exchange", self.fraction)
        if not 0 <= self.fraction <= 1:
            raise ModelError(f"plasma exchange: the fraction removed, {self.fraction:g}, must be from 0 to 1")


@dataclass(frozen=True, slots=True)
class Start:
    """What was in the body on ``day``, before anything of the history. mg/L in the central and peripheral volume.

    Where the peripheral concentration is absent it is taken to be as high as the central one.
    """

    day: float
    concentration_mg_per_l: float
    peripheral_mg_per_l: float | None = None

    def __post_init__(self) -> None:
        check_day("start", self.day)
        for number in (self.concentration_mg_per_l, self.peripheral):
            if not 0 <= number <= LARGEST_CONCENTRATION:
                raise ModelError(f"start: {number:g} mg/L is outside 0 to {LARGEST_CONCENTRATION:g} mg/L")

    @property
    def peripheral(self) -> float:
        """The peripheral concentration (mg/L)."""
        known = self.peripheral_mg_per_l
        return self.concentration_mg_per_l if known is None else known


@dataclass(frozen=True, slots=True)
class History:
    """All that happened, in any order; days from any one origin, fractions included.

    ``weights`` are (day, kg): each holds from its day on, the first one also before, and of one day the last.
    Where there are none, people have
    the weight that they were drawn with. Where antibody periods overlap, the last to start decides; where they also
    start together, the largest factor. Raises ModelError for an absurd weight or day, and for anything that happens
    before the known start.
    """

    inputs: tuple[Input, ...] = ()
    weights: tuple[tuple[float, float], ...] = ()
    antibodies: tuple[AntibodyPeriod, ...] = ()
    removals: tuple[Removal, ...] = ()
    start: Start | None = None

    def __post_init__(self) -> None:
        for field, kind in (("inputs", Input), ("antibodies", AntibodyPeriod), ("removals", Removal)):
            given = getattr(self, field)
            if not (isinstance(given, Sequence) and all(isinstance(one, kind) for one in given)):
                raise ModelError(f"history: {field} must be a list of the kind {kind.__name__}, not {given!r}")
        if not (self.start is None or isinstance(self.start, Start)):
            raise ModelError(f"history: start must be of the kind Start, not {self.start!r}")
        weights: object = self.weights
        if not (isinstance(weights, Sequence) and all(isinstance(w, Sequence) and len(w) == 2 for w in weights)):
            raise ModelError(f"history: weights must be a list of pairs of day and kg, not {weights!r}")
        for day, kg in self.weights:
            check_day("weight", day)
            check_weight(kg)
        if self.start and any(day < self.start.day for day in self.days_given_or_taken()):
            raise ModelError(f"start: a dose or plasma exchange lies before the known start, day {self.start.day:g}")

    def days_given_or_taken(self) -> list[float]:
        """The days of doses and plasma exchanges."""
        return [dose.day for dose in self.inputs] + [removal.day for removal in self.removals]

    def until(self, day: float) -> History:
        """What had happened before that day."""
        return History(
            tuple(dose for dose in self.inputs if dose.day < day),
            self.weights,
            self.antibodies,
            tuple(removal for removal in self.removals if removal.day < day),
            self.start,
        )

    def then(self, *inputs: Input) -> History:
        """The same with more doses."""
        return History((*self.inputs, *inputs), self.weights, self.antibodies, self.removals, self.start)

    def with_antibodies(self, *periods: AntibodyPeriod) -> History:
        """The same with other antibody periods instead of its own."""
        return History(self.inputs, self.weights, periods, self.removals, self.start)


def check_day(what: str, day: float) -> None:
    """Raise ModelError for a day too far from the origin, or none at all."""
    check_numbers(f"{what}: day", day)
    if not (math.isfinite(day) and abs(day) <= FARTHEST_DAY):
        raise ModelError(f"{what}: day {day:g} is not within {FARTHEST_DAY:g} days of the origin")
