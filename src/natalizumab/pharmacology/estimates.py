"""Numbers with their confidence intervals, at the confidence that the evidence states (``evaluation.confidence``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import chdtri, stdtrit

from natalizumab.evidence import value
from natalizumab.pharmacology.plausible import Cloud

Numbers = NDArray[np.float64]

LARGEST = 20.0
"""Factors up to this, and down to its inverse, are looked at: another unit may read nearly so far off."""

NODES, STEPS = 77, 5463
"""So many factors at which the likelihood is worked out, and on the spline between them."""

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its confidence interval; an end that the data leave open is 0 or infinite."""

    value: float
    low: float
    high: float

    def excludes(self, number: float) -> bool:
        """Whether the interval lies wholly on one side of the number."""
        return not self.low <= number <= self.high

    @property
    def words(self) -> str:
        """With two decimals, and the interval in brackets."""
        if not np.isfinite(self.value):
            return "-"
        return f"{self.value:.2f} ({_end(self.low)} to {_end(self.high)})"


def factor_words(factor: Estimate) -> str:
    """Those of a factor, which may lie beyond what is looked at, or be anything: the levels may all be mistakes."""
    if factor.low == 0 and np.isinf(factor.high):
        return "any number of"
    if factor.value >= LARGEST * (1 - ROUNDING):
        return f"{LARGEST:g} or more"
    return f"1/{LARGEST:g} or less" if factor.value <= (1 + ROUNDING) / LARGEST else factor.words


@dataclass(frozen=True, slots=True)
class FactorProfile:
    """The log likelihood, ``height``, that levels read higher than the model expects by each of the ``factors``."""

    factors: Numbers
    height: Numbers

    def estimate(self, confidence: float | None = None) -> Estimate:
        """The most probable factor. Its interval ends where the likelihood ratio says; ``confidence`` (0-1) may differ
        from the evidence's. An end that lies beyond what is looked at is open.
        """
        wanted = _confidence() if confidence is None else confidence
        enough = self.height >= self.height.max() - chdtri(1, 1 - wanted) / 2
        low, high = self.factors[enough][[0, -1]]
        return Estimate(
            float(self.factors[self.height.argmax()]),
            0.0 if enough[0] else float(low),
            np.inf if enough[-1] else float(high),
        )


def factor_profile(clouds: Sequence[Cloud]) -> FactorProfile:
    """By how much the levels of these people read higher than the model expects."""
    nodes, places = (np.linspace(-np.log(LARGEST), np.log(LARGEST), count) for count in (NODES, STEPS))
    total = np.sum([one.log_evidence(np.exp(nodes)) for one in clouds], axis=0)
    return FactorProfile(np.exp(places), CubicSpline(nodes, total)(places))


def mean_estimate(mean: Numbers, square: Numbers) -> Estimate:
    """Of normal numbers, with the interval of Student's t; of fewer than two nothing is known.

    ``mean`` and ``square`` are of each number and its square on average: of one that is known, that one and its square.
    """
    count = len(mean)
    if count < 2:
        return Estimate(np.nan, -np.inf, np.inf)
    half = stdtrit(count - 1, (1 + _confidence()) / 2) * np.sqrt(_squares(mean, square) / (count - 1) / count)
    return Estimate(float(mean.mean()), float(mean.mean() - half), float(mean.mean() + half))


def sd_estimate(mean: Numbers, square: Numbers) -> Estimate:
    """Standard deviation of such numbers, with the interval of the chi-square distribution."""
    count = len(mean)
    if count < 2:
        return Estimate(np.nan, 0.0, np.inf)
    tail, squares = (1 - _confidence()) / 2, _squares(mean, square)
    ends = (squares / (count - 1), squares / chdtri(count - 1, tail), squares / chdtri(count - 1, 1 - tail))
    return Estimate(*(float(np.sqrt(end)) for end in ends))


def _squares(mean: Numbers, square: Numbers) -> float:
    """The squared distances from the numbers' own mean, added up: what they are on average."""
    count = len(mean)
    return float(square.sum() - count * mean.mean() ** 2 - (square - mean**2).sum() / count)


def _end(number: float) -> str:
    return f"{number:.2f}" if np.isfinite(number) else "any"


def _confidence() -> float:
    return float(value("evaluation.confidence").value) / 100
