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

from natalizumab.pharmacology.engine import aligned
from natalizumab.pharmacology.equations import rates

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
    # From the beginning of a line of the cache on: elsewhere the loop takes half as long again.
    amounts, slopes = (aligned(STAGES * 3 * PEOPLE).reshape(STAGES, 3, PEOPLE) for _ in range(2))
    bodies = aligned(5 * PEOPLE).reshape(5, PEOPLE)
    amounts[:] = 100.0
    bodies[:] = np.array([[0.0], [cl], [1 / vc], [1 / vp], [vmax]])
    loop = cast(Callable[..., None], _LOOP)
    loop(amounts, bodies, slopes, constants, 1)

    def run() -> int:
        loop(amounts, bodies, slopes, constants, TURNS)
        return TURNS * PEOPLE

    return run


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


_LOOP = numba.njit(nogil=True, error_model="numpy", fastmath={"contract"})(_bare)
