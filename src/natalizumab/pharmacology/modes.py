"""The most probable effects of a person, under each hypothesis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import slopes
from natalizumab.pharmacology.predictor import Predictor
from natalizumab.pharmacology.washout import log_concentration

Numbers = NDArray[np.float64]

DIFFERENCE = 1e-2
"""Steps of z for derivatives; the solver's own error stays far below what they change."""

AROUND = DIFFERENCE * np.concatenate([np.zeros((1, 3)), np.eye(3)])
"""Whoever is solved to know the slopes at one z: that one, and those beside it."""

MOST_STEPS, LONGEST_STEP = 40, 2.0

CLOSE_ENOUGH, NOTHING = 0.3, 1e-5
"""A step as short as this leads to the mode well enough, and is the last. A hypothesis that promises to be ``NOTHING``
beside the best is worth no step more.
"""


def modes(model: Predictor, levels: Sequence[Level], log_prior: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The most probable z of each hypothesis (H, 3), its curvature (H, 3, 3), and the log density there.

    Gauss-Newton steps, damped as by Levenberg and Marquardt where they would lead downhill.
    """
    which = np.arange(len(log_prior))
    days = [level.day for level in levels]
    begun = model.straightened(np.broadcast_to(AROUND, (len(which), *AROUND.shape)), which[:, None], days)
    return modes_of(model, levels, log_prior, which, begun)


def modes_of(
    model: Predictor, levels: Sequence[Level], log_prior: Numbers, which: NDArray[np.int64], begun: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """The same for some of the model's hypotheses, whose numbers are ``which`` (H,).

    The search begins at the typical person: ``begun`` (H, 4, levels) is what those ``AROUND`` them have.
    """
    count = len(log_prior)
    best, information = np.zeros((count, 3)), np.broadcast_to(np.eye(3), (count, 3, 3))
    if not levels:
        return best, information, log_prior.copy()
    height, gradient = np.full(count, -np.inf), np.zeros((count, 3))
    damping, step, length = np.full(count, 1e-3), np.zeros((count, 3)), np.full(count, math.inf)
    days = [level.day for level in levels]
    for number in range(MOST_STEPS):
        trial = best + step
        there = model.straightened(trial[:, None, :] + AROUND, which[:, None], days) if number else begun
        log_density, slope, curvature = _local(levels, trial, there)
        better = log_density + log_prior > height
        best, height = np.where(better[:, None], trial, best), np.where(better, log_density + log_prior, height)
        gradient = np.where(better[:, None], slope, gradient)
        information = np.where(better[:, None, None], curvature, information)
        damping = np.where(better, damping / 10, damping * 10)
        diagonal = np.einsum("hkk->hk", information)[:, :, None] * np.eye(3)
        step = np.linalg.solve(information + damping[:, None, None] * diagonal, gradient[..., None])[..., 0]
        length = np.linalg.norm(step, axis=1)
        step *= np.minimum(1, LONGEST_STEP / np.maximum(length, 1e-9))[:, None]
        if (length < _enough(height + np.einsum("hk,hk->h", step, gradient))).all():
            break
    return best + np.where(length[:, None] < CLOSE_ENOUGH, step, 0.0), information, height


def _enough(promised: Numbers) -> Numbers:
    """The length of a step that need not be made any more, from the log densities to which the steps may lead."""
    hopeless = promised < promised.max() + math.log(NOTHING)
    return np.where(hopeless, math.inf, CLOSE_ENOUGH)


def _local(levels: Sequence[Level], z: Numbers, there: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Log density, gradient and expected curvature at one z per hypothesis, from what those ``AROUND`` it have."""
    u = log_concentration(there)
    jacobian = (u[:, 1:] - u[:, :1]) / DIFFERENCE  # (H, 3, levels)
    s = slopes(levels, u[:, 0])
    gradient = np.einsum("hkl,hl->hk", jacobian, s.first) - z
    information = np.einsum("hkl,hl,hml->hkm", jacobian, s.information, jacobian) + np.eye(3)
    return s.logarithm.sum(axis=1) - 0.5 * (z**2).sum(axis=1), gradient, information
