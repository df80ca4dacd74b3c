"""Weighs thousands of plausible people: where each stands, what the polynomials say of them, how well that fits.

A block of ``ROW`` people at a time, in rows, so that the loops over them are done for several at once.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import carray  # type: ignore[attr-defined]  # it is not among the names that Numba lists
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.point_rows import (
    LIKELIHOOD,
    LOG,
    MIDDLE,
    PRODUCTS,
    ROW,
    SIZE,
    SMOOTH,
    TERM,
    VALUE,
    WIDTH,
    X,
    Y,
    Z,
)

Numbers = NDArray[np.float64]

OUTSIDE = 2.0  # of the ends of the polynomials: nobody is there
LEAST = 1e-300
FAR_APART = 40.0  # the logarithm of a sum is that of the larger one
MOST = 100.0  # of minus log C: so little is as improbable as nothing, and can be squared


# Whole rows are taken out first: of a place that is reckoned number by number the compiler can't see that it is none
# before the array's beginning, and does one after the other.


# Constants as arguments would have a function compiled anew for each of them: places come from loops instead.


@part
def _chebyshev(w: Numbers, first: int, degree: int) -> None:
    """All rows of one direction, from that of degree one."""
    x = w[first + ROW : first + 2 * ROW]
    w[first : first + ROW] = 1.0
    for k in range(first + 2 * ROW, first + (degree + 1) * ROW, ROW):
        before, last, here = w[k - 2 * ROW : k - ROW], w[k - ROW : k], w[k : k + ROW]
        for i in range(ROW):
            here[i] = 2 * x[i] * last[i] - before[i]


@part
def _across(w: Numbers, degree: int) -> None:
    """The products of both directions across."""
    for axis in range(Y, Z + 1, Z - Y):
        _chebyshev(w, axis, degree)
    row = PRODUCTS
    for together in range(degree + 1):
        for one in range(together + 1):
            first, second = Y + one * ROW, Z + (together - one) * ROW
            a, b, here = w[first : first + ROW], w[second : second + ROW], w[row : row + ROW]
            for i in range(ROW):
                here[i] = a[i] * b[i]
            row += ROW


@part
def _sum(w: Numbers, of: Numbers, first: int, count: int) -> None:
    """The first products, each times its number of ``of``, into the row ``TERM``."""
    total = w[TERM : TERM + ROW]
    total[:] = 0.0
    done = count - count % 4
    for at in range(0, done, 4):
        a, b, c, d = of[first + at], of[first + at + 1], of[first + at + 2], of[first + at + 3]
        four = w[PRODUCTS + at * ROW : PRODUCTS + (at + 4) * ROW]
        for i in range(ROW):
            total[i] += (a * four[i] + b * four[ROW + i]) + (c * four[2 * ROW + i] + d * four[3 * ROW + i])
    for at in range(done, count):
        a, row = of[first + at], w[PRODUCTS + at * ROW : PRODUCTS + (at + 1) * ROW]
        for i in range(ROW):
            total[i] += a * row[i]


@part
def _value(w: Numbers, polynomials: Numbers, number: int, of: int, degree: int) -> None:
    """One of the polynomials for the block: coefficients are by degree along, polynomial, and pair across."""
    pairs = (degree + 1) * (degree + 2) // 2
    total, term = w[VALUE : VALUE + ROW], w[TERM : TERM + ROW]
    total[:] = 0.0
    for k in range(degree + 1):
        left = degree - k
        _sum(w, polynomials, (k * of + number) * pairs, (left + 1) * (left + 2) // 2)
        along = w[X + k * ROW : X + (k + 1) * ROW]
        for i in range(ROW):
            total[i] += along[i] * term[i]


@part
def _stand(w: Numbers, normal: Numbers, first: int, many: int, on_lines: int, frame: Numbers, spread: Numbers) -> None:
    """Where a block's people stand across the lines; of those who are on none, also where along them.

    ``frame`` is its centre, its axes and their inverse, row by row.
    """
    scale, across = spread[0], spread[2]
    for i in range(ROW):
        n = 3 * min(first + i, many - 1)
        if first + i < on_lines:
            w[Y + ROW + i], w[Z + ROW + i] = across * normal[n + 1] / scale, across * normal[n + 2] / scale
        else:
            a, b, c = normal[n] - frame[0], normal[n + 1] - frame[1], normal[n + 2] - frame[2]
            w[X + ROW + i] = (frame[12] * a + frame[13] * b + frame[14] * c) / scale
            w[Y + ROW + i] = (frame[15] * a + frame[16] * b + frame[17] * c) / scale
            w[Z + ROW + i] = (frame[18] * a + frame[19] * b + frame[20] * c) / scale
            if w[X + ROW + i] ** 2 + w[Y + ROW + i] ** 2 + w[Z + ROW + i] ** 2 >= (spread[3] / scale) ** 2:
                w[X + ROW + i], w[Y + ROW + i], w[Z + ROW + i] = OUTSIDE, 0.0, 0.0


@part
def _lines(w: Numbers, lines: Numbers) -> None:
    """Where the density on each one's line has its middle, and the logarithm of its width, within what was found."""
    pairs = (SMOOTH + 1) * (SMOOTH + 2) // 2
    for number in range(2):
        _sum(w, lines, number * pairs, pairs)
        least, most = lines[2 * pairs + 2 * number], lines[2 * pairs + 2 * number + 1]
        for i in range(ROW):
            w[MIDDLE + number * ROW + i] = min(max(w[TERM + i], least), most)


@inlined
def _exp(x: float) -> float:
    """For exponents up to 100 either way, to eight digits. The library's own can't be done for several at once."""
    y = x / 256
    e = 1 + y * (1 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720 + y * (1 / 5040)))))))
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    return e * e


@inlined
def _log_sum(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers whose logarithms these are."""
    share = _exp(-min(abs(one - other), FAR_APART))
    s = share / (2 + share)  # log(1 + share) = 2 artanh(s), and s is a third at most
    t = s * s
    series = 1 + t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9 + t * (1 / 11 + t * (1 / 13 + t * (1 / 15)))))))
    return max(one, other) + 2 * s * series


@inlined
def _effects(frame: Numbers, x: float, y: float, v: float, z: Numbers, at: int) -> float:
    """Those of one place in the frame, into ``z``; the sum of their squares."""
    squared = 0.0
    for k in range(3):
        effect = frame[3 + 3 * k] * x + frame[4 + 3 * k] * y + frame[5 + 3 * k] * v + frame[k]
        z[at + k] = effect
        squared += effect * effect
    return squared


@part
def _placed(
    w: Numbers, z: Numbers, normal: Numbers, first: int, many: int, on_lines: int, frame: Numbers, spread: Numbers,
    places: Numbers, log_weight: Numbers,
) -> None:  # fmt: skip
    """Where a block's people come to lie, their effects, and how probable that is beside their prior.

    Most are spread along their lines, around the middle. The others are spread as the prior, for a heap that lies apart
    and for long tails; those that lie outside of the frame count for nothing.
    """
    scale, across, farthest = spread[0], spread[2], spread[3]
    for i in range(min(ROW, many - first)):
        p = first + i
        log_width = w[WIDTH + i] + spread[1]
        width, middle = _exp(log_width), w[MIDDLE + i]
        y, v = scale * w[Y + ROW + i], scale * w[Z + ROW + i]
        x = middle + width * normal[3 * p] if p < on_lines else scale * w[X + ROW + i]
        outside = x * x + y * y + v * v > farthest * farthest
        if p >= on_lines and outside:
            x = 0.0
        w[X + ROW + i] = x / scale
        places[3 * p], places[3 * p + 1], places[3 * p + 2] = x, y, v
        squared = _effects(frame, x, y, v, z, 3 * p)
        off = (x - middle) / width
        line = spread[4] - 0.5 * (off * off + (y * y + v * v) / (across * across)) - log_width
        log_weight[p] = -math.inf if outside else -0.5 * squared - _log_sum(line, spread[5] - 0.5 * squared)


@part
def _log_concentrations(w: Numbers, days: Numbers, logs: Numbers, where: Numbers) -> None:
    """Of a block's values, as ``washout.log_concentration``; into the row ``LOG``."""
    last, middle = len(days) - 1, int(where[2])
    for i in range(ROW):
        day = -w[VALUE + i]
        if day <= days[0]:
            w[LOG + i] = logs[0] + (day - days[0]) * where[0]
        elif day >= days[last]:
            w[LOG + i] = logs[last] + (day - days[last]) * where[1]
        else:
            first, per_day, most = (0, where[3], middle - 1) if day < days[middle] else (middle, where[4], last - 1)
            low = min(first + int((day - days[first]) * per_day), most)
            w[LOG + i] = logs[low] + (day - days[low]) * per_day * (logs[low + 1] - logs[low])


@part
def _likelihoods(w: Numbers, measured: float, below: float, sigma: float) -> None:
    """Add the log-likelihood of one level to the row ``LIKELIHOOD``, as ``likelihood.log_likelihood`` has it."""
    logs, total = w[LOG : LOG + ROW], w[LIKELIHOOD : LIKELIHOOD + ROW]
    per_sigma = 1 / sigma
    if below > 0:
        for i in range(ROW):
            scaled = (measured * math.exp(min(-logs[i], MOST)) - 1) * per_sigma
            total[i] += math.log(max(0.5 * math.erfc(-scaled / math.sqrt(2.0)), LEAST))
    else:
        for i in range(ROW):
            scaled = (measured * _exp(min(-logs[i], MOST)) - 1) * per_sigma
            total[i] -= logs[i] + 0.5 * scaled * scaled


@inlined
def _nearer(z: Numbers, at: int, sides: Numbers) -> bool:
    """Whether somebody is nearer to the first of two frames (each its centre and the inverse of its axes)."""
    distance = 0.0
    for side in range(2):
        first, total = 12 * side, 0.0
        for k in range(3):
            along = 0.0
            for j in range(3):
                along += sides[first + 3 + 3 * k + j] * (z[at + j] - sides[first + j])
            total += along * along
        distance = total if side == 0 else distance - total
    return distance < 0


@part
def weigh(
    normal: Numbers, many: int, on_lines: int, frame: Numbers, lines: Numbers, spread: Numbers, polynomials: Numbers,
    degree: int, levels: Numbers, sigma: float, days: Numbers, logs: Numbers, where: Numbers, sides: Numbers,
    places: Numbers, z: Numbers, at_levels: Numbers, log_weight: Numbers, w: Numbers,
) -> int:  # fmt: skip
    """All points of a frame: their places and effects (P, 3), straightened levels (levels, P), and weights (P,)."""
    count = len(levels) // 2
    for first in range(0, many, ROW):
        _stand(w, normal, first, many, on_lines, frame, spread)
        _across(w, degree)
        _lines(w, lines)
        _placed(w, z, normal, first, many, on_lines, frame, spread, places, log_weight)
        for axis in range(X, Y, Y - X):
            _chebyshev(w, axis, degree)
        w[LIKELIHOOD : LIKELIHOOD + ROW] = 0.0
        for number in range(count):
            _value(w, polynomials, number, count, degree)
            _log_concentrations(w, days, logs, where)
            _likelihoods(w, levels[2 * number], levels[2 * number + 1], sigma)
            for i in range(min(ROW, many - first)):
                at_levels[number * many + first + i] = w[VALUE + i]
        for i in range(min(ROW, many - first)):
            log_weight[first + i] += w[LIKELIHOOD + i]
        if len(sides):
            for i in range(min(ROW, many - first)):
                if not _nearer(z, 3 * (first + i), sides):
                    log_weight[first + i] = -math.inf
    return 0


@part
def carry(
    places: Numbers, many: int, scale: float, polynomials: Numbers, count: int, degree: int, values: Numbers, w: Numbers
) -> int:
    """Values (count, P) of polynomials at places (P, 3) of a frame."""
    for first in range(0, many, ROW):
        for i in range(ROW):
            p = 3 * min(first + i, many - 1)
            w[X + ROW + i], w[Y + ROW + i] = places[p] / scale, places[p + 1] / scale
            w[Z + ROW + i] = places[p + 2] / scale
        _across(w, degree)
        for axis in range(X, Y, Y - X):
            _chebyshev(w, axis, degree)
        for number in range(count):
            _value(w, polynomials, number, count, degree)
            for i in range(min(ROW, many - first)):
                values[number * many + first + i] = w[VALUE + i]
    return 0


def weigh_entry(
    normal: Any, many: int, on_lines: int, frame: Any, lines: Any, spread: Any, polynomials: Any, coefficients: int,
    degree: int, levels: Any, count: int, sigma: float, days: Any, logs: Any, grid: int, where: Any, sides: Any,
    of_sides: int, places: Any, z: Any, at_levels: Any, log_weight: Any, w: Any,
) -> int:  # fmt: skip
    """``weigh`` for callers that have only addresses: each array as a pointer, its lengths beside it."""
    pairs = (SMOOTH + 1) * (SMOOTH + 2) // 2
    return weigh(
        carray(normal, (3 * many,)), many, on_lines, carray(frame, (21,)), carray(lines, (2 * pairs + 4,)),
        carray(spread, (6,)), carray(polynomials, (coefficients,)), degree, carray(levels, (2 * count,)), sigma,
        carray(days, (grid,)), carray(logs, (grid,)), carray(where, (5,)), carray(sides, (of_sides,)),
        carray(places, (3 * many,)), carray(z, (3 * many,)), carray(at_levels, (count * many,)),
        carray(log_weight, (many,)), carray(w, (SIZE,)),
    )  # fmt: skip


def carry_entry(
    places: Any, many: int, scale: float, polynomials: Any, coefficients: int, count: int, degree: int, values: Any,
    w: Any,
) -> int:  # fmt: skip
    """``carry`` for callers that have only addresses."""
    return carry(
        carray(places, (3 * many,)), many, scale, carray(polynomials, (coefficients,)), count, degree,
        carray(values, (count * many,)), carray(w, (SIZE,)),
    )  # fmt: skip


WEIGH_SIGNATURE = "i" + "DiiDDDDiiDidDDiDDiDDDDD"
CARRY_SIGNATURE = "i" + "DidDiiiDD"
