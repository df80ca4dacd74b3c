"""Virtual people: seeded draws of weights and of the effects between people."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.parameters import HEAVIEST_KG, LIGHTEST_KG, check_weight, published
from natalizumab.pharmacology.regimen import check_numbers

MOST_PEOPLE = 1_000_000

SMALLEST_MULTIPLE, LARGEST_MULTIPLE = 0.001, 1000.0
"""Effects between people beyond these are typing errors: three standard deviations are a factor of 2.5, and
a search for what could explain an absurd level goes to twenty."""

_BOUNDS = {
    "weight_kg": (LIGHTEST_KG, HEAVIEST_KG, " kg"),
    "cl": (0.0, LARGEST_MULTIPLE, " times the typical"),
    "vp": (SMALLEST_MULTIPLE, LARGEST_MULTIPLE, " times the typical"),
    "vmax": (0.0, LARGEST_MULTIPLE, " times the typical"),
}


@dataclass(frozen=True, slots=True)
class People:
    """Weights (kg) and, as multiples of the typical person's, CL, Vp and Vmax; arrays of shape (people,).

    Raises ModelError where a number cannot be a person's, and where there are not as many of each.
    """

    weight_kg: NDArray[np.float64]
    cl: NDArray[np.float64]
    vp: NDArray[np.float64]
    vmax: NDArray[np.float64]

    def __post_init__(self) -> None:
        for name, (least, largest, unit) in _BOUNDS.items():
            numbers = _row(name, getattr(self, name))
            absurd = numbers[~((numbers >= least) & (numbers <= largest))]
            if len(absurd):
                raise ModelError(f"people: {name} {absurd[0]:g}{unit} is outside {least:g} to {largest:g}{unit}")
            object.__setattr__(self, name, numbers)
        if len({len(self.weight_kg), len(self.cl), len(self.vp), len(self.vmax)}) > 1:
            raise ModelError("people: weight_kg, cl, vp and vmax must have one number per person each")

    def __len__(self) -> int:
        return len(self.weight_kg)

    def part(self, first: int, last: int) -> People:
        """The people from ``first`` up to but without ``last``."""
        rows = slice(first, last)
        return People(self.weight_kg[rows], self.cl[rows], self.vp[rows], self.vmax[rows])


def typical(weight_kg: float) -> People:
    """The typical person of that weight, alone: all effects between people are nil. ModelError for an absurd weight."""
    check_weight(weight_kg)
    return People(np.array([float(weight_kg)]), np.ones(1), np.ones(1), np.ones(1))


def draw(count: int, seed: int, weight_kg: float | None = None) -> People:
    """Invented people from the published population; all of ``weight_kg``, or with weights of their own if it is None.

    Weights are normal, cut off at the evidence's limits (``pk.population_weight``). The same seed gives the same
    people. The n-th of them depends neither on how many are drawn after, nor, in the effects, on whether weights are
    drawn. Raises ModelError for an impossible number, seed or weight.
    """
    check_numbers("people", count, seed)
    if count % 1 or seed % 1:
        raise ModelError(f"people: {count:g} people and seed {seed:g} must be whole numbers")
    if not 1 <= count <= MOST_PEOPLE:
        raise ModelError(f"people: {count} is outside 1 to {MOST_PEOPLE}")
    check_seed(seed)
    count, seed = int(count), int(seed)
    for_weights, for_effects = np.random.default_rng(seed).spawn(2)
    known = published()
    effects = for_effects.standard_normal((count, 3)) * known.omegas
    cl, vp, vmax = np.exp(effects.T)
    return People(_weights(count, for_weights, weight_kg), cl, vp, vmax)


def check_seed(seed: int) -> None:
    """ModelError unless people can be drawn by it."""
    if seed < 0:
        raise ModelError(f"seed: {seed} must be a whole number of 0 or more")


def as_numbers(given: ArrayLike) -> NDArray[np.float64]:
    """An array of what was given; of words, or of rows of different lengths, one that is no number."""
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return np.array(np.nan)


def _row(name: str, given: ArrayLike) -> NDArray[np.float64]:
    numbers = as_numbers(given)
    if numbers.ndim != 1:
        raise ModelError(f"people: {name} must be a list of numbers, one per person")
    return numbers


def _weights(count: int, source: np.random.Generator, weight_kg: float | None) -> NDArray[np.float64]:
    if weight_kg is not None:
        check_weight(weight_kg)
        return np.full(count, float(weight_kg))
    return weights_at(source.random(count))


def weight_bounds() -> tuple[float, float]:
    """The lightest and the heaviest weight (kg) of the population."""
    return float(value("pk.population_weight_min").value), float(value("pk.population_weight_max").value)


def weights_at(shares: NDArray[np.float64], least: float = 0.0, most: float = math.inf) -> NDArray[np.float64]:
    """The weights (kg) below which those shares of the population lie, whatever the shape of the shares.

    ``least`` and ``most`` (kg) leave out whoever is lighter or heavier.
    """
    mean, sd = float(value("pk.population_weight").value), float(value("pk.population_weight_sd").value)
    lightest, heaviest = weight_bounds()
    return normal_within(shares, mean, sd, max(least, lightest), min(most, heaviest))


def normal_within(
    shares: NDArray[np.float64], mean: float, sd: float, least: float, most: float
) -> NDArray[np.float64]:
    """Below which those shares of a normal distribution lie that is cut off at both ends."""
    from scipy.special import ndtr, ndtri  # slow to load, and only a drawn population needs it

    below, above = ndtr((np.array([least, most]) - mean) / sd)
    return np.asarray(mean + sd * ndtri(below + (above - below) * shares))
