"""Invented people whom nobody chose: drawn from the population itself, each lot once, after the posterior was finished.

It was changed twice since the first lot was drawn, looking at that lot too: so a second one was drawn, at which nobody
had looked before. Both were looked at, some ten times, while the points were placed on which the posterior now rests.
The third, of other people, was drawn after that. Its figures were made before the posterior was asked, and it was held
against them once: the worst quantile of a concentration was 1.7 % off, all others' below 1 %, every probability within
0.003. Nothing was changed for it. Whoever places points anew should draw a fourth.

Each has doses 4 to 9 weeks apart and levels at random times, which scatter around what a drawn person would have; what
is below a limit is only known to be so. Of everybody the next trough and the concentration eight weeks after the last
dose are asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from tests.reference.importance import CLEARANCE, OMEGA, RESIDUAL, Draws, Numbers, Question, assumptions

from natalizumab.pharmacology import AntibodyPeriod, History, People, Regimen, concentrations
from natalizumab.pharmacology.levels import Level

LOTS = {"drawn person": (20261125, 12), "drawn later": (20261129, 12), "drawn last": (20261207, 24)}
"""The seed of each lot, and how many people are in it."""

LAST = "drawn last"

LIMIT = 1.0


def _somebody(source: Draws) -> Question:
    weeks, count = int(source.integers(4, 10)), int(source.integers(1, 21))
    history = History(Regimen("sc" if source.random() < 1 / 3 else "iv", weeks, count).inputs)
    weight_kg, last = float(source.integers(48, 110)), 7.0 * weeks * (count - 1)
    days = np.sort(np.round(source.uniform(3, last + 7 * weeks, int(source.integers(1, 5))), 2))
    measured = _true(history, weight_kg, days, source) * (1 + RESIDUAL * source.normal(size=len(days)))
    levels = tuple(
        Level(float(day), round(float(c), 2)) if c >= LIMIT else Level(float(day), LIMIT, below=True)
        for day, c in zip(days, measured, strict=True)
    )
    return Question(history, weight_kg, levels, asked=(last + 7 * weeks, last + 56))


def _true(history: History, weight_kg: float, days: Numbers, source: Draws) -> Numbers:
    """What one person has whose body and antibodies are drawn; every third has antibodies, lest they be missing."""
    states = assumptions([dose.day for dose in history.inputs])
    state = states[0] if source.random() < 2 / 3 else states[int(source.integers(1, len(states)))]
    if math.isfinite(state.start):
        history = history.with_antibodies(AntibodyPeriod(state.start, state.end, CLEARANCE))
    cl, vp, vmax = np.exp(OMEGA * source.normal(size=3))[:, None]
    person = People(np.array([weight_kg]), cl, vp, vmax)
    return np.asarray(concentrations(history, person, days)[0])


def _drawn() -> Iterator[tuple[str, Question]]:
    for lot, (seed, count) in LOTS.items():
        source = np.random.default_rng(seed)
        yield from ((f"{lot} {number}", _somebody(source)) for number in range(1, count + 1))


HELD_OUT = dict(_drawn())
LAST_LOT = {name: question for name, question in HELD_OUT.items() if name.startswith(LAST)}
