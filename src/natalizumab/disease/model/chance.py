"""Random numbers that depend on nothing but the seed, the person, what they are for, and their number.

Philox (J. K. Salmon et al.: Parallel random numbers: as easy as 1, 2, 3. SC 2011), as NumPy has it, gives each person
a key for each purpose. From there on the numbers are those of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood: Fast
splittable pseudorandom number generators. OOPSLA 2014): the n-th is reckoned from the key and n alone. So an extra draw
in one arm of a trial shifts nothing in another, and people can be dealt out to any number of workers.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Keys = NDArray[np.uint64]
Indices = NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_WORDS = 4  # that Philox gives for one count


def keys(seed: int, purpose: str, first: int, count: int) -> Keys:
    """One for each of ``count`` people from the number ``first`` on, shape (count,).

    ``seed`` is from 0 to 2**64 - 1, ``purpose`` any word: each has numbers that have nothing to do with another's.
    """
    return np.ascontiguousarray(_source(seed, purpose, first).random_raw(_WORDS * count)[::_WORDS])


def generator(seed: int, purpose: str) -> np.random.Generator:
    """For what belongs to no person, drawn in one go."""
    return np.random.Generator(_source(seed, purpose, 0))


def _source(seed: int, purpose: str, first: int) -> np.random.Philox:
    word = int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:8], "little")
    return np.random.Philox(key=[seed, word], counter=[first, 0, 0, 0])


def uniform(key: Keys, number: Indices | int = 0) -> Numbers:
    """Between 0 and 1, never either; of the shape to which keys and numbers, from 0 on, come together."""
    with np.errstate(over="ignore"):
        mixed = mix(key + (np.asarray(number).astype(np.uint64) + np.uint64(1)) * _GOLDEN)
    return np.asarray(((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)


def exponential(key: Keys, number: Indices | int = 0) -> Numbers:
    """Waiting times of mean 1."""
    return np.asarray(-np.log(uniform(key, number)))


def keys_of(key: Keys, number: Indices) -> Keys:
    """A key of its own for each number of a person: for what happens within one event."""
    return mix(key ^ mix(np.asarray(number).astype(np.uint64) + _FIRST))


def mix(words: Keys) -> Keys:
    """SplitMix64's mixing of 64 bits."""
    with np.errstate(over="ignore"):
        words = (words ^ (words >> np.uint64(30))) * _FIRST
        words = (words ^ (words >> np.uint64(27))) * _SECOND
    return np.asarray(words ^ (words >> np.uint64(31)))
