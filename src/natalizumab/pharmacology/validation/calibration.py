"""Simulation-based calibration: is the posterior as sure as it may be?

People are drawn from the prior, measured with error, and the posterior is asked for their next trough. Where the truth
lies among what it thought possible, its rank, must be spread evenly from 0 to 1, and its 90 % band must hold nine
truths in ten (Talts and others, arXiv 1804.06788). The prior is right by construction, so this judges the arithmetic
of the posterior, not the model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.individual import posterior
from natalizumab.pharmacology.validation.chance import chi_square_p, exact_interval
from natalizumab.pharmacology.validation.invented import Invented, invent
from natalizumab.pharmacology.validation.parallel import Progress, each

Numbers = NDArray[np.float64]

BINS = 20
STATED = 0.9
"""What the bands say that they hold."""

AROUND, OF_PEOPLE = 0.03, 1000
"""The bands of 1,000 people must hold this share of the truths more or less than stated, which is three standard
deviations of chance; those of fewer or more people as many standard deviations."""

LEAST_P = 0.01
"""A spread of ranks so uneven that chance alone gives it less often than this is a failure."""

LEAST_MG_PER_L = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """One number per person: the truth's ``rank`` (0-1), whether the 90 % band ``held`` it, and whether one of the
    levels was ``below`` the limit of quantification.
    """

    rank: Numbers
    held: NDArray[np.bool_]
    below: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rank)

    @property
    def counts(self) -> NDArray[np.int64]:
        """Ranks in each of the bins."""
        return np.histogram(self.rank, bins=BINS, range=(0, 1))[0].astype(np.int64)

    @property
    def chi_square(self) -> float:
        """Of the bins, which chance alone would make equal."""
        expected = len(self) / BINS
        return float(((self.counts - expected) ** 2).sum() / expected)

    @property
    def p_value(self) -> float:
        """How often chance alone spreads even ranks so unevenly."""
        return chi_square_p(self.chi_square, BINS - 1)

    @property
    def coverage(self) -> float:
        """The share of truths that the 90 % bands held."""
        return float(self.held.mean())

    @property
    def coverage_interval(self) -> tuple[float, float]:
        """What that share would be for endless people, 95 % sure."""
        return exact_interval(int(self.held.sum()), len(self))

    @property
    def accepted(self) -> tuple[float, float]:
        """Between which shares the coverage of so many people must lie."""
        around = AROUND * math.sqrt(OF_PEOPLE / len(self))
        return STATED - around, min(1.0, STATED + around)

    @property
    def even(self) -> bool:
        """Whether the ranks are spread as evenly as chance lets them be."""
        return self.p_value >= LEAST_P

    @property
    def covered(self) -> bool:
        """Whether the bands hold what they say."""
        return self.accepted[0] <= self.coverage <= self.accepted[1]

    @property
    def passed(self) -> bool:
        """Whether ranks and bands are as they must be."""
        return self.even and self.covered


def calibrate(count: int, seed: int, workers: int = 1, progress: Progress | None = None) -> Calibration:
    """Ask the posterior of so many invented people for their next troughs."""
    people = invent(count, seed)
    found = each(_asked, people, workers, "calibration", progress)
    rank, held = (np.array(part) for part in zip(*found, strict=True))
    return Calibration(rank, held, np.array([any(level.below for level in one.levels) for one in people]))


def _asked(one: Invented) -> tuple[float, bool]:
    known = posterior(one.history, one.weight_kg, one.levels, one.tests)
    predicted = known.predict([one.next_day])
    truth = max(one.next_trough, LEAST_MG_PER_L)
    rank = 1 - float(predicted.at_least(truth)[0])
    return rank, bool(predicted.p5[0] <= truth <= predicted.p95[0])
