"""What a virtual person's body does with the drug, drawn like all else from the seed and the person's number."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from natalizumab.disease.model.chance import keys, uniform
from natalizumab.disease.model.people import Block
from natalizumab.pharmacology import People
from natalizumab.pharmacology.antibodies import clearance_factor, hypotheses, periods
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.population import normal_within, weights_at
from natalizumab.pharmacology.schedule import AntibodiesOfMany

Numbers = NDArray[np.float64]

EFFECTS = ("clearance", "peripheral volume", "saturable elimination")


def bodies(block: Block, weight_kg: Numbers) -> People:
    """The effects between people (CL, Vp, Vmax) of the published population, with given weights (people,)."""
    drawn = [ndtri(uniform(keys(block.seed, purpose, block.first, block.count))) for purpose in EFFECTS]
    return People(weight_kg, *(np.exp(omega * z) for omega, z in zip(published().omegas, drawn, strict=True)))


def weights(block: Block, least: float = 0.0, most: float = math.inf) -> Numbers:
    """In kg, of adults as the drug's population has them, between two weights."""
    return weights_at(uniform(keys(block.seed, "weight", block.first, block.count)), least, most)


def ages(block: Block, mean: float, sd: float, least: float, most: float) -> Numbers:
    """In years on the first day, normal and cut off at both ends."""
    return normal_within(uniform(keys(block.seed, "age", block.first, block.count)), mean, sd, least, most)


def antibodies(block: Block, dose_days: Numbers) -> AntibodiesOfMany:
    """Who gets antibodies, and when; ``dose_days`` (people, doses), NaN for a missed one.

    Whoever gets them after an infusion that they never had, does not get them.
    """
    share = uniform(keys(block.seed, "antibodies", block.first, block.count))
    edges = np.cumsum([one.prior for one in hypotheses([0.0, 1.0, 2.0])])
    which = np.searchsorted(edges, share * edges[-1])
    first_three = np.sort(dose_days, axis=1)[:, :3]
    start, end = periods(first_three, which)
    return AntibodiesOfMany(start, end, clearance_factor())
