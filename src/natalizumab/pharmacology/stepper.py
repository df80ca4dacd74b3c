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
    DEPOT_THEN,
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


def _stage(at: Callable[[Block, int, int, int], float], number: int) -> Callable[[Block, Constants], None]:
    """The loop of one stage: the amounts ``at`` its place in the step, and the slopes there."""
    there = number * ROW

    @part
    def stage(w: Block, m: Constants) -> None:
        for i in range(LANES):
            central, peripheral = at(w, i, CENTRAL, CENTRAL_SLOPE), at(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
            _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + there + i], central, peripheral, m)
            w[CENTRAL_SLOPE + there + i], w[PERIPHERAL_SLOPE + there + i] = into_central, into_peripheral

    return stage


_PLACES = (_second, _third, _fourth, _fifth, _sixth)

second, third, fourth, fifth, sixth = (_stage(at, number) for number, at in enumerate(_PLACES, 1))


@part
def arrive(w: Block, m: Constants) -> None:
    """Everybody's amounts at the end of the step, and the slopes there."""
    for i in range(LANES):
        central, peripheral = _result(w, i, CENTRAL, CENTRAL_SLOPE), _result(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
        _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + END + i], central, peripheral, m)
        w[SATURABLE + i] = saturable(w, i, central, m)
        w[CENTRAL + i], w[PERIPHERAL + i] = central, peripheral
        w[CENTRAL_SLOPE + END + i], w[PERIPHERAL_SLOPE + END + i] = into_central, into_peripheral


@inlined
def _under_the_skin(w: Block, i: int, number: int, depot: float, m: Constants) -> None:
    """What is there at one of the places in the step, and how fast it changes."""
    w[DEPOT_THEN + number * ROW + i] = depot
    w[DEPOT_SLOPE + number * ROW + i], _, _ = slopes(w, i, depot, 0.0, 0.0, m)


@part
def absorb(w: Block, m: Constants) -> None:
    """The step of what is under the skin. It empties without regard to the rest, so all its stages come first."""
    for i in range(LANES):
        _under_the_skin(w, i, 1, _second(w, i, DEPOT, DEPOT_SLOPE), m)
        _under_the_skin(w, i, 2, _third(w, i, DEPOT, DEPOT_SLOPE), m)
        _under_the_skin(w, i, 3, _fourth(w, i, DEPOT, DEPOT_SLOPE), m)
        _under_the_skin(w, i, 4, _fifth(w, i, DEPOT, DEPOT_SLOPE), m)
        _under_the_skin(w, i, 5, _sixth(w, i, DEPOT, DEPOT_SLOPE), m)
        _under_the_skin(w, i, 6, _result(w, i, DEPOT, DEPOT_SLOPE), m)
        w[DEPOT + i] = w[DEPOT_THEN + END + i]


@inlined
def step(w: Block, m: Constants, injected: bool) -> None:
    """Everybody's step of the length that ``pace.begin`` has chosen; a sleeper's has the length nought.

    ``injected``: somebody may have drug under the skin.
    """
    if injected:
        absorb(w, m)
    second(w, m)
    third(w, m)
    fourth(w, m)
    fifth(w, m)
    sixth(w, m)
    arrive(w, m)
