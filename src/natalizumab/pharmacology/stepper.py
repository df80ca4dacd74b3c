"""One step of the method of Dormand and Prince for a whole block of people.

J. R. Dormand, P. J. Prince: A family of embedded Runge-Kutta formulae. J Comput Appl Math 1980;6:19-26. The formula of
order 5 is used; its last stage is the slope at the end of the step, so a step costs six evaluations. Each stage is one
loop over the block: such short loops are what the compiler turns into instructions for several people at once, and what
lets the processor work on the next people while it waits for a division. No other loop divides.
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
    INFUSION,
    LANES,
    PER_VC,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_SLOPE,
    ROW,
    SATURABLE,
    STAGES,
    STEP,
    VMAX,
)

Block: TypeAlias = NDArray[np.float64]
"""A flat array of ``lanes.SIZE`` numbers."""

Constants: TypeAlias = tuple[float, float, float]
"""What is alike in everybody: q (L/day), km (mg/L), ka (1/day)."""

END = (STAGES - 1) * ROW
"""From the slopes at a step's start to those at its end."""

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
def slopes(w: Block, i: int, depot: float, central: float, peripheral: float, m: Constants) -> tuple[float, ...]:
    q, km, ka = m
    cl, per_vc, per_vp, vmax = w[CL + i], w[PER_VC + i], w[PER_VP + i], w[VMAX + i]
    return rates(depot, central, peripheral, w[INFUSION + i], cl, per_vc, per_vp, vmax, q, km, ka)


@inlined
def saturable(w: Block, i: int, central: float, m: Constants) -> float:
    """The clearance (L/day) by the saturable way. Beside ``slopes`` it is free: they divide the same numbers."""
    _, km, _ = m
    return w[VMAX + i] / (km + central * w[PER_VC + i])


# Who has nothing under the skin has nothing to be absorbed: without the depot a step costs a third less, and every
# number comes out the same.


def _stage(at: Callable[[Block, int, int, int], float], number: int) -> Callable[[Block, Constants], None]:
    """The loop of one stage: the amounts ``at`` its place in the step, and the slopes there."""

    @part
    def stage(w: Block, m: Constants) -> None:
        for i in range(LANES):
            depot, central, peripheral = slopes(
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
            _, central, peripheral = slopes(
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
    """The amounts of one person at the end of the step, and the slopes there. Returns that of the depot."""
    central = _result(w, i, CENTRAL, CENTRAL_SLOPE)
    peripheral = _result(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
    from_depot, into_central, into_peripheral = slopes(w, i, depot, central, peripheral, m)
    w[SATURABLE + i] = saturable(w, i, central, m)
    w[CENTRAL + i], w[PERIPHERAL + i] = central, peripheral
    w[CENTRAL_SLOPE + END + i], w[PERIPHERAL_SLOPE + END + i] = into_central, into_peripheral
    return from_depot


@part
def arrive(w: Block, m: Constants) -> None:
    """Everybody's end of the step."""
    for i in range(LANES):
        depot = _result(w, i, DEPOT, DEPOT_SLOPE)
        w[DEPOT_SLOPE + END + i] = _arrive(w, i, depot, m)
        w[DEPOT + i] = depot


@part
def arrive_bare(w: Block, m: Constants) -> None:
    """The same where nobody has anything under the skin."""
    for i in range(LANES):
        _arrive(w, i, 0.0, m)


@inlined
def step(w: Block, m: Constants, injected: bool) -> None:
    """Everybody's step of the length that ``pace.begin`` has chosen; a sleeper's has the length nought.

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
