"""Sums over people, that can be added up in any grouping to the same bits: means, differences, and their errors.

Each lot of people is one leaf; leaves are added in pairs, in the order of the lots, whatever the number of workers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

Sums: TypeAlias = dict[str, list[float]]
"""For every arm and outcome, and for every difference from the first arm, the sum and the sum of squares; by name. For
an outcome of whole numbers also how many people have 0, 1, 2, … of it, up to ``MOST`` and more.
"""

MOST = 200


@dataclass(frozen=True, slots=True)
class Mean:
    """Over people, with its Monte Carlo error (one standard deviation)."""

    mean: float
    error: float


def sums(by_arm: Mapping[str, Mapping[str, Numbers]], part: NDArray[np.bool_], counted: Collection[str] = ()) -> Sums:
    """Of one lot: of those who take part; outcomes of the names ``counted`` are whole numbers."""
    found: Sums = {"people": [float(part.sum()), 0.0]}
    reference = next(iter(by_arm.values()))
    for arm, outcomes in by_arm.items():
        for name, numbers in outcomes.items():
            found[f"{arm}|{name}"] = _pair(numbers[part])
            if name in counted:
                whole = np.minimum(numbers[part], MOST).astype(np.int64)
                found[f"{arm}|{name}|counts"] = np.bincount(whole, minlength=MOST + 1).tolist()
            if outcomes is not reference:
                found[f"{arm}|{name}|difference"] = _pair(numbers[part] - reference[name][part])
    return found


def _pair(numbers: Numbers) -> list[float]:
    return [float(numbers.sum()), float((numbers * numbers).sum())]


def total(leaves: Sequence[Sums]) -> Sums:
    """The sum of all lots, in pairs: the same bits for the same lots in the same order."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [level[number : number + 2] for number in range(0, len(level), 2)]
        level = [_added(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0]


def _added(one: Sums, other: Sums) -> Sums:
    return {name: [a + b for a, b in zip(one[name], other[name], strict=True)] for name in one}


def mean(of: Sums, name: str) -> Mean:
    """One of them; NaN where nobody takes part."""
    people = of["people"][0]
    if not people:
        return Mean(math.nan, math.nan)
    first, second = of[name]
    average = first / people
    variance = max(second / people - average**2, 0.0)
    return Mean(average, math.sqrt(variance / people))
