"""One step of the method of Dormand and Prince for a whole block of people, and how long the step may be.

J. R. Dormand, P. J. Prince: A family of embedded Runge-Kutta formulae. J Comput Appl Math 1980;6:19-26. The formula of
order 5 is used; its last stage is the slope at the end of the step, so a step costs six evaluations. Each stage is one
loop over the block: such short loops are what the compiler turns into instructions for several people at once, and what
lets the processor work on the next people while it waits for a division.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.equations import rates
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CENTRAL_SLOPE,
    CL,
    DEPOT,
    DEPOT_SLOPE,
    ERROR,
    FRESH,
    INFUSION,
    LANES,
    LEFT,
    LOSS,
    PER_DAY,
    PER_VC,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_ERROR,
    PERIPHERAL_SLOPE,
    ROW,
    SHRINK,
    STEP,
    VMAX,
)

Block: TypeAlias = NDArray[np.float64]
"""A flat array of ``lanes.SIZE`` numbers."""

Constants: TypeAlias = tuple[float, float, float]
"""What is alike in everybody: q (L/day), km (mg/L), ka (1/day)."""


@inlined
def _second(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (1 / 5 * w[k + i])


@inlined
def _third(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (3 / 40 * w[k + i] + 9 / 40 * w[k + ROW + i])


@inlined
def _fourth(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (
        44 / 45 * w[k + i] - 56 / 15 * w[k + ROW + i] + 32 / 9 * w[k + 2 * ROW + i]
    )  # fmt: skip


@inlined
def _fifth(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (
        19372 / 6561 * w[k + i]
        - 25360 / 2187 * w[k + ROW + i]
        + 64448 / 6561 * w[k + 2 * ROW + i]
        - 212 / 729 * w[k + 3 * ROW + i]
    )


@inlined
def _sixth(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (
        9017 / 3168 * w[k + i]
        - 355 / 33 * w[k + ROW + i]
        + 46732 / 5247 * w[k + 2 * ROW + i]
        + 49 / 176 * w[k + 3 * ROW + i]
        - 5103 / 18656 * w[k + 4 * ROW + i]
    )


@inlined
def _result(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (
        35 / 384 * w[k + i]
        + 500 / 1113 * w[k + 2 * ROW + i]
        + 125 / 192 * w[k + 3 * ROW + i]
        - 2187 / 6784 * w[k + 4 * ROW + i]
        + 11 / 84 * w[k + 5 * ROW + i]
    )


@inlined
def _embedded(w: Block, i: int, k: int, last: float) -> float:
    """By how much the result of order 5 differs from that of order 4; ``last`` is the slope at the end."""
    return w[STEP + i] * (
        71 / 57600 * w[k + i]
        - 71 / 16695 * w[k + 2 * ROW + i]
        + 71 / 1920 * w[k + 3 * ROW + i]
        - 17253 / 339200 * w[k + 4 * ROW + i]
        + 22 / 525 * w[k + 5 * ROW + i]
        - 1 / 40 * last
    )


@inlined
def _carried(central: float, peripheral: float, loss: float, out: float, back: float) -> tuple[float, float]:
    """How fast a small error in the two amounts changes: the equations, linearised."""
    moved = out * central - back * peripheral
    return -loss * central - moved, moved


@inlined
def _slopes(w: Block, i: int, depot: float, central: float, peripheral: float, m: Constants) -> tuple[float, ...]:
    return rates(
        depot, central, peripheral, w[INFUSION + i], w[CL + i], w[PER_VC + i], w[PER_VP + i], w[VMAX + i], *m
    )  # fmt: skip


@part
def begin(w: Block, m: Constants, longest: float, share: float) -> None:
    """Choose everybody's step.

    The steps grow from very short ones after an event up to ``longest`` days, but never beyond ``share`` of the time in
    which the drug would leave at its present speed: where the saturable way takes over, the curve bends within a day.
    What is left of the way to the next event is cut evenly. Steps are kept as their number per day, to divide less.
    """
    q, km, _ = m
    fewest, rate = 1 / longest, 1 / share
    for i in range(LANES):
        near = 1 / (km + w[CENTRAL + i] * w[PER_VC + i])
        saturable = w[VMAX + i] * near
        leaving = (w[CL + i] + saturable + q) * w[PER_VC + i]
        per_day = max(max(w[PER_DAY + i] * w[SHRINK + i], fewest), leaving * rate)
        left = w[LEFT + i]
        step = left / np.ceil(left * per_day) if left > 0 else 0.0
        w[PER_DAY + i] = per_day
        w[STEP + i] = step
        w[LEFT + i] = left - step
        w[LOSS + i] = (w[CL + i] + saturable * km * near) * w[PER_VC + i]


@part
def restart(w: Block, m: Constants) -> None:
    """The slope now, for those to whom something has just happened; the others keep the one their last step ended with."""
    for i in range(LANES):
        depot, central, peripheral = _slopes(w, i, w[DEPOT + i], w[CENTRAL + i], w[PERIPHERAL + i], m)
        fresh = w[FRESH + i] > 0
        w[DEPOT_SLOPE + i] = depot if fresh else w[DEPOT_SLOPE + i]
        w[CENTRAL_SLOPE + i] = central if fresh else w[CENTRAL_SLOPE + i]
        w[PERIPHERAL_SLOPE + i] = peripheral if fresh else w[PERIPHERAL_SLOPE + i]
        w[FRESH + i] = 0.0


def _stage(at, number):  # type: ignore[no-untyped-def]
    """The loop of one stage: the amounts ``at`` its place in the step, and the slopes there."""

    @part
    def stage(w: Block, m: Constants) -> None:
        for i in range(LANES):
            depot, central, peripheral = _slopes(
                w, i, at(w, i, DEPOT, DEPOT_SLOPE), at(w, i, CENTRAL, CENTRAL_SLOPE),
                at(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m,
            )  # fmt: skip
            w[DEPOT_SLOPE + number * ROW + i] = depot
            w[CENTRAL_SLOPE + number * ROW + i] = central
            w[PERIPHERAL_SLOPE + number * ROW + i] = peripheral

    return stage


second, third, fourth, fifth, sixth = (
    _stage(at, number) for number, at in enumerate((_second, _third, _fourth, _fifth, _sixth), 1)
)


@part
def finish(w: Block, m: Constants) -> None:
    """The amounts and slopes at the end of the step, and the error that has come together until there.

    The error is that of the embedded formula of order 4, carried along by the linearised equations as the body would
    carry it: a small error at the peak becomes a large share of what is left once elimination is saturated.
    """
    q, _, _ = m
    for i in range(LANES):
        depot = _result(w, i, DEPOT, DEPOT_SLOPE)
        central = _result(w, i, CENTRAL, CENTRAL_SLOPE)
        peripheral = _result(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
        from_depot, into_central, into_peripheral = _slopes(w, i, depot, central, peripheral, m)
        made = _embedded(w, i, CENTRAL_SLOPE, into_central)
        out, back = q * w[PER_VC + i], q * w[PER_VP + i]
        error, beyond = w[ERROR + i], w[PERIPHERAL_ERROR + i]
        # Two terms of the exponential series; the step is short enough for it.
        gone, moved = _carried(error, beyond, w[LOSS + i], out, back)
        gone_again, moved_again = _carried(gone, moved, w[LOSS + i], out, back)
        half = 0.5 * w[STEP + i]
        w[ERROR + i] = error + w[STEP + i] * (gone + half * gone_again) + abs(made)
        w[PERIPHERAL_ERROR + i] = beyond + w[STEP + i] * (moved + half * moved_again)
        w[DEPOT + i], w[CENTRAL + i], w[PERIPHERAL + i] = depot, central, peripheral
        w[DEPOT_SLOPE + i], w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = from_depot, into_central, into_peripheral


@inlined
def step(w: Block, m: Constants) -> None:
    """Everybody's step of the length that ``begin`` has chosen; a sleeper's has the length nought."""
    second(w, m)
    third(w, m)
    fourth(w, m)
    fifth(w, m)
    sixth(w, m)
    finish(w, m)
