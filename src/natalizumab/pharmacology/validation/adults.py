"""The virtual adults of the table, and the regimens they are given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Regimen, Route
from natalizumab.pharmacology.saturation import SaturationCurve, curve
from natalizumab.pharmacology.simulation import Outcome, simulate_population
from natalizumab.pharmacology.solver import Window, solve

Numbers = NDArray[np.float64]

SETTLED_WEEKS = 104
"""Two years of a regimen count as its steady state."""

STANDARD_WEEKS = 4


@dataclass(frozen=True, eq=False)
class Adults:
    """People, and what is assumed of them: the saturation curve, the share of a subcutaneous dose that arrives (None:
    the label's), how many times as high as the model's assay theirs reads, and how many of the first of them have
    antibodies from the start, with what factor on clearance. Outcomes are kept, by what they depend on.
    """

    people: People
    workers: int = 1
    saturation_curve: SaturationCurve = field(default_factory=curve)
    bioavailability: float | None = None
    assay_factor: float = 1.0
    with_antibodies: int = 0
    clearance_factor: float = 1.0
    _kept: dict[tuple[Any, ...], Outcome] = field(default_factory=dict, repr=False)

    def assuming(self, **other: Any) -> Adults:
        """The same people under another assumption."""
        return replace(self, **other)

    def steady(self, route: Route, weeks: float, bioavailability: float | None = None) -> Outcome:
        """How the last interval of two years of that regimen ends, as the assay reads it."""
        return self.ended(settled(route, weeks), bioavailability)

    def ended(self, regimen: Regimen, bioavailability: float | None = None) -> Outcome:
        """How the last interval of a regimen ends, as the assay reads it."""
        asked = self.bioavailability if bioavailability is None else bioavailability
        share = asked if regimen.route == "sc" else None
        found = self._simulated(regimen, share, self.people)
        if self.with_antibodies:
            affected = self.people.part(0, self.with_antibodies)
            found = _first_replaced(found, self._simulated(regimen, share, affected, self.clearance_factor))
        return replace(found, trough=found.trough * self.assay_factor, cmax=found.cmax * self.assay_factor)

    def _simulated(self, regimen: Regimen, share: float | None, people: People, factor: float = 1.0) -> Outcome:
        key = (regimen, share, len(people), factor)
        if key not in self._kept:
            self._kept[key] = simulate_population(regimen, people, factor, share, workers=self.workers)
        return self._kept[key]

    def first_peak(self, route: Route) -> tuple[Numbers, Numbers]:
        """Day and height (mg/L, as the assay reads it) of the peak after a first dose."""
        regimen = Regimen(route, STANDARD_WEEKS, 1)
        window = Window(*regimen.last_interval)
        share = self.bioavailability
        found = solve(
            History(regimen.inputs), self.people, [window.end], window=window, bioavailability=share,
            workers=self.workers,
        )  # fmt: skip
        return found.peak_day, found.peak * self.assay_factor


def settled(route: Route, weeks: float, within: float = SETTLED_WEEKS) -> Regimen:
    """So many doses as fill two years, or another number of weeks."""
    return Regimen(route, weeks, max(1, round(within / weeks)))


def _first_replaced(many: Outcome, few: Outcome) -> Outcome:
    """The outcome of many people, of whom the first few have another one."""
    names = ("trough", "cmax", "saturation_at_trough")
    return Outcome(*(np.concatenate([getattr(few, name), getattr(many, name)[len(few.trough) :]]) for name in names))


def last_trough_day(regimen: Regimen) -> float:
    """One interval after the last dose."""
    return regimen.doses * regimen.interval_weeks * DAYS_PER_WEEK
