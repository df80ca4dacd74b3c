"""Quantiles and shares of weighted numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighted:
    """``values`` by size, the share of the weight that lies below each, half of its own included, and its number."""

    values: Numbers
    below: Numbers
    order: NDArray[np.int64]

    def quantiles(self, shares: Sequence[float]) -> Numbers:
        """The values below which those shares of the weight lie; between two of them a straight line."""
        return np.interp(shares, self.below, self.values)

    def at_least(self, value: float) -> float:
        """The share of the weight at or above a value; 0 or 1 beyond all of them."""
        return 1 - float(np.interp(value, self.values, self.below, left=0.0, right=1.0))


def weighted_quantiles(values: Numbers, weights: Numbers) -> Weighted:
    """Sort values of shape (n,) by size and add their weights up. Raises ValueError if all weights are 0."""
    # Most places of a lattice lie far out and weigh next to nothing.
    matter = np.flatnonzero(weights > 1e-6 * weights.max())
    if not len(matter):
        raise ValueError("no value weighs anything")
    order = matter[np.argsort(values[matter])]
    weights = weights[order] / weights[order].sum()
    return Weighted(values[order], np.cumsum(weights) - 0.5 * weights, order)
