"""Calls the compiled march: hands it the addresses of its arrays, and room to work in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.lanes import LANES, SIZE
from natalizumab.pharmacology.machine_code import march_entry

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

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
) -> int:
    """See ``march.march``, which this calls; ``bodies`` are cl, vc, vp, vmax, cl_scale and vc_scale.

    All arrays must be contiguous and of the kinds named here. ``result``, ``worst`` and ``watched`` are written to.
    """
    block = _aligned(SIZE)
    clock, place = np.zeros(LANES), np.zeros((LANES, 3), np.int64)
    integers, numbers = (starts, ends, kinds, who, place), (days, values, outputs, *bodies, saturation, result, worst)
    assert all(array.dtype == np.int64 and array.flags.c_contiguous for array in integers)
    assert all(array.dtype == np.float64 and array.flags.c_contiguous for array in (*numbers, watched))
    return march_entry()(
        _at(starts), _at(ends), len(starts), _at(days), _at(kinds), _at(values), len(days), _at(outputs), len(outputs),
        outputs.shape[1], *(_at(body) for body in bodies), len(worst), *constants, injected, refinement,
        _at(saturation), _at(who), len(who), _at(result), _at(worst), _at(watched), len(watched), _at(block),
        _at(clock), _at(place),
    )  # fmt: skip


def _at(array: NDArray[np.generic]) -> int:
    return int(array.ctypes.data)


def _aligned(count: int) -> Numbers:
    """So many noughts from the beginning of a line of the cache on."""
    room = np.zeros(count + LINE // 8)
    skipped = -room.ctypes.data % LINE // 8
    return room[skipped : skipped + count]
