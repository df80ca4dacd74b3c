"""Calls the compiled march and lockstep: hands them the addresses of their arrays, and room to work in."""

from __future__ import annotations

import ctypes
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.lanes import LANES, SIZE
from natalizumab.pharmacology.machine_code import compiled

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

_NOTHING = ctypes.c_char * 0

LINE = 64
"""Bytes of a line of the cache, with which the block begins."""


def march(
    starts: Integers,
    ends: Integers,
    days: Numbers,
    kinds: Integers,
    values: Numbers,
    outputs: Numbers,
    bodies: tuple[Numbers, ...],
    constants: tuple[float, float, float],
    injected: bool,
    refinement: float,
    saturation: Numbers,
    who: Integers,
    result: Numbers,
    worst: Numbers,
    watched: Numbers,
    remains: Numbers,
) -> int:
    """See ``march.march``, which this calls; ``bodies`` are cl, vc, vp, vmax, cl_scale and vc_scale.

    All arrays must be contiguous and of the kinds named here. ``result``, ``worst``, ``watched`` and ``remains`` are
    written to.
    """
    block = aligned(SIZE)
    clock, place, arrived = np.zeros(LANES), np.zeros((LANES, 3), np.int64), np.zeros(LANES, np.int64)
    integers, numbers = (starts, ends, kinds, who, place), (days, values, outputs, *bodies, saturation, result, worst)
    assert all(array.dtype == np.int64 and array.flags.c_contiguous for array in integers)
    assert all(array.dtype == np.float64 and array.flags.c_contiguous for array in (*numbers, watched, remains))
    return compiled("march")(
        address(starts), address(ends), len(starts), address(days), address(kinds), address(values), len(days),
        address(outputs), len(outputs), outputs.shape[1], *(address(body) for body in bodies), len(worst), *constants,
        injected, refinement, address(saturation), address(who), len(who), address(result), address(worst),
        address(watched), len(watched), address(remains), len(remains), address(block), address(clock),
        address(place), address(arrived),
    )  # fmt: skip


def lockstep(
    days: Numbers,
    kinds: Integers,
    values: Numbers,
    outputs: Numbers,
    bodies: tuple[Numbers, ...],
    constants: tuple[float, float, float],
    injected: bool,
    refinement: float,
    saturation: Numbers,
    who: Integers,
    leading: bool,
    steps: Numbers,
    result: Numbers,
    worst: Numbers,
    watched: Numbers,
    remains: Numbers,
) -> int:
    """See ``lockstep.lockstep``, which this calls as ``march`` does."""
    block, clock = aligned(SIZE), np.zeros(LANES)
    numbers = (days, values, outputs, *bodies, saturation, steps, result, worst, watched, remains)
    assert all(array.dtype == np.int64 and array.flags.c_contiguous for array in (kinds, who))
    assert all(array.dtype == np.float64 and array.flags.c_contiguous for array in numbers)
    return compiled("lockstep")(
        address(days), address(kinds), address(values), len(days), address(outputs), len(outputs),
        *(address(body) for body in bodies), len(worst), *constants, injected, refinement, address(saturation),
        address(who), len(who), leading, address(steps), len(steps), address(result), address(worst),
        address(watched), len(watched), address(remains), len(remains), address(block), address(clock),
    )  # fmt: skip


def address(array: NDArray[np.generic]) -> int:
    """Of an array's first number, for compiled code."""
    try:
        return ctypes.addressof(_NOTHING.from_buffer(cast(Any, array)))
    except TypeError:  # it may only be read, and NumPy's own way takes longer
        return int(array.ctypes.data)


def aligned(count: int) -> Numbers:
    """So many noughts from the beginning of a line of the cache on."""
    room = np.zeros(count + LINE // 8)
    skipped = -room.ctypes.data % LINE // 8
    return room[skipped : skipped + count]
