"""Numbers with their confidence intervals, at the confidence that the evidence states (``evaluation.confidence``)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import chdtri, log_ndtr, stdtrit

from natalizumab.evidence import value
from natalizumab.pharmacology.plausible import Scores

Numbers = NDArray[np.float64]

LARGEST = 20.0
"""Factors up to this, and down to its inverse, are looked at: another unit may read nearly so far off."""

NODES, STEPS = 77, 5463
"""So many factors at which the likelihood is worked out, and on the spline between them."""

SPREADS = np.geomspace(0.05, 20, 301)
"""Standard deviations at which the likelihood is worked out where some numbers are only known to lie below a limit."""

TO_THE_MEAN = 30
"""So many of Newton's steps lead to the most probable mean."""


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
    def open(self) -> bool:
        """Whether the data leave an end open."""
        return self.low == 0 or bool(np.isinf(self.high))

    @property
    def words(self) -> str:
        """With two decimals, and the interval in brackets."""
        if not np.isfinite(self.value):
            return "-"
        return f"{self.value:.2f} ({_end(self.low)} to {_end(self.high)})"


def factor_words(factor: Estimate) -> str:
    """Those of a factor, of which the levels may only say a bound, or nothing at all."""
    if factor.open:
        if factor.low == 0 and np.isinf(factor.high):
            return "any number of"
        return f"{factor.high:.2f} or less" if factor.low == 0 else f"{factor.low:.2f} or more"
    return factor.words


@dataclass(frozen=True, slots=True)
class FactorProfile:
    """The log likelihood, ``height``, that levels read higher than the model expects by each of the ``factors``."""

    factors: Numbers
    height: Numbers

    def estimate(self, confidence: float | None = None) -> Estimate:
        """The most probable factor. Its interval ends where the likelihood ratio says; ``confidence`` (0-1) may differ
        from the evidence's. An end that lies beyond what is looked at is open: the other end is then all that is known,
        and is the value; where both are open, nothing is, and it is 1.
        """
        wanted = _confidence() if confidence is None else confidence
        enough = self.height >= self.height.max() - chdtri(1, 1 - wanted) / 2
        low, high = self.factors[enough][[0, -1]].tolist()
        if enough[0] or enough[-1]:
            found = 1.0 if enough[0] and enough[-1] else high if enough[0] else low
        else:
            found = float(self.factors[self.height.argmax()])
        return Estimate(found, 0.0 if enough[0] else low, np.inf if enough[-1] else high)


def factor_profile(evidence: Numbers) -> FactorProfile:
    """By how much levels read higher than the model expects, by their log probability at each of ``factors()``."""
    nodes, places = (np.linspace(-np.log(LARGEST), np.log(LARGEST), count) for count in (NODES, STEPS))
    return FactorProfile(np.exp(places), CubicSpline(nodes, evidence)(places))


def factors() -> Numbers:
    """The factors at which the likelihood is worked out."""
    return np.exp(np.linspace(-np.log(LARGEST), np.log(LARGEST), NODES))


def normal_estimates(scores: Scores) -> tuple[Estimate, Estimate]:
    """Mean and standard deviation of normal numbers, of some of which only a limit is known.

    Where all are known the intervals are exact: Student's t, and the chi-square distribution. Otherwise they are those
    of the likelihood, for the standard deviation that of the numbers' differences (REML). Of fewer than two known
    numbers nothing is said.
    """
    known = scores.number[~scores.below]
    count = len(scores.number)
    if len(known) < 2:
        return Estimate(np.nan, -np.inf, np.inf), Estimate(np.nan, 0.0, np.inf)
    tail = (1 - _confidence()) / 2
    if count == len(known):
        squares = ((known - known.mean()) ** 2).sum()
        ends = (squares / (count - 1), squares / chdtri(count - 1, tail), squares / chdtri(count - 1, 1 - tail))
        mean, error, spread = float(known.mean()), np.sqrt(ends[0] / count), Estimate(*map(float, np.sqrt(ends)))
    else:
        means, errors, height = _censored(known, scores.number[scores.below])
        best, enough = int(height.argmax()), height >= height.max() - chdtri(1, 2 * tail) / 2
        low, high = SPREADS[enough][[0, -1]].tolist()
        spread = Estimate(float(SPREADS[best]), 0.0 if enough[0] else low, np.inf if enough[-1] else high)
        mean, error = float(means[best]), errors[best]
    half = float(stdtrit(count - 1, 1 - tail) * error)
    return Estimate(mean, mean - half, mean + half), spread


def _censored(known: Numbers, limits: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """For each of ``SPREADS`` the most probable mean, its standard error, and the log likelihood (REML) there."""
    sd, mean = SPREADS[:, None], np.full((len(SPREADS), 1), known.mean())
    information = np.full(len(SPREADS), float(len(known)))
    for _ in range(TO_THE_MEAN):
        beyond = (limits - mean) / sd
        ratio = np.exp(-0.5 * beyond**2 - log_ndtr(beyond)) / np.sqrt(2 * np.pi)
        slope = ((known - mean) / sd).sum(axis=1) - ratio.sum(axis=1)
        information = len(known) + (ratio * (ratio + beyond)).sum(axis=1)
        mean = mean + sd * np.clip(slope / information, -1, 1)[:, None]
    height = (-0.5 * ((known - mean) / sd) ** 2).sum(axis=1) + log_ndtr((limits - mean) / sd).sum(axis=1)
    error = SPREADS / np.sqrt(information)
    return mean[:, 0], error, height - len(known) * np.log(SPREADS) + np.log(error)


def _end(number: float) -> str:
    return f"{number:.2f}" if np.isfinite(number) else "any"


def _confidence() -> float:
    return float(value("evaluation.confidence").value) / 100
