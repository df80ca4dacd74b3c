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

LARGEST = 3.0
"""Factors up to this, and down to its inverse, are looked at."""

NODES, STEPS = 29, 2001
"""So many factors at which the likelihood is worked out, and on the spline between them."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its confidence interval; an end that the data leave open is 0 or infinite."""

    value: float
    low: float
    high: float

    def excludes(self, number: float) -> bool:
        """Whether the interval lies wholly on one side of the number."""
        return not self.low <= number <= self.high


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


def mean_estimate(numbers: Numbers) -> Estimate:
    """Of normal numbers, with the interval of Student's t; of fewer than two nothing is known."""
    count = len(numbers)
    if count < 2:
        return Estimate(np.nan, -np.inf, np.inf)
    half = stdtrit(count - 1, (1 + _confidence()) / 2) * numbers.std(ddof=1) / np.sqrt(count)
    return Estimate(float(numbers.mean()), float(numbers.mean() - half), float(numbers.mean() + half))


def sd_estimate(numbers: Numbers) -> Estimate:
    """Standard deviation of normal numbers, with the interval of the chi-square distribution."""
    count = len(numbers)
    if count < 2:
        return Estimate(np.nan, 0.0, np.inf)
    tail, squares = (1 - _confidence()) / 2, ((numbers - numbers.mean()) ** 2).sum()
    low, high = squares / chdtri(count - 1, tail), squares / chdtri(count - 1, 1 - tail)
    return Estimate(float(numbers.std(ddof=1)), float(np.sqrt(low)), float(np.sqrt(high)))


def _confidence() -> float:
    return float(value("evaluation.confidence").value) / 100
