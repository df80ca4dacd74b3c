"""Who the virtual people of a trial are: shares and spreads, from the evidence or from the trial's own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model import Block
from natalizumab.disease.model.bodies import ages, weights
from natalizumab.disease.model.chance import exponential, keys, uniform
from natalizumab.disease.model.processes import DAYS_PER_YEAR
from natalizumab.errors import ModelError
from natalizumab.evidence import value, values
from natalizumab.pharmacology.population import weight_bounds

Numbers = NDArray[np.float64]

LOW, MIDDLE, HIGH = range(3)
"""Bands of the index: at most 0.9, at most 1.5, above."""

SHARES = ("female", "jcv_positive", "seroconversion", "index_low", "index_middle", "prior_immunosuppressant", "missed")

OLDEST, MOST_ACTIVE, LATEST_DAYS = 110, 20, 28


@dataclass(frozen=True, slots=True)
class Population:
    """Shares in per cent; ages in years; weights in kg; ``late`` in days; ``activity``: times that of AFFIRM's people.

    Raises ModelError for what can't be.
    """

    female: float
    age: float
    age_sd: float
    age_min: float
    age_max: float
    weight_min: float
    weight_max: float
    jcv_positive: float
    seroconversion: float
    index_low: float
    index_middle: float
    prior_immunosuppressant: float
    activity: float
    missed: float
    late: float

    def __post_init__(self) -> None:
        bounds = {**dict.fromkeys(SHARES, (0, 100)), "activity": (0, MOST_ACTIVE), "late": (0, LATEST_DAYS)}
        for name, (least, most) in bounds.items():
            if not least <= getattr(self, name) <= most:
                raise ModelError(f"population: {name} must be from {least} to {most}, not {getattr(self, name):g}")
        if not self.index_low + self.index_middle <= 100:
            raise ModelError("population: index_low and index_middle are more than 100 % together")
        if not 0 < self.age_min < self.age_max <= OLDEST or not self.age_sd > 0:
            raise ModelError(f"population: age_min must lie below age_max, at most {OLDEST}, and age_sd above 0")
        lightest, heaviest = weight_bounds()
        if not lightest <= self.weight_min < self.weight_max <= heaviest:
            raise ModelError(
                f"population: weight_min must lie below weight_max, both from {lightest:g} to {heaviest:g} kg"
            )


def population(name: str = "adults", own: Mapping[str, float] | None = None) -> Population:
    """The one of that name in the evidence, with some numbers of one's own. ModelError for a name that is none."""
    if not values(f"population.{name}"):
        names = sorted({found.key.split(".")[1] for found in values("population")})
        raise ModelError(f"population: {name!r} is none; there is {', '.join(names)}")
    allowed = [field.name for field in fields(Population)]
    if unknown := sorted(set(own or {}) - set(allowed)):
        raise ModelError(f"population: {unknown[0]!r} is no number of it; there are {', '.join(allowed)}")
    found = Population(**{one: float(value(f"population.{name}.{one}").value) for one in allowed})
    return replace(found, **dict(own or {}))


@dataclass(frozen=True, slots=True)
class People:
    """A block of virtual people, arrays of shape (people,): years of age and kg on the first day, whether female, the
    day from which there are antibodies against the JC virus, the band of their index, and whether they had an
    immunosuppressant before.
    """

    block: Block
    age: Numbers
    kg: Numbers
    female: NDArray[np.bool_]
    positive_from: Numbers
    band: NDArray[np.int64]
    prior: NDArray[np.bool_]


def people(block: Block, drawn_from: Population) -> People:
    """Draw them; the same for a seed in every arm and with any chunking."""

    def share(purpose: str) -> Numbers:
        return uniform(keys(block.seed, purpose, block.first, block.count))

    at_start = share("JC virus") < drawn_from.jcv_positive / 100
    edges = np.array([drawn_from.index_low, drawn_from.index_low + drawn_from.index_middle]) / 100
    band = np.searchsorted(edges, share("index"), side="right")
    return People(
        block,
        ages(block, drawn_from.age, drawn_from.age_sd, drawn_from.age_min, drawn_from.age_max),
        weights(block, drawn_from.weight_min, drawn_from.weight_max),
        share("sex") < drawn_from.female / 100,
        np.where(at_start, -np.inf, _seroconversion(block, drawn_from.seroconversion)),
        # Nothing is published on the index of those who have just got antibodies: the lowest band.
        np.where(at_start, band, LOW),
        share("prior immunosuppressant") < drawn_from.prior_immunosuppressant / 100,
    )


def _seroconversion(block: Block, percent_a_year: float) -> Numbers:
    """The day of each person; infinite where nobody converts."""
    waiting = exponential(keys(block.seed, "seroconversion", block.first, block.count))
    if percent_a_year == 0:
        return np.full(block.count, np.inf)
    rate = -np.log1p(-min(percent_a_year / 100, 1 - 1e-9))
    return np.asarray(waiting / rate * DAYS_PER_YEAR)
