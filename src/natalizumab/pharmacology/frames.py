"""Where one heap of plausible people lives: a frame around it, and points in the frame where the density is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.going_on import Standing
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.rules import (
    LINES,
    REACH,
    Rule,
    along_lines,
    line_places,
    rule,
)
from natalizumab.pharmacology.washout import log_concentration
from natalizumab.pharmacology.weighing import FARTHEST_OUT, WIDER, weigh

Numbers = NDArray[np.float64]

Kind = tuple[int, int, int, int]
"""What ``rules.rule`` takes: a degree, lines, points on each, and points elsewhere."""

ROOMIER = 1.12
"""Axes are so many times as long as the density is wide: longer ones leave more to the polynomials than they can."""

AROUND = 6.0
"""A line is searched so many widths of the density around the mode, beside where the prior lives."""

LOW = -1e4
"""The log of a density that is next to nothing, and still smaller than any other."""

MATTERS = 1e-3
"""Points that weigh less than this beside the heaviest need not lie within a frame."""

ENOUGH = 0.12
"""A frame fits if its points count for this share of equal ones."""

APART, FAR_APART, TYPICAL, ROUNDS_OF_HEAPS = 1e-3, 1.8, 1.5, 8
"""A heap weighs at least this share, and lies so many standard deviations of the prior from the other one; in a frame
that fits, one of the two is so near to the typical person.
"""

NARROWEST, WIDEST = 0.05, 1.25
"""Of the axes of a frame, in standard deviations of the prior."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A centre (3,), and three axes in columns, the sharp one first, so long that all that matters lies within
    ``REACH`` of them.
    """

    centre: Numbers
    axes: Numbers

    def z(self, places: Numbers) -> Numbers:
        """The effects at places (n, 3)."""
        return np.asarray(places @ self.axes.T + self.centre)

    def places(self, z: Numbers) -> Numbers:
        """Where in the frame effects (..., 3) are."""
        return np.asarray((z - self.centre) @ np.linalg.inv(self.axes).T)

    def distance(self, z: Numbers) -> Numbers:
        """The squared distance (...) of effects (..., 3) from the centre, in lengths of the axes."""
        return np.asarray((self.places(z) ** 2).sum(axis=-1))


@dataclass(frozen=True, slots=True)
class Side:
    """Of two heaps the people who are nearer to this one: whoever belongs to one does not belong to the other."""

    this: Frame
    other: Frame

    def has(self, z: Numbers) -> NDArray[np.bool_]:
        """Which of the effects (..., 3)."""
        nearer = self.this.distance(z) < self.other.distance(z)
        return np.asarray(nearer)


@dataclass(frozen=True)
class Found:
    """The points of a frame with the logarithm of what each weighs; over all it sums to the evidence.

    ``lines`` (2, LINES squared) are the middle of the density on each of the lattice's lines, and the logarithm of its
    width. ``places`` (P, 3) are theirs within the frame, ``z`` (P, 3) their effects, ``at_levels`` (levels, P) their
    straightened concentrations. Whoever counts for nothing, outside of it or of the side of two heaps, has no weight.
    ``nodes`` are the people at the rule's nodes on the day of the last level.
    """

    frame: Frame
    used: Rule
    lines: Numbers
    places: Numbers
    z: Numbers
    at_levels: Numbers
    log_weight: Numbers
    nodes: Standing | None = None

    @cached_property
    def weight(self) -> Numbers:
        """What each point weighs, as a share of all."""
        weight = np.exp(self.log_weight - self.log_weight.max())
        return np.asarray(weight / weight.sum())

    @cached_property
    def share(self) -> float:
        """For which share of equal points they count."""
        return float(1 / (self.weight**2).sum() / len(self.weight))

    @property
    def log_evidence(self) -> float:
        """How probable what was measured is, but for a constant."""
        heaviest = np.argmax(self.log_weight)
        return float(self.log_weight[heaviest] - np.log(self.weight[heaviest]))

    def around(self) -> Frame:
        """A frame around what was found."""
        return _around(self.z, self.weight)

    def _far(self) -> NDArray[np.bool_]:
        """Who would belong to the heap that is not the typical person's, if there are two.

        Heaps lie apart along the sharp axis, which alone the levels tell much of. Across it a heap is as wide as the
        distance between them: there a few heavy points of the one drew the middle of the other to themselves.
        """
        along, weight = self.places[:, 0], self.weight
        there, near = along[np.argmax(weight)], -(np.linalg.inv(self.frame.axes) @ self.frame.centre)[0]
        moment, all_, before = weight * along, float(weight @ along), math.nan
        far = np.zeros(len(along), dtype=bool)
        for _ in range(ROUNDS_OF_HEAPS):
            far = np.abs(along - there) < np.abs(along - near)
            share = float(weight @ far)
            if min(share, 1 - share) < APART or share == before:
                break
            there, before = float(moment @ far) / share, share
            near = (all_ - there * share) / (1 - share)
        return np.asarray(far)

    def heaps(self) -> list[Side]:
        """Two, if what was found lies in two heaps, else none.

        An early level near nothing is either far below the truth or true of somebody far from the typical person, and
        between them there is next to nobody.
        """
        z, weight = self.z, self.weight
        far = self._far()
        share = weight * far
        if min(share.sum(), 1 - share.sum()) < APART:
            return []
        near, there = (part @ z / part.sum() for part in (weight - share, share))
        fits = self.share > ENOUGH and np.linalg.norm(near) > TYPICAL
        if fits or np.linalg.norm(there - near) < FAR_APART:
            return []
        one, other = (_around(z, part / part.sum()) for part in (weight - share, share))
        return [Side(one, other), Side(other, one)]


def _around(z: Numbers, weight: Numbers) -> Frame:
    """Its sharp axis is along that in which people differ least."""
    mean = weight @ z
    spread, direction = _axes((weight[:, None] * (z - mean)).T @ (z - mean))
    farthest = np.abs((z[weight > MATTERS * weight.max()] - mean) @ direction).max(axis=0)
    widths = np.maximum(ROOMIER * np.sqrt(spread.clip(0)), farthest / REACH)
    return Frame(mean, direction * widths.clip(NARROWEST, WIDEST))


def _axes(symmetric: Numbers) -> tuple[Numbers, Numbers]:
    """Eigenvalues, rising, and unit vectors in columns, each of which points to where its largest number is positive.

    Which of the two ways a vector points is the library's choice, and another one's on another processor; but points
    in a frame do not lie alike on both sides.
    """
    values, vectors = np.linalg.eigh(symmetric)
    largest = np.abs(vectors).argmax(axis=0)
    return values, vectors * np.sign(vectors[largest, np.arange(len(values))])


def everybody(kind: Kind) -> Found:
    """Of whom nothing has been measured."""
    used = rule(*kind)
    frame, nothing = Frame(np.zeros(3), np.eye(3)), np.zeros(LINES**2)
    lines = np.stack([nothing, nothing - math.log(WIDER)])
    return Found(frame, used, lines, *weigh((), frame, None, used, None, lines))


def first_frame(mode: Numbers, information: Numbers) -> Frame:
    """Along the sharpest axis wherever the prior or the mode's surroundings are; across as wide as the curvature."""
    strength, direction = _axes(information)
    sharp = direction[:, -1]
    nearest = -float(mode @ sharp)  # Along a line the prior is highest where it is nearest to the typical person.
    around = AROUND / math.sqrt(strength[-1])
    low, high = min(nearest - REACH, -around), max(nearest + REACH, around)
    widths = np.array([(high - low) / 2 / REACH, *(1 / np.sqrt(strength[1::-1])).clip(0.3, 1.0)])
    return Frame(mode + (low + high) / 2 * sharp, direction[:, ::-1] * widths)


def weighed(
    levels: Sequence[Level], frame: Frame, used: Rule, at_nodes: Numbers, nodes: Standing, side: Side | None = None
) -> Found:
    """The points, of a rule whose nodes have the straightened values ``at_nodes`` (M, levels)."""
    there = used.polynomial(at_nodes)
    middle, width = _lives(levels, frame, side, used, there)
    lines = np.stack([middle, np.log(width)])
    return Found(frame, used, lines, *weigh(levels, frame, side, used, there, lines), nodes)


def _lives(
    levels: Sequence[Level], frame: Frame, side: Side | None, used: Rule, there: Numbers
) -> tuple[Numbers, Numbers]:
    """Where on each line of the lattice the density lives, and how wide: mean and standard deviation."""
    place, across = along_lines(), line_places()
    density = log_likelihood(levels, np.moveaxis(log_concentration(used.at_lines(there)), 0, -1))
    density -= 0.5 * _squared_on_lines(frame, place, across)
    density[place**2 + (across**2).sum(axis=1)[:, None] > FARTHEST_OUT**2] = -np.inf
    if side:
        density[~side.has(_on_lines(frame, place, across))] = LOW
    share = np.exp(density - density.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    mean = share @ place
    spread = np.sqrt(np.maximum(share @ place**2 - mean**2, 0))
    return mean, np.maximum(spread, (place[1] - place[0]) / 2)


def _on_lines(frame: Frame, place: Numbers, across: Numbers) -> Numbers:
    """The effects on the lattice, shape (LINES squared, ON_A_LINE, 3)."""
    places = np.empty((len(across), len(place), 3))
    places[..., 0], places[..., 1:] = place, across[:, None, :]
    return frame.z(places)


def _squared_on_lines(frame: Frame, place: Numbers, across: Numbers) -> Numbers:
    """The sum of the squares of the effects on the lattice, shape (LINES squared, ON_A_LINE)."""
    start = frame.z(np.concatenate([np.zeros((len(across), 1)), across], axis=1))
    along = frame.axes[:, 0]
    beside = (start**2).sum(axis=1)[:, None]
    return np.asarray(beside + 2 * np.outer(start @ along, place) + (along @ along) * place**2)
