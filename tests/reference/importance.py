"""One person's posterior by importance sampling: slow and plain, and without a line of the package's posterior.

The prior, the residual error and the hypotheses about antibodies are typed out from the published figures. Only
concentrations come from the package, from its solver, which ``test_pharmacology_solver`` holds against SciPy's. Draws
come from a mixture of the prior and of t distributions around the modes, which is adapted before the draws that count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2
from scipy.optimize import minimize
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, multivariate_t, norm

from natalizumab.pharmacology import AntibodyPeriod, History, People, concentrations
from natalizumab.pharmacology.levels import AntibodyResult, Level

Numbers = NDArray[np.float64]
Draws = np.random.Generator

OMEGA = np.sqrt(np.log1p(np.array([0.228, 0.315, 0.26]) ** 2))
"""Of CL, Vp and Vmax: coefficients of variation of 22.8, 31.5 and 26 % (van den Berg 2025, Table 2)."""

RESIDUAL = 0.219
"""Proportional residual error (the same table)."""

SHARES = {"transient": 0.03, "persistent": 0.06}
"""AFFIRM (Calabresi 2007): 3 % and 6 % of the people who start."""

FIRST_POSITIVE = (0.72, 0.18, 0.10)
"""After infusion 1, 2 and 3 (J Neurol 2013), never first after the fourth."""

DELAY, TRANSIENT_UNTIL, CLEARANCE = 14.0, 365.25 / 2, 2.45
"""Days from that infusion to faster clearance, days from the first infusion until it is back to normal, and how many
times as fast it is in between (labels).
"""

SENSITIVITY, SPECIFICITY = 0.95, 0.98

DRAWN, PILOT, ROUNDS, SCAN = 200_000, 6_000, 3, 3_000
CLUSTERS, FROM_PRIOR, LEAST_SHARE = 10, 0.1, 0.01


@dataclass(frozen=True)
class Assumption:
    """Antibodies of a kind from ``start`` to ``end`` (infinite start: they have not come), with a prior probability."""

    kind: str
    start: float
    end: float
    prior: float


@dataclass(frozen=True)
class Question:
    """A person, what was measured, and for which days the concentration is asked.

    ``then`` is a history that goes on from it, and ``asked_then`` are days in it; ``lasting``: in it transient
    antibodies have gone for good, and persistent ones are there from the start.
    """

    history: History
    weight_kg: float
    levels: tuple[Level, ...] = ()
    tests: tuple[AntibodyResult, ...] = ()
    asked: tuple[float, ...] = ()
    bioavailability: float | None = None
    then: History | None = None
    asked_then: tuple[float, ...] = ()
    lasting: bool = False


@dataclass(frozen=True)
class Sample:
    """Weighted draws: ``z`` (n, 3), ``concentration`` on the days asked (n, days), ``weight`` (n,) that sums to 1,
    and the number of the assumption that each of them belongs to.
    """

    assumptions: tuple[Assumption, ...]
    z: Numbers
    concentration: Numbers
    weight: Numbers
    which: NDArray[np.int64] = field(repr=False)

    def effective_size(self) -> float:
        """Kish's effective sample size."""
        return float(1 / (self.weight**2).sum())

    def quantiles(self, values: Numbers) -> list[float]:
        """The 5, 50 and 95 % points of values of the draws."""
        order = np.argsort(values)
        reached = np.cumsum(self.weight[order])
        return [float(values[order][np.searchsorted(reached, share)]) for share in (0.05, 0.5, 0.95)]

    def quantiles_of_days(self) -> list[list[float]]:
        """The same of the concentrations, for each day asked."""
        return [self.quantiles(values) for values in self.concentration.T]

    def effects(self) -> list[list[float]]:
        """The 5, 50 and 95 % points of CL, Vp and Vmax, as multiples of the typical person's."""
        return [self.quantiles(values) for values in np.exp(OMEGA * self.z).T]

    def antibodies_on(self, day: float) -> float:
        """The probability that there are antibodies on that day."""
        each = np.bincount(self.which, self.weight, len(self.assumptions))
        return float(sum(p for p, one in zip(each, self.assumptions, strict=True) if one.start <= day < one.end))

    def at_least(self, target: float) -> list[float]:
        """The probability of a concentration at or above the target on each of the days."""
        return [float(part) for part in self.weight @ (self.concentration >= target)]

    def kinds(self) -> dict[str, float]:
        """The probability of each kind of antibodies."""
        each = np.bincount(self.which, self.weight, len(self.assumptions))
        return {
            kind: float(sum(p for p, one in zip(each, self.assumptions, strict=True) if one.kind == kind))
            for kind in ("none", *SHARES)
        }


def assumptions(dose_days: Sequence[float]) -> tuple[Assumption, ...]:
    """Every kind and onset; what would follow an infusion that was not given has not come."""
    first = min(dose_days)
    found = [Assumption("none", math.inf, math.inf, 1 - sum(SHARES.values()))]
    for kind, share in SHARES.items():
        for place, part in enumerate(FIRST_POSITIVE):
            start = sorted(dose_days)[place] + DELAY if place < len(dose_days) else math.inf
            end = max(start, first + TRANSIENT_UNTIL) if kind == "transient" else math.inf
            found.append(Assumption(kind, start, end, share * part))
    return tuple(found)


class Reference:
    """The posterior of one question, with proposals that have been adapted to it; the seed is that of adapting."""

    def __init__(self, question: Question, seed: int) -> None:
        source = np.random.default_rng(seed)
        self.assumptions = assumptions([dose.day for dose in question.history.inputs])
        self._targets = [_Target(question, one) for one in self.assumptions]
        self._proposals = [_adapted(target, source) for target in self._targets]

    def sample(self, seed: int, drawn: int = DRAWN) -> Sample:
        """So many weighted draws; two seeds give independent samples."""
        source = np.random.default_rng(seed)
        counts = self._counts(drawn)
        parts: list[tuple[Numbers, Numbers, Numbers]] = []
        for target, proposal, count in zip(self._targets, self._proposals, counts, strict=True):
            z = proposal.draw(count, source)
            height, there = target.at(z, predict=True)
            parts.append((z, there, height - proposal.log_density(z) - math.log(count)))
        z, there, log_weight = (np.concatenate(together) for together in zip(*parts, strict=True))
        which = np.repeat(np.arange(len(counts)), counts)
        return Sample(self.assumptions, z, there, np.exp(log_weight - logsumexp(log_weight)), which)

    def _counts(self, drawn: int) -> list[int]:
        """Of each assumption, about as many draws as it is probable, and enough to see that it is not."""
        evidence = np.array([proposal.log_evidence for proposal in self._proposals])
        share = np.maximum(np.exp(evidence - logsumexp(evidence)), LEAST_SHARE)
        counts = np.round(drawn * share / share.sum()).astype(int)
        counts[np.argmax(counts)] += drawn - counts.sum()
        return [int(count) for count in counts]


class _Target:
    """The unnormalised posterior of z (standard normal a priori) under one assumption."""

    def __init__(self, question: Question, assumed: Assumption) -> None:
        self._question, self._assumed = question, assumed
        self._log_prior = math.log(assumed.prior)
        for test in question.tests:
            positive = SENSITIVITY if assumed.start <= test.day < assumed.end else 1 - SPECIFICITY
            self._log_prior += math.log(positive if test.positive else 1 - positive)

    def at(self, z: Numbers, *, predict: bool = False) -> tuple[Numbers, Numbers]:
        """Log density at z, and the concentrations asked for."""
        asked = self._question
        measured = len(asked.levels)
        days = [*(level.day for level in asked.levels), *(asked.asked if predict else ())]
        there = self._concentrations(asked.history, z, days, self._assumed)
        height = self._log_prior + norm.logpdf(z).sum(axis=1)
        for level, c in zip(asked.levels, there.T, strict=False):
            height = height + _log_likelihood(level, c)
        if predict and asked.then is not None:
            assumed = _lasting(self._assumed, asked.then) if asked.lasting else self._assumed
            there = np.column_stack([there, self._concentrations(asked.then, z, asked.asked_then, assumed)])
        return height, there[:, measured:]

    def _concentrations(self, history: History, z: Numbers, days: Sequence[float], assumed: Assumption) -> Numbers:
        if not days:
            return np.empty((len(z), 0))
        if math.isfinite(assumed.start):
            history = history.with_antibodies(AntibodyPeriod(assumed.start, assumed.end, CLEARANCE))
        cl, vp, vmax = np.exp(OMEGA * np.clip(z, -12, 12)).T
        people = People(np.full(len(z), self._question.weight_kg), cl, vp, vmax)
        return concentrations(history, people, days, bioavailability=self._question.bioavailability)


def _lasting(assumed: Assumption, history: History) -> Assumption:
    start = min(dose.day for dose in history.inputs) - 1 if assumed.kind == "persistent" else math.inf
    return Assumption(assumed.kind, start, math.inf, assumed.prior)


def _log_likelihood(level: Level, c: Numbers) -> Numbers:
    c = np.maximum(c, 1e-280)
    read = level.mg_per_l / level.factor
    with np.errstate(over="ignore"):
        if level.below:
            return np.asarray(norm.logcdf((read / c - 1) / RESIDUAL))
        return np.asarray(norm.logpdf((read / c - 1) / RESIDUAL) - np.log(c))


class _Mixture:
    """The prior and t distributions, each with its share."""

    def __init__(self, parts: Sequence[tuple[float, Numbers, Numbers]], freedom: float) -> None:
        self._shares = [FROM_PRIOR, *((1 - FROM_PRIOR) * share for share, _, _ in parts)]
        # SciPy's distributions have types that are narrower than what they take.
        normal, student = cast(Any, multivariate_normal), cast(Any, multivariate_t)
        self._prior = normal(np.zeros(3), np.eye(3))
        self._ts = [student(mean, spread, df=freedom) for _, mean, spread in parts]
        self.log_evidence = -math.inf

    def draw(self, count: int, source: Draws) -> Numbers:
        """So many z, shape (count, 3), in no order."""
        each = source.multinomial(count, self._shares)
        drawn = [np.asarray(self._prior.rvs(each[0], random_state=source)).reshape(-1, 3)]
        drawn += [t.rvs(n, random_state=source).reshape(-1, 3) for t, n in zip(self._ts, each[1:], strict=True) if n]
        return np.asarray(source.permutation(np.concatenate(drawn)))

    def log_density(self, z: Numbers) -> Numbers:
        """Of the whole mixture, shape (n,)."""
        each = [np.atleast_1d(one.logpdf(z)) for one in (self._prior, *self._ts)]
        return np.asarray(logsumexp(each, axis=0, b=np.array(self._shares)[:, None]))


def _adapted(target: _Target, source: Draws) -> _Mixture:
    """A mixture that resembles the target: around its modes first, then where the draws found weight."""
    found = _modes(target, source)
    mixture = _Mixture([(1 / len(found), mode, spread) for mode, spread in found], 4)
    for _ in range(ROUNDS):
        z = mixture.draw(PILOT, source)
        log_weight = target.at(z)[0] - mixture.log_density(z)
        evidence = float(logsumexp(log_weight)) - math.log(PILOT)
        weight = np.exp(log_weight - logsumexp(log_weight))
        mixture = _Mixture(_clusters(z[source.choice(PILOT, PILOT, p=weight)], source), 8)
        mixture.log_evidence = evidence
    return mixture


def _clusters(z: Numbers, source: Draws) -> list[tuple[float, Numbers, Numbers]]:
    """Share, mean and spread of each of a few heaps of equally weighted draws."""
    whole = np.cov(z.T) + 1e-6 * np.eye(3)
    scale = np.linalg.cholesky(np.linalg.inv(whole))
    distinct = len(np.unique(z, axis=0))
    _, place = kmeans2(z @ scale, min(CLUSTERS, max(1, distinct // 20)), minit="++", seed=source)
    heaps = [z[place == number] for number in np.unique(place)]
    return [
        (len(heap) / len(z), heap.mean(axis=0), 1.2 * (np.cov(heap.T) if len(heap) > 30 else 0) + 0.05 * whole)
        for heap in heaps
    ]


def _modes(target: _Target, source: Draws) -> list[tuple[Numbers, Numbers]]:
    """Up to three places where the density is highest, each with the inverse of the curvature there."""
    scan = np.concatenate([source.normal(size=(SCAN // 2, 3)), 4 * source.normal(size=(SCAN // 2, 3))])
    heights = target.at(scan)[0]
    starts: list[Numbers] = []
    for z in scan[np.argsort(-heights)]:
        if len(starts) < 3 and all(np.linalg.norm(z - other) > 2 for other in starts):
            starts.append(z)
    found = [_polished(target, start) for start in starts]
    best = max(height for height, _, _ in found)
    return [(mode, spread) for height, mode, spread in found if height > best - 12]


def _polished(target: _Target, start: Numbers) -> tuple[float, Numbers, Numbers]:
    options = {"xatol": 0.05, "fatol": 0.05}
    search = cast(Any, minimize)
    solved = search(lambda z: -float(target.at(z[None])[0][0]), start, method="Nelder-Mead", options=options)
    h = 0.05 * np.eye(3)
    mode = np.asarray(solved.x)
    corners = [mode + s * a + t * b for a in h for b in h for s in (1, -1) for t in (1, -1)]
    signs = np.array([s * t for _ in range(9) for s in (1, -1) for t in (1, -1)])
    curvature = -(target.at(np.array(corners))[0] * signs).reshape(3, 3, 4).sum(axis=2) / (4 * 0.05**2)
    strength, direction = np.linalg.eigh(curvature)
    return -float(solved.fun), mode, (direction / strength.clip(0.5, 1e4)) @ direction.T
