"""How long a step may be: the error of the one before (``errors``) sets the length of the next."""

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
    DEPOT_SLOPE,
    LANES,
    LEFT,
    LENGTH,
    MADE,
    PER_VC,
    PER_VMAX,
    PER_VP,
    PERIPHERAL,
    PERIPHERAL_SLOPE,
    SATURABLE,
    STEP,
    WATCHED,
    Block,
    Constants,
)
from natalizumab.pharmacology.stepper import saturable, slopes

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

SHORTEST = 1e-9
"""Days. Whoever would go on with shorter steps has left the truth and would never arrive: they leap to the end too.
"""

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
    step = max(step if (central > BELOW_NOUGHT_MG) & (step >= SHORTEST) else left, 0.0)
    w[LENGTH + i] = length if left > 0 else wanted  # whoever waits is to go on as if there had been no wait
    w[STEP + i], w[LEFT + i] = step, left - step


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
            w[STEP + i] = longest
