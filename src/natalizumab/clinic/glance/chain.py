"""The chain from a dose to the brain over the first year, for a typical person and for nine of ten who weigh the same.

level -> integrins covered -> lymphocytes kept out of the brain -> inflammation (exploratory disease model), and on the
other side the guard against the JC virus: the lymphocytes that still come through. Importing it loads the solver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.clinic.glance.asked import Asked
from natalizumab.disease.model.parameters import Parameters, ensemble, fitted
from natalizumab.disease.model.pools import CELL_DAYS, cells, middles, pools, trafficking
from natalizumab.evidence import value
from natalizumab.pharmacology import History, People, Regimen, concentrations, draw, saturation, typical
from natalizumab.pharmacology.interval import Limits, Standing
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK

Numbers = NDArray[np.float64]

SHOWN_WEEKS = 52
PEOPLE, SEED = 200, 1
"""Invented people of one weight, whose bodies handle the drug as differently as those of the published population."""

LEAST, MOST = 5, 95
"""Between these percentiles are nine of ten people."""

_SOON_AFTER = (0.05, 0.5, 1.0, 2.0)
"""Days after a dose at which a curve is worth a look, beside those of the grid."""


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One link of the chain on ``days`` (n,): the typical person, and the band of nine of ten, each of shape (n,)."""

    days: Numbers
    typical: Numbers
    low: Numbers
    high: Numbers

    def on(self, day: float) -> tuple[float, float, float]:
        """Typical, low and high on a day of the grid."""
        place = int(np.searchsorted(self.days, day))
        return float(self.typical[place]), float(self.low[place]), float(self.high[place])


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """``level`` is in mg/L, all other links are shares (0-1); ``guard`` and ``inflammation`` are 1 untreated.

    ``doses`` are days within the year, ``last`` the day of the last dose with a whole interval behind it, ``end`` the
    end of that interval, just before the next dose, and ``highest`` the day between them with the highest level.
    ``could_be`` is the inflammation on day ``end`` by sets of parameters that fit about as well, lowest and highest.
    ``standing`` says on what the interval rests.
    """

    asked: Asked
    doses: tuple[float, ...]
    last: float
    end: float
    highest: float
    level: Link
    covered: Link
    kept_out: Link
    guard: Link
    inflammation: Link
    could_be: tuple[float, float]
    standing: Standing


def chain(asked: Asked) -> Chain:
    """The whole chain. Takes some hundredths of a second, once the solver is there."""
    every = asked.weeks * DAYS_PER_WEEK
    regimen = Regimen(asked.route, asked.weeks, SHOWN_WEEKS // asked.weeks + 1)
    doses = tuple(dose.day for dose in regimen.inputs)
    who, days = _people(asked.weight_kg), _days(doses)
    history = History(regimen.inputs)
    found = concentrations(history, who, days)
    level = _link(days, found.T)
    inside = trafficking(saturation(found).T, _least(fitted(), len(who)), fitted().steepness)
    cells_covered = saturation(concentrations(history, who, middles(0.0, SHOWN_WEEKS * DAYS_PER_WEEK))).T
    last, end = doses[-1] - every, doses[-1]
    within = (days > last) & (days <= end)
    return Chain(
        asked=asked,
        doses=doses,
        last=last,
        end=end,
        highest=float(days[within][level.typical[within].argmax()]),
        level=level,
        covered=_link(days, saturation(found).T),
        kept_out=_link(days, 1 - inside),
        guard=_link(days, inside),
        inflammation=_inflammation(cells_covered),
        could_be=_could_be(cells_covered[:, :1], end),
        standing=_standing(asked.weeks),
    )


def _people(weight_kg: float) -> People:
    """The typical person first, then those of the band."""
    one, others = typical(weight_kg), draw(PEOPLE, SEED, weight_kg)
    pairs = ((getattr(one, name), getattr(others, name)) for name in ("weight_kg", "cl", "vp", "vmax"))
    return People(*(np.concatenate(pair) for pair in pairs))


def _days(doses: tuple[float, ...]) -> Numbers:
    """Half-weeks, on which all doses fall, and a few days soon after each; a day of a dose means just before it."""
    grid = np.arange(0, SHOWN_WEEKS * DAYS_PER_WEEK + 1e-9, CELL_DAYS)
    soon = [day + step for day in doses for step in _SOON_AFTER]
    days: Numbers = np.unique(np.concatenate([grid, soon]))
    return np.asarray(days[days <= grid[-1]])


def _link(days: Numbers, found: Numbers) -> Link:
    """From numbers (days, people), the typical person's first."""
    low, high = np.percentile(found[:, 1:], (LEAST, MOST), axis=1)
    return Link(days, found[:, 0], low, high)


def _least(parameters: Parameters, people: int) -> Numbers:
    """What full saturation lets through, alike in all: the band is about how bodies handle the drug, no more."""
    return np.full(people, parameters.least_trafficking)


def _drive(covered: Numbers, parameters: Parameters) -> Numbers:
    """What drives new lesions at the ends of half-weeks, for saturations (cells, people) in their middle."""
    traffic = trafficking(covered, _least(parameters, covered.shape[1]), parameters.steepness)
    return pools(traffic, 0.0, parameters).drive()


def _inflammation(covered: Numbers) -> Link:
    return _link(CELL_DAYS * np.arange(len(covered) + 1, dtype=np.float64), _drive(covered, fitted()))


def _could_be(covered: Numbers, end: float) -> tuple[float, float]:
    found = [float(_drive(covered, parameters)[cells(end), 0]) for parameters in ensemble()]
    return min(found), max(found)


def _standing(weeks: int) -> Standing:
    label, trial = (float(value(f"dosing.{name}").value) for name in ("interval", "extended_interval"))
    return Limits(label, trial).standing(weeks)
