"""What is read off a curve while it is being solved: the peak, the days above a level, and the area under saturation.

Within a step the concentration is the cubic through both ends with their slopes; its error is of fourth order in the
length of the step. After an infusion the peak is the end of a step and exact.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.lanes import (
    ABOVE,
    AREA,
    BEFORE,
    BEFORE_SLOPE,
    CENTRAL,
    CENTRAL_SLOPE,
    LANES,
    LEFT,
    PEAK,
    PEAK_DAY,
    PER_VC,
    STEP,
    WATCHED,
    Block,
)

HALVINGS = 40
"""Bisections of a step to find where the curve crosses a level."""

_GAUSS = math.sqrt(0.6)


@inlined
def start_watching(w: Block, i: int, now: float) -> None:
    """Begin the window of one person."""
    w[WATCHED + i] = 1.0
    w[PEAK + i], w[PEAK_DAY + i] = w[CENTRAL + i] * w[PER_VC + i], now
    w[ABOVE + i], w[AREA + i] = 0.0, 0.0


@part
def remember(w: Block) -> None:
    """Keep what a step will overwrite."""
    for i in range(LANES):
        w[BEFORE + i], w[BEFORE_SLOPE + i] = w[CENTRAL + i], w[CENTRAL_SLOPE + i]


@part
def observe(w: Block, clock: NDArray[np.float64], settings: NDArray[np.float64]) -> None:
    """Read the step off that everybody in a window has just made.

    ``settings``: Emax, EC50 and h of the saturation curve, and the level in mg/L. The area is that above E0, to which
    days without drug, and so without steps, add nothing.
    """
    emax, ec50, hill, level = settings[0], settings[1], settings[2], settings[3]
    for i in range(LANES):
        days = w[STEP + i]
        if w[WATCHED + i] == 0 or days == 0:
            continue
        per_vc = w[PER_VC + i]
        a = w[BEFORE + i] * per_vc
        b = w[BEFORE_SLOPE + i] * days * per_vc
        gain = w[CENTRAL + i] * per_vc - a
        end = w[CENTRAL_SLOPE + i] * days * per_vc
        c, d = 3 * gain - 2 * b - end, b + end - 2 * gain
        start = clock[i] - w[LEFT + i] - days
        top = _top(b, c, d, end)
        for x in (0.0, top, 1.0):  # at its start the concentration may have jumped
            height = a + x * (b + x * (c + x * d))
            if height > w[PEAK + i]:
                w[PEAK + i], w[PEAK_DAY + i] = height, start + x * days
        if top < 1.0:  # up to the top and down again
            w[ABOVE + i] += days * (_above(a, b, c, d, 0.0, top, level) + _above(a, b, c, d, top, 1.0, level))
        else:
            w[ABOVE + i] += days * _above(a, b, c, d, 0.0, 1.0, level)
        low, high = 0.5 - 0.5 * _GAUSS, 0.5 + 0.5 * _GAUSS
        area = 5 * _risen(a + low * (b + low * (c + low * d)), emax, ec50, hill)
        area += 8 * _risen(a + 0.5 * (b + 0.5 * (c + 0.5 * d)), emax, ec50, hill)
        area += 5 * _risen(a + high * (b + high * (c + high * d)), emax, ec50, hill)
        w[AREA + i] += days * area / 18


@inlined
def _top(b: float, c: float, d: float, end: float) -> float:
    """Where in the step (0-1) the cubic has its peak; 1 where it has none inside."""
    if b <= 0 or end >= 0:
        return 1.0
    down = math.sqrt(max(c * c - 3 * d * b, 0.0)) - c
    return b / down if b < down else 1.0  # of numbers next to nought the root may be none


@part
def _above(a: float, b: float, c: float, d: float, low: float, high: float, level: float) -> float:
    """The share of the step between two places, with the cubic rising or falling throughout, that lies at the level."""
    first = a + low * (b + low * (c + low * d)) >= level
    last = a + high * (b + high * (c + high * d)) >= level
    if first == last:
        return high - low if first else 0.0
    left, right = low, high
    for _ in range(HALVINGS):
        middle = 0.5 * (left + right)
        if (a + middle * (b + middle * (c + middle * d)) >= level) == first:
            left = middle
        else:
            right = middle
    return left - low if first else high - left


@part
def _risen(concentration: float, emax: float, ec50: float, hill: float) -> float:
    """By how much the saturation lies above E0."""
    concentration = max(concentration, 0.0)
    if hill == 1.0:
        return emax * concentration / (ec50 + concentration)
    risen = concentration**hill
    return emax * risen / (ec50**hill + risen)
