"""How long a step may be, and the error that comes together on the way.

The method's two formulae tell the error of each step. It sets the length of the next one, and travels on with the drug
as the body would carry it: so everybody's error is known at every output.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from natalizumab.pharmacology.compiled import inlined, part
from natalizumab.pharmacology.lanes import (
    CENTRAL,
    CENTRAL_SLOPE,
    CHANGED,
    CL,
    DEPOT,
    DEPOT_ERROR,
    DEPOT_SLOPE,
    END,
    ERROR,
    LANES,
    LEFT,
    LENGTH,
    LOSS,
    MADE,
    MISTRUST,
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
from natalizumab.pharmacology.stepper import Block, Constants, saturable, slopes

ALLOWED = 3e-6
"""The error that a step may make, as a share of the concentration, when the next event is near. It was chosen with the
constants below, as the cheapest with which the estimated error stays below what is asked in nearly everybody."""

ORDER = 6
"""The error of one step grows with this power of its length."""

SHORTER, LONGER, GROWTH = 0.8, 1.15, 2.0
"""The next step against one that erred too much, and against one that erred little or very little."""

FADING, MOST_FADED = 0.5, 1.7
"""Most of what a step errs by is drug in the wrong compartment, and the two find their balance: until the next event it
fades at least at this share of the speed of exchange. So a step long before it may err by more. The second number is
the sixth root of how much more at most: an error that does not fade must not grow without bounds."""

SWELLING, LEAST_KEPT = 1.3, 0.05
"""The rest of the error swells as a share of what is left, because the saturable way removes it more slowly than the
drug: so a step long before the next event may err by less, by what swells until then at its present speed and more,
but not by less than that share."""

FIRST_SHARE, MOST_SHARE = 0.4, 1.6
"""How far a step goes at most, the first after a change and any other: a share of the time in which the drug would
leave the central volume and come back from the peripheral one at its present speed."""

BEND = 0.4
"""And no farther than until the concentration has moved by so many times Km plus what it was. A fresh infusion drives
it past Km within a thousandth of a day: a step as long as the infusion would put an error of 1e-4 into every trough."""

STEEP, STEEP_BEND = 1000.0, 2.5
"""So far where the amount moves so many times as fast as the saturable way removes at most, as in every usual infusion:
what that way takes meanwhile is so little that an error of it is none."""

LEAST_MG = 0.07
"""What a step may add to the error is a share of what is in the central volume, or of this where there is less: as in
one of usual size at 0.02 mg/L."""

BELOW_NOUGHT_MG = -0.3
"""Who has less is beyond help."""

DOUBT, DOUBT_PER_SHARE = 0.3, 0.15
"""What the two formulae differ by is the error of the one of order 4. That of the result, of order 5, is about so many
times it and the share of the drug's time that the step takes: the second number times that share and more, as the
formula is nearly of order 6 where elimination is linear. It has the same sign in both compartments while a step is
short. ``tests/reference/test_solver_accuracy.py`` holds what comes of it over whole courses."""

FIRST = math.inf
"""The length to whom the next step is the first after a change: as far as it may go."""

Limits: TypeAlias = tuple[float, float, float, float, float, float, float, float, float]
"""What ``choose`` goes by: the error that a step may make; how far a first step and any other may go; one over how far
the concentration may move, and in a steep step; and by how much a step may be longer than the one before, each with the
part of the allowed error that the one before may have made."""


@inlined
def limits(refinement: float) -> Limits:
    """Those with which every step is ``refinement`` times as short as usual."""
    longer, growth = LONGER ** (1 / refinement), GROWTH ** (1 / refinement)
    return (
        ALLOWED / refinement**ORDER, FIRST_SHARE / refinement, MOST_SHARE / refinement,
        refinement / BEND, refinement / STEEP_BEND,
        longer, longer**-ORDER, growth, growth**-ORDER,
    )  # fmt: skip


@part
def restart(w: Block, m: Constants) -> None:
    """Slopes of those to whom something has happened; of others they are those at the last step's end.

    It goes through the whole block: for one person alone it would take as long, as two divisions wait for one another.
    """
    for i in range(LANES):
        depot, central, peripheral = slopes(w, i, w[DEPOT + i], w[CENTRAL + i], w[PERIPHERAL + i], m)
        clearance = saturable(w, i, w[CENTRAL + i], m)
        if w[CHANGED + i] > 0:
            w[DEPOT_SLOPE + i], w[CENTRAL_SLOPE + i], w[PERIPHERAL_SLOPE + i] = depot, central, peripheral
            w[SATURABLE + i] = clearance
            w[LENGTH + i] = FIRST
            w[CHANGED + i] = 0.0


@inlined
def choose(w: Block, i: int, m: Constants, limited: Limits) -> None:
    """Choose one person's step by the error that the last one made, and by what becomes of it until the next event.

    The next step is up to ``GROWTH`` times as long as one that made a small part of what is allowed (the error of a
    step grows with the sixth power of its length), and shorter than one that made more. There are limits to how far it
    goes: beyond, the estimate says little, and a step might leap below nought. The last two steps of the way to the
    next event are alike. Who is below nought, or no number, can't be solved with such steps, and leaps to the end.
    """
    q, km, _ = m
    allowed, first, most, bend, steep_bend, longer, little, growth, very_little = limited
    per_vc, clearance, last, left = w[PER_VC + i], w[SATURABLE + i], w[STEP + i], w[LEFT + i]
    wanted, central, speed = w[LENGTH + i], w[CENTRAL + i], abs(w[CENTRAL_SLOPE + i])
    exchanged = q * (per_vc + w[PER_VP + i])
    near = clearance * w[PER_VMAX + i]
    tangent = clearance * near * km
    fading = (FADING / ORDER) * exchanged * left
    fade = min(1 + fading * (1 + 0.5 * fading), MOST_FADED)  # about the sixth root
    kept = max(1 - SWELLING * (clearance - tangent) * per_vc * left, LEAST_KEPT)
    room = allowed * max(central, LEAST_MG) * kept * ((fade * fade) * (fade * fade) * (fade * fade))
    error = abs(w[MADE + i])
    times = SHORTER if error > room else 1.0
    times = times if error > little * room else longer
    times = times if error > very_little * room else growth
    length = max(wanted, last * times) if times >= 1.0 else last * times
    leaving = (w[CL + i] + clearance) * per_vc + exchanged
    share = min(most, first * fade if wanted == FIRST else most)
    bend = bend if speed * w[PER_VMAX + i] < STEEP else steep_bend
    length = min(length, share / max(leaving, speed * per_vc * near * bend * share))
    step = left if length >= left else min(length, 0.5 * left)
    step = max(step if central > BELOW_NOUGHT_MG else left, 0.0)
    w[LENGTH + i] = length if left > 0 else wanted  # whoever waits is to go on as if there had been no wait
    w[STEP + i], w[LEFT + i] = step, left - step
    w[MISTRUST + i] = leaving * step * (DOUBT + DOUBT_PER_SHARE * leaving * step)
    w[LOSS + i] = (w[CL + i] + tangent) * per_vc


@part
def begin(w: Block, m: Constants, limited: Limits) -> None:
    """Choose everybody's step."""
    for i in range(LANES):
        choose(w, i, m, limited)


@part
def shorten(w: Block, longest: float) -> None:
    """Cut the steps of those who are watched: what is read off within a step is less exact than its ends."""
    for i in range(LANES):
        if w[WATCHED + i] > 0 and w[STEP + i] > longest:
            w[LEFT + i] += w[STEP + i] - longest
            w[MISTRUST + i] *= longest / w[STEP + i]
            w[STEP + i] = longest


@inlined
def _embedded(w: Block, i: int, k: int) -> float:
    """By how much the result of order 5 differs from that of order 4, per day of the step."""
    early = 0.0017800110522257714 * w[k + i] + 0.0008164344596567469 * w[k + ROW + i]
    middle = 0.1447110071732629 * w[k + 3 * ROW + i] - 0.007880878010261995 * w[k + 2 * ROW + i]
    late = 0.45808210592918697 * w[k + 5 * ROW + i] - 0.5823571654525552 * w[k + 4 * ROW + i]
    difference: float = (early + middle) + (late - 1 / 66 * w[k + END + i])
    return difference


@inlined
def judge(w: Block, i: int) -> None:
    """The error of one person's step, with its sign; the slopes at its end are those at the next one's start.

    What is too much in one compartment is mostly too little in the other, and hardly an error of a trough weeks later:
    so both are told.
    """
    mistrust = w[MISTRUST + i] * w[STEP + i]
    w[MADE + i] = mistrust * _embedded(w, i, CENTRAL_SLOPE)
    w[PERIPHERAL_MADE + i] = mistrust * _embedded(w, i, PERIPHERAL_SLOPE)
    w[CENTRAL_SLOPE + i] = w[CENTRAL_SLOPE + END + i]
    w[PERIPHERAL_SLOPE + i] = w[PERIPHERAL_SLOPE + END + i]


@inlined
def judge_depot(w: Block, i: int, m: Constants) -> None:
    """The same under the skin; as the drug is absorbed, its error moves into the central compartment."""
    _, _, ka = m
    absorbed = ka * w[STEP + i]
    moved = (absorbed - 0.5 * absorbed * absorbed) * w[DEPOT_ERROR + i]
    w[DEPOT_ERROR + i] += w[MISTRUST + i] * w[STEP + i] * _embedded(w, i, DEPOT_SLOPE) - moved
    w[ERROR + i] += moved
    w[DEPOT_SLOPE + i] = w[DEPOT_SLOPE + END + i]


@inlined
def carry(w: Block, i: int, m: Constants) -> None:
    """The error that has come together: that of each step, carried along as the body would.

    A small error at the peak becomes a large share of what is left once elimination is saturated, so it must travel
    with the drug: by the linearised equations, of which three terms of the exponential series do for a step.
    """
    q, _, _ = m
    exchange = q * w[STEP + i]
    out, back = exchange * w[PER_VC + i], exchange * w[PER_VP + i]
    gone = w[LOSS + i] * w[STEP + i] + out
    error, beyond = w[ERROR + i], w[PERIPHERAL_ERROR + i]
    lost, moved = back * beyond - gone * error, out * error - back * beyond
    lost_2, moved_2 = 0.5 * (back * moved - gone * lost), 0.5 * (out * lost - back * moved)
    lost_3, moved_3 = 1 / 3 * (back * moved_2 - gone * lost_2), 1 / 3 * (out * lost_2 - back * moved_2)
    w[ERROR + i] = (error + lost) + ((lost_2 + lost_3) + w[MADE + i])
    w[PERIPHERAL_ERROR + i] = (beyond + moved) + ((moved_2 + moved_3) + w[PERIPHERAL_MADE + i])


@part
def _judge_depot_all(w: Block, m: Constants) -> None:
    for i in range(LANES):
        judge_depot(w, i, m)


@part
def _judge_all(w: Block) -> None:
    for i in range(LANES):
        judge(w, i)


@part
def _carry_all(w: Block, m: Constants) -> None:
    for i in range(LANES):
        carry(w, i, m)


@inlined
def account(w: Block, m: Constants, injected: bool) -> None:
    """Add the error of everybody's step to what has come together."""
    if injected:
        _judge_depot_all(w, m)
    _judge_all(w)
    _carry_all(w, m)
