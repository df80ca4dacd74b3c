"""How probable measured levels are, given the true concentrations: residual error, and levels below a limit.

A level scatters around the true concentration C in proportion to it: measured = C (1 + sigma eps), eps standard normal.
Of a level below the limit of quantification L only that is known: its probability is that of measuring less than L.
Everything is a function of log C, in which the quadrature works.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.levels import Level

Numbers = NDArray[np.float64]

_LEAST = 1e-300
_MOST = 100.0  # of minus log C: so little is as improbable as nothing, and can be squared
_CLOSE = 1e-6  # to the level: here its slope, not a difference, tells the curvature
_erfc = np.frompyfunc(math.erfc, 1, 1)


@dataclass(frozen=True, slots=True)
class Slopes:
    """Log-likelihood of each level, its first derivative in log C, and (positive) minus its expected second one."""

    logarithm: Numbers
    first: Numbers
    information: Numbers


@cache
def residual_error() -> float:
    """Standard deviation of a level around the true concentration, as a share of it."""
    return float(value("pk.residual").value) / 100


def log_likelihood(levels: Sequence[Level], log_concentration: Numbers) -> Numbers:
    """Summed over the levels, which are the last axis of ``log_concentration`` (of log mg/L)."""
    total = np.zeros(log_concentration.shape[:-1])
    for number, level in enumerate(levels):
        ratio = level.on_the_models_scale * np.exp(np.minimum(-log_concentration[..., number], _MOST))
        scaled = (ratio - 1) / residual_error()
        if level.below:
            total += np.log(np.maximum(normal_cdf(scaled), _LEAST))
        else:
            total += -log_concentration[..., number] - 0.5 * scaled**2
    return total


def slopes(levels: Sequence[Level], log_concentration: Numbers) -> Slopes:
    """For each level, the last axis of ``log_concentration``, how the log-likelihood changes with log C."""
    columns = _columns(levels, log_concentration)
    found = [_below(level, u) if level.below else _measured(level, u) for level, u in columns]
    return Slopes(*(np.stack(parts, axis=-1) for parts in zip(*found, strict=True)))


def normal_cdf(x: Numbers) -> Numbers:
    """The standard normal distribution function."""
    return 0.5 * np.asarray(_erfc(-np.asarray(x) / math.sqrt(2)), dtype=np.float64)


def _columns(levels: Sequence[Level], log_concentration: Numbers) -> list[tuple[Level, Numbers]]:
    return [(level, log_concentration[..., number]) for number, level in enumerate(levels)]


def _measured(level: Level, u: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    sigma = residual_error()
    away = math.log(level.on_the_models_scale) - u
    ratio = np.exp(away)
    first = -1 + ratio * (ratio - 1) / sigma**2
    # With the true curvature a step from far away would lead too short a way; with this one it leads to the level.
    above = np.maximum(away, _CLOSE)
    information = np.maximum(ratio * np.expm1(above) / above, 1.0) / sigma**2
    return -u - 0.5 * ((ratio - 1) / sigma) ** 2, first, information


def _below(level: Level, u: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    sigma = residual_error()
    ratio = level.on_the_models_scale * np.exp(-u)
    x = (ratio - 1) / sigma
    probability = np.maximum(normal_cdf(x), _LEAST)
    hazard = np.exp(-0.5 * np.minimum(x, 40) ** 2) / math.sqrt(2 * math.pi) / probability
    slope = -ratio / sigma
    return np.log(probability), hazard * slope, hazard * (hazard + x).clip(0) * slope**2
