"""One step of the method of Dormand and Prince, and the step lengths between two events.

J. R. Dormand, P. J. Prince: A family of embedded Runge-Kutta formulae. J Comput Appl Math 1980;6:19-26. The formula of
order 5 is used; its last stage is the slope at the end of the step, so a step costs six evaluations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import mul

from natalizumab.pharmacology.equations import Amount, Body, State, rates

TABLEAU: tuple[tuple[float, ...], ...] = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
"""Rows 2 to 7 of the published table: how much of each earlier slope goes into a stage. The last row is the result."""

FIRST_STEP_DAYS = 2e-4
"""A few seconds. A fresh infusion drives the concentration past Km within a thousandth of a day: a first step as long
as the infusion would put an error of 1e-4 into every trough after it."""

FIRST_STEP_SHARE = 1 / 200
"""The first step is at most this share of the time between two events, so that short infusions are graded too."""

GROWTH = 1.4
"""Each step is so much longer than the one before, until the longest."""

LONGEST_STEP_DAYS = 0.5
"""Measured with the rest of the grid: relative errors of troughs of 0.05 mg/L and more stay below 1e-6."""


def slope(state: State[Amount], infusion: float, body: Body[Amount]) -> State[Amount]:
    """The right-hand side as a ``State`` in mg/day."""
    return State(
        *rates(
            state.depot,
            state.central,
            state.peripheral,
            infusion,
            body.cl,
            body.vc,
            body.vp,
            body.vmax,
            body.q,
            body.km,
            body.ka,
        )
    )


def step(
    state: State[Amount], start: State[Amount], days: float, infusion: float, body: Body[Amount]
) -> tuple[State[Amount], State[Amount]]:
    """State and slope ``days`` later; ``start`` is the slope now."""
    depots, centrals, peripherals = [start.depot], [start.central], [start.peripheral]
    later, now = state, start
    for row in TABLEAU:
        later = State(
            state.depot + days * _weighted(row, depots),
            state.central + days * _weighted(row, centrals),
            state.peripheral + days * _weighted(row, peripherals),
        )
        now = slope(later, infusion, body)
        depots.append(now.depot)
        centrals.append(now.central)
        peripherals.append(now.peripheral)
    return later, now


def grid(start: float, end: float, stops: Sequence[float] = ()) -> Iterator[float]:
    """The times at which the steps from one event to the next one end; they land on every stop between the two.

    The lengths grow from very short to the longest: the solution changes fastest just after an event. A stop cuts a
    step but does not start the grading anew, because nothing happens to the body there. ``stops`` are sorted.
    """
    now, length = start, min(FIRST_STEP_DAYS, FIRST_STEP_SHARE * (end - start))
    for stop in (*stops, end):
        while now + length < stop:
            now += length
            length = min(GROWTH * length, LONGEST_STEP_DAYS)
            yield now
        if now < stop:
            now = stop
            yield now


def _weighted(row: tuple[float, ...], slopes: list[Amount]) -> Amount:
    total: Amount = sum(map(mul, row, slopes))
    return total
