"""Takes blocks of people through all that happens to them, each at their own pace.

Whoever reaches something that happens stops there, lets it happen, and goes on with short steps; the others step on.
So people with different courses stand in one block as well as people with the same one.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import carray  # type: ignore[attr-defined]  # it is not among the names that Numba lists
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.happening import enter, happen, leave, relative_error, there
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CHANGED,
    LANES,
    LEFT,
    MADE,
    PER_VC,
    SIZE,
    STEP,
    WATCHED,
    Block,
    Constants,
)
from natalizumab.pharmacology.observe import observe, remember
from natalizumab.pharmacology.pace import begin, limits, restart, shorten
from natalizumab.pharmacology.stepper import step

PERSON, CHANGE, OUTPUT = range(3)
"""What is known of the place of a lane."""

NOBODY = -1
"""In a lane before the first person takes it."""

WATCHED_DAYS = 1.2
"""The longest step within a window."""

NATURAL = (1 << 63) - 1
"""And-ed to a number it says to the compiler that the number is none below nought, which as a place in an array would
count from the end: it need not ask."""

LONGEST_WAY = 100.0
"""Days after which it is looked at the latest whether there still is any drug, though nothing happens."""

TOGETHER = 8
"""So many wait for one another before it is looked what happens to them: it costs less for several at once."""


@part
def march(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
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
    result: NDArray[np.float64],
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
    remains: NDArray[np.float64],
    w: Block,
    clock: NDArray[np.float64],
    place: NDArray[np.int64],
    arrived: NDArray[np.int64],
) -> int:
    """Concentrations (mg/L) of the people ``who`` (indices) at their output times, into the rows of ``result``.

    Everybody's changes stand from ``starts`` to ``ends`` in the three arrays after; those two and the rows of
    ``outputs`` (sorted days) are one for all, or one per person. ``cl`` (L/day), ``vc``, ``vp`` (L) and ``vmax``
    (mg/day) are those at the reference weight, the scales make them those at the person's. ``injected``: somebody may
    get drug under the skin. Every step is ``refinement`` times as short as usual. ``worst`` receives the largest
    relative error that is estimated at an output; ``watched``, empty or of shape (people, 4), the summaries of the
    window (``observe``), which takes the curve of saturation and the level from ``saturation``; ``remains``, empty or
    of shape (people, 2), what is under the skin (mg) and in the periphery (mg/L) at the last output. The block ``w``,
    the ``clock`` of each lane, its ``place`` (who is in it, and the change and the output that come next for them) and
    the lanes ``arrived`` are room to work in, all noughts. Returns how often the right-hand side was evaluated for
    somebody.
    """
    place[:, PERSON], place[:, OUTPUT] = NOBODY, outputs.shape[1]  # everybody in the lanes has finished
    limited, longest = limits(refinement), WATCHED_DAYS / refinement
    waiting = evaluations = 0
    awake = LANES
    while True:
        moving = _moving(w)
        if moving == 0 or awake - moving >= TOGETHER:
            for number in range(_arrived(w, arrived)):
                waiting = settle(
                    w, arrived[number] & (LANES - 1), clock, place, starts, ends, days, kinds, values, outputs, cl, vc,
                    vp, vmax, cl_scale, vc_scale, constants, who, waiting, result, worst, watched, remains,
                )  # fmt: skip
            awake = moving = _moving(w)
            if moving == 0:
                return evaluations
            if _changed(w):
                restart(w, constants)
        watching = _watching(w) if len(watched) else 0
        begin(w, constants, limited)
        if watching:
            shorten(w, longest)
            remember(w)
        step(w, constants, injected)
        if watching:
            observe(w, clock, saturation)
        evaluations += 6 * moving


# What settles one person is compiled into its caller, as it would have to be handed so many arrays.

# Counts over a block, in loops so short that they are done for many people at once.


@part
def _moving(w: Block) -> int:
    """How many have some way to go."""
    count = 0
    for i in range(LANES):
        count += w[LEFT + i] > 0
    return count


@part
def _watching(w: Block) -> int:
    """How many are in a window."""
    count = 0
    for i in range(LANES):
        count += w[WATCHED + i] > 0
    return count


@part
def _changed(w: Block) -> int:
    """How many need new slopes."""
    count = 0
    for i in range(LANES):
        count += w[CHANGED + i] > 0
    return count


@part
def _arrived(w: Block, arrived: NDArray[np.int64]) -> int:
    """The lanes in which somebody has no way left to go, written down without asking of each whether it is one: whom
    it will be nobody can foretell, nor could the processor. Returns how many they are.
    """
    count = 0
    for i in range(LANES):
        arrived[count] = i
        count += w[LEFT + i] == 0
    return count


@inlined
def settle(
    w: Block,
    i: int,
    clock: NDArray[np.float64],
    place: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
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
    m: Constants,
    who: NDArray[np.int64],
    waiting: int,
    result: NDArray[np.float64],
    worst: NDArray[np.float64],
    watched: NDArray[np.float64],
    remains: NDArray[np.float64],
) -> int:
    """Let everything happen that happens now in one lane, and look how far the next of it is.

    Whoever has nothing more to be read off leaves the lane to the next of ``who``. Returns how many of them have begun.
    """
    columns = outputs.shape[1]
    while w[LEFT + i] == 0:
        now, person, output = clock[i], place[i, PERSON], place[i, OUTPUT] & NATURAL
        if output == columns:
            if person != NOBODY:
                leave(w, i, person, watched, remains)
            if waiting == len(who):
                w[LEFT + i] = -1.0  # the lane sleeps
            else:
                person = who[waiting]
                waiting += 1
                place[i, PERSON], place[i, OUTPUT] = person, 0
                place[i, CHANGE] = starts[min(person, len(starts) - 1)]
                clock[i] = -math.inf
                enter(w, i, cl[person], vc[person], vp[person], vmax[person], cl_scale[person], vc_scale[person], m)
            continue
        # Read off before what happens at the same time. Whether anything is to be read is not asked: what is written
        # before its day is written over on that day, and to guess wrong would take longer.
        person &= NATURAL
        row = min(person, len(outputs) - 1)
        due = outputs[row, output] <= now
        result[person, output] = w[CENTRAL + i] * w[PER_VC + i]
        error = relative_error(w, i)
        error = error if error == error else math.inf
        worst[person] = max(worst[person], error if due else 0.0)
        output += due
        place[i, OUTPUT] = output
        if output == columns or outputs[row, output] <= now:
            continue
        change, end, then = place[i, CHANGE] & NATURAL, ends[min(person, len(ends) - 1)], outputs[row, output]
        while change < end and days[change] <= now:
            happen(w, i, kinds[change], values[change], now)
            change += 1
        if change < end:
            then = min(then, days[change])
        w[STEP + i] = w[MADE + i] = 0.0  # as after a wait
        if there(w, i):  # without drug in the body or flowing in, the time until then needs no steps
            then = min(then, now + LONGEST_WAY)
            w[LEFT + i] = then - now
        place[i, CHANGE], clock[i] = change, then
    return waiting


def entry(
    starts: Any, ends: Any, courses: int, days: Any, kinds: Any, values: Any, changes: int, outputs: Any, rows: int,
    columns: int, cl: Any, vc: Any, vp: Any, vmax: Any, cl_scale: Any, vc_scale: Any, people: int, q: float, km: float,
    ka: float, injected: int, refinement: float, saturation: Any, who: Any, count: int, result: Any, worst: Any,
    watched: Any, windows: int, remains: Any, remaining: int, block: Any, clock: Any, place: Any, arrived: Any,
) -> int:  # fmt: skip
    """``march`` for callers that have only addresses: each array as a pointer, its lengths beside it."""
    return march(
        carray(starts, (courses,)), carray(ends, (courses,)), carray(days, (changes,)), carray(kinds, (changes,)),
        carray(values, (changes,)), carray(outputs, (rows, columns)), carray(cl, (people,)), carray(vc, (people,)),
        carray(vp, (people,)), carray(vmax, (people,)), carray(cl_scale, (people,)), carray(vc_scale, (people,)),
        (q, km, ka), injected != 0, refinement, carray(saturation, (4,)), carray(who, (count,)),
        carray(result, (people, columns)), carray(worst, (people,)), carray(watched, (windows, 4)),
        carray(remains, (remaining, 2)),
        carray(block, (SIZE,)), carray(clock, (LANES,)), carray(place, (LANES, 3)), carray(arrived, (LANES,)),
    )  # fmt: skip


SIGNATURE = "i" + "IIiDIDiDiiDDDDDDidddidDIiDDDiDiDDII"
"""The result's and the arguments' kinds, as ``compiled.compile_entry`` writes them."""
