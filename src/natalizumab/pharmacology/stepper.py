"""One step of the method of Tsitouras for a whole block of people.

Ch. Tsitouras: Runge-Kutta pairs of order 5(4) satisfying only the first column simplifying assumption. Comput Math Appl
2011;62:770-775. The formula of order 5 is used; its last stage is the slope at the end of the step, so a step costs six
evaluations. Where elimination is linear, as it nearly is, its error is a sixth of that of Dormand and Prince's formula.
Each stage is one loop over the block: such short loops are what the compiler turns into instructions for several people
at once, and what lets the processor work on the next people while it waits for a division. No other loop divides.
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
    END,
    INFUSION,
    LANES,
    PER_VC,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_SLOPE,
    ROW,
    SATURABLE,
    STEP,
    VMAX,
)

Block: TypeAlias = NDArray[np.float64]
"""A flat array of ``lanes.SIZE`` numbers."""

Constants: TypeAlias = tuple[float, float, float]
"""What is alike in everybody: q (L/day), km (mg/L), ka (1/day)."""

# The sums below are written in pairs: additions that wait for one another would leave the processor idle.


@inlined
def _second(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (0.161 * w[k + i])


@inlined
def _third(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (0.335480655492357 * w[k + ROW + i] - 0.008480655492356989 * w[k + i])


@inlined
def _fourth(w: Block, i: int, y: int, k: int) -> float:
    early = 2.8971530571054935 * w[k + i] - 6.359448489975075 * w[k + ROW + i]
    return w[y + i] + w[STEP + i] * (early + 4.3622954328695815 * w[k + 2 * ROW + i])


@inlined
def _fifth(w: Block, i: int, y: int, k: int) -> float:
    early = 5.325864828439257 * w[k + i] - 11.748883564062828 * w[k + ROW + i]
    late = 7.4955393428898365 * w[k + 2 * ROW + i] - 0.09249506636175525 * w[k + 3 * ROW + i]
    return w[y + i] + w[STEP + i] * (early + late)


@inlined
def _sixth(w: Block, i: int, y: int, k: int) -> float:
    early = 5.86145544294642 * w[k + i] - 12.92096931784711 * w[k + ROW + i]
    late = 8.159367898576159 * w[k + 2 * ROW + i] - 0.071584973281401 * w[k + 3 * ROW + i]
    return w[y + i] + w[STEP + i] * ((early + late) - 0.028269050394068383 * w[k + 4 * ROW + i])


@inlined
def _result(w: Block, i: int, y: int, k: int) -> float:
    early = 0.09646076681806523 * w[k + i] + 0.01 * w[k + ROW + i]
    middle = 0.4798896504144996 * w[k + 2 * ROW + i] + 1.379008574103742 * w[k + 3 * ROW + i]
    late = 2.324710524099774 * w[k + 5 * ROW + i] - 3.290069515436081 * w[k + 4 * ROW + i]
    return w[y + i] + w[STEP + i] * (early + (middle + late))


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


@inlined
def _reach(w: Block, i: int, number: int, central: float, peripheral: float, m: Constants) -> None:
    """The slopes at one of the places in the step, where one person has these amounts."""
    there = number * ROW + i
    _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + there], central, peripheral, m)
    w[CENTRAL_SLOPE + there], w[PERIPHERAL_SLOPE + there] = into_central, into_peripheral


@inlined
def second(w: Block, i: int, m: Constants) -> None:
    """The second stage of one person's step, and so on."""
    _reach(w, i, 1, _second(w, i, CENTRAL, CENTRAL_SLOPE), _second(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def third(w: Block, i: int, m: Constants) -> None:
    _reach(w, i, 2, _third(w, i, CENTRAL, CENTRAL_SLOPE), _third(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def fourth(w: Block, i: int, m: Constants) -> None:
    _reach(w, i, 3, _fourth(w, i, CENTRAL, CENTRAL_SLOPE), _fourth(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def fifth(w: Block, i: int, m: Constants) -> None:
    _reach(w, i, 4, _fifth(w, i, CENTRAL, CENTRAL_SLOPE), _fifth(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def sixth(w: Block, i: int, m: Constants) -> None:
    _reach(w, i, 5, _sixth(w, i, CENTRAL, CENTRAL_SLOPE), _sixth(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def arrive(w: Block, i: int, m: Constants) -> None:
    """One person's amounts at the end of the step, and the slopes there."""
    central, peripheral = _result(w, i, CENTRAL, CENTRAL_SLOPE), _result(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
    _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + END + i], central, peripheral, m)
    w[SATURABLE + i] = saturable(w, i, central, m)
    w[CENTRAL + i], w[PERIPHERAL + i] = central, peripheral
    w[CENTRAL_SLOPE + END + i], w[PERIPHERAL_SLOPE + END + i] = into_central, into_peripheral


@inlined
def _under_the_skin(w: Block, i: int, number: int, depot: float, m: Constants) -> None:
    """What is there at one of the places in the step, and how fast it changes."""
    q, km, ka = m
    w[DEPOT_THEN + number * ROW + i] = depot
    w[DEPOT_SLOPE + number * ROW + i], _, _ = rates(depot, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, q, km, ka)


@inlined
def absorb(w: Block, i: int, m: Constants) -> None:
    """The step of what is under the skin. It empties without regard to the rest, so all its stages come first."""
    _under_the_skin(w, i, 1, _second(w, i, DEPOT, DEPOT_SLOPE), m)
    _under_the_skin(w, i, 2, _third(w, i, DEPOT, DEPOT_SLOPE), m)
    _under_the_skin(w, i, 3, _fourth(w, i, DEPOT, DEPOT_SLOPE), m)
    _under_the_skin(w, i, 4, _fifth(w, i, DEPOT, DEPOT_SLOPE), m)
    _under_the_skin(w, i, 5, _sixth(w, i, DEPOT, DEPOT_SLOPE), m)
    _under_the_skin(w, i, 6, _result(w, i, DEPOT, DEPOT_SLOPE), m)
    w[DEPOT + i] = w[DEPOT_THEN + END + i]


def _for_all(one: Callable[[Block, int, Constants], None]) -> Callable[[Block, Constants], None]:
    """The loop of one stage over a block."""

    @part
    def stage(w: Block, m: Constants) -> None:
        for i in range(LANES):
            one(w, i, m)

    return stage


@part
def _second_and_third_all(w: Block, m: Constants) -> None:
    """Two stages in one loop: they have so little to add up that reading the body twice would take longer."""
    for i in range(LANES):
        second(w, i, m)
        third(w, i, m)


_absorb_all, _fourth_all, _fifth_all, _sixth_all, _arrive_all = map(_for_all, (absorb, fourth, fifth, sixth, arrive))


@inlined
def step(w: Block, m: Constants, injected: bool) -> None:
    """Everybody's step of the length that ``pace.begin`` has chosen; a sleeper's has the length nought.

    ``injected``: somebody may have drug under the skin.
    """
    if injected:
        _absorb_all(w, m)
    _second_and_third_all(w, m)
    _fourth_all(w, m)
    _fifth_all(w, m)
    _sixth_all(w, m)
    _arrive_all(w, m)
