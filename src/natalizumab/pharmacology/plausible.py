"""Plausible people with one person's history: what their levels could be, before and after some have been measured.

A cloud of weighted people stands for the published population and for the hypotheses about antibodies. It needs one
solution, and from then on every question about that person's levels is a weighted sum. It is coarser than the posterior
of ``individual``, and independent of it; for judging many levels together its accuracy is ample.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from natalizumab.evidence import value
from natalizumab.pharmacology.antibodies import Hypothesis, hypotheses, probability_of
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.quadrature import Predictor, log_concentration, modes, predictor
from natalizumab.pharmacology.regimen import days_of_whole_doses
from natalizumab.pharmacology.solver import concentrations

Numbers = NDArray[np.float64]

FEWEST, MOST = 1024, 4096
"""So many people stand for the likeliest hypothesis about antibodies at first, and at most."""

SHARE_OF_OTHERS = 4
"""For each of the others, by so much fewer."""

ENOUGH, GROWTH = 100.0, 4
"""The cloud grows until the people that all levels leave count for so many equal ones."""

READINGS, WIDENED = (0.7, 1.0, 1.4), 1.4
"""Half of the people are drawn like the population, the others around those whom the levels make most probable if the
assay reads so many times as high as was thought; so many times as far apart, so that none is missed."""

SAME = 0.01
"""Hypotheses that change the typical person's concentrations by less than this share are one."""

LEAST_MG_PER_L = 1e-12
"""Below this there is nothing to measure, and a ratio still has a value."""

SURE = 1e-12
"""A score stops at this distance from certainty, about seven standard deviations out."""

FARTHEST = 1e3
"""Residual errors; so far out a density is nought."""


class Treated(Protocol):
    """What has to be known of a person: a ``Patient``, say."""

    @property
    def history(self) -> History: ...
    @property
    def weight_kg(self) -> float: ...
    @property
    def antibody_results(self) -> Sequence[AntibodyResult]: ...


@dataclass(frozen=True, slots=True)
class Scores:
    """Normalised errors, each of shape (levels,): standard normal numbers, if the model is true.

    Where a level is ``below`` the limit, only that its number is less than ``number`` is known.
    """

    number: Numbers
    below: NDArray[np.bool_]

    def only(self, those: NDArray[np.bool_]) -> Scores:
        """Some of them."""
        return Scores(self.number[those], self.below[those])

    @property
    def mean(self) -> Numbers:
        """The numbers, or what they are on average where only the limit is known."""
        smaller = -np.exp(-0.5 * self.number**2) / math.sqrt(2 * math.pi) / ndtr(self.number)
        return np.asarray(np.where(self.below, smaller, self.number))


@dataclass(frozen=True, slots=True)
class Cloud:
    """``concentration`` (mg/L) of shape (people, levels), the levels in order of time; ``prior`` of shape (people,)
    sums to 1. The assay reads ``factor`` times as high as its levels' own factors say.
    """

    levels: tuple[Level, ...]
    concentration: Numbers
    prior: Numbers
    factor: float = 1.0

    def only(self, places: Sequence[int]) -> Cloud:
        """The same people with some of the levels."""
        kept = tuple(self.levels[place] for place in places)
        return replace(self, levels=kept, concentration=self.concentration[:, list(places)])

    def read_as(self, factor: float) -> Cloud:
        """The same where the assay reads ``factor`` times as high as was thought."""
        return replace(self, factor=self.factor * factor)

    def mean(self) -> Numbers:
        """The expected concentration at each level, from weight and doses alone."""
        return np.asarray(self.prior @ self.concentration)

    def quantiles(self, shares: Sequence[float]) -> Numbers:
        """Of the concentration at each level, from weight and doses alone; shape (shares, levels)."""
        order = np.argsort(self.concentration, axis=0)
        ranked = np.take_along_axis(self.concentration, order, axis=0)
        below = np.cumsum(self.prior[order], axis=0)
        places = [(below < share).sum(axis=0).clip(max=len(ranked) - 1) for share in shares]
        return np.array([np.take_along_axis(ranked, place[None], axis=0)[0] for place in places])

    def below(self, limits_mg_per_l: Numbers) -> Numbers:
        """The probability that each level would be measured below its limit, from weight and doses alone."""
        return np.asarray(self.prior @ ndtr(_scaled(self.concentration, limits_mg_per_l)))

    def mean_after_earlier(self) -> Numbers:
        """The expected concentration at each level, given the levels before it; the first is that of ``mean``."""
        return np.asarray((self._given_earlier() * self.concentration).sum(axis=0))

    def scores(self) -> Scores:
        """The normalised error of each level: which place it takes among the levels that were to be expected after the
        earlier ones, as a standard normal number. If the model is true they are independent, also within a person.
        """
        place = (self._given_earlier() * ndtr(_scaled(self.concentration, self._measured()))).sum(axis=0)
        below = np.array([level.below for level in self.levels])
        return Scores(np.asarray(ndtri(place.clip(SURE, 1 - SURE))), below)

    def log_evidence(self, factors: Numbers) -> Numbers:
        """The log probability of all levels together, where the assay reads each of the factors times as high."""
        quantified = sum(not level.below for level in self.levels)
        each = (self.read_as(factor)._log_probability().sum(axis=1) for factor in factors.tolist())
        found = np.array([_log_mean(one, self.prior) for one in each])
        return np.asarray(found - quantified * np.log(factors))

    def left(self) -> float:
        """For how many equal people those count that all the levels leave (Kish's effective number)."""
        together = np.log(self.prior) + self._log_probability().sum(axis=1)
        weight = np.exp(together - together.max())
        return float(weight.sum() ** 2 / (weight**2).sum())

    def _measured(self) -> Numbers:
        """The levels on the model's scale."""
        return np.array([level.on_the_models_scale / self.factor for level in self.levels])

    def _given_earlier(self) -> Numbers:
        """The weight of each of the people once the levels before each level are known; columns sum to 1."""
        earlier = np.cumsum(self._log_probability(), axis=1)[:, :-1]
        earlier = np.concatenate([np.zeros((len(self.prior), 1)), earlier], axis=1)
        weight = self.prior[:, None] * np.exp(earlier - earlier.max(axis=0))
        return np.asarray(weight / weight.sum(axis=0))

    def _log_probability(self) -> Numbers:
        """Of each level for each of the people, mistakes included: of a density, or below the limit a probability."""
        measured, below = self._measured(), np.array([level.below for level in self.levels])
        scaled = _scaled(self.concentration, measured)
        width = residual_error() * np.maximum(self.concentration, LEAST_MG_PER_L) * math.sqrt(2 * math.pi)
        right = np.exp(-0.5 * np.minimum(np.abs(scaled), FARTHEST) ** 2) / width
        right[:, below] = ndtr(scaled[:, below])
        mistakes = float(value("evaluation.mistakes").value) / 100
        anything = np.where(below, _mistaken_below(measured * self.factor), _mistaken(measured))
        return np.asarray(np.log(mistakes * anything + (1 - mistakes) * right))


def cloud(person: Treated, levels: Sequence[Level], bioavailability: float | None = None) -> Cloud:
    """Plausible people with that person's history, weight and antibody results, at those levels in order of time."""
    assumed = _different(person, levels, bioavailability)
    size = FEWEST
    found = _cloud(person, levels, assumed, size, bioavailability)
    while found.left() < ENOUGH and size < MOST:
        size *= GROWTH
        found = _cloud(person, levels, assumed, size, bioavailability)
    return found


def _cloud(
    person: Treated, levels: Sequence[Level], assumed: Sequence[Hypothesis], size: int, bioavailability: float | None
) -> Cloud:
    model = predictor(person.history, person.weight_kg, assumed, bioavailability)
    effects, which, prior = [], [], []
    for place, (hypothesis, around) in enumerate(zip(assumed, _around(model, levels, assumed), strict=True)):
        drawn, weight = _drawn(size if place == 0 else size // SHARE_OF_OTHERS, around)
        effects.append(drawn)
        which.append(np.full(len(drawn), place))
        prior.append(hypothesis.prior * weight)
    days = [level.day for level in levels]
    there = log_concentration(model.straightened(np.concatenate(effects), np.concatenate(which), days))
    weights = np.concatenate(prior)
    return Cloud(tuple(levels), np.exp(there), weights / weights.sum())


def _around(
    model: Predictor, levels: Sequence[Level], assumed: Sequence[Hypothesis]
) -> list[list[tuple[Numbers, Numbers]]]:
    """For each hypothesis, normal distributions around the most probable effects: means, and roots of covariances."""
    flat = np.zeros(len(assumed))
    found: list[list[tuple[Numbers, Numbers]]] = [[] for _ in assumed]
    for reading in READINGS:
        read = [replace(level, factor=level.factor * reading) for level in levels]
        means, information, _ = modes(model, read, flat)
        roots = WIDENED * np.linalg.cholesky(np.linalg.inv(information))
        for place, normal in enumerate(zip(means, roots, strict=True)):
            found[place].append(normal)
    return found


def _drawn(size: int, around: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """Effects (people, 3) and the weights, which sum to 1, with which they stand for the population."""
    each = size // (2 * len(around))
    normals = [(np.zeros(3), np.eye(3), size // 2), *((mean, root, each) for mean, root in around)]
    effects = np.concatenate([mean + _effects(count) @ root.T for mean, root, count in normals])
    density = sum(count * _normal_density(effects, mean, root) for mean, root, count in normals)
    weight = _normal_density(effects, np.zeros(3), np.eye(3)) / density
    return effects, np.asarray(weight / weight.sum())


def _normal_density(effects: Numbers, mean: Numbers, root: Numbers) -> Numbers:
    """But for a constant."""
    scaled = np.linalg.solve(root, (effects - mean).T)
    return np.asarray(np.exp(-0.5 * (scaled**2).sum(axis=0)) / abs(np.linalg.det(root)))


def _different(person: Treated, levels: Sequence[Level], bioavailability: float | None) -> list[Hypothesis]:
    """The hypotheses as the antibody results leave them, the likeliest first; those that make no difference as one."""
    assumed = [
        replace(one, prior=one.prior * probability_of(person.antibody_results, one))
        for one in hypotheses(days_of_whole_doses(person.history.inputs))
    ]
    assumed.sort(key=lambda one: -one.prior)
    histories = [one.applied(person.history) for one in assumed]
    people = _alike(len(assumed), person.weight_kg)
    days = [level.day for level in levels]
    there = concentrations(histories, people, days, bioavailability=bioavailability)
    found: list[tuple[Hypothesis, Numbers]] = []
    for one, its in zip(assumed, np.maximum(there, LEAST_MG_PER_L), strict=True):
        alike = (n for n, (_, other) in enumerate(found) if (np.abs(its / other - 1) < SAME).all())
        place = next(alike, None)
        if place is None:
            found.append((one, its))
        else:
            kept, other = found[place]
            found[place] = (replace(kept, prior=kept.prior + one.prior), other)
    return [one for one, _ in found]


def _alike(count: int, weight_kg: float) -> People:
    return People(np.full(count, weight_kg), np.ones(count), np.ones(count), np.ones(count))


@cache
def _effects(count: int) -> Numbers:
    """Standard normal effects, shape (count, 3), spread more evenly than chance: multiples of powers of the root of
    x^4 = x + 1, the golden ratio's kin in three dimensions, modulo 1.
    """
    root = max(np.roots([1, 0, 0, -1, -1]).real)
    steps = root ** -np.arange(1.0, 4.0)
    effects: Numbers = ndtri((0.5 + np.arange(1, count + 1)[:, None] * steps) % 1)
    return effects


def _log_mean(logarithms: Numbers, weight: Numbers) -> float:
    """The logarithm of the weighted sum of what those are the logarithms of."""
    highest = logarithms.max()
    return float(highest + np.log(weight @ np.exp(logarithms - highest)))


def _scaled(concentration: Numbers, measured: Numbers) -> Numbers:
    """How far each measured level lies above what the people have, in residual errors."""
    relative = measured / np.maximum(concentration, LEAST_MG_PER_L)
    return np.asarray((relative - 1) / residual_error())


def _mistaken(measured: Numbers) -> Numbers:
    """The density of a level that is a mistake: anything, evenly in its logarithm."""
    low, high = _range_of_mistakes()
    return np.asarray(1 / (measured * math.log(high / low)))


def _mistaken_below(limits: Numbers) -> Numbers:
    """The probability that it lies below the limit, as the laboratory states that."""
    low, high = _range_of_mistakes()
    return np.asarray(np.log(np.clip(limits, low, high) / low) / math.log(high / low))


def _range_of_mistakes() -> tuple[float, float]:
    low, high = map(float, value("evaluation.mistakes_between").value)
    return low, high
