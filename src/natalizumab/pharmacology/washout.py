"""A scale on which concentrations of similar people lie evenly: the days of a typical person's washout.

Where elimination is saturated the concentration falls in a straight line, then within days to a small share, and at
last slowly, as fast as drug comes back from the periphery. No formula straightens all three. But people differ mostly
in when they get there, not in the way. So a concentration is expressed by the day on which a typical person who is
given no more has it: as a function of a person's effects that is smooth, and polynomials can carry it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.population import typical
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.solver import concentrations

Numbers = NDArray[np.float64]

DOSES, FIRST, SOON, LATE = 12, 0.5, 150.0, 1500.0
"""The washout begins after so many doses; its days are close together up to ``SOON`` and end with ``LATE``."""

CLOSE_TOGETHER, FAR_APART = 300, 200
"""So many there are, evenly spread, on both sides of that day."""

LEAST_MG_PER_L = 1e-300
"""So that there is a logarithm."""


def straightened(mg_per_l: Numbers) -> Numbers:
    """Minus the day on which the typical person has that concentration; the higher, the larger."""
    days, logs = _washout()
    u = np.log(np.maximum(mg_per_l, LEAST_MG_PER_L))
    first, last = _slopes()
    there = np.interp(-u, -logs, days)
    there += np.maximum(u - logs[0], 0) / first + np.minimum(u - logs[-1], 0) / last
    return np.asarray(-there)


def log_concentration(straightened: Numbers) -> Numbers:
    """Log mg/L, from what ``straightened`` gives."""
    days, logs = _washout()
    first, last = _slopes()
    there = np.interp(-straightened, days, logs)
    there += np.minimum(-straightened - days[0], 0) * first + np.maximum(-straightened - days[-1], 0) * last
    return np.asarray(there)


@cache
def table() -> tuple[Numbers, Numbers, Numbers]:
    """The days, the logarithm of the concentration on each, and where they are found: the slopes before the first and
    after the last, how many of the days lie close together, and how many of these and of the others there are per day.
    """
    days, logs = _washout()
    per_day = [1 / (days[1] - days[0]), 1 / (days[-1] - days[-2])]
    return days, logs, np.array([*_slopes(), CLOSE_TOGETHER - 1, *per_day])


@cache
def _washout() -> tuple[Numbers, Numbers]:
    """Days since the last dose, and the logarithm of the concentration, which falls throughout."""
    regimen = Regimen("iv", 4, DOSES)
    since = np.concatenate([np.linspace(FIRST, SOON, CLOSE_TOGETHER), np.linspace(SOON, LATE, FAR_APART)[1:]])
    person = typical(float(value("pk.reference_weight").value))
    there = concentrations(History(regimen.inputs), person, regimen.inputs[-1].day + since)[0]
    return since, np.log(there)


@cache
def _slopes() -> tuple[float, float]:
    """Of the logarithm, per day, with which the scale goes on beyond its ends."""
    days, logs = _washout()
    ends = [(logs[b] - logs[a]) / (days[b] - days[a]) for a, b in ((0, 1), (-10, -1))]
    return float(ends[0]), float(ends[1])
