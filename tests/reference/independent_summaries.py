"""Peak, time at a level and mean saturation of an independent solution, each found in its own way.

The peak by a search on the dense solution, the time by the roots of its crossings, the mean by Gauss's quadrature.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from tests.reference.independent import ON_VC, REFERENCE_KG, VC, Story, Way, happen, way


def summaries(
    story: Story, start: float, end: float, level: float, saturation: Callable[[float], float]
) -> tuple[float, float, float, float]:
    """Of the days from start to end: the peak (mg/L), its day, the days at the level or above, the mean saturation."""
    points = sorted(day for day in story.days() | {start, end} if day <= end)
    y, peak, above, area = np.zeros(3), (-1.0, start), 0.0, 0.0
    for now, later in pairwise(points):
        y = happen(story, y, now)
        course = way(story, y, now, later, "DOP853")
        volume = VC * (story.weight(now) / REFERENCE_KG) ** ON_VC
        if now >= start:
            c = _concentration(course, volume)

            length = later - now
            peak = max(peak, _top(c, length, now), key=itemgetter(0))
            above += _time_at(c, length, level)
            area += _integral(c, length, saturation)
        y = course(later - now)
    return *peak, above, area / (end - start)


def _concentration(course: Way, volume: float) -> Callable[[float], float]:
    return lambda t: float(course(t)[1]) / volume


def _grid(length: float) -> list[float]:
    """Places in a stretch: dense after its start, where things happen fast, and no coarser than one in sixty later."""
    return sorted({0.0, *(length * 0.5**power for power in range(24)), *np.linspace(0, length, 61).tolist()})


def _top(c: Callable[[float], float], length: float, now: float) -> tuple[float, float]:
    grid = _grid(length)
    at = int(np.argmax([c(t) for t in grid]))
    low, high = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
    within = minimize_scalar(lambda t: -c(t), bounds=(low, high), method="bounded", options={"xatol": 1e-7})
    best = max((grid[at], float(within.x)), key=c)
    return c(best), now + best


def _time_at(c: Callable[[float], float], length: float, level: float) -> float:
    found = 0.0
    for left, right in pairwise(_grid(length)):
        first, last = c(left) - level, c(right) - level
        if first >= 0 and last >= 0:
            found += right - left
        elif first >= 0 or last >= 0:
            crossing = float(brentq(lambda t: c(t) - level, left, right))
            found += crossing - left if first >= 0 else right - crossing
    return found


def _integral(c: Callable[[float], float], length: float, saturation: Callable[[float], float]) -> float:
    nodes, weights = np.polynomial.legendre.leggauss(6)
    total = 0.0
    for left, right in pairwise(_grid(length)):
        places = (left + right) / 2 + (right - left) / 2 * nodes
        total += (right - left) / 2 * float(np.dot(weights, [saturation(max(c(float(t)), 0.0)) for t in places]))
    return total
