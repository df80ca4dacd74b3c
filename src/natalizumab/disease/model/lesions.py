"""New lesions: they come in clusters, some are seen as T2 lesions, and each takes up contrast for a while.

clusters   Poisson, lesion_rate * g * E / m a year; g is the person's susceptibility, E the drive
size       geometric with mean m
T2         each lesion is seen on a later scan with the probability ``detected``
contrast   for a time that is exponential with the mean ``enhancing_days``
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.chance import keys_of, uniform
from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.people import Block, Susceptibility
from natalizumab.disease.model.pools import Pools, at
from natalizumab.disease.model.processes import Candidates, candidates

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

SIZE, SEEN, CONTRAST = 1, 0, 1
"""Which number of a key says what: of a cluster's, and of a lesion's."""


@dataclass(frozen=True, slots=True)
class Lesions:
    """Arrays of shape (lesions,): whose, the day on which it begins, when its contrast ends, whether T2 shows it."""

    person: Indices
    day: Numbers
    until: Numbers
    seen: NDArray[np.bool_]

    def on(self, which: NDArray[np.bool_]) -> Lesions:
        """Some of them."""
        return Lesions(self.person[which], self.day[which], self.until[which], self.seen[which])


def clusters(block: Block, people: Susceptibility, parameters: Parameters, start: float, end: float) -> Candidates:
    """The clusters of lesions that the people would have untreated."""
    per_year = parameters.lesion_rate / parameters.cluster_mean * people.lesions
    return candidates(block, "clusters of lesions", per_year, start, end)


def lesions(untreated: Candidates, pools: Pools, drive: Numbers, parameters: Parameters) -> Lesions:
    """Those that come under a drive (cells + 1, people)."""
    kept = untreated.kept(at(drive, pools.start, untreated.day, untreated.person))
    size = cluster_size(uniform(kept.key, SIZE), parameters.cluster_mean)
    which = np.repeat(np.arange(len(size)), size)
    within = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    key = keys_of(kept.key[which], within)
    lasting = -parameters.enhancing_days * np.log(uniform(key, CONTRAST))
    return Lesions(
        kept.person[which], kept.day[which], kept.day[which] + lasting, uniform(key, SEEN) < parameters.detected
    )


def cluster_size(share: Numbers, mean: float) -> Indices:
    """The geometric distribution of 1, 2, … with that mean, turned round at shares between 0 and 1."""
    if mean == 1:
        return np.ones(share.shape, dtype=np.int64)
    return np.asarray(np.ceil(np.log(share) / math.log1p(-1 / mean)), dtype=np.int64).clip(1)
