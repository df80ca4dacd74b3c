"""The virtual adults of the table, and the regimens they are given; nobody of them has antibodies."""

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
    the label's), and how many times as high as the model's assay theirs reads. Outcomes are kept, by regimen.
    """

    people: People
    workers: int = 1
    saturation_curve: SaturationCurve = field(default_factory=curve)
    bioavailability: float | None = None
    assay_factor: float = 1.0
    _kept: dict[tuple[Any, ...], Outcome] = field(default_factory=dict, repr=False)

    def assuming(self, **other: Any) -> Adults:
        """The same people under another assumption."""
        return replace(self, **other)

    def steady(
        self, route: Route, weeks: float, bioavailability: float | None = None, clearance_factor: float = 1.0
    ) -> Outcome:
        """How the last interval of two years of that regimen ends, as the assay reads it."""
        return self.ended(settled(route, weeks), bioavailability, clearance_factor)

    def ended(self, regimen: Regimen, bioavailability: float | None = None, clearance_factor: float = 1.0) -> Outcome:
        """How the last interval of a regimen ends, as the assay reads it."""
        share = self.bioavailability if bioavailability is None else bioavailability
        key = (regimen, share if regimen.route == "sc" else None, clearance_factor)
        if key not in self._kept:
            self._kept[key] = simulate_population(regimen, self.people, clearance_factor, share, workers=self.workers)
        found = self._kept[key]
        return replace(found, trough=found.trough * self.assay_factor, cmax=found.cmax * self.assay_factor)

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


def last_trough_day(regimen: Regimen) -> float:
    """One interval after the last dose."""
    return regimen.doses * regimen.interval_weeks * DAYS_PER_WEEK
