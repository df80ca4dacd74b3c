"""How far a number would move if other people were drawn, and what a count of so many says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, chdtrc

Numbers = NDArray[np.float64]

RESAMPLES = 200
"""The standard error is then itself known to about 5 %."""

CONFIDENCE = 0.95


def standard_error(statistic: Callable[..., float], *columns: NDArray[np.generic]) -> float:
    """Of a statistic of the columns (one number per person each), by the bootstrap: people are drawn anew."""
    count = len(columns[0])
    source = np.random.default_rng(count)
    drawn = (source.integers(0, count, count) for _ in range(RESAMPLES))
    return float(np.std([statistic(*(column[who] for column in columns)) for who in drawn], ddof=1))


def exact_interval(found: int, among: int) -> tuple[float, float]:
    """The 95 % interval of Clopper and Pearson for the share behind a count. ``among`` is 1 or more."""
    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(found, among - found + 1, tail)) if found else 0.0
    high = float(betaincinv(found + 1, among - found, 1 - tail)) if found < among else 1.0
    return low, high


def chi_square_p(statistic: float, degrees: int) -> float:
    """How often chance alone gives a chi-square as large as this."""
    return float(chdtrc(degrees, statistic))
