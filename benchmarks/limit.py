"""The arithmetic limit: what one right-hand side costs when nothing is done beside it.

A solver can do no better than its number of right-hand sides, each at this price: reading the numbers of a block of
people that lies in the first cache, the project's own equations, and writing the slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numba
import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology import lanes
from natalizumab.pharmacology.engine import aligned
from natalizumab.pharmacology.equations import rates
from natalizumab.pharmacology.strides import stride

PEOPLE = 64
"""As many as the solver takes side by side."""

STAGES = 6
"""The loop goes round so many places for the slopes, as a solver's stages do: else the compiler would see that every
turn computes the same, and do it once."""

TURNS = 30_000


def right_hand_sides(constants: tuple[float, float, float], person: Sequence[float]) -> Callable[[], int]:
    """A loop to be timed; it returns how many right-hand sides it has evaluated.

    ``constants`` are q, km and ka; ``person`` is cl, vc, vp and vmax, the same for everybody, as the time does not
    depend on the numbers.
    """
    cl, vc, vp, vmax = person
    # One piece from the beginning of a line of the cache on: elsewhere the loop takes half as long again, and where
    # what is read and what is written happen to lie a multiple of 4 KiB apart it takes nearly three times as long.
    size = STAGES * 3 * PEOPLE
    block = aligned(2 * size + 5 * PEOPLE)
    amounts, slopes = (block[first : first + size].reshape(STAGES, 3, PEOPLE) for first in (0, size))
    bodies = block[2 * size :].reshape(5, PEOPLE)
    amounts[:] = 100.0
    bodies[:] = np.array([[0.0], [cl], [1 / vc], [1 / vp], [vmax]])
    loop = cast(Callable[..., None], _LOOP)
    loop(amounts, bodies, slopes, constants, 1)

    def run() -> int:
        loop(amounts, bodies, slopes, constants, TURNS)
        return TURNS * PEOPLE

    return run


def bare_steps(constants: tuple[float, float, float], person: Sequence[float]) -> Callable[[], int]:
    """The same with the steps of the solver's method and the error of each, and nothing that interrupts them.

    What the weighted sums between its right-hand sides cost, and to know everybody's error, no solver by this method
    can spare.
    """
    cl, vc, vp, vmax = person
    block = aligned(lanes.SIZE)
    body = ((lanes.CL, cl), (lanes.PER_VC, 1 / vc), (lanes.PER_VP, 1 / vp), (lanes.VMAX, vmax))
    for row, number in (*body, (lanes.PER_VMAX, 1 / vmax), (lanes.CENTRAL, 100.0), (lanes.PERIPHERAL, 100.0)):
        block[row : row + lanes.LANES] = number
    loop = cast(Callable[..., None], _STEPS)
    loop(block, constants, 1)

    def run() -> int:
        loop(block, constants, TURNS // STAGES)
        return TURNS // STAGES * STAGES * lanes.LANES

    return run


def _stepped(block: NDArray[np.float64], constants: Any, turns: int) -> None:
    for _ in range(turns):
        stride(block, 1e-9, constants, False)


def _bare(
    amounts: NDArray[np.float64], bodies: NDArray[np.float64], slopes: NDArray[np.float64], constants: Any, turns: int
) -> None:
    q, km, ka = constants
    for turn in range(turns):
        stage = turn % STAGES
        now, into = amounts[stage], slopes[stage]
        for i in range(PEOPLE):
            into[0, i], into[1, i], into[2, i] = rates(
                now[0, i], now[1, i], now[2, i],
                bodies[0, i], bodies[1, i], bodies[2, i], bodies[3, i], bodies[4, i], q, km, ka,
            )  # fmt: skip


_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}
_LOOP, _STEPS = numba.njit(**_OPTIONS)(_bare), numba.njit(**_OPTIONS)(_stepped)
