"""The exact posterior of the three effects between people, by quadrature along the lines that the data bend.

The effects are z, standard normal a priori: log CL, log Vp and log Vmax in units of their omegas. A few levels pin down
one combination of them sharply and leave the others as wide as before, and the sharp one bends as the others change; a
level below the limit of quantification only cuts a part off, and a doubtful one leaves two heaps. So the equations are
solved at a few nodes, and polynomials carry the concentration between them, as days of a washout (``washout``), not the
density. From it the density is evaluated as it is, without any normal approximation, at thousands of points: most lie
on lines along the sharp axis, each of which is walked where its density lives.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.antibodies import Hypothesis
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood, slopes
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.rules import ACROSS, LINES, ON_A_LINE, REACH, SCALE, Rule, line_places, rule
from natalizumab.pharmacology.schedule import Schedule, schedule
from natalizumab.pharmacology.solver import solve
from natalizumab.pharmacology.washout import log_concentration, straightened

__all__ = ["Part", "Predictor", "log_concentration", "modes", "parts", "people_with", "predictor"]

Numbers = NDArray[np.float64]

COARSE, FINE = (8, 2048), (10, 16384)
"""Degree and points: to find where the posterior lives, and to weigh it."""

FARTHEST_OUT = 4.5
"""Beyond this distance from a frame's centre polynomials say nothing; next to nobody is there."""

WIDER = 1.25
"""Points are spread so many times as wide as the density along a line, lest a tail be missed."""

AROUND = 6.0
"""A line is searched so many widths of the density around the mode, beside where the prior lives."""

MATTERS = 1e-3
"""Points that weigh less than this beside the heaviest need not lie within a frame."""

NARROWEST, WIDEST = 0.05, 1.25
"""Of the axes of a frame, in standard deviations of the prior."""

ENOUGH, MOST_ROUNDS = 0.12, 4
"""A frame fits if its points count for this share of equal ones; else it is drawn anew around what they found."""

FARTHEST = 12.0
"""Nobody is so many standard deviations from the typical person; a search for an absurd level ends here."""

DIFFERENCE = 1e-3
"""Steps of z for derivatives; the solver's own error stays far below what they change."""

MOST_STEPS, LONGEST_STEP, CLOSE_ENOUGH = 40, 2.0, 1e-2

SMALL = 0.05
"""Parts that are less probable than this beside the likeliest are not weighed more finely than roughly."""

NOT_WORTH = 1e-9
"""Hypotheses whose normal approximation is so improbable beside the best are left out unseen."""

ALIKE = 5e-3
"""Hypotheses that move no concentration by more than this share of it have their people in common."""


@dataclass(frozen=True, slots=True)
class Predictor:
    """The concentrations of people with effects z, under each of several hypotheses about antibodies."""

    changes: Schedule
    weight_kg: float

    def straightened(self, z: Numbers, which: NDArray[np.int64], days: Sequence[float]) -> Numbers:
        """As ``washout`` has them, shape (..., days), of z with shape (..., 3) under hypotheses ``which`` (...)."""
        flat = z.reshape(-1, 3)
        hypotheses = np.broadcast_to(which, z.shape[:-1]).reshape(-1)
        found = solve(self.changes.of(hypotheses), people_with(flat, self.weight_kg), days).concentration
        return straightened(found).reshape(*z.shape[:-1], len(days))


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
class Frame:
    """A centre (3,), and three axes in columns, the sharp one first, so long that all that matters lies within
    ``REACH`` of them.
    """

    centre: Numbers
    axes: Numbers

    def z(self, places: Numbers) -> Numbers:
        """The effects at places (n, 3)."""
        return np.asarray(self.centre + places @ self.axes.T)


@dataclass(frozen=True, slots=True)
class Part:
    """Plausible people under ``members``, hypotheses that the levels can't tell apart, with each one's share.

    ``places`` (P, 3) are those of the points within the frame, and ``weight`` (P,) how probable each of them is: over
    all parts it sums to 1. ``mode`` are the most probable effects.
    """

    members: NDArray[np.int64]
    shares: Numbers
    rule: Rule
    frame: Frame
    places: Numbers
    weight: Numbers
    mode: Numbers

    def nodes(self) -> Numbers:
        """The effects at the nodes (M, 3)."""
        return self.frame.z(self.rule.nodes)

    def effects(self) -> Numbers:
        """Those of all points (P, 3)."""
        return self.frame.z(self.places)

    def carried(self, values: Numbers) -> Numbers:
        """Values (M, n) at the nodes, carried to the points (P, n)."""
        return self.rule.at_points(self.rule.polynomial(values), self.places)


@dataclass(frozen=True, slots=True)
class _Found:
    """A part before all are weighed together: the log density of its points, and how many equal ones they count for."""

    frame: Frame
    used: Rule
    places: Numbers
    log_weight: Numbers

    @property
    def share(self) -> float:
        weight = np.exp(self.log_weight - self.log_weight.max())
        return float(weight.sum() ** 2 / (weight**2).sum() / len(weight))

    @property
    def log_evidence(self) -> float:
        top = self.log_weight.max()
        return float(top + np.log(np.exp(self.log_weight - top).sum()))

    def around(self) -> Frame:
        """A frame around what was found, its sharp axis along that in which people differ least."""
        weight = np.exp(self.log_weight - self.log_weight.max())
        weight /= weight.sum()
        z = self.frame.z(self.places)
        mean = weight @ z
        spread, direction = np.linalg.eigh((weight[:, None] * (z - mean)).T @ (z - mean))
        matter = self.log_weight > self.log_weight.max() + math.log(MATTERS)
        farthest = np.abs((z[matter] - mean) @ direction).max(axis=0)
        widths = np.maximum(WIDER * np.sqrt(spread.clip(0)), farthest / REACH)
        return Frame(mean, direction * widths.clip(NARROWEST, WIDEST))


def parts(model: Predictor, levels: Sequence[Level], log_prior: Numbers, least: float) -> list[Part]:
    """The posterior given the levels, where hypothesis n has the log prior probability ``log_prior[n]``.

    Parts that are less probable than ``least`` beside the likeliest are left out.
    """
    if not levels:
        everybody = Frame(np.zeros(3), np.eye(3))
        found = _weighed(model, (), everybody, 0, FINE)
        return _normalised([(np.arange(len(log_prior)), found, np.zeros(3))], log_prior)
    mode, information, height = modes(model, levels, log_prior)
    approximate = height - 0.5 * np.linalg.slogdet(information)[1]
    rough = []
    for members in _alike(model, levels, len(log_prior)):
        first = members[np.argmax(log_prior[members])]
        if approximate[first] > approximate.max() + math.log(NOT_WORTH):
            frame = _first_frame(mode[first], information[first])
            rough.append((members, _settled(model, levels, frame, int(first), COARSE), mode[first]))
    evidence = np.array([one.log_evidence + _together(log_prior[members]) for members, one, _ in rough])
    fine = []
    for (members, one, its_mode), there in zip(rough, evidence - evidence.max(), strict=True):
        if there > math.log(SMALL):
            first = int(members[np.argmax(log_prior[members])])
            fine.append((members, _settled(model, levels, one.around(), first, FINE), its_mode))
        elif there > math.log(least):
            fine.append((members, one, its_mode))
    return _normalised(fine, log_prior)


def _normalised(found: Sequence[tuple[NDArray[np.int64], _Found, Numbers]], log_prior: Numbers) -> list[Part]:
    logs = [one.log_weight + _together(log_prior[members]) for members, one, _ in found]
    top = max(log.max() for log in logs)
    total = sum(np.exp(log - top).sum() for log in logs)
    return [
        Part(
            members, np.exp(log_prior[members] - _together(log_prior[members])), one.used, one.frame, one.places,
            np.exp(log - top) / total, mode,
        )
        for (members, one, mode), log in zip(found, logs, strict=True)
    ]  # fmt: skip


def _together(logs: Numbers) -> float:
    return float(np.log(np.exp(logs - logs.max()).sum()) + logs.max())


def _alike(model: Predictor, levels: Sequence[Level], count: int) -> list[NDArray[np.int64]]:
    """The hypotheses in groups, within which they give the same levels to three quite different people."""
    people = np.array([[0.0, 0.0, 0.0], [-2.0, 0.0, -2.0], [1.5, 0.0, 1.5]])
    there = model.straightened(
        np.broadcast_to(people, (count, 3, 3)), np.arange(count)[:, None], [level.day for level in levels]
    )
    return alike(there.reshape(count, -1))


def alike(rows: Numbers) -> list[NDArray[np.int64]]:
    """Numbers of rows of straightened concentrations that are the same to within ``ALIKE``, in groups."""
    logs = log_concentration(rows)
    left, found = list(range(len(rows))), []
    while left:
        group = [row for row in left if (np.abs(logs[row] - logs[left[0]]) < ALIKE).all()]
        found.append(np.array(group))
        left = [row for row in left if row not in group]
    return found


def _settled(model: Predictor, levels: Sequence[Level], frame: Frame, which: int, kind: tuple[int, int]) -> _Found:
    """Weigh in that frame, and in others around what was found until one fits."""
    found = _weighed(model, levels, frame, which, kind)
    for _ in range(MOST_ROUNDS):
        if found.share >= ENOUGH:
            break
        found = _weighed(model, levels, found.around(), which, kind)
    return found


def _first_frame(mode: Numbers, information: Numbers) -> Frame:
    """Along the sharpest axis wherever the prior or the mode's surroundings are; across as wide as the curvature."""
    strength, direction = np.linalg.eigh(information)
    sharp = direction[:, -1]
    nearest = -float(mode @ sharp)  # Along a line the prior is highest where it is nearest to the typical person.
    around = AROUND / math.sqrt(strength[-1])
    low, high = min(nearest - REACH, -around), max(nearest + REACH, around)
    widths = np.array([(high - low) / 2 / REACH, *(1 / np.sqrt(strength[1::-1])).clip(0.3, 1.0)])
    return Frame(mode + (low + high) / 2 * sharp, direction[:, ::-1] * widths)


def _weighed(model: Predictor, levels: Sequence[Level], frame: Frame, which: int, kind: tuple[int, int]) -> _Found:
    used = rule(*kind)
    there, middle, width = None, np.zeros(LINES**2), np.full(LINES**2, 1 / WIDER)
    if levels:
        values = model.straightened(frame.z(used.nodes), np.array(which), [level.day for level in levels])
        there = used.polynomial(values)
        middle, width = _lives(levels, frame, used, there)
    places, log_spread = _placed(frame, used, middle, width)
    log_weight = -0.5 * (frame.z(places) ** 2).sum(axis=1) - log_spread - math.log(len(places))
    if there is not None:
        log_weight += log_likelihood(levels, log_concentration(used.at_points(there, places)))
    outside = (places**2).sum(axis=1) > FARTHEST_OUT**2
    return _Found(frame, used, places, np.where(outside, -np.inf, log_weight))


def _placed(frame: Frame, used: Rule, middle: Numbers, width: Numbers) -> tuple[Numbers, Numbers]:
    """Where the points come to lie (P, 3), and the log density (but for a constant) of lying there.

    Most are spread along their lines, around the middle. The others are spread as the prior, for a heap that lies apart
    and for long tails.
    """
    share = used.on_lines / len(used.normal)
    apart = np.linalg.solve(frame.axes, (used.normal[used.on_lines :] - frame.centre).T).T
    across = np.concatenate([ACROSS * used.normal[: used.on_lines, 1:], apart[:, 1:]])
    middle, width = used.to_points(middle, across), WIDER * np.exp(used.to_points(np.log(width), across))
    along = middle + width * used.normal[:, 0]
    along[used.on_lines :] = apart[:, 0]
    places = np.column_stack([along, across])
    on_lines = -0.5 * (((along - middle) / width) ** 2 + (across**2).sum(axis=1) / ACROSS**2)
    on_lines -= np.log(width) + 2 * math.log(ACROSS) + np.linalg.slogdet(frame.axes)[1]
    as_prior = -0.5 * (frame.z(places) ** 2).sum(axis=1)
    return places, np.logaddexp(math.log(share) + on_lines, math.log(1 - share) + as_prior)


def _lives(levels: Sequence[Level], frame: Frame, used: Rule, there: Numbers) -> tuple[Numbers, Numbers]:
    """Where on each line of the lattice the density lives, and how wide: mean and standard deviation."""
    place = np.linspace(-SCALE, SCALE, ON_A_LINE)
    across = line_places()
    density = log_likelihood(levels, log_concentration(used.at_lines(there, place)))
    grid = np.empty((len(across), len(place), 3))
    grid[..., 0], grid[..., 1:] = place, across[:, None, :]
    density -= 0.5 * (frame.z(grid) ** 2).sum(axis=-1)
    density[(grid**2).sum(axis=-1) > FARTHEST_OUT**2] = -np.inf
    share = np.exp(density - density.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    mean = share @ place
    spread = np.sqrt((share * (place - mean[:, None]) ** 2).sum(axis=1))
    return mean, np.maximum(spread, (place[1] - place[0]) / 2)


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
