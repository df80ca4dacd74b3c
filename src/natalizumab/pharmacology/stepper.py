"""One step of the method of Dormand and Prince for a whole block of people, and how long the step may be.

J. R. Dormand, P. J. Prince: A family of embedded Runge-Kutta formulae. J Comput Appl Math 1980;6:19-26. The formula of
order 5 is used; its last stage is the slope at the end of the step, so a step costs six evaluations. Each stage is one
loop over the block: such short loops are what the compiler turns into instructions for several people at once, and what
lets the processor work on the next people while it waits for a division.
"""

from __future__ import annotations

from collections.abc import Callable
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
    DOUBT,
    ERROR,
    INFUSION,
    LANES,
    LEFT,
    LOSS,
    MADE,
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

Limits: TypeAlias = tuple[float, float, float]
"""The fewest steps per day; steps per time in which the drug would leave; steps per bend."""

Constants: TypeAlias = tuple[float, float, float]
"""What is alike in everybody: q (L/day), km (mg/L), ka (1/day)."""

DOUBT_PER_SHARE, DOUBT_PER_BEND = 0.36, 2.0
"""What the two formulae differ by is the error of the one of order 4. That of the result, of order 5, is a share of it
which shrinks with the step: of 20,000 single steps from drawn states, nearly all kept below this times the share of
the drug's time that the step takes, and, where saturation moves under a step, below this times the square of how far
it moves. ``tests/reference/test_solver_accuracy.py`` holds what comes of it over whole courses."""

# The sums below are written in pairs: additions that wait for one another would leave the processor idle.


@inlined
def _second(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (1 / 5 * w[k + i])


@inlined
def _third(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (3 / 40 * w[k + i] + 9 / 40 * w[k + ROW + i])


@inlined
def _fourth(w: Block, i: int, y: int, k: int) -> float:
    late = 32 / 9 * w[k + 2 * ROW + i]
    return w[y + i] + w[STEP + i] * ((44 / 45 * w[k + i] - 56 / 15 * w[k + ROW + i]) + late)


@inlined
def _fifth(w: Block, i: int, y: int, k: int) -> float:
    early = 19372 / 6561 * w[k + i] - 25360 / 2187 * w[k + ROW + i]
    late = 64448 / 6561 * w[k + 2 * ROW + i] - 212 / 729 * w[k + 3 * ROW + i]
    return w[y + i] + w[STEP + i] * (early + late)


@inlined
def _sixth(w: Block, i: int, y: int, k: int) -> float:
    early = 9017 / 3168 * w[k + i] - 355 / 33 * w[k + ROW + i]
    late = 46732 / 5247 * w[k + 2 * ROW + i] + 49 / 176 * w[k + 3 * ROW + i]
    return w[y + i] + w[STEP + i] * ((early + late) - 5103 / 18656 * w[k + 4 * ROW + i])


@inlined
def _result(w: Block, i: int, y: int, k: int) -> float:
    early = 35 / 384 * w[k + i] + 500 / 1113 * w[k + 2 * ROW + i]
    late = 125 / 192 * w[k + 3 * ROW + i] - 2187 / 6784 * w[k + 4 * ROW + i]
    return w[y + i] + w[STEP + i] * ((early + late) + 11 / 84 * w[k + 5 * ROW + i])


@inlined
def _embedded(w: Block, i: int, k: int, last: float) -> float:
    """By how much the result of order 5 differs from that of order 4; ``last`` is the slope at the end."""
    early = 71 / 57600 * w[k + i] - 71 / 16695 * w[k + 2 * ROW + i]
    late = 71 / 1920 * w[k + 3 * ROW + i] - 17253 / 339200 * w[k + 4 * ROW + i]
    return w[STEP + i] * ((early + late) + (22 / 525 * w[k + 5 * ROW + i] - 1 / 40 * last))


@inlined
def _slopes(w: Block, i: int, depot: float, central: float, peripheral: float, m: Constants) -> tuple[float, ...]:
    q, km, ka = m
    cl, per_vc, per_vp, vmax = w[CL + i], w[PER_VC + i], w[PER_VP + i], w[VMAX + i]
    return rates(depot, central, peripheral, w[INFUSION + i], cl, per_vc, per_vp, vmax, q, km, ka)


@part
def begin(w: Block, m: Constants, limits: Limits) -> None:
    """Choose everybody's step, as its number per day (to divide less).

    The steps grow from short ones after a change, and keep three limits: a number of days; a share of the time in which
    the drug would leave at its present speed; and how far saturation may move, relative to Km plus the concentration. A
    fresh infusion drives the concentration past Km within a thousandth of a day: a step as long as the infusion would
    put an error of 1e-4 into every trough after it. What is left of the way to the next change is cut evenly.
    """
    q, km, _ = m
    fewest, rate, bend_rate = limits
    for i in range(LANES):
        near = 1 / (km + w[CENTRAL + i] * w[PER_VC + i])
        saturable = w[VMAX + i] * near
        leaving = (w[CL + i] + saturable + q) * w[PER_VC + i]
        bending = abs(w[CENTRAL_SLOPE + i]) * w[PER_VC + i] * near
        per_day = max(w[PER_DAY + i] * w[SHRINK + i], fewest, leaving * rate, bending * bend_rate)
        left = w[LEFT + i]
        step = left / np.ceil(left * per_day) if left > 0 else 0.0
        w[PER_DAY + i] = per_day
        w[STEP + i] = step
        bent = bending * step * km * near  # far above Km, saturation moves and nothing follows from it
        w[DOUBT + i] = DOUBT_PER_SHARE * leaving * step + DOUBT_PER_BEND * bent * bent
        w[LEFT + i] = left - step
        w[LOSS + i] = (w[CL + i] + saturable * km * near) * w[PER_VC + i]


@inlined
def restart(w: Block, i: int, m: Constants) -> None:
    """One person's slope now, after something has happened; else it is the slope with which the last step ended."""
    depot, central, peripheral = _slopes(w, i, w[DEPOT + i], w[CENTRAL + i], w[PERIPHERAL + i], m)
    w[DEPOT_SLOPE + i], w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = depot, central, peripheral


# Who has nothing under the skin has nothing to be absorbed: without the depot a step costs a third less, and every
# number comes out the same.


def _stage(at: Callable[[Block, int, int, int], float], number: int) -> Callable[[Block, Constants], None]:
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


def _stage_without_depot(
    at: Callable[[Block, int, int, int], float], number: int
) -> Callable[[Block, Constants], None]:
    """The same where nobody has anything under the skin."""

    @part
    def stage(w: Block, m: Constants) -> None:
        for i in range(LANES):
            _, central, peripheral = _slopes(
                w, i, 0.0, at(w, i, CENTRAL, CENTRAL_SLOPE), at(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m
            )
            w[CENTRAL_SLOPE + number * ROW + i] = central
            w[PERIPHERAL_SLOPE + number * ROW + i] = peripheral

    return stage


_PLACES = (_second, _third, _fourth, _fifth, _sixth)

second, third, fourth, fifth, sixth = (_stage(at, number) for number, at in enumerate(_PLACES, 1))

second_bare, third_bare, fourth_bare, fifth_bare, sixth_bare = (
    _stage_without_depot(at, number) for number, at in enumerate(_PLACES, 1)
)


@inlined
def _arrive(w: Block, i: int, depot: float, m: Constants) -> float:
    """The amounts and slopes of one person at the end of the step, and the error that it makes, from how the two
    formulae differ. Returns the slope of the depot.
    """
    central = _result(w, i, CENTRAL, CENTRAL_SLOPE)
    peripheral = _result(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
    from_depot, into_central, into_peripheral = _slopes(w, i, depot, central, peripheral, m)
    w[MADE + i] = w[DOUBT + i] * abs(_embedded(w, i, CENTRAL_SLOPE, into_central))
    w[CENTRAL + i], w[PERIPHERAL + i] = central, peripheral
    w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = into_central, into_peripheral
    return from_depot


@part
def arrive(w: Block, m: Constants) -> None:
    """Everybody's end of the step."""
    for i in range(LANES):
        depot = _result(w, i, DEPOT, DEPOT_SLOPE)
        w[DEPOT_SLOPE + i] = _arrive(w, i, depot, m)
        w[DEPOT + i] = depot


@part
def arrive_bare(w: Block, m: Constants) -> None:
    """The same where nobody has anything under the skin."""
    for i in range(LANES):
        _arrive(w, i, 0.0, m)


@part
def carry(w: Block, m: Constants) -> None:
    """The error that has come together: that of each step, carried along as the body would.

    A small error at the peak becomes a large share of what is left once elimination is saturated, so it must travel
    with the drug: by the linearised equations, of which two terms of the exponential series do for a short step.
    """
    q, _, _ = m
    for i in range(LANES):
        exchange = q * w[STEP + i]
        out, back = exchange * w[PER_VC + i], exchange * w[PER_VP + i]
        gone = w[LOSS + i] * w[STEP + i] + out
        error, beyond = w[ERROR + i], w[PERIPHERAL_ERROR + i]
        lost, moved = back * beyond - gone * error, out * error - back * beyond
        w[ERROR + i] = (error + lost) + (0.5 * (back * moved - gone * lost) + w[MADE + i])
        w[PERIPHERAL_ERROR + i] = (beyond + moved) + 0.5 * (out * lost - back * moved)


@inlined
def step(w: Block, m: Constants, injected: bool) -> None:
    """Everybody's step of the length that ``begin`` has chosen; a sleeper's has the length nought.

    ``injected``: somebody may have drug under the skin.
    """
    if injected:
        second(w, m)
        third(w, m)
        fourth(w, m)
        fifth(w, m)
        sixth(w, m)
        arrive(w, m)
    else:
        second_bare(w, m)
        third_bare(w, m)
        fourth_bare(w, m)
        fifth_bare(w, m)
        sixth_bare(w, m)
        arrive_bare(w, m)
    carry(w, m)
