"""How long a step may be, and the error that comes together on the way.

The method's two formulae tell the error of each step. It sets the length of the next one, and travels on with the drug
as the body would carry it: so everybody's error is known at every output.
"""

from __future__ import annotations

import math

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CENTRAL_SLOPE,
    CL,
    DEPOT,
    DEPOT_ERROR,
    DEPOT_SLOPE,
    DOUBT,
    ERROR,
    LANES,
    LEFT,
    LENGTH,
    LOSS,
    MADE,
    PER_VC,
    PER_VMAX,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_ERROR,
    PERIPHERAL_MADE,
    PERIPHERAL_SLOPE,
    ROW,
    SATURABLE,
    STEP,
    WATCHED,
)
from natalizumab.pharmacology.stepper import END, Block, Constants, saturable, slopes

FIRST_SHARE, FIRST_BEND = 0.45, 0.5
"""How far a first step after a change goes: a share of the time in which the drug would leave the central volume and
come back from the peripheral one at its present speed, and a move of saturation relative to Km plus the concentration.
A fresh infusion drives the concentration past Km within a thousandth of a day: a step as long as the infusion would put
an error of 1e-4 into every trough after it."""

MOST_SHARE, MOST_BEND = 0.9, 2.5
"""How far any step goes."""

LEAST_MG_PER_L = 0.02
"""What a step may add to the error is a share of the concentration, or of this where there is less."""

DOUBT_PER_SHARE = 0.35
"""What the two formulae differ by is the error of the one of order 4. That of the result, of order 5, is so many times
the share of the drug's time that the step takes, in both compartments and with the same sign while a step is short.
``tests/reference/test_solver_accuracy.py`` holds what comes of it over whole courses."""


@inlined
def restart(w: Block, i: int, m: Constants, refinement: float) -> None:
    """One person's slopes and first step after something has happened; else the slopes are those at the last step's
    end.
    """
    q, _, _ = m
    depot, central, peripheral = slopes(w, i, w[DEPOT + i], w[CENTRAL + i], w[PERIPHERAL + i], m)
    w[DEPOT_SLOPE + i], w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = depot, central, peripheral
    clearance = saturable(w, i, w[CENTRAL + i], m)
    leaving = ((w[CL + i] + clearance + q) * w[PER_VC + i] + q * w[PER_VP + i]) * (refinement / FIRST_SHARE)
    bending = abs(central) * clearance * w[PER_VMAX + i] * (w[PER_VC + i] * refinement / FIRST_BEND)
    w[SATURABLE + i], w[LENGTH + i] = clearance, 1 / max(leaving, bending)
    w[STEP + i] = w[MADE + i] = 0.0  # so that ``begin`` keeps that length


@part
def begin(w: Block, m: Constants, allowed: float, refinement: float, growth: float) -> None:
    """Choose everybody's step by the error that the last one made.

    A step may make an error of ``allowed`` times the concentration: the next is ``growth`` times as long as one that
    made a small part of it (the error of a step grows with the sixth power of its length), and shorter than one that
    made more. It never goes farther than ``MOST_SHARE`` and ``MOST_BEND``: beyond, the estimate says little, and a step
    might leap below nought. The last two steps of the way to the next change are alike. Who is below nought, or no
    number, can't be solved with such steps, and leaps to the end.
    """
    q, km, _ = m
    half, per_share, per_bend = math.sqrt(growth), refinement / MOST_SHARE, refinement / MOST_BEND
    for i in range(LANES):
        per_vc, clearance, last = w[PER_VC + i], w[SATURABLE + i], w[STEP + i]
        concentration, error = w[CENTRAL + i] * per_vc, abs(w[MADE + i]) * per_vc
        room = allowed * max(concentration, LEAST_MG_PER_L)
        times = 0.7 if error > room else 1.0
        times = times if half**6 * error > room else half
        times = times if growth**6 * error > room else growth
        length = max(w[LENGTH + i], last * times) if times >= 1.0 else last * times
        near = clearance * w[PER_VMAX + i]
        leaving = (w[CL + i] + clearance + q) * per_vc + q * w[PER_VP + i]
        bending = abs(w[CENTRAL_SLOPE + i]) * per_vc * near
        length = min(length, 1 / max(leaving * per_share, bending * per_bend))
        left = w[LEFT + i]
        step = left if length >= left else min(length, 0.5 * left)
        step = max(step if concentration > -0.1 * km else left, 0.0)
        w[LENGTH + i], w[STEP + i], w[LEFT + i] = length, step, left - step
        w[DOUBT + i] = DOUBT_PER_SHARE * leaving * step
        w[LOSS + i] = (w[CL + i] + clearance * near * km) * per_vc


@part
def shorten(w: Block, longest: float) -> None:
    """Cut the steps of those who are watched: what is read off within a step is less exact than its ends."""
    for i in range(LANES):
        if w[WATCHED + i] > 0 and w[STEP + i] > longest:
            w[LEFT + i] += w[STEP + i] - longest
            w[DOUBT + i] *= longest / w[STEP + i]
            w[STEP + i] = longest


@inlined
def _embedded(w: Block, i: int, k: int) -> float:
    """By how much the result of order 5 differs from that of order 4, per day of the step."""
    early = 71 / 57600 * w[k + i] - 71 / 16695 * w[k + 2 * ROW + i]
    late = 71 / 1920 * w[k + 3 * ROW + i] - 17253 / 339200 * w[k + 4 * ROW + i]
    difference: float = (early + late) + (22 / 525 * w[k + 5 * ROW + i] - 1 / 40 * w[k + END + i])
    return difference


@part
def judge(w: Block) -> None:
    """The error of everybody's step, with its sign; the slopes at its end are those at the next one's start.

    What is too much in one compartment is mostly too little in the other, and hardly an error of a trough weeks later:
    so both are told.
    """
    for i in range(LANES):
        doubt = w[DOUBT + i] * w[STEP + i]
        w[MADE + i] = doubt * _embedded(w, i, CENTRAL_SLOPE)
        w[PERIPHERAL_MADE + i] = doubt * _embedded(w, i, PERIPHERAL_SLOPE)
        w[CENTRAL_SLOPE + i] = w[CENTRAL_SLOPE + END + i]
        w[PERIPHERAL_SLOPE + i] = w[PERIPHERAL_SLOPE + END + i]


@part
def judge_depot(w: Block, m: Constants) -> None:
    """The same under the skin; as the drug is absorbed, its error moves into the central compartment."""
    _, _, ka = m
    for i in range(LANES):
        absorbed = ka * w[STEP + i]
        moved = (absorbed - 0.5 * absorbed * absorbed) * w[DEPOT_ERROR + i]
        w[DEPOT_ERROR + i] += w[DOUBT + i] * w[STEP + i] * _embedded(w, i, DEPOT_SLOPE) - moved
        w[ERROR + i] += moved
        w[DEPOT_SLOPE + i] = w[DEPOT_SLOPE + END + i]


@part
def carry(w: Block, m: Constants) -> None:
    """The error that has come together: that of each step, carried along as the body would.

    A small error at the peak becomes a large share of what is left once elimination is saturated, so it must travel
    with the drug: by the linearised equations, of which two terms of the exponential series do for a short step.
    """
    q, _, _ = m
    for i in range(LANES):
        exchange = q * w[STEP + i]
        out, back = exchange * w[PER_VC + i], exchange * w[PER_VP + i]
        gone = w[LOSS + i] * w[STEP + i] + out
        error, beyond = w[ERROR + i], w[PERIPHERAL_ERROR + i]
        lost, moved = back * beyond - gone * error, out * error - back * beyond
        w[ERROR + i] = (error + lost) + (0.5 * (back * moved - gone * lost) + w[MADE + i])
        w[PERIPHERAL_ERROR + i] = (beyond + moved) + (0.5 * (out * lost - back * moved) + w[PERIPHERAL_MADE + i])


@inlined
def account(w: Block, m: Constants, injected: bool) -> None:
    """Add the error of everybody's step to what has come together."""
    if injected:
        judge_depot(w, m)
    judge(w)
    carry(w, m)
