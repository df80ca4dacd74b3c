"""The hidden antibodies: is a stated 80 % right about 80 % of the time?

Many people are drawn from the prior, nine in a hundred of whom get antibodies. Each has had 1 to 6 infusions, 4 weeks
apart, and one level 4 weeks after the last of them; a third are tested for antibodies on that day. Of most people the
level says that there are none. So only those with a low level are looked at: choosing people by what was measured,
which the posterior knows too, leaves a right posterior right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.antibodies import Hypothesis, hypotheses
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import posterior
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.population import draw
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.schedule import schedule
from natalizumab.pharmacology.solver import solve
from natalizumab.pharmacology.validation.chance import chi_square_p, exact_interval
from natalizumab.pharmacology.validation.invented import drawn_test
from natalizumab.pharmacology.validation.parallel import Progress, each

Numbers = NDArray[np.float64]

MOST_DOSES, WEEKS, TESTED, FARTHEST = 6, 4, 1 / 3, 4.0

LOW_MG_PER_L = 6.0
"""Levels below this are looked at."""

EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Of the bins of stated probability; one of them has 80 % in its middle."""

LEAST_P = 0.01


@dataclass(frozen=True, slots=True)
class Bin:
    """People to whom a probability from ``low`` to ``high`` was stated, and how many of them had antibodies."""

    low: float
    high: float
    people: int
    stated: float
    antibodies: int

    @property
    def observed(self) -> float:
        """The share that had antibodies."""
        return self.antibodies / self.people

    @property
    def interval(self) -> tuple[float, float]:
        """What that share would be for endless people, 95 % sure."""
        return exact_interval(self.antibodies, self.people)


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """One number per person: the ``stated`` probability of antibodies on the day of the level, and whether they were
    ``there``; ``drawn`` is among how many people these were the ones with low levels.
    """

    stated: Numbers
    there: NDArray[np.bool_]
    drawn: int

    @property
    def bins(self) -> list[Bin]:
        """Those that have anybody in them."""
        which = np.digitize(self.stated, EDGES[1:-1])
        members = [which == number for number in range(len(EDGES) - 1)]
        return [
            Bin(low, high, int(inside.sum()), float(self.stated[inside].mean()), int(self.there[inside].sum()))
            for low, high, inside in zip(EDGES, EDGES[1:], members, strict=False)
            if inside.any()
        ]

    @property
    def p_value(self) -> float:
        """How often chance alone moves the observed shares so far from the stated ones (chi-square over the bins)."""
        which = np.digitize(self.stated, EDGES[1:-1])
        terms = [self._term(which == number) for number in np.unique(which)]
        return chi_square_p(sum(terms), len(terms))

    @property
    def passed(self) -> bool:
        """Whether what is stated is what is seen."""
        return self.p_value >= LEAST_P

    def _term(self, inside: NDArray[np.bool_]) -> float:
        stated, there = self.stated[inside], self.there[inside]
        return float((there.sum() - stated.sum()) ** 2 / (stated * (1 - stated)).sum())


@dataclass(frozen=True, slots=True)
class _Early:
    """Somebody with a low early level."""

    history: History
    weight_kg: float
    level: Level
    tests: tuple[AntibodyResult, ...]
    truth: Hypothesis


def reliability(drawn: int, most: int, seed: int, workers: int = 1, progress: Progress | None = None) -> Reliability:
    """Draw people, and ask the posterior of the first ``most`` with a low level for their antibodies."""
    found = _low(drawn, seed, workers)[:most]
    stated = each(_stated, found, workers, "hidden antibodies", progress)
    there = np.array([one.truth.there(one.level.day) for one in found])
    return Reliability(np.array(stated), there, drawn)


def _stated(one: _Early) -> float:
    known = posterior(one.history, one.weight_kg, [one.level], one.tests)
    return known.antibodies_on(one.level.day)


def _low(drawn: int, seed: int, workers: int) -> list[_Early]:
    people, source = draw(drawn, seed), np.random.default_rng([seed, drawn])
    regimens = [Regimen("iv", WEEKS, doses) for doses in range(1, MOST_DOSES + 1)]
    assumed = [hypotheses([dose.day for dose in regimen.inputs]) for regimen in regimens]
    given = source.integers(0, len(regimens), drawn)
    priors = [one.prior for one in assumed[0]]  # the same after any number of doses
    truths = source.choice(len(priors), drawn, p=priors)
    histories = [History(regimen.inputs) for regimen in regimens]
    changes = schedule([one.applied(history) for history, row in zip(histories, assumed, strict=True) for one in row])
    days = np.array([regimen.last_interval[1] for regimen in regimens])[given]
    there = solve(changes.of(given * len(priors) + truths), people, days[:, None], workers=workers).concentration[:, 0]
    error = residual_error() * source.standard_normal(drawn).clip(-FARTHEST, FARTHEST)
    measured = there * (1 + error)
    return [
        _Early(
            history=histories[given[who]],
            weight_kg=float(people.weight_kg[who]),
            level=Level(float(days[who]), float(measured[who])),
            tests=_tests(source, float(days[who]), assumed[given[who]][truths[who]]),
            truth=assumed[given[who]][truths[who]],
        )
        for who in np.flatnonzero(measured < LOW_MG_PER_L)
    ]


def _tests(source: np.random.Generator, day: float, truth: Hypothesis) -> tuple[AntibodyResult, ...]:
    return (drawn_test(source, day, truth),) if source.random() < TESTED else ()
