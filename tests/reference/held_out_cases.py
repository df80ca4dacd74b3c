"""Invented people whom nobody chose: drawn from the population itself, each lot once, after the posterior was finished.

It was changed twice since the first lot was drawn, looking at that lot too: so a second one was drawn, at which nobody
had looked before. Both were looked at, some ten times, while the points were placed on which the posterior now rests.
The third, of other people, was drawn after that. Its figures were made before the posterior was asked, and it was held
against them once: the worst quantile of a concentration was 1.7 % off, all others' below 1 %, every probability within
0.003. Nothing was changed for it. Whoever places points anew should draw a fourth.

None of these had more than four levels, and a posterior lost whoever had no antibodies and several low troughs: no lot
noticed. So a fourth has runs of two to eight troughs, one after the other. It was drawn after that had been mended, and
nothing was changed for it.

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

RUNS, RUNS_SEED = 24, 20261201
"""How many people of the fourth lot there are."""

LIMIT = 1.0


def _somebody(source: Draws) -> Question:
    weeks, count = int(source.integers(4, 10)), int(source.integers(1, 21))
    history = History(Regimen("sc" if source.random() < 1 / 3 else "iv", weeks, count).inputs)
    weight_kg, last = float(source.integers(48, 110)), 7.0 * weeks * (count - 1)
    days = np.sort(np.round(source.uniform(3, last + 7 * weeks, int(source.integers(1, 5))), 2))
    levels = _measured(history, weight_kg, days, source)
    return Question(history, weight_kg, levels, asked=(last + 7 * weeks, last + 56))


def _somebody_with_a_run(source: Draws) -> Question:
    weeks, count = int(source.integers(4, 10)), int(source.integers(6, 16))
    history = History(Regimen("sc" if source.random() < 1 / 3 else "iv", weeks, count).inputs)
    weight_kg, many = float(source.integers(48, 131)), int(source.integers(2, 9))
    days = 7.0 * weeks * np.arange(max(1, count - many), count, dtype=np.float64)
    levels = _measured(history, weight_kg, days, source)
    last = 7.0 * weeks * (count - 1)
    return Question(history, weight_kg, levels, asked=(last + 7 * weeks, last + 56))


def _measured(history: History, weight_kg: float, days: Numbers, source: Draws) -> tuple[Level, ...]:
    measured = _true(history, weight_kg, days, source) * (1 + RESIDUAL * source.normal(size=len(days)))
    return tuple(
        Level(float(day), round(float(c), 2)) if c >= LIMIT else Level(float(day), LIMIT, below=True)
        for day, c in zip(days, measured, strict=True)
    )


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


def _drawn_with_runs() -> Iterator[tuple[str, Question]]:
    source = np.random.default_rng(RUNS_SEED)
    yield from ((f"drawn run {number}", _somebody_with_a_run(source)) for number in range(1, RUNS + 1))


HELD_OUT = dict(_drawn())
WITH_RUNS = dict(_drawn_with_runs())
LAST_LOT = {name: question for name, question in HELD_OUT.items() if name.startswith(LAST)}
