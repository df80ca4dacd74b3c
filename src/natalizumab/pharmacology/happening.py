"""What happens to one person who stands in a lane: they enter it without any drug, and their numbers change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.compiled import inlined
from natalizumab.pharmacology.equations import with_infusion
from natalizumab.pharmacology.kinds import (
    CENTRAL_KEPT,
    CENTRAL_SET,
    CLEARANCE_SCALE,
    DEPOT_ADDED,
    FROM_MG_PER_L,
    INFUSION_SET,
    PERIPHERAL_SET,
    UNWATCH,
    VOLUME_SCALE,
    WATCH,
)
from natalizumab.pharmacology.lanes import (
    ABOVE,
    AREA,
    CENTRAL,
    CENTRAL_SLOPE,
    CHANGED,
    CL,
    CL_BASE,
    CL_FACTOR,
    CL_SCALE,
    DEPOT,
    DEPOT_ERROR,
    DEPOT_SLOPE,
    ERROR,
    INFUSION,
    LENGTH,
    PEAK,
    PEAK_DAY,
    PER_VC,
    PER_VC_BASE,
    PER_VMAX,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_ERROR,
    PERIPHERAL_SLOPE,
    SATURABLE,
    VMAX,
    WATCHED,
    Block,
    Constants,
)
from natalizumab.pharmacology.observe import start_watching
from natalizumab.pharmacology.pace import FIRST
from natalizumab.pharmacology.stepper import saturable

GONE_MG = 1e-250
"""Who has less is not followed any further: soon their amounts would be numbers so small that reckoning with them takes
a hundred times as long."""


@inlined
def enter(
    w: Block, i: int, cl: float, vc: float, vp: float, vmax: float, cl_scale: float, vc_scale: float, m: Constants
) -> None:
    """A person without any drug takes a lane."""
    w[DEPOT + i] = w[CENTRAL + i] = w[PERIPHERAL + i] = w[INFUSION + i] = 0.0
    w[DEPOT_SLOPE + i] = w[CENTRAL_SLOPE + i] = w[PERIPHERAL_SLOPE + i] = 0.0
    w[ERROR + i] = w[PERIPHERAL_ERROR + i] = w[DEPOT_ERROR + i] = 0.0
    w[CHANGED + i] = w[WATCHED + i] = 0.0
    w[PEAK + i] = w[PEAK_DAY + i] = w[ABOVE + i] = w[AREA + i] = 0.0
    w[CL_BASE + i], w[CL_SCALE + i], w[CL_FACTOR + i] = cl, cl_scale, 1.0
    w[PER_VC_BASE + i] = 1 / vc
    w[PER_VP + i], w[VMAX + i] = 1 / vp, vmax
    w[PER_VMAX + i] = 1 / vmax if vmax > 0 else 0.0
    w[PER_VC + i] = w[PER_VC_BASE + i] / vc_scale
    w[CL + i] = cl * cl_scale
    w[SATURABLE + i] = saturable(w, i, 0.0, m)


@inlined
def leave(w: Block, i: int, person: int, watched: NDArray[np.float64], remains: NDArray[np.float64]) -> None:
    """What is asked of a person beside concentrations, as they leave a lane (``march.march``)."""
    if len(watched):
        watched[person, 0], watched[person, 1] = w[PEAK + i], w[PEAK_DAY + i]
        watched[person, 2], watched[person, 3] = w[ABOVE + i], w[AREA + i]
    if len(remains):
        remains[person, 0], remains[person, 1] = w[DEPOT + i], w[PERIPHERAL + i] * w[PER_VP + i]


@inlined
def there(w: Block, i: int) -> bool:
    """Whether there is any drug in the body, or flowing in. What lies under the skin fades faster than the rest."""
    if w[DEPOT + i] < GONE_MG:
        w[DEPOT + i] = w[DEPOT_SLOPE + i] = 0.0
    left: bool = w[DEPOT + i] + w[CENTRAL + i] + w[PERIPHERAL + i] + w[INFUSION + i] > GONE_MG
    return left


@inlined
def relative_error(w: Block, i: int) -> float:
    per_vc = w[PER_VC + i]
    error: float = abs(w[ERROR + i]) * per_vc / max(w[CENTRAL + i] * per_vc, FROM_MG_PER_L)
    return error


@inlined
def happen(w: Block, i: int, kind: int, value: float, now: float) -> None:
    """One change of one person's numbers."""
    if kind == INFUSION_SET:  # by far the most frequent, and only one slope is another
        w[CENTRAL_SLOPE + i] = with_infusion(w[CENTRAL_SLOPE + i], w[INFUSION + i], value)
        w[INFUSION + i], w[LENGTH + i] = value, FIRST
    elif kind == WATCH:
        start_watching(w, i, now)
    elif kind == UNWATCH:
        w[WATCHED + i] = 0.0
    else:
        w[CHANGED + i] = 1.0
        if kind >= CENTRAL_KEPT:
            _change_amounts(w, i, kind, value)
        else:
            _change_body(w, i, kind, value)


@inlined
def _change_amounts(w: Block, i: int, kind: int, value: float) -> None:
    if kind == DEPOT_ADDED:
        w[DEPOT + i] += value
    else:  # CENTRAL_KEPT
        w[CENTRAL + i] *= value
        w[ERROR + i] *= value


@inlined
def _change_body(w: Block, i: int, kind: int, value: float) -> None:
    if kind == CENTRAL_SET:
        w[CENTRAL + i] = value / w[PER_VC + i]
    elif kind == PERIPHERAL_SET:
        w[PERIPHERAL + i] = value / w[PER_VP + i]
    elif kind == VOLUME_SCALE:
        w[PER_VC + i] = w[PER_VC_BASE + i] / value
    elif kind == CLEARANCE_SCALE:
        w[CL_SCALE + i] = value
    else:  # CLEARANCE_FACTOR
        w[CL_FACTOR + i] = value
    w[CL + i] = w[CL_BASE + i] * w[CL_SCALE + i] * w[CL_FACTOR + i]
