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
    GATHERED,
    HIGHEST,
    LIKELIHOOD,
    LOG,
    MIDDLE,
    PRODUCTS,
    ROW,
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
FAR = 40.0  # as ``likelihood.FAR``


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
def _gather(w: Numbers, polynomials: Numbers, count: int, degree: int) -> None:
    """What is left of each polynomial where the block stands across: its coefficients along, a row for each.

    Coefficients are by degree along, polynomial, and pair across.
    """
    pairs, term = (degree + 1) * (degree + 2) // 2, w[TERM : TERM + ROW]
    for number in range(count):
        for k in range(degree + 1):
            left, row = degree - k, GATHERED + (number * (HIGHEST + 1) + k) * ROW
            _sum(w, polynomials, (k * count + number) * pairs, (left + 1) * (left + 2) // 2)
            gathered = w[row : row + ROW]
            for i in range(ROW):  # to put a whole row into another would make an array
                gathered[i] = term[i]


@part
def _value(w: Numbers, number: int, degree: int) -> None:
    """One of the polynomials where the block stands along its lines."""
    total, first = w[VALUE : VALUE + ROW], GATHERED + number * (HIGHEST + 1) * ROW
    total[:] = 0.0
    for k in range(degree + 1):
        along, gathered = w[X + k * ROW : X + (k + 1) * ROW], w[first + k * ROW : first + (k + 1) * ROW]
        for i in range(ROW):
            total[i] += along[i] * gathered[i]


@part
def _stand_across(w: Numbers, normal: Numbers, first: int, many: int, here: int, spread: Numbers) -> None:
    """Where a block of lines stands."""
    y, z = w[Y + ROW : Y + 2 * ROW], w[Z + ROW : Z + 2 * ROW]
    two, three = normal[many + first : many + first + here], normal[2 * many + first : 2 * many + first + here]
    for i in range(here):
        y[i], z[i] = spread[1] * two[i] / spread[0], spread[1] * three[i] / spread[0]


@part
def _stand(w: Numbers, normal: Numbers, first: int, many: int, here: int, frame: Numbers, spread: Numbers) -> None:
    """Where a block of people stands who are on no line.

    ``frame`` is its centre, its axes and their inverse, row by row.
    """
    scale, one = spread[0], normal[first : first + here]
    two, three = normal[many + first : many + first + here], normal[2 * many + first : 2 * many + first + here]
    x, y, z = w[X + ROW : X + 2 * ROW], w[Y + ROW : Y + 2 * ROW], w[Z + ROW : Z + 2 * ROW]
    for i in range(here):
        a, b, c = one[i] - frame[0], two[i] - frame[1], three[i] - frame[2]
        x[i] = (frame[12] * a + frame[13] * b + frame[14] * c) / scale
        y[i] = (frame[15] * a + frame[16] * b + frame[17] * c) / scale
        z[i] = (frame[18] * a + frame[19] * b + frame[20] * c) / scale
        if x[i] ** 2 + y[i] ** 2 + z[i] ** 2 >= (spread[2] / scale) ** 2:
            x[i], y[i], z[i] = OUTSIDE, 0.0, 0.0


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


@part
def _along(w: Numbers, ahead: Numbers, spread: Numbers) -> None:
    """A block's people come to lie along their lines, around the middle."""
    x, middle, log_width = w[X + ROW : X + 2 * ROW], w[MIDDLE : MIDDLE + ROW], w[WIDTH : WIDTH + ROW]
    for i in range(len(ahead)):
        x[i] = (middle[i] + _exp(log_width[i]) * ahead[i]) / spread[0]


@part
def _improbable(w: Numbers, frame: Numbers, spread: Numbers) -> None:
    """How probable it is to be where one lies, beside how likely points are to be put there; into ``LIKELIHOOD``.

    Most are spread along their lines. The others are spread as the prior, for a heap that lies apart and for long
    tails; those that lie outside of the frame count for nothing.
    """
    x, y, z = w[X + ROW : X + 2 * ROW], w[Y + ROW : Y + 2 * ROW], w[Z + ROW : Z + 2 * ROW]
    middle, log_width, total = w[MIDDLE : MIDDLE + ROW], w[WIDTH : WIDTH + ROW], w[LIKELIHOOD : LIKELIHOOD + ROW]
    scale, across, farthest, on_lines, elsewhere = spread[0], spread[1], spread[2], spread[3], spread[4]
    for i in range(ROW):
        a, b, c = scale * x[i], scale * y[i], scale * z[i]
        one, two, three = _effect(frame, 0, a, b, c), _effect(frame, 1, a, b, c), _effect(frame, 2, a, b, c)
        prior = -0.5 * (one * one + two * two + three * three)
        off = (a - middle[i]) * _exp(-log_width[i])
        line = on_lines - 0.5 * (off * off + (b * b + c * c) / (across * across)) - log_width[i]
        outside = a * a + b * b + c * c > farthest * farthest
        total[i] = -math.inf if outside else prior - _log_sum(line, elsewhere + prior)


@inlined
def _effect(frame: Numbers, k: int, x: float, y: float, v: float) -> float:
    """One of the three effects at a place in the frame."""
    effect: float = frame[3 + 3 * k] * x + frame[4 + 3 * k] * y + frame[5 + 3 * k] * v + frame[k]
    return effect


@part
def _tell(
    w: Numbers, first: int, many: int, here: int, frame: Numbers, scale: float, places: Numbers, z: Numbers
) -> None:
    """Where a block's people are: their places (3, P) and effects (3, P)."""
    for i in range(here):
        a, b, c = scale * w[X + ROW + i], scale * w[Y + ROW + i], scale * w[Z + ROW + i]
        p = first + i
        places[p], places[many + p], places[2 * many + p] = a, b, c
        for k in range(3):
            z[k * many + p] = _effect(frame, k, a, b, c)


@part
def _log_concentrations(w: Numbers, days: Numbers, logs: Numbers, where: Numbers) -> None:
    """Of a block's values, as ``washout.log_concentration``; into the row ``LOG``."""
    last, middle = len(days) - 1, int(where[2])
    begin, turn, end = days[0], days[middle], days[last]
    for i in range(ROW):
        day = -w[VALUE + i]
        within = min(max(day, begin), end)
        soon = within < turn
        start, per_day = (begin, where[3]) if soon else (turn, where[4])
        first, most = (0, middle - 1) if soon else (middle, last - 1)
        low = max(min(first + int((within - start) * per_day), most), 0)
        told = logs[low] + (within - days[low]) * per_day * (logs[low + 1] - logs[low])
        w[LOG + i] = told + (day - within) * (where[0] if day < begin else where[1])


@part
def _likelihoods(w: Numbers, measured: float, below: float, sigma: float) -> None:
    """Add the log-likelihood of one level to the row ``LIKELIHOOD``, as ``likelihood.log_likelihood`` has it."""
    logs, total = w[LOG : LOG + ROW], w[LIKELIHOOD : LIKELIHOOD + ROW]
    per_sigma, log_level, turn = 1 / sigma, math.log(measured), math.log(1 + FAR * sigma)
    if below > 0:
        for i in range(ROW):
            scaled = (math.exp(min(log_level - logs[i], turn)) - 1) * per_sigma
            total[i] += math.log(max(0.5 * math.erfc(-scaled / math.sqrt(2.0)), LEAST))
    else:
        falls = (1 + FAR * sigma) * FAR * per_sigma
        for i in range(ROW):
            away = log_level - logs[i]
            within = min(away, turn)
            scaled = (_exp(within) - 1) * per_sigma
            total[i] -= logs[i] + 0.5 * scaled * scaled + falls * (away - within)


@inlined
def _nearer(z: Numbers, p: int, many: int, sides: Numbers) -> bool:
    """Whether somebody is nearer to the first of two frames (each its centre and the inverse of its axes)."""
    distance = 0.0
    for side in range(2):
        first, total = 12 * side, 0.0
        for k in range(3):
            along = 0.0
            for j in range(3):
                along += sides[first + 3 + 3 * k + j] * (z[j * many + p] - sides[first + j])
            total += along * along
        distance = total if side == 0 else distance - total
    return distance < 0


@part
def _weighed(
    w: Numbers, first: int, many: int, here: int, frame: Numbers, spread: Numbers, degree: int, levels: Numbers,
    sigma: float, days: Numbers, logs: Numbers, where: Numbers, sides: Numbers, places: Numbers, z: Numbers,
    at_levels: Numbers, log_weight: Numbers,
) -> None:  # fmt: skip
    """The block's people from number ``first`` on, who stand where they are to stand."""
    _improbable(w, frame, spread)
    _tell(w, first, many, here, frame, spread[0], places, z)
    _chebyshev(w, X, degree)
    for number in range(len(levels) // 2):
        _value(w, number, degree)
        _log_concentrations(w, days, logs, where)
        _likelihoods(w, levels[2 * number], levels[2 * number + 1], sigma)
        for i in range(here):
            at_levels[number * many + first + i] = w[VALUE + i]
    for i in range(here):
        nearer = len(sides) == 0 or _nearer(z, first + i, many, sides)
        log_weight[first + i] = w[LIKELIHOOD + i] if nearer else -math.inf


@part
def weigh(
    normal: Numbers, many: int, lines: int, turns: int, frame: Numbers, of_lines: Numbers, spread: Numbers,
    polynomials: Numbers, degree: int, levels: Numbers, sigma: float, days: Numbers, logs: Numbers, where: Numbers,
    sides: Numbers, places: Numbers, z: Numbers, at_levels: Numbers, log_weight: Numbers, w: Numbers,
) -> int:  # fmt: skip
    """All points of a frame: their places and effects (3, P), straightened levels (levels, P), and weights (P,).

    First those on ``lines``, ``turns`` times one on each line, then those on none.
    """
    count = len(levels) // 2
    for first in range(0, lines, ROW):
        here = min(ROW, lines - first)
        _stand_across(w, normal, first, many, here, spread)
        _across(w, degree)
        _lines(w, of_lines)
        _gather(w, polynomials, count, degree)
        for p in range(first, first + turns * lines, lines):
            _along(w, normal[p : p + here], spread)
            _weighed(
                w, p, many, here, frame, spread, degree, levels, sigma, days, logs, where, sides, places, z, at_levels,
                log_weight,
            )  # fmt: skip
    for first in range(turns * lines, many, ROW):
        here = min(ROW, many - first)
        _stand(w, normal, first, many, here, frame, spread)
        _across(w, degree)
        _lines(w, of_lines)
        _gather(w, polynomials, count, degree)
        _weighed(
            w, first, many, here, frame, spread, degree, levels, sigma, days, logs, where, sides, places, z, at_levels,
            log_weight,
        )  # fmt: skip
    return 0


@part
def _carried(
    w: Numbers, places: Numbers, first: int, many: int, here: int, turns: int, lines: int, scale: float,
    polynomials: Numbers, count: int, degree: int, values: Numbers,
) -> None:  # fmt: skip
    """Those of a block, ``turns`` times with ``lines`` others in between; each time they stand alike across."""
    for i in range(here):
        p = first + i
        w[Y + ROW + i], w[Z + ROW + i] = places[many + p] / scale, places[2 * many + p] / scale
    _across(w, degree)
    _gather(w, polynomials, count, degree)
    for p in range(first, first + turns * lines, lines):
        for i in range(here):
            w[X + ROW + i] = places[p + i] / scale
        _chebyshev(w, X, degree)
        for number in range(count):
            _value(w, number, degree)
            for i in range(here):
                values[number * many + p + i] = w[VALUE + i]


@part
def carry(
    places: Numbers, many: int, lines: int, turns: int, scale: float, polynomials: Numbers, count: int, degree: int,
    values: Numbers, w: Numbers,
) -> int:  # fmt: skip
    """Values (count, P) of polynomials at places (3, P) of a frame, in the order of ``weigh``."""
    for first in range(0, lines, ROW):
        here = min(ROW, lines - first)
        _carried(w, places, first, many, here, turns, lines, scale, polynomials, count, degree, values)
    for first in range(turns * lines, many, ROW):
        here = min(ROW, many - first)
        _carried(w, places, first, many, here, 1, 1, scale, polynomials, count, degree, values)
    return 0


def weigh_entry(
    normal: Any, many: int, lines: int, turns: int, frame: Any, of_lines: Any, spread: Any, polynomials: Any,
    coefficients: int, degree: int, levels: Any, count: int, sigma: float, days: Any, logs: Any, grid: int, where: Any,
    sides: Any, of_sides: int, places: Any, z: Any, at_levels: Any, log_weight: Any, w: Any,
) -> int:  # fmt: skip
    """``weigh`` for callers that have only addresses: each array as a pointer, its lengths beside it."""
    pairs = (SMOOTH + 1) * (SMOOTH + 2) // 2
    return weigh(
        carray(normal, (3 * many,)), many, lines, turns, carray(frame, (21,)), carray(of_lines, (2 * pairs + 4,)),
        carray(spread, (5,)), carray(polynomials, (coefficients,)), degree, carray(levels, (2 * count,)), sigma,
        carray(days, (grid,)), carray(logs, (grid,)), carray(where, (5,)), carray(sides, (of_sides,)),
        carray(places, (3 * many,)), carray(z, (3 * many,)), carray(at_levels, (count * many,)),
        carray(log_weight, (many,)), carray(w, (GATHERED + count * (HIGHEST + 1) * ROW,)),
    )  # fmt: skip


def carry_entry(
    places: Any, many: int, lines: int, turns: int, scale: float, polynomials: Any, coefficients: int, count: int,
    degree: int, values: Any, w: Any,
) -> int:  # fmt: skip
    """``carry`` for callers that have only addresses."""
    return carry(
        carray(places, (3 * many,)), many, lines, turns, scale, carray(polynomials, (coefficients,)), count, degree,
        carray(values, (count * many,)), carray(w, (GATHERED + count * (HIGHEST + 1) * ROW,)),
    )  # fmt: skip


WEIGH_SIGNATURE = "i" + "DiiiDDDDiiDidDDiDDiDDDDD"
CARRY_SIGNATURE = "i" + "DiiidDiiiDD"
