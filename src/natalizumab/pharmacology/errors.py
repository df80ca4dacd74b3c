"""The error of a person's numbers: what each step adds to it, and how it travels with the drug to the next output.

What is too much in one compartment is mostly too little in the other, and hardly an error of a trough weeks later: so
the error is told for both, with its sign.
"""

from __future__ import annotations

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.lanes import (
    CL,
    DEPOT_ERROR,
    DEPOT_SLOPE,
    END,
    ERROR,
    LANES,
    MISTRUST,
    PER_VC,
    PER_VMAX,
    PER_VP,
    PERIPHERAL_ERROR,
    ROW,
    SATURABLE,
    STEP,
    Block,
    Constants,
)
from natalizumab.pharmacology.tsitouras import EMBEDDED

DOUBT, DOUBT_PER_SHARE = 0.3, 0.15
"""What the two formulae differ by is the error of the one of order 4. That of the result, of order 5, is about so many
times it and the share of the drug's time that the step takes: the second number times that share and more, as the
formula is nearly of order 6 where elimination is linear. It has the same sign in both compartments while a step is
short. ``tests/reference/test_solver_accuracy.py`` holds what comes of it over whole courses."""

SQUARE = 0.36
"""1 - x + 0.36 x^2 is the exponential of -x as exactly as an error needs to be known, for all shares x of the drug's
time that a step may take; with a half it would need one more term."""


HALFWAY = 0.5 / SQUARE
"""From this share on, of which it makes 0.69 absorbed, that parabola would fall again."""


@inlined
def mistrust(share: float) -> float:
    """What to multiply the formulae's difference by, for a step that takes such a share of the drug's time."""
    return share * (DOUBT + DOUBT_PER_SHARE * share)


@inlined
def transport(w: Block, i: int, days: float, m: Constants) -> float:
    """Carry one person's error through a step, as the body would, and return the share of the drug's time it takes.

    A small error at the peak becomes a large share of what is left once elimination is saturated, so it must travel
    with the drug: by the linearised equations. It comes before the step, and looks at the body as it is then.
    """
    q, km, _ = m
    cl, per_vc, clearance = w[CL + i], w[PER_VC + i], w[SATURABLE + i]
    exchange, days_per_vc = q * days, days * per_vc
    out, back = exchange * per_vc, exchange * w[PER_VP + i]
    tangent = clearance * clearance * w[PER_VMAX + i] * km
    gone = (cl + tangent) * days_per_vc + out
    error, beyond = w[ERROR + i], w[PERIPHERAL_ERROR + i]
    lost, moved = back * beyond - gone * error, out * error - back * beyond
    w[ERROR + i] = (error + lost) + SQUARE * (back * moved - gone * lost)
    w[PERIPHERAL_ERROR + i] = (beyond + moved) + SQUARE * (out * lost - back * moved)
    share: float = (cl + clearance) * days_per_vc + (out + back)
    return share


@inlined
def carry(w: Block, i: int, m: Constants) -> None:
    """The same for a step of one's own length, of which it is written down how far to trust it."""
    w[MISTRUST + i] = mistrust(transport(w, i, w[STEP + i], m))


@inlined
def difference(w: Block, i: int, k: int, last: float) -> float:
    """How far the results of order 5 and 4 lie apart, per day of the step; ``last`` is the slope at its end."""
    early = EMBEDDED[0] * w[k + i] + EMBEDDED[1] * w[k + ROW + i]
    middle = EMBEDDED[3] * w[k + 3 * ROW + i] + EMBEDDED[2] * w[k + 2 * ROW + i]
    late = EMBEDDED[5] * w[k + 5 * ROW + i] + EMBEDDED[4] * w[k + 4 * ROW + i]
    apart: float = (early + middle) + (late + EMBEDDED[6] * last)
    return apart


@inlined
def judge_depot(w: Block, i: int, m: Constants) -> None:
    """The error under the skin; as the drug is absorbed, it moves into the central compartment."""
    _, _, ka = m
    absorbed, last = ka * w[STEP + i], w[DEPOT_SLOPE + END + i]
    share = absorbed - SQUARE * absorbed * absorbed if absorbed < HALFWAY else 0.5 * HALFWAY
    moved = share * w[DEPOT_ERROR + i]
    doubt = max(w[MISTRUST + i], mistrust(absorbed)) * w[STEP + i]
    w[DEPOT_ERROR + i] += doubt * difference(w, i, DEPOT_SLOPE, last) - moved
    w[ERROR + i] += moved
    w[DEPOT_SLOPE + i] = last


@part
def carry_all(w: Block, m: Constants) -> None:
    for i in range(LANES):
        carry(w, i, m)


@part
def judge_depot_all(w: Block, m: Constants) -> None:
    for i in range(LANES):
        judge_depot(w, i, m)
