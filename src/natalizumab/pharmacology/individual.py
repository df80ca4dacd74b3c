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
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.parameters import check_weight, published
from natalizumab.pharmacology.quadrature import Nodes, Predictor, log_concentration, nodes, predictor, refined
from natalizumab.pharmacology.quantiles import Weighted, weighted_quantiles

Numbers = NDArray[np.float64]

LEAST_PROBABLE = 1e-4
"""Hypotheses about antibodies that are less probable than this beside the likeliest are left out."""

MOST_DAYS_AT_ONCE = 16
"""So many days are carried to the fine lattice together: more would not fit the memory's caches."""


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

    def at_least(self, target_mg_per_l: float) -> Numbers:
        """The probability (0-1) of a concentration at or above the target on each of the days."""
        return np.array([one.at_least(math.log(target_mg_per_l)) for one in self.weighted])


@dataclass(frozen=True)
class Posterior:
    """Plausible people of one weight with one history, weighted by how well they fit what was measured."""

    history: History
    weight_kg: float
    levels: tuple[Level, ...]
    hypotheses: tuple[Hypothesis, ...]
    nodes: Nodes
    bioavailability: float | None
    """``hypotheses`` are those that were kept, in the order of the first axis of ``nodes``."""

    @cached_property
    def antibodies(self) -> dict[Kind, float]:
        """The probability of no, transient and persistent antibodies; they sum to 1. Past ones count as well."""
        each = self.nodes.probabilities()
        return {
            kind: float(sum(p for p, one in zip(each, self.hypotheses, strict=True) if one.kind == kind))
            for kind in KINDS
        }

    def antibodies_on(self, day: float) -> float:
        """The probability that there are antibodies on that day."""
        each = self.nodes.probabilities()
        return float(sum(p for p, one in zip(each, self.hypotheses, strict=True) if one.there(day)))

    def summary(self, name: Literal["cl", "vp", "vmax"]) -> Spread:
        """The spread of one parameter."""
        place = ("cl", "vp", "vmax").index(name)
        logs = self.nodes.fine_z[..., place].ravel() * published().omegas[place]
        weight = self.nodes.weight.ravel()
        p5, p50, p95 = np.exp(weighted_quantiles(logs, weight).quantiles((0.05, 0.5, 0.95))).tolist()
        return Spread(float(np.exp(logs) @ weight), p5, p50, p95)

    def predict(self, days: ArrayLike, history: History | None = None, *, sustained: bool = False) -> Prediction:
        """Concentrations on those days, of this history or of another one that goes on from it.

        ``sustained``: antibodies are those that last. A transient kind has gone, and whoever would still get
        persistent ones has them from the start.
        """
        wanted = np.atleast_1d(np.asarray(days, dtype=np.float64))
        if wanted.ndim != 1 or not np.isfinite(wanted).all():
            raise ModelError("days: give a list of finite numbers of days")
        assumed = [_lasting(one) for one in self.hypotheses] if sustained else self.hypotheses
        model = predictor(history or self.history, self.weight_kg, assumed, self.bioavailability)
        there = self._straightened(model, wanted)
        found = [self._weighted(there[..., [number]]) for number in range(len(wanted))]
        p5, p50, p95 = np.array([np.exp(one.quantiles((0.05, 0.5, 0.95))) for one in found]).reshape(-1, 3).T
        return Prediction(wanted, p5, p50, p95, tuple(found))

    def prediction_of_also(self, days: ArrayLike) -> Prediction:
        """What was asked for beside the levels when the posterior was made."""
        found = [self._weighted(self.nodes.also[..., [number]]) for number in range(self.nodes.also.shape[-1])]
        p5, p50, p95 = np.array([np.exp(one.quantiles((0.05, 0.5, 0.95))) for one in found]).reshape(-1, 3).T
        return Prediction(np.atleast_1d(np.asarray(days, dtype=np.float64)), p5, p50, p95, tuple(found))

    def _straightened(self, model: Predictor, days: Numbers) -> Numbers:
        which = np.arange(len(self.hypotheses))[:, None, None, None]
        return model.straightened(self.nodes.z, which, days.tolist())

    def _weighted(self, straightened: Numbers) -> Weighted:
        logs = log_concentration(refined(straightened))[..., 0]
        return weighted_quantiles(logs.ravel(), self.nodes.weight.ravel())


def posterior(
    history: History,
    weight_kg: float,
    levels: Sequence[Level] = (),
    antibody_results: Sequence[AntibodyResult] = (),
    *,
    bioavailability: float | None = None,
    also: Sequence[float] = (),
) -> Posterior:
    """What a person's levels and antibody tests say of them, who had that history (its antibody periods are replaced).

    Without levels it is the population's spread, for this weight and these doses. ``also``: days for which
    ``prediction_of_also`` will be asked, cheaper than ``predict`` later. Raises ModelError for an absurd weight, where
    no dose was given, and for a level before the first dose.
    """
    check_weight(weight_kg)
    dose_days = sorted(dose.day for dose in history.inputs if dose.amount_mg > 0)
    if not dose_days:
        raise ModelError("posterior: there is no dose, so there is nothing to predict")
    _check_levels(levels, dose_days[0], history)
    assumed = hypotheses(dose_days)
    prior = np.array([one.prior * probability_of(antibody_results, one) for one in assumed])
    model = predictor(history, weight_kg, assumed, bioavailability)
    found = nodes(model, levels, np.log(prior / prior.sum()), LEAST_PROBABLE, also)
    kept = tuple(assumed[number] for number in found.which)
    return Posterior(history, weight_kg, tuple(levels), kept, found, bioavailability)


def _check_levels(levels: Sequence[Level], first_dose: float, history: History) -> None:
    for level in levels:
        if level.day <= first_dose and history.start is None:
            raise ModelError(
                f"level: {level.mg_per_l:g} mg/L on day {level.day:g} lies before the first dose (day {first_dose:g}), "
                "when there was no drug to measure"
            )


def _lasting(one: Hypothesis) -> Hypothesis:
    if one.kind == "persistent":
        return Hypothesis(one.kind, -1e6, math.inf, one.prior)
    return Hypothesis(one.kind, math.inf, math.inf, one.prior)
