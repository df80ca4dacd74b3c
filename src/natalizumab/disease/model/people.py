"""How far people differ in what their disease does: drawn once for each, the same in every arm of a trial."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from natalizumab.disease.model.chance import keys, uniform
from natalizumab.disease.model.parameters import Parameters

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Block:
    """Virtual people with the numbers ``first`` to ``first + count - 1`` of a seed."""

    seed: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Susceptibility:
    """Of each person, shape (people,): how much trafficking full saturation leaves (0-1), and how many times the mean
    they get of lesions and of relapses without a lesion.
    """

    least_trafficking: Numbers
    lesions: Numbers
    relapses: Numbers


def susceptibility(block: Block, parameters: Parameters) -> Susceptibility:
    """Gamma distributions between people, by turning them round: the same person is as far up in any of them."""
    least, lesions, relapses = (
        uniform(keys(block.seed, purpose, block.first, block.count))
        for purpose in ("least trafficking", "susceptibility to lesions", "susceptibility to relapses")
    )
    mean, shape = parameters.least_trafficking, parameters.least_trafficking_shape
    return Susceptibility(
        np.minimum(mean * gamma_quantile(least, shape), 1.0),
        gamma_quantile(lesions, parameters.susceptibility_shape),
        gamma_quantile(relapses, parameters.relapse_shape),
    )


def gamma_quantile(share: Numbers, shape: float) -> Numbers:
    """Of a gamma distribution with mean 1."""
    return np.asarray(gammaincinv(shape, share) / shape)
