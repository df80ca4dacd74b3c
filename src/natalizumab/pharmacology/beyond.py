"""Two heaps as one sample, with the people beyond their frames, where polynomials say nothing.

Beside a narrow heap there can be very many people of whom each weighs next to nothing. They lie outside of the heap's
frame, and yet decide on a quantile that falls between two heaps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.frames import Found
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.predictor import Predictor
from natalizumab.pharmacology.washout import log_concentration
from natalizumab.pharmacology.weighing import FARTHEST_OUT, elsewhere, log_density_of_lines

Numbers = NDArray[np.float64]

WIDELY = 1.3
"""Points on no line stand around a heap so many times as wide as its frame: an end of the other heap, or of this one,
that lines just miss would else have a few points that weigh far too much."""


def together(model: Predictor, levels: Sequence[Level], history: int, heaps: Sequence[Found]) -> list[Found]:
    """The points of all heaps as one sample of the whole: nobody is left out, and nobody counts twice.

    What a point weighs is its density over how densely points stand there, of whichever heap. So whoever is rare in one
    but not in the other weighs little. Those on no line, who stand widely around their heap instead of as the prior
    does, and those beyond their frame are solved; ``history`` is the number of theirs.
    """
    return [_weighed(model, levels, history, heaps, _around_it(found)) for found in heaps]


def _around_it(found: Found) -> Found:
    """The same, with those on no line widely around the heap, and those beyond the frame where they stand."""
    first = found.used.on_lines
    places = np.concatenate([found.places[:first], WIDELY * found.used.normal[first:]])
    return replace(found, places=places, z=np.concatenate([found.z[:first], found.frame.z(places[first:])]))


def _weighed(model: Predictor, levels: Sequence[Level], history: int, heaps: Sequence[Found], found: Found) -> Found:
    spread = np.logaddexp.reduce([_log_density(heap, heap.frame.places(found.z)) for heap in heaps])
    unknown = beyond(found.places)
    unknown[found.used.on_lines :] = True
    at_levels = found.at_levels.copy()
    days = [level.day for level in levels]
    at_levels[:, unknown] = model.straightened(found.z[unknown], np.array(history), days).T
    likelihood = log_likelihood(levels, log_concentration(at_levels.T))
    return replace(found, at_levels=at_levels, log_weight=likelihood - 0.5 * (found.z**2).sum(axis=1) - spread)


def _log_density(heap: Found, places: Numbers) -> Numbers:
    """The logarithm of how densely the points of a heap stand at any places (n, 3) of its frame."""
    volume = 3 * math.log(WIDELY) + float(np.linalg.slogdet(heap.frame.axes)[1])
    around = math.log(elsewhere(heap.used)) - volume - 0.5 / WIDELY**2 * (places**2).sum(axis=1)
    return np.asarray(np.logaddexp(around, log_density_of_lines(heap.frame, heap.used, heap.lines, places)))


def beyond(places: Numbers) -> NDArray[np.bool_]:
    """Which of the places (n, 3) in a frame lie beyond it."""
    return np.asarray((places**2).sum(axis=1) > FARTHEST_OUT**2)
