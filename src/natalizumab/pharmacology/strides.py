"""One step of the same length for a whole block of people, with the error that it adds to everybody's.

As every loop has one length, what each slope counts is multiplied by it once before, and the sums are of one
multiplication with an addition for each slope.
"""

from __future__ import annotations

import math

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.errors import judge_depot_all, mistrust, transport
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CENTRAL_SLOPE,
    DEPOT_THEN,
    END,
    ERROR,
    LANES,
    MADE,
    MISTRUST,
    PERIPHERAL,
    PERIPHERAL_ERROR,
    PERIPHERAL_SLOPE,
    ROW,
    SATURABLE,
    STEP,
    Block,
    Constants,
)
from natalizumab.pharmacology.pace import LEAST_MG
from natalizumab.pharmacology.stepper import absorb_all, reach, saturable, slopes
from natalizumab.pharmacology.tsitouras import EMBEDDED, FIFTH, FOURTH, RESULT, SECOND, SIXTH, THIRD

TOO_FAR = 2.0
"""Of a step that takes a larger share of the drug's time than this the estimate says nothing, as a step of one's own
pace takes 1.6 at most (``pace.MOST_SHARE``)."""


LOST = 5e-5
"""Whoever is ever wrong by this share, at an output or between, goes at their own pace. Of a course that has left the
truth the estimate says nothing: below nought there are concentrations at which the equations come to rest."""


@inlined
def stride(w: Block, days: float, m: Constants, injected: bool) -> None:
    """Everybody's step of so many days. ``injected``: somebody may have drug under the skin."""
    for i in range(LANES):
        w[STEP + i] = days
    _transport(w, days, m)
    if injected:
        absorb_all(w, m)
        judge_depot_all(w, m)
    _second_and_third(w, days, m)
    _fourth(w, days, m)
    _fifth(w, days, m)
    _sixth(w, days, m)
    _arrive(w, days, m)


@part
def _transport(w: Block, days: float, m: Constants) -> None:
    """Carry everybody's error through the step, before it is made."""
    for i in range(LANES):
        share = transport(w, i, days, m)
        w[MISTRUST + i] = mistrust(share) if share < TOO_FAR else math.inf


@inlined
def _three(w: Block, i: int, y: int, k: int, a: float, b: float, c: float) -> float:
    total: float = ((w[y + i] + a * w[k + i]) + b * w[k + ROW + i]) + c * w[k + 2 * ROW + i]
    return total


@part
def _second_and_third(w: Block, days: float, m: Constants) -> None:
    """Two stages in one loop: they have so little to add up that reading the body twice would take longer."""
    early, a, b = SECOND[0] * days, THIRD[0] * days, THIRD[1] * days
    for i in range(LANES):
        central = w[CENTRAL + i] + early * w[CENTRAL_SLOPE + i]
        peripheral = w[PERIPHERAL + i] + early * w[PERIPHERAL_SLOPE + i]
        reach(w, i, 1, central, peripheral, m)
        central = (w[CENTRAL + i] + a * w[CENTRAL_SLOPE + i]) + b * w[CENTRAL_SLOPE + ROW + i]
        peripheral = (w[PERIPHERAL + i] + a * w[PERIPHERAL_SLOPE + i]) + b * w[PERIPHERAL_SLOPE + ROW + i]
        reach(w, i, 2, central, peripheral, m)


@part
def _fourth(w: Block, days: float, m: Constants) -> None:
    a, b, c = FOURTH[0] * days, FOURTH[1] * days, FOURTH[2] * days
    for i in range(LANES):
        central = _three(w, i, CENTRAL, CENTRAL_SLOPE, a, b, c)
        peripheral = _three(w, i, PERIPHERAL, PERIPHERAL_SLOPE, a, b, c)
        reach(w, i, 3, central, peripheral, m)


@part
def _fifth(w: Block, days: float, m: Constants) -> None:
    a, b, c, d = FIFTH[0] * days, FIFTH[1] * days, FIFTH[2] * days, FIFTH[3] * days
    for i in range(LANES):
        central = _three(w, i, CENTRAL, CENTRAL_SLOPE, a, b, c) + d * w[CENTRAL_SLOPE + 3 * ROW + i]
        peripheral = _three(w, i, PERIPHERAL, PERIPHERAL_SLOPE, a, b, c) + d * w[PERIPHERAL_SLOPE + 3 * ROW + i]
        reach(w, i, 4, central, peripheral, m)


@inlined
def _five(w: Block, i: int, y: int, k: int, a: float, b: float, c: float, d: float, e: float) -> float:
    total: float = (_three(w, i, y, k, a, b, c) + d * w[k + 3 * ROW + i]) + e * w[k + 4 * ROW + i]
    return total


@part
def _sixth(w: Block, days: float, m: Constants) -> None:
    a, b, c, d, e = SIXTH[0] * days, SIXTH[1] * days, SIXTH[2] * days, SIXTH[3] * days, SIXTH[4] * days
    for i in range(LANES):
        central = _five(w, i, CENTRAL, CENTRAL_SLOPE, a, b, c, d, e)
        peripheral = _five(w, i, PERIPHERAL, PERIPHERAL_SLOPE, a, b, c, d, e)
        reach(w, i, 5, central, peripheral, m)


@inlined
def _differing(
    w: Block, i: int, k: int, last: float, a: float, b: float, c: float, d: float, e: float, f: float, g: float
) -> float:
    """By how much the two formulae differ; ``last`` is the slope at the end of the step."""
    early = (a * w[k + i] + b * w[k + ROW + i]) + c * w[k + 2 * ROW + i]
    apart: float = (((early + d * w[k + 3 * ROW + i]) + e * w[k + 4 * ROW + i]) + f * w[k + 5 * ROW + i]) + g * last
    return apart


@part
def _arrive(w: Block, days: float, m: Constants) -> None:
    """Everybody's amounts and slopes at the end of the step, and its error: the slopes of the stages are read once."""
    a, b, c, d, e, f = (
        RESULT[0] * days, RESULT[1] * days, RESULT[2] * days, RESULT[3] * days, RESULT[4] * days, RESULT[5] * days,
    )  # fmt: skip
    o, p, q, r, s, t, u = (
        EMBEDDED[0] * days, EMBEDDED[1] * days, EMBEDDED[2] * days, EMBEDDED[3] * days, EMBEDDED[4] * days,
        EMBEDDED[5] * days, EMBEDDED[6] * days,
    )  # fmt: skip
    for i in range(LANES):
        central = _five(w, i, CENTRAL, CENTRAL_SLOPE, a, b, c, d, e) + f * w[CENTRAL_SLOPE + 5 * ROW + i]
        peripheral = _five(w, i, PERIPHERAL, PERIPHERAL_SLOPE, a, b, c, d, e) + f * w[PERIPHERAL_SLOPE + 5 * ROW + i]
        _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + END + i], central, peripheral, m)
        made = w[MISTRUST + i] * _differing(w, i, CENTRAL_SLOPE, into_central, o, p, q, r, s, t, u)
        beyond = w[MISTRUST + i] * _differing(w, i, PERIPHERAL_SLOPE, into_peripheral, o, p, q, r, s, t, u)
        w[SATURABLE + i] = saturable(w, i, central, m)
        w[CENTRAL + i], w[PERIPHERAL + i] = central, peripheral
        w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = into_central, into_peripheral
        w[MADE + i] = made
        error = w[ERROR + i] + made
        w[ERROR + i] = error if abs(error) <= LOST * max(central, LEAST_MG) else math.nan
        w[PERIPHERAL_ERROR + i] += beyond
