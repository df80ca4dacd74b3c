"""One person's own curve: what the population, this person's levels and antibody tests say together.

Nothing is estimated as a point. A ``Posterior`` holds plausible people with their weights, and every prediction is the
spread over them: the true concentration, without the error of a measurement.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology.antibodies import KINDS, Hypothesis, Kind, hypotheses, probability_of
from natalizumab.pharmacology.carrying import carried
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, History
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.machine_code import prepare
from natalizumab.pharmacology.parameters import check_bounds, check_weight, published
from natalizumab.pharmacology.population import as_numbers
from natalizumab.pharmacology.quadrature import Part, Predictor, parts, predictor
from natalizumab.pharmacology.quantiles import Weighted, weighted_quantiles
from natalizumab.pharmacology.regimen import days_of_whole_doses
from natalizumab.pharmacology.washout import log_concentration, straightened

Numbers = NDArray[np.float64]

VARYING = ("cl", "vp", "vmax")
"""Parameters in which people differ."""

SHARES = (0.05, 0.5, 0.95)
"""What is said of every spread."""

LEAST_PROBABLE = 1e-4
"""Hypotheses about antibodies that are less probable than this beside the likeliest are left out."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Of one of a person's parameters, as a multiple of the typical person's of that weight."""

    mean: float
    p5: float
    p50: float
    p95: float


@dataclass(frozen=True)
class Prediction:
    """The true concentration (mg/L) on each of ``days``; arrays of shape (days,)."""

    days: Numbers
    p5: Numbers
    p50: Numbers
    p95: Numbers
    weighted: tuple[Weighted, ...]
    """Of each day the concentrations of plausible people, on the scale of ``washout``."""

    def at_least(self, target_mg_per_l: float) -> Numbers:
        """The probability (0-1) of a concentration at or above the target on each of the days."""
        check_bounds("target in mg/L", target_mg_per_l, 0.0, LARGEST_CONCENTRATION)
        target = float(straightened(np.asarray(target_mg_per_l)))
        return np.array([one.at_least(target) for one in self.weighted])


@dataclass(frozen=True, slots=True)
class Plan:
    """Days asked about, in the posterior's own history or in another one that goes on from it.

    ``sustained``: antibodies are those that last. A transient kind has gone, and whoever would still get persistent
    ones has them from the start.
    """

    days: tuple[float, ...]
    history: History | None = None
    sustained: bool = False

    def __post_init__(self) -> None:
        if not self.days or not all(math.isfinite(day) for day in self.days):
            raise ModelError("days: give a list of finite numbers of days")


@dataclass(frozen=True, repr=False)
class Posterior:
    """Plausible people of one weight with one history, weighted by how well they fit what was measured.

    ``levels`` are in order of time. ``hypotheses`` about antibodies are all that were thought of; the ``parts`` number
    them, and ``model`` gives the concentrations under each.
    """

    history: History
    weight_kg: float
    levels: tuple[Level, ...]
    hypotheses: tuple[Hypothesis, ...]
    parts: tuple[Part, ...]
    bioavailability: float | None
    model: Predictor

    def __repr__(self) -> str:
        doses = len(self.history.inputs)
        return f"Posterior({self.weight_kg:g} kg, {doses} doses, {len(self.levels)} levels; {len(self.parts)} parts)"

    @cached_property
    def probabilities(self) -> Numbers:
        """Of the hypotheses; they sum to 1."""
        found = np.zeros(len(self.hypotheses))
        for part in self.parts:
            found[part.members] += part.weight.sum() * part.shares
        return found

    @property
    def antibodies(self) -> dict[Kind, float]:
        """The probability of no, transient and persistent antibodies; they sum to 1. Past ones count as well."""
        each = zip(self.probabilities.tolist(), self.hypotheses, strict=True)
        by_kind: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
        for probability, one in each:
            by_kind[one.kind] += probability
        return by_kind

    def antibodies_on(self, day: float) -> float:
        """The probability that there are antibodies on that day."""
        there = (p for p, one in zip(self.probabilities, self.hypotheses, strict=True) if one.there(day))
        return min(1.0, float(sum(there)))  # of many, a sum may lie above by rounding

    def antibodies_arisen(self, day: float) -> float:
        """The probability that there are antibodies on that day, or soon will be after an infusion given by then."""
        arisen = (p for p, one in zip(self.probabilities, self.hypotheses, strict=True) if one.arisen(day))
        return min(1.0, float(sum(arisen)))

    def people(self) -> tuple[Numbers, NDArray[np.int64], Numbers]:
        """Plausible people: effects z (n, 3), the number of each one's hypothesis (n,), weights (n,) that sum to 1."""
        each = [
            (part.effects, np.full(len(part.weight), member), part.weight * share)
            for part in self.parts
            for member, share in zip(part.members, part.shares, strict=True)
        ]
        z, which, weight = (np.concatenate(column) for column in zip(*each, strict=True))
        return z, which, weight

    def unmeasured(self, *, rough: bool = False) -> Posterior:
        """The same person if nothing had been measured; ``rough`` is good to some per cent, in a third of the time."""
        return _posterior(self.history, self.weight_kg, (), (), self.bioavailability, rough)

    def summary(self, name: Literal["cl", "vp", "vmax"]) -> Spread:
        """The spread of one parameter."""
        if name not in VARYING:
            raise ModelError(f"summary: {name!r} is not one of {', '.join(VARYING)}")
        place = VARYING.index(name)
        logs = np.concatenate([part.effects[:, place] for part in self.parts]) * published().omegas[place]
        weight = np.concatenate([part.weight for part in self.parts])
        p5, p50, p95 = np.exp(weighted_quantiles(logs, weight).quantiles(SHARES)).tolist()
        return Spread(float(np.exp(logs) @ weight), p5, p50, p95)

    def predict(self, days: ArrayLike, history: History | None = None, *, sustained: bool = False) -> Prediction:
        """Concentrations on those days; ``Plan`` says what the rest means."""
        wanted = np.atleast_1d(as_numbers(days))
        if wanted.ndim != 1:
            raise ModelError("days: give a list of finite numbers of days")
        return self.predict_each([Plan(tuple(wanted.tolist()), history, sustained)])[0]

    def predict_each(self, plans: Sequence[Plan]) -> list[Prediction]:
        """The same for several plans at once, which takes much less time than one after the other."""
        found = carried([self._model(plan) for plan in plans], [plan.days for plan in plans], self.parts)
        return [_prediction(plan.days, values) for plan, values in zip(plans, found, strict=True)]

    def _model(self, plan: Plan) -> Predictor:
        if plan.history is None and not plan.sustained:
            return self.model
        assumed = [_lasting(one) for one in self.hypotheses] if plan.sustained else self.hypotheses
        return predictor(plan.history or self.history, self.weight_kg, assumed, self.bioavailability)


def _prediction(days: Sequence[float], found: Sequence[Weighted]) -> Prediction:
    quantiles = np.array([one.quantiles(SHARES) for one in found])
    p5, p50, p95 = np.exp(log_concentration(quantiles)).T
    return Prediction(np.asarray(days), p5, p50, p95, tuple(found))


def posterior(
    history: History,
    weight_kg: float,
    levels: Sequence[Level] = (),
    antibody_results: Sequence[AntibodyResult] = (),
    *,
    bioavailability: float | None = None,
) -> Posterior:
    """What a person's levels and antibody tests say of them, who had that history (its antibody periods are replaced).

    Without levels it is the population's spread, for this weight and these doses. Raises ModelError for an absurd
    weight, where no dose was given, and for a level before the first dose.
    """
    return _posterior(history, weight_kg, levels, antibody_results, bioavailability, False)


def _posterior(
    history: History,
    weight_kg: float,
    levels: Sequence[Level],
    antibody_results: Sequence[AntibodyResult],
    bioavailability: float | None,
    rough: bool,
) -> Posterior:
    check_weight(weight_kg)
    dose_days = days_of_whole_doses(history.inputs)
    if not dose_days:
        raise ModelError("posterior: there is no dose, so there is nothing to predict")
    _check_levels(levels, dose_days[0], history)
    prepare("march", "weigh", "carry")
    assumed = hypotheses(dose_days)
    prior = np.array([one.prior * probability_of(antibody_results, one) for one in assumed])
    model = predictor(history, weight_kg, assumed, bioavailability)
    ordered = tuple(sorted(levels, key=lambda level: (level.day, level.mg_per_l, level.below, level.factor)))
    found = parts(model, ordered, np.log(prior / prior.sum()), LEAST_PROBABLE, rough=rough)
    return Posterior(history, weight_kg, ordered, assumed, tuple(found), bioavailability, model)


def _check_levels(levels: Sequence[Level], first_dose: float, history: History) -> None:
    for level in levels:
        if history.start is not None and level.day < history.start.day:
            raise ModelError(
                f"level: {level.mg_per_l:g} mg/L on day {level.day:g} lies before the known start, day "
                f"{history.start.day:g}, and nobody knows what there was then"
            )
        if level.day <= first_dose and history.start is None:
            raise ModelError(
                f"level: {level.mg_per_l:g} mg/L on day {level.day:g} lies before the first dose (day {first_dose:g}), "
                "when there was no drug to measure"
            )


def _lasting(one: Hypothesis) -> Hypothesis:
    if one.kind == "persistent":
        return Hypothesis(one.kind, -1e6, math.inf, one.prior)
    return Hypothesis(one.kind, math.inf, math.inf, one.prior)
