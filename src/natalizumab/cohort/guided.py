"""Dosing by measured levels: which interval a clinic would choose for each of many people.

Two troughs are measured at the end of the run-in, with the assay's error. What they say of a person is that person's
posterior, by importance sampling: the same few hundred bodies, spread evenly over the published population, stand for
anybody of about that weight, each weighted by how well it explains both troughs. The interval is the longest at which
the trough kept up stays at or above the target with the probability that was asked for, and the shortest where there is
none. Unlike ``natalizumab dose`` it takes doses to have come on their days, and does not think of antibodies: a trough
that is low because of them leads to the shortest interval, as any low one does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, Input, People, Regimen, concentrations
from natalizumab.pharmacology.evenly import evenly
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Route

Numbers = NDArray[np.float64]

BODIES, KG = 512, 5.0
"""So many bodies stand for anybody whose weight is nearest to a multiple of so many kg."""

KEPT_UP = 10
"""Doses after which an interval is taken to have been kept up."""


@dataclass(frozen=True, slots=True)
class Guided:
    """Keep the trough at or above ``target_mg_per_l`` with a probability, at intervals of whole weeks. ModelError for
    what can't be.
    """

    target_mg_per_l: float
    least_weeks: int = 4
    most_weeks: int = 6
    probability: float = 0.9

    def __post_init__(self) -> None:
        if not 0 < self.target_mg_per_l <= 100:
            raise ModelError(f"guided: a target of {self.target_mg_per_l:g} mg/L is outside 0 to 100 mg/L")
        if not 2 <= self.least_weeks <= self.most_weeks <= 12:
            raise ModelError("guided: least_weeks and most_weeks must be from 2 to 12, the least first")
        if not 0 < self.probability < 1:
            raise ModelError(f"guided: a probability of {self.probability:g} is not between 0 and 1")

    @property
    def weeks(self) -> range:
        """The intervals that are thought of."""
        return range(self.least_weeks, self.most_weeks + 1)


def chosen_weeks(guided: Guided, troughs: Numbers, kg: Numbers, doses: int, route: Route, mg: float) -> Numbers:
    """The interval of each person (people,), from measured troughs (people, 2) before the last two of so many 4-weekly
    infusions of the run-in.
    """
    found = np.empty(len(kg))
    nearest = np.rint(kg / KG) * KG
    for weight in np.unique(nearest):
        rows = np.flatnonzero(nearest == weight)
        measured, kept_up = _bank(guided.weeks.start, guided.weeks.stop, float(weight), doses, route, mg)
        share = _posterior(troughs[rows], measured)
        enough = share @ (kept_up >= guided.target_mg_per_l) >= guided.probability
        longest = np.where(enough, np.array(guided.weeks), 0).max(axis=1)
        found[rows] = np.maximum(longest, guided.least_weeks)
    return found


def _posterior(troughs: Numbers, measured: Numbers) -> Numbers:
    """The share of each body (people, bodies), from what each would have (bodies, 2)."""
    sigma = residual_error()
    scaled = (troughs[:, None, :] / measured - 1) / sigma
    log = (-np.log(measured) - 0.5 * scaled**2).sum(axis=2)
    share = np.exp(log - log.max(axis=1, keepdims=True))
    return np.asarray(share / share.sum(axis=1, keepdims=True))


@cache
def _bank(first: int, last: int, kg: float, doses: int, route: Route, mg: float) -> tuple[Numbers, Numbers]:
    """Of each body: the troughs before the last two run-in doses (bodies, 2), and those kept up (bodies, intervals)."""
    z = evenly(BODIES)
    cl, vp, vmax = np.exp(z * published().omegas).T
    people = People(np.full(len(z), kg), cl, vp, vmax)
    run_in = Regimen("iv", 4, doses)
    days = [one.day for one in run_in.inputs[-2:]]
    measured = concentrations(History(run_in.inputs), people, days)
    kept_up = []
    for weeks in range(first, last):
        inputs = tuple(Input(number * weeks * DAYS_PER_WEEK, mg, route) for number in range(KEPT_UP))
        kept_up.append(concentrations(History(inputs), people, [KEPT_UP * weeks * DAYS_PER_WEEK])[:, 0])
    least = math.ulp(1.0)  # so that there is a logarithm
    return np.maximum(measured, least), np.column_stack(kept_up)
