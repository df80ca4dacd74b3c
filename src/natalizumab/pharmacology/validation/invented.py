"""Invented people whose antibodies are hidden from the posterior: drawn from exactly what it believes beforehand.

Half get infusions every 4 weeks, two in ten every 6 weeks, two in ten every 8 weeks, one in ten 4-weekly doses under
the skin; there are 1 to 13 doses. One to three levels are taken, just before a dose or in the middle of an interval;
of one person in three, up to eight just before the latest doses, one after the other. Each has the residual error, and
an assay that reads nothing below its limit. One person in four also has an antibody test, which may be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from natalizumab.pharmacology.antibodies import Hypothesis, hypotheses, probability_of
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.population import draw
from natalizumab.pharmacology.regimen import Regimen, Route
from natalizumab.pharmacology.solver import concentrations

REGIMENS: tuple[tuple[Route, int], ...] = (("iv", 4), ("iv", 6), ("iv", 8), ("sc", 4))
REGIMEN_SHARES = (0.5, 0.2, 0.2, 0.1)
MOST_DOSES, MOST_APART, TESTED = 13, 3, 0.25

IN_A_RUN, MOST_IN_A_ROW = 1 / 3, 8
"""The share of people who are measured before dose after dose, and the most of such levels: many low ones together may
be a body as well as antibodies.
"""

LIMITS_MG_PER_L = (0.1, 1.0, 5.0)
"""Limits of quantification, equally common. The last is coarser than any real assay's, so that enough levels fall
below it to show whether such levels are read rightly."""


@dataclass(frozen=True, slots=True)
class Invented:
    """``history`` says nothing of antibodies, ``truth`` does. ``next_day`` is that of the next dose; ``next_trough``
    (mg/L) what is truly in the blood just before it.
    """

    history: History
    weight_kg: float
    levels: tuple[Level, ...]
    tests: tuple[AntibodyResult, ...]
    truth: Hypothesis
    next_day: float
    next_trough: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """What happens to somebody, before the solver says what is in their blood."""

    history: History
    truth: Hypothesis
    sample_days: tuple[float, ...]
    errors: tuple[float, ...]
    limit: float
    tests: tuple[AntibodyResult, ...]
    next_day: float


def invent(count: int, seed: int) -> list[Invented]:
    """So many people. The n-th does not depend on how many are drawn."""
    people = draw(count, seed)
    plans = [_plan(np.random.default_rng([seed, number])) for number in range(count)]
    histories = [plan.truth.applied(plan.history) for plan in plans]
    # Rows of one length: the next trough also fills the places of levels that were not taken.
    days = np.array([[plan.next_day] * (MOST_IN_A_ROW + 1) for plan in plans])
    for row, plan in zip(days, plans, strict=True):
        row[: len(plan.sample_days)] = plan.sample_days
    there = concentrations(histories, people, days)
    weights = people.weight_kg.tolist()
    return [_measured(plan, kg, row) for plan, kg, row in zip(plans, weights, there.tolist(), strict=True)]


def drawn_truth(source: np.random.Generator, dose_days: list[float]) -> Hypothesis:
    """Who has antibodies, of which kind and from when, as often as the prior says."""
    assumed = hypotheses(dose_days)
    return assumed[int(source.choice(len(assumed), p=[one.prior for one in assumed]))]


def drawn_test(source: np.random.Generator, day: float, truth: Hypothesis) -> AntibodyResult:
    """A test on that day, wrong as often as such tests are."""
    positive = AntibodyResult(day, positive=True)
    return AntibodyResult(day, positive=bool(source.random() < probability_of([positive], truth)))


def _plan(source: np.random.Generator) -> _Plan:
    route, weeks = REGIMENS[int(source.choice(len(REGIMENS), p=REGIMEN_SHARES))]
    regimen = Regimen(route, weeks, int(source.integers(1, MOST_DOSES + 1)))
    dose_days = [dose.day for dose in regimen.inputs]
    next_day = regimen.last_interval[1]
    truth = drawn_truth(source, dose_days)
    chosen = _sample_days(source, dose_days, next_day)
    tested = source.random() < TESTED
    return _Plan(
        history=History(regimen.inputs),
        truth=truth,
        sample_days=chosen,
        errors=tuple(source.standard_normal(len(chosen)).tolist()),
        limit=float(source.choice(LIMITS_MG_PER_L)),
        tests=(drawn_test(source, chosen[-1], truth),) if tested else (),
        next_day=next_day,
    )


def _sample_days(source: np.random.Generator, dose_days: list[float], next_day: float) -> tuple[float, ...]:
    if len(dose_days) > 1 and source.random() < IN_A_RUN:
        return tuple(dose_days[1:][-int(source.integers(1, MOST_IN_A_ROW + 1)) :])
    possible = list(_possible_days(dose_days, next_day))
    wanted = min(int(source.integers(1, MOST_APART + 1)), len(possible))
    return tuple(sorted(source.choice(possible, wanted, replace=False).tolist()))


def _possible_days(dose_days: list[float], next_day: float) -> Iterator[float]:
    """Just before each dose but the first, and in the middle of each interval."""
    yield from dose_days[1:]
    for day, later in zip(dose_days, [*dose_days[1:], next_day], strict=True):
        yield (day + later) / 2


def _measured(plan: _Plan, weight_kg: float, there: list[float]) -> Invented:
    *levels, next_trough = there
    read = [
        level * (1 + residual_error() * error)
        for level, error in zip(levels[: len(plan.errors)], plan.errors, strict=True)
    ]
    return Invented(
        history=plan.history,
        weight_kg=weight_kg,
        levels=tuple(_level(day, level, plan.limit) for day, level in zip(plan.sample_days, read, strict=True)),
        tests=plan.tests,
        truth=plan.truth,
        next_day=plan.next_day,
        next_trough=next_trough,
    )


def _level(day: float, read: float, limit: float) -> Level:
    return Level(day, limit, below=True) if read < limit else Level(day, read)
