"""Takes blocks of people through all that happens to them, each at their own pace.

Whoever reaches something that happens stops there, lets it happen, and goes on with short steps; the others step on.
So people with different courses stand in one block as well as people with the same one.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import compiled, inlined, part
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CL,
    CL_BASE,
    CL_FACTOR,
    CL_SCALE,
    DEPOT,
    ERROR,
    FRESH,
    INFUSION,
    LANES,
    LEFT,
    PER_DAY,
    PER_VC,
    PER_VC_BASE,
    PER_VP,
    PERIPHERAL,
    SHRINK,
    SIZE,
    VMAX,
    WATCHED,
    WORST,
)
from natalizumab.pharmacology.observe import observe, remember, start_watching, stop_watching
from natalizumab.pharmacology.stepper import Block, Constants, begin, restart, step

(
    CENTRAL_SET,
    PERIPHERAL_SET,
    WATCH,
    UNWATCH,
    CENTRAL_KEPT,
    CLEARANCE_SCALE,
    VOLUME_SCALE,
    CLEARANCE_FACTOR,
    DEPOT_ADDED,
    INFUSION_ENDS,
    INFUSION_STARTS,
) = range(11)
"""Kinds of change, in the order in which they happen at one time."""

FAST_FIRST_DAYS = 5e-4
"""The first step into an infusion or an absorption: less than a minute. A fresh dose drives the concentration past Km
within a thousandth of a day; a first step as long as the infusion would put an error of 1e-4 into every trough."""

FAST_FIRST_SHARE = 1 / 85
"""The first step is at most this share of the way to the next change: four steps, each four times as long as the one
before, are then just an infusion."""

FAST_GROWTH = 4.0

SLOW_FIRST_DAYS = 0.06
"""The first step after any other change, which only bends the curve."""

SLOW_GROWTH = 2.0

LONGEST_DAYS = 2.0
LONGEST_SHARE = 0.5
"""The longest step, and the longest as a share of the time in which the drug would leave at its present speed. The two
were chosen together, as the cheapest with which the estimate of the error stays below what is asked in nearly everybody."""

ERROR_PER_ESTIMATE = 1 / 17
"""The estimate is that of the formula of order 4, carried along. The error of the result, of order 5, was never found
to be more than this share of it, over regimens of 4 to 12 weeks, with and without antibodies."""

FROM_MG_PER_L = 0.05
"""The accuracy is relative, and stated for concentrations from here on; lower ones have an error below it in mg/L."""


@compiled
def march(
    offsets: NDArray[np.int64],
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
    refinement: float,
    saturation: NDArray[np.float64],
    who: NDArray[np.int64],
    result: NDArray[np.float64],
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
) -> int:
    """Concentrations (mg/L) of the people ``who`` (indices) at their output times, into the rows of ``result``.

    Schedules and rows of ``outputs`` (sorted days) are one for all, or one per person. ``cl`` (L/day), ``vc``, ``vp``
    (L) and ``vmax`` (mg/day) are those at the reference weight, the scales make them those at the person's. Every step
    is ``refinement`` times as short as usual. ``worst`` receives the largest relative error that is estimated at an
    output; ``watched`` the summaries of the window (``observe``), which reads the saturation curve and the level
    from ``saturation``. Returns how often the right-hand side was evaluated for somebody awake.
    """
    memory = np.zeros(SIZE + 8)
    w = memory[_to_line(memory) :][:SIZE]
    events, next_output, people = np.zeros(LANES, np.int64), np.zeros(LANES, np.int64), np.zeros(LANES, np.int64)
    clock = np.zeros(LANES)
    evaluations = 0
    for first in range(0, len(who), LANES):
        w[:] = 0.0
        count = min(LANES, len(who) - first)
        for i in range(LANES):
            person = who[min(first + i, len(who) - 1)]
            people[i] = person
            w[CL_BASE + i], w[PER_VC_BASE + i] = cl[person], 1 / vc[person]
            w[PER_VP + i], w[VMAX + i] = 1 / vp[person], vmax[person]
            w[CL_SCALE + i], w[CL_FACTOR + i] = cl_scale[person], 1.0
            w[PER_VC + i] = w[PER_VC_BASE + i] / vc_scale[person]
            w[CL + i] = cl[person] * cl_scale[person]
            w[SHRINK + i], w[PER_DAY + i] = 1.0, 1.0
            w[LEFT + i] = 0.0 if i < count else -1.0
            schedule = person if len(offsets) > 2 else 0
            events[i], next_output[i] = offsets[schedule], 0
            clock[i] = -math.inf
        evaluations += _block(
            w, offsets, days, kinds, values, outputs, constants, refinement, saturation, people, events, next_output,
            clock, result, worst, watched,
        )  # fmt: skip
    return evaluations


@inlined
def _to_line(memory: NDArray[np.float64]) -> int:
    """How many numbers to leave out so that the block begins a line of the cache."""
    return (-(memory.ctypes.data // 8)) % 8


@part
def _block(
    w: Block,
    offsets: NDArray[np.int64],
    days: NDArray[np.float64],
    kinds: NDArray[np.int64],
    values: NDArray[np.float64],
    outputs: NDArray[np.float64],
    constants: Constants,
    refinement: float,
    saturation: NDArray[np.float64],
    people: NDArray[np.int64],
    events: NDArray[np.int64],
    next_output: NDArray[np.int64],
    clock: NDArray[np.float64],
    result: NDArray[np.float64],
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
) -> int:
    """One block from its first change to its last output."""
    longest, share = LONGEST_DAYS / refinement, LONGEST_SHARE / refinement
    evaluations = 0
    while True:
        arrived = 0
        awake = 0
        for i in range(LANES):
            arrived += w[LEFT + i] == 0
            awake += w[LEFT + i] >= 0
        if awake == 0:
            return evaluations
        if arrived:
            for i in range(LANES):
                if w[LEFT + i] == 0:
                    person = people[i]
                    schedule = person if len(offsets) > 2 else 0
                    row = person if len(outputs) > 1 else 0
                    _advance(
                        w, i, offsets[schedule + 1], days, kinds, values, outputs[row], refinement, person, events,
                        next_output, clock, result, worst, watched,
                    )  # fmt: skip
            restart(w, constants)
        watching = 0
        for i in range(LANES):
            watching += w[WATCHED + i] > 0
        begin(w, constants, longest, share)
        if watching:
            remember(w)
        step(w, constants)
        if watching:
            observe(w, clock, saturation)
        evaluations += 6 * awake


@part
def _advance(
    w: Block,
    i: int,
    last_event: int,
    days: NDArray[np.float64],
    kinds: NDArray[np.int64],
    values: NDArray[np.float64],
    outputs: NDArray[np.float64],
    refinement: float,
    person: int,
    events: NDArray[np.int64],
    next_output: NDArray[np.int64],
    clock: NDArray[np.float64],
    result: NDArray[np.float64],
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
) -> None:
    """Let everything happen to one person that happens now, and look how far the next of it is."""
    fast = fresh = False
    while True:
        now, event, output = clock[i], events[i], next_output[i]
        if output == len(outputs):
            w[LEFT + i] = -1.0  # asleep: nobody asks for anything later
            return
        if outputs[output] <= now:  # read off before anything that happens at the same time
            result[person, output] = w[CENTRAL + i] * w[PER_VC + i]
            worst[person] = max(worst[person], _relative_error(w, i))
            next_output[i] += 1
            continue
        if event < last_event and days[event] <= now:
            kind = kinds[event]
            fast |= kind in (DEPOT_ADDED, INFUSION_STARTS)
            fresh |= kind not in (WATCH, UNWATCH)
            _happen(w, i, kind, values[event], now, watched, person)
            events[i] += 1
            continue
        then = outputs[output]
        if event < last_event and days[event] < then:
            then = days[event]
        clock[i] = then
        if w[DEPOT + i] + w[CENTRAL + i] + w[PERIPHERAL + i] + w[INFUSION + i] == 0:
            continue  # nothing in the body, and nothing flowing in
        w[LEFT + i] = then - now
        if fresh:
            _grade(w, i, fast, refinement)
        return


@inlined
def _relative_error(w: Block, i: int) -> float:
    least = FROM_MG_PER_L / w[PER_VC + i]
    return ERROR_PER_ESTIMATE * abs(w[ERROR + i]) / max(w[CENTRAL + i], least)


@inlined
def _grade(w: Block, i: int, fast: bool, refinement: float) -> None:
    """Begin with a short step, and lengthen the steps from there."""
    if fast:
        first, growth = min(FAST_FIRST_DAYS, FAST_FIRST_SHARE * w[LEFT + i]), FAST_GROWTH
    else:
        first, growth = SLOW_FIRST_DAYS, SLOW_GROWTH
    w[SHRINK + i] = growth ** (-1 / refinement)
    w[PER_DAY + i] = refinement / (first * w[SHRINK + i])
    w[FRESH + i] = 1.0


@inlined
def _happen(
    w: Block, i: int, kind: int, value: float, now: float, watched: NDArray[np.float64], person: int
) -> None:
    """One change of one person's numbers."""
    if kind == INFUSION_STARTS:
        w[INFUSION + i] += value
    elif kind == INFUSION_ENDS:
        left = w[INFUSION + i] - value
        w[INFUSION + i] = left if left > 1e-9 * value else 0.0  # no crumbs of rounding that would flow for ever
    elif kind == DEPOT_ADDED:
        w[DEPOT + i] += value
    elif kind == CENTRAL_KEPT:
        w[CENTRAL + i] *= value
        w[ERROR + i] *= value
    elif kind == CLEARANCE_SCALE:
        w[CL_SCALE + i] = value
    elif kind == CLEARANCE_FACTOR:
        w[CL_FACTOR + i] = value
    elif kind == VOLUME_SCALE:
        w[PER_VC + i] = w[PER_VC_BASE + i] / value
    elif kind == CENTRAL_SET:
        w[CENTRAL + i] = value / w[PER_VC + i]
    elif kind == PERIPHERAL_SET:
        w[PERIPHERAL + i] = value / w[PER_VP + i]
    elif kind == WATCH:
        start_watching(w, i, now)
    elif kind == UNWATCH:
        stop_watching(w, i, watched, person)
    w[CL + i] = w[CL_BASE + i] * w[CL_SCALE + i] * w[CL_FACTOR + i]
