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


def together(model: Predictor, levels: Sequence[Level], history: int, heaps: Sequence[Found]) -> list[Found]:
    """The points of all heaps as one sample of the whole: nobody is left out, and nobody counts twice.

    What a point weighs is its density over how densely points stand there, of whichever heap. So whoever is rare in one
    but not in the other weighs little. Those beyond their frame are solved; ``history`` is the number of theirs.
    """
    everywhere = [_everywhere(found) for found in heaps]
    others = math.log(sum(elsewhere(found.used) for found in heaps))
    return [_weighed(model, levels, history, heaps, found, others) for found in everywhere]


def _everywhere(found: Found) -> Found:
    """The same, with those beyond the frame where they stand."""
    first = found.used.on_lines
    z = np.concatenate([found.z[:first], found.used.normal[first:]])
    places = np.concatenate([found.places[:first], found.frame.places(z[first:])])
    return replace(found, z=z, places=places)


def _weighed(
    model: Predictor, levels: Sequence[Level], history: int, heaps: Sequence[Found], found: Found, others: float
) -> Found:
    prior = -0.5 * (found.z**2).sum(axis=1)
    spread = others + prior
    for heap in heaps:
        spread = np.logaddexp(
            spread, log_density_of_lines(heap.frame, heap.used, heap.lines, heap.frame.places(found.z))
        )
    far = beyond(found.places)
    at_levels = found.at_levels.copy()
    at_levels[:, far] = model.straightened(found.z[far], np.array(history), [level.day for level in levels]).T
    likelihood = log_likelihood(levels, log_concentration(at_levels.T))
    return replace(found, at_levels=at_levels, log_weight=prior - spread + likelihood)


def beyond(places: Numbers) -> NDArray[np.bool_]:
    """Which of the places (n, 3) in a frame lie beyond it."""
    return np.asarray((places**2).sum(axis=1) > FARTHEST_OUT**2)
