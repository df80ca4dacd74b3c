"""How people stand side by side: a block of ``LANES`` people is one flat array, with a row for each of their numbers.

The row length is known when the code is compiled, so the compiler sees that rows never overlap and works on as many
people at once as the processor's registers hold. A block is always full (spare lanes sleep), so that everybody's
numbers come out of the same instructions: no answer depends on who else is in the block, or where.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Block: TypeAlias = NDArray[np.float64]
"""A flat array of ``SIZE`` numbers."""

Constants: TypeAlias = tuple[float, float, float]
"""What is alike in everybody: q (L/day), km (mg/L), ka (1/day)."""

LANES = 64
"""The rows that a step reads and writes fit the smallest first-level cache in use (32 KiB)."""

ROW = LANES + 8
"""Numbers from one row to the next. Rows a power of two apart would fall on the same lines of the cache."""

_NAMES = (
    "DEPOT CENTRAL PERIPHERAL INFUSION CL PER_VC PER_VP VMAX "  # what the equations take
    "LENGTH STEP LEFT CHANGED SATURABLE PER_VMAX "  # the length of a step
    "MISTRUST MADE ERROR PERIPHERAL_ERROR DEPOT_ERROR "  # how exact
    "CL_BASE PER_VC_BASE CL_SCALE CL_FACTOR "  # what events change
    "WATCHED BEFORE BEFORE_SLOPE PEAK PEAK_DAY ABOVE AREA "  # what is read off between outputs
    "LEVEL WORST"  # what is read off of everybody at once
).split()


def _rows(names: str) -> list[int]:
    return [_NAMES.index(name) * ROW for name in names.split()]


DEPOT, CENTRAL, PERIPHERAL, INFUSION = _rows("DEPOT CENTRAL PERIPHERAL INFUSION")
CL, PER_VC, PER_VP, VMAX = _rows("CL PER_VC PER_VP VMAX")
LENGTH, STEP, LEFT, CHANGED, SATURABLE, PER_VMAX = _rows("LENGTH STEP LEFT CHANGED SATURABLE PER_VMAX")
MISTRUST, MADE = _rows("MISTRUST MADE")
ERROR, PERIPHERAL_ERROR, DEPOT_ERROR = _rows("ERROR PERIPHERAL_ERROR DEPOT_ERROR")
CL_BASE, PER_VC_BASE, CL_SCALE, CL_FACTOR = _rows("CL_BASE PER_VC_BASE CL_SCALE CL_FACTOR")
WATCHED, BEFORE, BEFORE_SLOPE = _rows("WATCHED BEFORE BEFORE_SLOPE")
PEAK, PEAK_DAY, ABOVE, AREA = _rows("PEAK PEAK_DAY ABOVE AREA")
LEVEL, WORST = _rows("LEVEL WORST")

STAGES = 7
"""Slopes that a step keeps for each of the three amounts: at its start, at five places within it, and at its end."""

END = (STAGES - 1) * ROW
"""From the slopes at a step's start to those at its end."""

CENTRAL_SLOPE = len(_NAMES) * ROW
PERIPHERAL_SLOPE = CENTRAL_SLOPE + STAGES * ROW
DEPOT_SLOPE = PERIPHERAL_SLOPE + STAGES * ROW

DEPOT_THEN = DEPOT_SLOPE + STAGES * ROW
"""What is under the skin at each of those places; nought throughout in a block where nobody has anything there."""

SIZE = DEPOT_THEN + STAGES * ROW
"""Numbers in a block."""
