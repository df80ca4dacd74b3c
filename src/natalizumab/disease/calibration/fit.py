"""Calibration: the parameters that meet table C1 to C15 best, and sets of them that meet it about as well.

Each target counts by its distance in standard deviations of what is accepted; each parameter is held, weakly, near the
value with which calibration begins. All is done with the same virtual people, so that chance does not hide what a
parameter does. The sets are drawn from the normal approximation around the best one, and kept if they meet the targets
with people of their own nearly as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from natalizumab.disease.calibration.arms import courses
from natalizumab.disease.calibration.targets import Target, found_in, targets
from natalizumab.disease.model import Block, Parameters, start_values
from natalizumab.disease.model.parameters import free

Numbers = NDArray[np.float64]
Progress = Callable[[str, int, int], None]

HELD = 5.0
"""Standard deviation, in logarithms, with which a parameter is held near its first value: hardly at all."""

OF_MANY = 0.5
"""What each line of C5 counts: five lines say what one does."""

STEP, ROUNDS = 0.03, 14
"""Of the logarithm of a parameter for derivatives; so many rounds of Gauss and Newton at most."""

ONLY_CHECKED = ("c13", "c14")
"""Lines that no free parameter moves."""

WIDER, TRIED = 1.0, 400


@dataclass(frozen=True, slots=True)
class Fit:
    """The best set and the others (sets, free parameters); ``distance`` is the sum of squares of the best."""

    best: Parameters
    others: Numbers
    distance: float


def fit(people: int, seed: int, sets: int, progress: Progress | None = None) -> Fit:
    """Fit with so many virtual people an arm; deterministic for a seed."""
    names, bounds = list(free()), np.log(np.array(list(free().values())))
    first = np.log([getattr(start_values(), name) for name in names])
    block, used = Block(seed, 0, people), [one for one in targets() if not one.name.startswith(ONLY_CHECKED)]
    most, done = ROUNDS * (len(names) + 1), [0]

    def residuals(logs: Numbers) -> Numbers:
        done[0] += 1
        if progress:
            progress("fitting", min(done[0], most), most)
        return np.concatenate([_distances(used, _with(names, logs), block), (logs - first) / HELD])

    found = least_squares(residuals, first, bounds=bounds.T, diff_step=[STEP] * len(first), max_nfev=ROUNDS)
    best = np.asarray(found.x)
    anew = Block(seed + 1, 0, people)
    distance = _squared(used, _with(names, best), anew)
    kept: list[Numbers] = []
    for logs in _drawn(best, np.asarray(found.jac), bounds, seed):
        if _squared(used, _with(names, logs), anew) <= distance + len(names):
            kept.append(np.exp(logs))
        if progress:
            progress("sets that fit as well", len(kept), sets)
        if len(kept) == sets:
            break
    return Fit(_with(names, best), np.array(kept), distance)


def _drawn(best: Numbers, jacobian: Numbers, bounds: Numbers, seed: int) -> Iterator[Numbers]:
    """Normal around the best, with the curvature there, within the bounds."""
    source = np.random.default_rng(seed)
    spread = WIDER * np.linalg.cholesky(np.linalg.inv(jacobian.T @ jacobian))
    for _ in range(TRIED):
        logs = best + spread @ source.standard_normal(len(best))
        yield np.clip(logs, bounds[:, 0], bounds[:, 1])


def _with(names: Sequence[str], logs: Numbers) -> Parameters:
    return start_values().with_values(dict(zip(names, np.exp(logs).tolist(), strict=True)))


def _distances(used: Sequence[Target], parameters: Parameters, block: Block) -> Numbers:
    found = found_in(courses(block, parameters), parameters)
    return np.array(
        [
            (OF_MANY if one.name.startswith("c5") else 1.0) * (found[one.name] - float(one.published.value)) / one.scale
            for one in used
        ]
    )


def _squared(used: Sequence[Target], parameters: Parameters, block: Block) -> float:
    return float((_distances(used, parameters, block) ** 2).sum())
