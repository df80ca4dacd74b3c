"""Calibration: the parameters that meet table C1 to C15 best, and sets of them that meet it about as well.

Each target counts by its distance in standard deviations of what is accepted; each parameter is held, weakly, near the
value with which calibration begins. All is done with the same virtual people, so that chance does not hide what a
parameter does.

What one cannot know is told by more sets. For each the targets, and the first values, are moved by as much as chance
moves them, and the parameters are fitted again (randomised maximum likelihood: D. S. Oliver. Math Geol
1996;28:811-831). A set is kept if people of their own meet the true targets with it nearly as well as with the best.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from natalizumab.disease.calibration.arms import courses
from natalizumab.disease.calibration.remembered import Remembered
from natalizumab.disease.calibration.targets import Target, found_in, targets
from natalizumab.disease.model import Block, Parameters, start_values
from natalizumab.disease.model.parameters import free, with_free
from natalizumab.pharmacology.validation.parallel import Progress

Numbers = NDArray[np.float64]
HELD = 5.0
"""Standard deviation, in logarithms, with which a parameter is held near its first value: hardly at all."""

OF_MANY = 0.5
"""What each line of C5 counts: five lines say what one does."""

STEP, ROUNDS = 0.03, 14
"""Of the logarithm of a parameter for derivatives; so many rounds of Gauss and Newton at most."""

ONLY_CHECKED = ("c13", "c14")
"""Lines that no free parameter moves."""

AGAIN, SHORTEST = 6, 0.05
"""Steps with which a set is fitted, with the slopes at the best one; and the share to which a step may be cut."""

TRIED = 3
"""So many times as many sets are tried as are wanted."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The best set and the others (sets, free parameters); ``distance`` is the sum of squares of the best."""

    best: Parameters
    others: Numbers
    distance: float


def fit(people: int, seed: int, sets: int, progress: Progress | None = None, kept: Path | None = None) -> Fit:
    """Fit with so many virtual people an arm; deterministic for a seed. ``kept`` is a folder for what is reckoned: an
    interrupted fit goes on from there. Raises ModelError where it can't be used.
    """
    known = Remembered(kept)
    names, bounds = list(free()), np.log(np.array(list(free().values())))
    first = np.log([getattr(start_values(), name) for name in names])
    block, used = Block(seed, 0, people), [one for one in targets() if not one.name.startswith(ONLY_CHECKED)]
    most, done = 2 * ROUNDS * (len(names) + 1), [0]

    def residuals(logs: Numbers) -> Numbers:
        done[0] += 1
        if progress and done[0] <= most:
            progress("fitting", done[0], most)
        return np.concatenate([_distances(known, used, with_free(np.exp(logs).tolist()), block), (logs - first) / HELD])

    starts = (first, bounds.mean(axis=1))  # there is more than one valley: the better one counts
    each = [
        least_squares(residuals, start, bounds=bounds.T, diff_step=[STEP] * len(names), max_nfev=ROUNDS)
        for start in starts
    ]
    found = min(each, key=lambda one: one.cost)
    best, slopes, anew = np.asarray(found.x), np.asarray(found.jac), Block(seed + 1, 0, people)
    distance = _squared(known, used, with_free(np.exp(best).tolist()), anew)
    source, others = np.random.default_rng(seed), list[Numbers]()
    for _ in range(TRIED * sets):
        if len(others) == sets:
            break
        logs = _fitted_again(residuals, source.standard_normal(len(slopes)), best, slopes, bounds)
        if _squared(known, used, with_free(np.exp(logs).tolist()), anew) <= distance + 2 * len(names):
            others.append(np.exp(logs))
        if progress:
            progress("sets that fit about as well", len(others), sets)
    return Fit(with_free(np.exp(best).tolist()), np.array(others), distance)


def _fitted_again(
    residuals: Callable[[Numbers], Numbers], moved: Numbers, best: Numbers, slopes: Numbers, bounds: Numbers
) -> Numbers:
    """To residuals that are ``moved``: by Gauss and Newton's steps with the slopes at the best set, ever nearer."""
    toward, here = np.linalg.pinv(slopes), best
    off, share = residuals(best) + moved, 1.0
    for _ in range(AGAIN):
        there = np.clip(here - share * (toward @ off), bounds[:, 0], bounds[:, 1])
        now = residuals(there) + moved
        if now @ now < off @ off:
            here, off, share = there, now, 1.0
        elif (share := share / 3) < SHORTEST:
            break
    return here


def _distances(known: Remembered, used: Sequence[Target], parameters: Parameters, block: Block) -> Numbers:
    def reckoned() -> list[float]:
        found = found_in(courses(block, parameters), parameters)
        return [
            (OF_MANY if one.name.startswith("c5") else 1.0) * (found[one.name] - float(one.published.value)) / one.scale
            for one in used
        ]

    return np.array(known.of(used, parameters, block, reckoned))


def _squared(known: Remembered, used: Sequence[Target], parameters: Parameters, block: Block) -> float:
    return float((_distances(known, used, parameters, block) ** 2).sum())
