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
FAR = 40.0
"""So many standard deviations above the true concentration a level is as improbable as nothing. Beyond them the
logarithm of the likelihood falls in a straight line with that of the concentration: a search that begins where nobody
has the level still sees the way, and numbers stay such as can be told apart.
"""
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
        u = log_concentration[..., number]
        if level.below:
            total += np.log(np.maximum(normal_cdf(standardised(level, u)), _LEAST))
        else:
            total += _log_density(level, u)
    return total


def standardised(level: Level, log_concentration: Numbers) -> Numbers:
    """How many standard deviations of the residual error a level lies above true concentrations, at most ``FAR``."""
    return np.asarray(np.expm1(np.minimum(_away(level, log_concentration), _turn())) / residual_error())


def slopes(levels: Sequence[Level], log_concentration: Numbers) -> Slopes:
    """For each level, the last axis of ``log_concentration``, how the log-likelihood changes with log C."""
    columns = _columns(levels, log_concentration)
    found = [_below(level, u) if level.below else _measured(level, u) for level, u in columns]
    return Slopes(*(np.stack(parts, axis=-1) for parts in zip(*found, strict=True)))


def normal_cdf(x: Numbers) -> Numbers:
    """The standard normal distribution function."""
    return 0.5 * np.asarray(_erfc(-np.asarray(x) / math.sqrt(2)), dtype=np.float64)


def _away(level: Level, log_concentration: Numbers) -> Numbers:
    return np.asarray(math.log(level.on_the_models_scale) - log_concentration)


def _turn() -> float:
    """How far the logarithm of a level lies above that of a concentration from which it is ``FAR``."""
    return math.log1p(FAR * residual_error())


def _log_density(level: Level, u: Numbers) -> Numbers:
    beyond = np.maximum(_away(level, u) - _turn(), 0) * (1 + FAR * residual_error()) * FAR / residual_error()
    return np.asarray(-u - 0.5 * standardised(level, u) ** 2 - beyond)


def _columns(levels: Sequence[Level], log_concentration: Numbers) -> list[tuple[Level, Numbers]]:
    return [(level, log_concentration[..., number]) for number, level in enumerate(levels)]


def _measured(level: Level, u: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    sigma, away, scaled = residual_error(), _away(level, u), standardised(level, u)
    ratio = 1 + sigma * scaled
    first = -1 + ratio * scaled / sigma
    # With the true curvature a step from far away would lead too short a way; with this one it leads to the level.
    above, below = np.maximum(away, _CLOSE), np.maximum(-away, _CLOSE)
    too_low = np.maximum(ratio * np.maximum(sigma * scaled, np.expm1(_CLOSE)) / above, 1.0) / sigma**2
    information = np.where(away < 0, np.minimum(-first / below, 1 / sigma**2), too_low)
    return _log_density(level, u), first, information


def _below(level: Level, u: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    sigma, x = residual_error(), standardised(level, u)
    probability = np.maximum(normal_cdf(x), _LEAST)
    hazard = np.exp(-0.5 * x**2) / math.sqrt(2 * math.pi) / probability
    slope = -(1 + sigma * x) / sigma
    return np.log(probability), hazard * slope, hazard * (hazard + x).clip(0) * slope**2
