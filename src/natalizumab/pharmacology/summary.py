"""The spread of a quantity among people, in the few numbers that a reader needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value


@dataclass(frozen=True, slots=True)
class Summary:
    """``sd`` describes the people at hand: it divides by their number, and is 0 for one person.

    Percentiles interpolate linearly between the ordered values (Hyndman and Fan's type 7). ``share_at_least`` gives,
    for each threshold as text ("2"), the share (0-1) of people at or above it.
    """

    mean: float
    sd: float
    p5: float
    p50: float
    p95: float
    share_at_least: dict[str, float]


def summarise(numbers: NDArray[np.float64], thresholds: Iterable[float]) -> Summary:
    """Summarise one number per person; ``thresholds`` are in the unit of the numbers."""
    p5, p50, p95 = np.percentile(numbers, (5, 50, 95), method="linear").tolist()
    shares = {f"{threshold:g}": float(np.mean(numbers >= threshold)) for threshold in thresholds}
    return Summary(float(np.mean(numbers)), float(np.std(numbers)), p5, p50, p95, shares)


def targets() -> tuple[float, ...]:
    """The trough concentrations (mg/L) that personalised dosing has aimed at, lowest first."""
    return (float(value("pk.target_trough").value), *map(float, value("pk.target_trough_alternatives").value))
