"""The most probable effects of a person, under each hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import residual_error, slopes
from natalizumab.pharmacology.predictor import Predictor
from natalizumab.pharmacology.washout import log_concentration, straightened

Numbers = NDArray[np.float64]

_Local = tuple[Numbers, Numbers, Numbers]
"""Log density, gradient and expected curvature, of each hypothesis at its z."""

_Modes = tuple[Numbers, Numbers, Numbers]
"""Of each hypothesis the most probable z, its curvature, and the log density there."""

DIFFERENCE = 1e-2
"""Steps of z for derivatives; the solver's own error stays far below what they change."""

AROUND = DIFFERENCE * np.concatenate([np.zeros((1, 3)), np.eye(3)])
"""Whoever is solved to know the slopes at one z: that one, and those beside it."""

MOST_STEPS, LONGEST_STEP = 40, 2.0

LEAST_DAMPING, DAMPING = 1e-9, 1e-2
"""So that there is a step even where a level is so far out that it drowns the prior; the first where one was too long.
"""

CLOSE_ENOUGH = 1.0
"""A step that promises no more than so much log density leads to the mode well enough, and is the last."""

MUCH_HIGHER = 0.7
"""Of log C above a level: where a person has about twice as much, what is measured may speak for a person far away as
well as for a mistake, and a search that only looks at the slope stays where it is.
"""


def modes(model: Predictor, levels: Sequence[Level], log_prior: Numbers) -> _Modes:
    """The most probable z of each hypothesis (H, 3), its curvature (H, 3, 3), and the log density there.

    Gauss-Newton steps, damped as by Levenberg and Marquardt where they would lead downhill.
    """
    which = np.arange(len(log_prior))
    days = [level.day for level in levels]
    begun = model.straightened(np.broadcast_to(AROUND, (len(which), *AROUND.shape)), which[:, None], days)
    return modes_of(model, levels, log_prior, which, begun)


def modes_of(
    model: Predictor, levels: Sequence[Level], log_prior: Numbers, which: NDArray[np.int64], begun: Numbers
) -> _Modes:
    """The same for some of the model's hypotheses, whose numbers are ``which`` (H,).

    The search begins at the typical person: ``begun`` (H, 4, levels) is what those ``AROUND`` them have. Who has much
    more than was measured is looked for on two ways, and the more probable end counts.
    """
    if not levels:
        count = len(log_prior)
        return np.zeros((count, 3)), np.broadcast_to(np.eye(3), (count, 3, 3)), log_prior.copy()
    led = np.flatnonzero(_much_higher(levels, begun[:, 0]))
    rows = np.concatenate([np.arange(len(which)), led])
    found = _searched(model, levels, log_prior[rows], which[rows], begun[rows], np.arange(len(rows)) >= len(which))
    ends, of_led = found[2][: len(which)], found[2][len(which) :]
    best = np.arange(len(which))
    best[led] = np.where(of_led > ends[led], len(which) + np.arange(len(led)), led)
    z, information, height = found
    return z[best], information[best], height[best]


def _searched(
    model: Predictor,
    levels: Sequence[Level],
    log_prior: Numbers,
    which: NDArray[np.int64],
    begun: Numbers,
    leading: NDArray[np.bool_],
) -> _Modes:
    """One search for each; some are led to the levels first, and look at the density from there on."""
    count = len(log_prior)
    best, information = np.zeros((count, 3)), np.broadcast_to(np.eye(3), (count, 3, 3))
    height, gradient = np.full(count, -np.inf), np.zeros((count, 3))
    damping, step = np.full(count, LEAST_DAMPING), np.zeros((count, 3))
    undamped, promised, near = step, np.full(count, np.inf), np.zeros(count, bool)
    days = [level.day for level in levels]
    for number in range(MOST_STEPS):
        trial = best + step
        there = model.straightened(trial[:, None, :] + AROUND, which[:, None], days) if number else begun
        log_density, slope, curvature = _where(leading, _led(levels, trial, there), _local(levels, trial, there))
        better = log_density + log_prior > height
        best, height = np.where(better[:, None], trial, best), np.where(better, log_density + log_prior, height)
        gradient = np.where(better[:, None], slope, gradient)
        information = np.where(better[:, None, None], curvature, information)
        damping = np.where(better, np.maximum(damping / 10, LEAST_DAMPING), np.maximum(damping * 10, DAMPING))
        # Whether the mode is near, the undamped step says: a damped one is short wherever others led downhill.
        undamped = _step(information, gradient, np.zeros(count))
        promised = 0.5 * np.einsum("hk,hk->h", undamped, gradient)
        near = promised < CLOSE_ENOUGH
        if (near & ~leading).all():
            break
        step = np.where(near[:, None], undamped, _step(information, gradient, damping))
        step *= np.minimum(1, LONGEST_STEP / np.maximum(np.linalg.norm(step, axis=1), 1e-9))[:, None]
        arrived = near & leading
        leading, height = leading & ~arrived, np.where(arrived, -np.inf, height)
    return best + np.where(near[:, None], undamped, 0.0), information, height + np.where(near, promised, 0.0)


def _step(information: Numbers, gradient: Numbers, damping: Numbers) -> Numbers:
    diagonal = np.einsum("hkk->hk", information)[:, :, None] * np.eye(3)
    return np.asarray(np.linalg.solve(information + damping[:, None, None] * diagonal, gradient[..., None])[..., 0])


def _where(which: NDArray[np.bool_], these: _Local, others: _Local) -> _Local:
    log_density, slope, curvature = zip(these, others, strict=True)
    return (
        np.where(which, *log_density),
        np.where(which[:, None], *slope),
        np.where(which[:, None, None], *curvature),
    )


def _much_higher(levels: Sequence[Level], there: Numbers) -> NDArray[np.bool_]:
    """Of which hypotheses somebody with the straightened concentrations ``there`` (H, levels) has much more."""
    measured = np.log([level.on_the_models_scale for level in levels])
    return np.asarray((log_concentration(there) > measured + MUCH_HIGHER).any(axis=1))


def _led(levels: Sequence[Level], z: Numbers, there: Numbers) -> _Local:
    """The same of levels that scatter evenly on the straightened scale, where every step leads to them at once."""
    measured = straightened(np.array([level.on_the_models_scale for level in levels]))
    per_day = log_concentration(measured + 0.5) - log_concentration(measured - 0.5)
    weight = (per_day / residual_error()) ** 2
    jacobian = (there[:, 1:] - there[:, :1]) / DIFFERENCE
    away = measured - there[:, 0]
    away = np.where([level.below for level in levels], np.minimum(away, 0), away)
    gradient = np.einsum("hkl,hl->hk", jacobian, weight * away) - z
    information = np.einsum("hkl,l,hml->hkm", jacobian, weight, jacobian) + np.eye(3)
    return -0.5 * ((weight * away**2).sum(axis=1) + (z**2).sum(axis=1)), gradient, information


def _local(levels: Sequence[Level], z: Numbers, there: Numbers) -> _Local:
    """Log density, gradient and expected curvature at one z per hypothesis, from what those ``AROUND`` it have."""
    u = log_concentration(there)
    jacobian = (u[:, 1:] - u[:, :1]) / DIFFERENCE  # (H, 3, levels)
    s = slopes(levels, u[:, 0])
    gradient = np.einsum("hkl,hl->hk", jacobian, s.first) - z
    information = np.einsum("hkl,hl,hml->hkm", jacobian, s.information, jacobian) + np.eye(3)
    return s.logarithm.sum(axis=1) - 0.5 * (z**2).sum(axis=1), gradient, information
