"""One step (``tsitouras``) for a whole block of people, each of a length of their own.

Each stage is one loop over the block: such short loops are what the compiler turns into instructions for several people
at once, and what lets the processor work on the next people while it waits for a division. No other loop divides.
"""

from __future__ import annotations

from collections.abc import Callable

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.equations import rates
from natalizumab.pharmacology.errors import carry_all, difference, judge_depot_all
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CENTRAL_SLOPE,
    CL,
    DEPOT,
    DEPOT_SLOPE,
    DEPOT_THEN,
    END,
    ERROR,
    INFUSION,
    LANES,
    MADE,
    MISTRUST,
    PER_VC,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_ERROR,
    PERIPHERAL_SLOPE,
    ROW,
    SATURABLE,
    STEP,
    VMAX,
    Block,
    Constants,
)
from natalizumab.pharmacology.tsitouras import FIFTH, FOURTH, RESULT, SECOND, SIXTH, THIRD

# The sums below are written in pairs: additions that wait for one another would leave the processor idle.


@inlined
def _second(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (SECOND[0] * w[k + i])


@inlined
def _third(w: Block, i: int, y: int, k: int) -> float:
    return w[y + i] + w[STEP + i] * (THIRD[1] * w[k + ROW + i] + THIRD[0] * w[k + i])


@inlined
def _fourth(w: Block, i: int, y: int, k: int) -> float:
    early = FOURTH[0] * w[k + i] + FOURTH[1] * w[k + ROW + i]
    return w[y + i] + w[STEP + i] * (early + FOURTH[2] * w[k + 2 * ROW + i])


@inlined
def _fifth(w: Block, i: int, y: int, k: int) -> float:
    early = FIFTH[0] * w[k + i] + FIFTH[1] * w[k + ROW + i]
    late = FIFTH[2] * w[k + 2 * ROW + i] + FIFTH[3] * w[k + 3 * ROW + i]
    return w[y + i] + w[STEP + i] * (early + late)


@inlined
def _sixth(w: Block, i: int, y: int, k: int) -> float:
    early = SIXTH[0] * w[k + i] + SIXTH[1] * w[k + ROW + i]
    late = SIXTH[2] * w[k + 2 * ROW + i] + SIXTH[3] * w[k + 3 * ROW + i]
    return w[y + i] + w[STEP + i] * ((early + late) + SIXTH[4] * w[k + 4 * ROW + i])


@inlined
def _result(w: Block, i: int, y: int, k: int) -> float:
    early = RESULT[0] * w[k + i] + RESULT[1] * w[k + ROW + i]
    middle = RESULT[2] * w[k + 2 * ROW + i] + RESULT[3] * w[k + 3 * ROW + i]
    late = RESULT[5] * w[k + 5 * ROW + i] + RESULT[4] * w[k + 4 * ROW + i]
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
def reach(w: Block, i: int, number: int, central: float, peripheral: float, m: Constants) -> None:
    """The slopes at one of the places in the step, where one person has these amounts."""
    there = number * ROW + i
    _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + there], central, peripheral, m)
    w[CENTRAL_SLOPE + there], w[PERIPHERAL_SLOPE + there] = into_central, into_peripheral


@inlined
def second(w: Block, i: int, m: Constants) -> None:
    """The second stage of one person's step, and so on."""
    reach(w, i, 1, _second(w, i, CENTRAL, CENTRAL_SLOPE), _second(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def third(w: Block, i: int, m: Constants) -> None:
    reach(w, i, 2, _third(w, i, CENTRAL, CENTRAL_SLOPE), _third(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def fourth(w: Block, i: int, m: Constants) -> None:
    reach(w, i, 3, _fourth(w, i, CENTRAL, CENTRAL_SLOPE), _fourth(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def fifth(w: Block, i: int, m: Constants) -> None:
    reach(w, i, 4, _fifth(w, i, CENTRAL, CENTRAL_SLOPE), _fifth(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def sixth(w: Block, i: int, m: Constants) -> None:
    reach(w, i, 5, _sixth(w, i, CENTRAL, CENTRAL_SLOPE), _sixth(w, i, PERIPHERAL, PERIPHERAL_SLOPE), m)


@inlined
def arrive(w: Block, i: int, m: Constants) -> None:
    """One person's amounts and slopes at the end of the step, and its error: the slopes of the stages are read once."""
    central, peripheral = _result(w, i, CENTRAL, CENTRAL_SLOPE), _result(w, i, PERIPHERAL, PERIPHERAL_SLOPE)
    _, into_central, into_peripheral = slopes(w, i, w[DEPOT_THEN + END + i], central, peripheral, m)
    doubt = w[MISTRUST + i] * w[STEP + i]
    made = doubt * difference(w, i, CENTRAL_SLOPE, into_central)
    beyond = doubt * difference(w, i, PERIPHERAL_SLOPE, into_peripheral)
    w[SATURABLE + i] = saturable(w, i, central, m)
    w[CENTRAL + i], w[PERIPHERAL + i] = central, peripheral
    w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = into_central, into_peripheral
    w[MADE + i] = made
    w[ERROR + i] += made
    w[PERIPHERAL_ERROR + i] += beyond


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


absorb_all, _fourth_all, _fifth_all, _sixth_all, _arrive_all = map(_for_all, (absorb, fourth, fifth, sixth, arrive))


@inlined
def step(w: Block, m: Constants, injected: bool) -> None:
    """Everybody's step of the length that ``pace.begin`` has chosen; a sleeper's has the length nought.

    ``injected``: somebody may have drug under the skin.
    """
    carry_all(w, m)
    if injected:
        absorb_all(w, m)
        judge_depot_all(w, m)
    _second_and_third_all(w, m)
    _fourth_all(w, m)
    _fifth_all(w, m)
    _sixth_all(w, m)
    _arrive_all(w, m)
