"""Takes people who share one history through it in step: all make the same steps, which a few pilots have chosen.

Where all that happens is the same for everybody, nobody has to stop alone, and no step has to be chosen for each. Each
one's error is estimated all the same; who misses goes at their own pace instead (``march``).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import carray  # type: ignore[attr-defined]  # it is not among the names that Numba lists
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.equations import with_infusion
from natalizumab.pharmacology.happening import enter, happen, leave, relative_error
from natalizumab.pharmacology.kinds import INFUSION_SET, PUT_DRUG_IN
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CENTRAL_SLOPE,
    CHANGED,
    INFUSION,
    LANES,
    LEFT,
    LENGTH,
    LEVEL,
    MADE,
    PER_VC,
    SIZE,
    STEP,
    WATCHED,
    WORST,
    Block,
    Constants,
)
from natalizumab.pharmacology.march import WATCHED_DAYS
from natalizumab.pharmacology.observe import observe, remember
from natalizumab.pharmacology.pace import FIRST, Limits, begin, limits, restart
from natalizumab.pharmacology.strides import stride

LEEWAY = 3.0
"""The step that errs most among the pilots may err by so many times what a step at one's own pace may: in nearly
everybody else it then errs by less. With twice as much, steps are a twentieth fewer, but a body far from all pilots'
(2.8 g at 200 kg) may err by 1e-5 without being noticed."""

TOO_MANY = -1
"""Returned where there are more steps than room."""


@part
def lockstep(
    days: NDArray[np.float64],
    kinds: NDArray[np.int64],
    values: NDArray[np.float64],
    outputs: NDArray[np.float64],
    cl: NDArray[np.float64],
    vc: NDArray[np.float64],
    vp: NDArray[np.float64],
    vmax: NDArray[np.float64],
    cl_scale: NDArray[np.float64],
    vc_scale: NDArray[np.float64],
    constants: Constants,
    injected: bool,
    refinement: float,
    saturation: NDArray[np.float64],
    who: NDArray[np.int64],
    leading: bool,
    steps: NDArray[np.float64],
    result: NDArray[np.float64],
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
    remains: NDArray[np.float64],
    w: Block,
    clock: NDArray[np.float64],
) -> int:
    """As ``march.march``, with one history and one row of outputs for all.

    ``leading``: these people choose the ``steps`` (days), which are written down; otherwise they follow those. Returns
    how many steps each of them has made, or ``TOO_MANY``.
    """
    limited, longest, taken = _limits(refinement), WATCHED_DAYS / refinement, 0
    for first in range(0, len(who), LANES):
        here = min(LANES, len(who) - first)
        _enter_all(w, who, first, here, cl, vc, vp, vmax, cl_scale, vc_scale, constants)
        now, change, output, taken, given = -math.inf, 0, 0, 0, False
        while True:
            while output < len(outputs) and outputs[output] <= now:  # read off before what happens at the same time
                _read(w)
                for i in range(here):
                    result[who[first + i], output] = w[LEVEL + i]
                output += 1
            if output == len(outputs):
                break
            while change < len(days) and days[change] <= now:
                _happen_all(w, kinds[change], values[change], now)
                given = given or (values[change] > 0 and kinds[change] in PUT_DRUG_IN)
                change += 1
            then = min(outputs[output], days[change]) if change < len(days) else outputs[output]
            if given:  # without drug the time until then needs no steps
                watching = len(watched) > 0 and w[WATCHED] > 0
                taken = _go(
                    w, then, then - now, constants, injected, limited, longest, watching, leading, steps, taken,
                    saturation, clock,
                )  # fmt: skip
                if taken == TOO_MANY:
                    return TOO_MANY
            now = then
        _leave_all(w, who, first, here, worst, watched, remains)
    return taken


@inlined
def _go(
    w: Block,
    then: float,
    left: float,
    m: Constants,
    injected: bool,
    limited: Limits,
    longest: float,
    watching: bool,
    leading: bool,
    steps: NDArray[np.float64],
    taken: int,
    saturation: NDArray[np.float64],
    clock: NDArray[np.float64],
) -> int:
    """Step on to the day ``then``, of which ``left`` days are left. Returns how many steps have been taken since the
    beginning, or ``TOO_MANY``.
    """
    if w[CHANGED] > 0:
        restart(w, m)
    if leading:
        _rested(w)
    while left > 0:
        if leading:
            if taken == len(steps):
                return TOO_MANY
            steps[taken] = _shortest(w, left, longest if watching else left, m, limited)
        left -= steps[taken]
        if watching:
            _look(w, then, left, clock)
        stride(w, steps[taken], m, injected)
        if watching:
            observe(w, clock, saturation)
        taken += 1
    return taken


@part
def _look(w: Block, then: float, left: float, clock: NDArray[np.float64]) -> None:
    """What ``observe`` needs to know of a step that is about to be made."""
    for i in range(LANES):
        w[LEFT + i], clock[i] = left, then
    remember(w)


@inlined
def _limits(refinement: float) -> Limits:
    """Those of one's own pace, with more leeway."""
    allowed, first, most, bend, steep_bend, longer, little, growth, very_little = limits(refinement)
    return LEEWAY * allowed, first, most, bend, steep_bend, longer, little, growth, very_little


@part
def _shortest(w: Block, left: float, longest: float, m: Constants, limited: Limits) -> float:
    """The step of the pilot who wants the shortest; who has become no number wants none."""
    for i in range(LANES):
        w[LEFT + i] = left
    begin(w, m, limited)
    length = min(left, longest)
    for i in range(LANES):
        wanted = w[STEP + i]
        length = wanted if 0 < wanted < length else length
    return length


@part
def _rested(w: Block) -> None:
    """As after a wait."""
    for i in range(LANES):
        w[STEP + i] = w[MADE + i] = 0.0


@part
def _enter_all(
    w: Block,
    who: NDArray[np.int64],
    first: int,
    here: int,
    cl: NDArray[np.float64],
    vc: NDArray[np.float64],
    vp: NDArray[np.float64],
    vmax: NDArray[np.float64],
    cl_scale: NDArray[np.float64],
    vc_scale: NDArray[np.float64],
    m: Constants,
) -> None:
    """The next people take the lanes; in those that are left over, the last of them stands once more."""
    for i in range(LANES):
        p = who[first + min(i, here - 1)]
        enter(w, i, cl[p], vc[p], vp[p], vmax[p], cl_scale[p], vc_scale[p], m)
        w[WORST + i] = 0.0


@part
def _happen_all(w: Block, kind: int, value: float, now: float) -> None:
    """One change of everybody's numbers."""
    if kind == INFUSION_SET:  # by far the most frequent
        for i in range(LANES):
            w[CENTRAL_SLOPE + i] = with_infusion(w[CENTRAL_SLOPE + i], w[INFUSION + i], value)
            w[INFUSION + i], w[LENGTH + i] = value, FIRST
    else:
        for i in range(LANES):
            happen(w, i, kind, value, now)


@part
def _read(w: Block) -> None:
    """Everybody's concentration, and how far the worst of them may be wrong."""
    for i in range(LANES):
        error = relative_error(w, i)
        w[LEVEL + i] = w[CENTRAL + i] * w[PER_VC + i]
        w[WORST + i] = max(w[WORST + i], error if error == error else math.inf)


@part
def _leave_all(
    w: Block,
    who: NDArray[np.int64],
    first: int,
    here: int,
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
    remains: NDArray[np.float64],
) -> None:
    for i in range(here):
        person = who[first + i]
        worst[person] = w[WORST + i]
        leave(w, i, person, watched, remains)


def entry(
    days: Any, kinds: Any, values: Any, changes: int, outputs: Any, columns: int, cl: Any, vc: Any, vp: Any, vmax: Any,
    cl_scale: Any, vc_scale: Any, people: int, q: float, km: float, ka: float, injected: int, refinement: float,
    saturation: Any, who: Any, count: int, leading: int, steps: Any, room: int, result: Any, worst: Any, watched: Any,
    windows: int, remains: Any, remaining: int, block: Any, clock: Any,
) -> int:  # fmt: skip
    """``lockstep`` for callers that have only addresses: each array as a pointer, its lengths beside it."""
    return lockstep(
        carray(days, (changes,)), carray(kinds, (changes,)), carray(values, (changes,)), carray(outputs, (columns,)),
        carray(cl, (people,)), carray(vc, (people,)), carray(vp, (people,)), carray(vmax, (people,)),
        carray(cl_scale, (people,)), carray(vc_scale, (people,)), (q, km, ka), injected != 0, refinement,
        carray(saturation, (4,)), carray(who, (count,)), leading != 0, carray(steps, (room,)),
        carray(result, (people, columns)), carray(worst, (people,)), carray(watched, (windows, 4)),
        carray(remains, (remaining, 2)), carray(block, (SIZE,)), carray(clock, (LANES,)),
    )  # fmt: skip


SIGNATURE = "i" + "DIDiDiDDDDDDidddidDIiiDiDDDiDiDD"
"""The result's and the arguments' kinds, as ``compiled.compile_entry`` writes them."""
