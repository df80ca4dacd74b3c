"""The exact posterior of the three effects between people, by quadrature along the lines that the data bend.

The effects are z, standard normal a priori: log CL, log Vp and log Vmax in units of their omegas. A few levels pin down
one combination of them sharply and leave the others as wide as before, and the sharp one bends as the others change; a
level below the limit of quantification only cuts a part off. So the quadrature is nested. Around the mode the axes are
those of the curvature; across the sharp axis stands a grid of lines, and each line is walked where its density lives.

What is carried between the nodes by polynomials is not the density but the predicted concentration, as C/Km + log C.
Where elimination is saturated C falls in a straight line, where it is not, log C does: the sum is smooth in both. From
it the density is evaluated on a fine lattice as it is, without any normal approximation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray

from natalizumab.pharmacology.antibodies import Hypothesis
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood, slopes
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.schedule import Schedule, schedule
from natalizumab.pharmacology.solver import solve

Numbers = NDArray[np.float64]

SEARCHED, ACROSS = 11, 7
"""Nodes along a line to find where its density lives, and lines in each of the two directions across."""

ALONG, ALONG_WIDE, WIDE = 9, 15, 2.5
"""Nodes along a line where its density lives, and if it lives so wide (in prior standard deviations to each side)."""

FINE_ALONG, FINE_ACROSS = 37, 23
"""The last two of the lattice on which the density is evaluated."""

SEARCH_POINTS = 301

REACH = 5.0
"""How far a line is searched, in prior standard deviations on both sides of its middle."""

AROUND = 6.0
"""How far it is searched around the mode, in widths of the density there."""

REACH_ACROSS = 3.7
"""How far the lattice goes across, in units of the curvature: within the outermost lines."""

WIDTHS = 4.6
"""A line is walked so many standard deviations of its density to both sides of its mean."""

FARTHEST = 20.0
"""Nobody is so many standard deviations from the typical person; a search for an absurd level ends here."""

LEAST_MG_PER_L = 1e-300
"""So that there is a logarithm."""

DIFFERENCE = 1e-3
"""Steps of z for derivatives; the solver's own error stays far below what they change."""

MOST_STEPS, LONGEST_STEP, CLOSE_ENOUGH = 40, 2.0, 1e-2


@dataclass(frozen=True, slots=True)
class Predictor:
    """The concentrations of people with effects z, under each of several hypotheses about antibodies."""

    changes: Schedule
    weight_kg: float

    def straightened(self, z: Numbers, which: NDArray[np.int64], days: Sequence[float]) -> Numbers:
        """C/Km + log(C/Km), shape (..., days), of z with shape (..., 3) under hypotheses of number ``which`` (...)."""
        flat = z.reshape(-1, 3)
        hypotheses = np.broadcast_to(which, z.shape[:-1]).reshape(-1)
        found = solve(self.changes.of(hypotheses), people_with(flat, self.weight_kg), days).concentration
        relative = np.maximum(found, LEAST_MG_PER_L) / published().km
        return (relative + np.log(relative)).reshape(*z.shape[:-1], len(days))


def predictor(
    history: History, weight_kg: float, assumed: Sequence[Hypothesis], bioavailability: float | None
) -> Predictor:
    """For one history, whose antibodies are those that each hypothesis assumes."""
    return Predictor(schedule([one.applied(history) for one in assumed], bioavailability), weight_kg)


def people_with(z: Numbers, weight_kg: float) -> People:
    """People of one weight with the effects z, shape (people, 3)."""
    cl, vp, vmax = np.exp(np.clip(z, -FARTHEST, FARTHEST) * published().omegas).T
    return People(np.full(len(z), weight_kg), cl, vp, vmax)


@dataclass(frozen=True, slots=True)
class Nodes:
    """Where the posterior lives, for H hypotheses: ``z`` of shape (H, ACROSS, ACROSS, along, 3), and the lattice's
    share of the posterior, ``weight`` of shape (H, FINE_ACROSS, FINE_ACROSS, FINE_ALONG), which sums to 1. ``which``
    numbers the hypotheses among all; ``fine_z`` are the lattice's effects, ``mode`` each hypothesis's
    most probable ones; ``also`` holds, at the nodes and straightened, what was asked for beside.
    """

    which: NDArray[np.int64]
    z: Numbers
    weight: Numbers
    fine_z: Numbers
    mode: Numbers
    also: Numbers

    def probabilities(self) -> Numbers:
        """Of the hypotheses, shape (H,)."""
        return np.asarray(self.weight.sum(axis=(1, 2, 3)))


def log_concentration(straightened: Numbers) -> Numbers:
    """Log mg/L, from C/Km + log(C/Km): Newton's method on its logarithm, which converges from either side."""
    above = np.maximum(straightened, 1.5)
    x = np.where(
        straightened > 1.5, np.log(above - np.log(above)), straightened - 0.5 * np.exp(np.minimum(straightened, 0))
    )
    for _ in range(3):
        risen = np.exp(x)
        x -= (risen + x - straightened) / (risen + 1)
    return x + math.log(published().km)


def nodes(
    model: Predictor, levels: Sequence[Level], log_prior: Numbers, least: float, also: Sequence[float] = ()
) -> Nodes:
    """The posterior given the levels, where hypothesis n has the log prior probability ``log_prior[n]``.

    Hypotheses that are less probable than ``least`` by their normal approximation are left out. ``also`` are further
    days for which concentrations are wanted: they cost little here, and as much as the rest when asked for later.
    """
    mode, information, height = modes(model, levels, log_prior)
    evidence = height - 0.5 * np.linalg.slogdet(information)[1]
    which = np.flatnonzero(evidence - evidence.max() > math.log(least))
    frame = _Frame(mode[which], _axes(information[which]))
    middle, half = _ranges(model, levels, which, frame)
    wide = (half * np.linalg.norm(frame.axes[:, None, None, :, 0], axis=-1)).max() > WIDE
    z = frame.z(_gauss(ACROSS), middle, half, _chebyshev(ALONG_WIDE if wide else ALONG))
    log_half = _spread(np.log(half))
    fine_z = frame.z(_lattice(FINE_ACROSS, REACH_ACROSS), _spread(middle), np.exp(log_half), _lattice(FINE_ALONG, 1))
    density = -0.5 * (fine_z**2).sum(axis=-1) + log_half[..., None]
    there = model.straightened(z, which[:, None, None, None], [*(level.day for level in levels), *also])
    if levels:
        density += log_likelihood(levels, log_concentration(refined(there[..., : len(levels)])))
    density += (frame.log_volume() + log_prior[which])[:, None, None, None]
    weight = np.exp(density - density.max())
    return Nodes(which, z, weight / weight.sum(), fine_z, frame.mode, there[..., len(levels) :])


def refined(values: Numbers) -> Numbers:
    """Numbers at the nodes, shape (H, ACROSS, ACROSS, along, n), carried to the lattice."""
    along = _matrix("chebyshev", values.shape[3], FINE_ALONG)
    values = np.tensordot(along, values, (1, 3))  # along, H, across, across, n
    values = np.tensordot(_across(), values, (1, 2))  # across, along, H, across, n
    values = np.tensordot(_across(), values, (1, 3))  # the second across, across, along, H, n
    return np.ascontiguousarray(values.transpose(3, 1, 0, 2, 4))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Modes (H, 3), and axes (H, 3, 3) in columns, the sharpest first, as long as the density is wide."""

    mode: Numbers
    axes: Numbers

    def z(self, across: Numbers, middle: Numbers, half: Numbers, along: Numbers) -> Numbers:
        """The effects at places ``along`` (-1 to 1) lines of ``half`` a length, which stand ``across``."""
        place = middle[..., None] + half[..., None] * along
        mode, axes = self.mode[:, None, None, None, :], self.axes[:, None, None, None]
        return np.asarray(
            mode
            + place[..., None] * axes[..., 0]
            + across[None, :, None, None, None] * axes[..., 1]
            + across[None, None, :, None, None] * axes[..., 2]
        )

    def log_volume(self) -> Numbers:
        """Of one unit along each axis."""
        return np.asarray(np.linalg.slogdet(self.axes)[1])


def modes(model: Predictor, levels: Sequence[Level], log_prior: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The most probable z of each hypothesis (H, 3), its curvature (H, 3, 3), and the log density there.

    Gauss-Newton steps, damped as by Levenberg and Marquardt where they would lead downhill.
    """
    count = len(log_prior)
    best, information = np.zeros((count, 3)), np.broadcast_to(np.eye(3), (count, 3, 3))
    if not levels:
        return best, information, log_prior.copy()
    height, gradient = np.full(count, -np.inf), np.zeros((count, 3))
    damping, step = np.full(count, 1e-3), np.zeros((count, 3))
    for _ in range(MOST_STEPS):
        trial = best + step
        log_density, slope, curvature = _local(model, levels, trial)
        better = log_density + log_prior > height
        best, height = np.where(better[:, None], trial, best), np.where(better, log_density + log_prior, height)
        gradient = np.where(better[:, None], slope, gradient)
        information = np.where(better[:, None, None], curvature, information)
        damping = np.where(better, damping / 10, damping * 10)
        diagonal = np.einsum("hkk->hk", information)[:, :, None] * np.eye(3)
        step = np.linalg.solve(information + damping[:, None, None] * diagonal, gradient[..., None])[..., 0]
        length = np.linalg.norm(step, axis=1)
        step *= np.minimum(1, LONGEST_STEP / np.maximum(length, 1e-9))[:, None]
        if (length < CLOSE_ENOUGH).all():
            break
    return best, information, height


def _local(model: Predictor, levels: Sequence[Level], z: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Log density, gradient and expected curvature at one z per hypothesis."""
    around = z[:, None, :] + DIFFERENCE * np.concatenate([np.zeros((1, 3)), np.eye(3)])
    there = model.straightened(around, np.arange(len(z))[:, None], [level.day for level in levels])
    u = log_concentration(there)
    jacobian = (u[:, 1:] - u[:, :1]) / DIFFERENCE  # (H, 3, levels)
    s = slopes(levels, u[:, 0])
    gradient = np.einsum("hkl,hl->hk", jacobian, s.first) - z
    information = np.einsum("hkl,hl,hml->hkm", jacobian, s.information, jacobian) + np.eye(3)
    return s.logarithm.sum(axis=1) - 0.5 * (z**2).sum(axis=1), gradient, information


def _axes(information: Numbers) -> Numbers:
    strength, direction = np.linalg.eigh(information)
    return np.asarray((direction / np.sqrt(strength)[:, None, :])[..., ::-1])


def _ranges(
    model: Predictor, levels: Sequence[Level], which: NDArray[np.int64], frame: _Frame
) -> tuple[Numbers, Numbers]:
    """The middle of what is to be walked of each line and half its length, in lengths of the sharp axis.

    Both are of shape (H, ACROSS, ACROSS).
    """
    sharp = frame.axes[:, None, None, :, 0]
    per_unit = np.linalg.norm(sharp, axis=-1)
    nothing = np.zeros((len(which), ACROSS, ACROSS))
    # Along a line the prior is highest where it is nearest to the typical person.
    start = frame.z(_gauss(ACROSS), nothing, nothing, np.zeros(1))[..., 0, :]
    nearest = -(start * sharp).sum(axis=-1) / per_unit**2
    if not levels:
        return nearest, WIDTHS / np.broadcast_to(per_unit, nearest.shape)
    # Where the data contradict the prior the density may live beyond its reach, around the mode.
    low, high = np.minimum(nearest - REACH / per_unit, -AROUND), np.maximum(nearest + REACH / per_unit, AROUND)
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    z = frame.z(_gauss(ACROSS), middle, half, _chebyshev(SEARCHED))
    there = model.straightened(z, which[:, None, None, None], [level.day for level in levels])
    carried = np.tensordot(_matrix("chebyshev", SEARCHED, SEARCH_POINTS), there, (1, 3)).transpose(1, 2, 3, 0, 4)
    place = middle[..., None] + half[..., None] * _lattice(SEARCH_POINTS, 1)
    density = log_likelihood(levels, log_concentration(carried))
    density -= 0.5 * ((place - nearest[..., None]) * per_unit[..., None]) ** 2
    return _where_it_lives(place, density)


def _where_it_lives(place: Numbers, log_density: Numbers) -> tuple[Numbers, Numbers]:
    """The mean of a density along the last axis, and as many of its standard deviations as are to be walked."""
    share = np.exp(log_density - log_density.max(axis=-1, keepdims=True))
    share /= share.sum(axis=-1, keepdims=True)
    mean = (share * place).sum(axis=-1)
    spread = np.sqrt((share * (place - mean[..., None]) ** 2).sum(axis=-1))
    return mean, WIDTHS * np.maximum(spread, place[..., 1] - place[..., 0])


def _spread(values: Numbers) -> Numbers:
    """Numbers of the lines (H, ACROSS, ACROSS) carried to the lattice."""
    return np.asarray(_across() @ values @ _across().T)


def _across() -> Numbers:
    return _matrix("gauss", ACROSS, FINE_ACROSS)


def _lattice(points: int, reach: float) -> Numbers:
    """Evenly spaced places on both sides of nought."""
    return np.linspace(-reach, reach, points)


@cache
def _gauss(points: int) -> Numbers:
    """Gauss-Hermite nodes (of the probabilists): denser where a nearly normal density is."""
    return np.asarray(hermegauss(points)[0])


@cache
def _chebyshev(points: int) -> Numbers:
    """Chebyshev nodes, the ends included."""
    return -np.cos(np.pi * np.arange(points) / (points - 1))


@cache
def _matrix(kind: Literal["chebyshev", "gauss"], nodes_: int, points: int) -> Numbers:
    """Values at nodes to values at a lattice: the polynomial through the nodes, in barycentric form."""
    along = kind == "chebyshev"
    x = _chebyshev(nodes_) if along else _gauss(nodes_)
    wanted = _lattice(points, 1 if along else REACH_ACROSS)
    weights = 1 / np.prod(x[:, None] - x + np.eye(nodes_), axis=1)
    distance = wanted[:, None] - x
    exact = np.isclose(distance, 0, atol=1e-12)
    terms = weights / np.where(exact, 1, distance)
    matrix: Numbers = terms / terms.sum(axis=1, keepdims=True)
    hit = exact.any(axis=1)
    matrix[hit] = exact[hit]
    return matrix
