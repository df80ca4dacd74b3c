"""Where one heap of plausible people lives: a frame around it, and points in the frame where the density is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.rules import (
    ACROSS,
    LINES,
    REACH,
    Points,
    Rule,
    along_lines,
    line_places,
    rule,
)
from natalizumab.pharmacology.washout import log_concentration

Numbers = NDArray[np.float64]

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

    def squared(self, places: Numbers) -> Numbers:
        """The sum of the squares of the effects at places (n, 3)."""
        z = self.z(places)
        return np.einsum("nk,nk->n", z, z)


@dataclass(frozen=True, slots=True)
class Found:
    """The points of a frame with the logarithm of what each weighs; over all it sums to the evidence."""

    frame: Frame
    used: Rule
    places: Numbers
    points: Points
    log_weight: Numbers

    @property
    def share(self) -> float:
        """For which share of equal points they count."""
        weight = np.exp(self.log_weight - self.log_weight.max())
        return float(weight.sum() ** 2 / (weight**2).sum() / len(weight))

    @property
    def log_evidence(self) -> float:
        """How probable what was measured is, but for a constant."""
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


def everybody(kind: tuple[int, int]) -> Found:
    """Of whom nothing has been measured."""
    used = rule(*kind)
    frame, nothing = Frame(np.zeros(3), np.eye(3)), np.zeros(LINES**2)
    return _weighed((), frame, used, None, nothing, nothing + 1 / WIDER)


def first_frame(mode: Numbers, information: Numbers) -> Frame:
    """Along the sharpest axis wherever the prior or the mode's surroundings are; across as wide as the curvature."""
    strength, direction = np.linalg.eigh(information)
    sharp = direction[:, -1]
    nearest = -float(mode @ sharp)  # Along a line the prior is highest where it is nearest to the typical person.
    around = AROUND / math.sqrt(strength[-1])
    low, high = min(nearest - REACH, -around), max(nearest + REACH, around)
    widths = np.array([(high - low) / 2 / REACH, *(1 / np.sqrt(strength[1::-1])).clip(0.3, 1.0)])
    return Frame(mode + (low + high) / 2 * sharp, direction[:, ::-1] * widths)


def weighed(levels: Sequence[Level], frame: Frame, used: Rule, at_nodes: Numbers) -> Found:
    """The points, of a rule whose nodes have the straightened values ``at_nodes`` (M, levels)."""
    there = used.polynomial(at_nodes)
    return _weighed(levels, frame, used, there, *_lives(levels, frame, used, there))


def _weighed(
    levels: Sequence[Level], frame: Frame, used: Rule, there: Numbers | None, middle: Numbers, width: Numbers
) -> Found:
    places, log_spread = _placed(frame, used, middle, width)
    points = used.points(places)
    log_weight = -0.5 * frame.squared(places) - log_spread - math.log(len(places))
    if there is not None:
        log_weight += log_likelihood(levels, log_concentration(points.values(there)).T)
    log_weight[(places**2).sum(axis=1) > FARTHEST_OUT**2] = -np.inf
    return Found(frame, used, places, points, log_weight)


def _placed(frame: Frame, used: Rule, middle: Numbers, width: Numbers) -> tuple[Numbers, Numbers]:
    """Where the points come to lie (P, 3), and the log density (but for a constant) of lying there.

    Most are spread along their lines, around the middle. The others are spread as the prior, for a heap that lies apart
    and for long tails.
    """
    on = used.on_lines
    places = np.empty((len(used.normal), 3))
    places[:on, 1:] = ACROSS * used.normal[:on, 1:]
    places[on:] = (used.normal[on:] - frame.centre) @ np.linalg.inv(frame.axes).T
    across = places[:, 1:]
    middle, log_width = used.to_points(np.stack([middle, np.log(width)]), across)
    width = WIDER * np.exp(log_width)
    places[:on, 0] = middle[:on] + width[:on] * used.normal[:on, 0]
    on_lines = -0.5 * (((places[:, 0] - middle) / width) ** 2 + (across**2).sum(axis=1) / ACROSS**2)
    on_lines -= np.log(width) + 2 * math.log(ACROSS) + np.linalg.slogdet(frame.axes)[1]
    share = on / len(places)
    return places, np.logaddexp(math.log(share) + on_lines, math.log(1 - share) - 0.5 * frame.squared(places))


def _lives(levels: Sequence[Level], frame: Frame, used: Rule, there: Numbers) -> tuple[Numbers, Numbers]:
    """Where on each line of the lattice the density lives, and how wide: mean and standard deviation."""
    place, across = along_lines(), line_places()
    density = log_likelihood(levels, np.moveaxis(log_concentration(used.at_lines(there)), 0, -1))
    density -= 0.5 * _squared_on_lines(frame, place, across)
    density[place**2 + (across**2).sum(axis=1)[:, None] > FARTHEST_OUT**2] = -np.inf
    share = np.exp(density - density.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    mean = share @ place
    spread = np.sqrt(np.maximum(share @ place**2 - mean**2, 0))
    return mean, np.maximum(spread, (place[1] - place[0]) / 2)


def _squared_on_lines(frame: Frame, place: Numbers, across: Numbers) -> Numbers:
    """The sum of the squares of the effects on the lattice, shape (LINES squared, ON_A_LINE)."""
    start = frame.z(np.concatenate([np.zeros((len(across), 1)), across], axis=1))
    along = frame.axes[:, 0]
    beside = (start**2).sum(axis=1)[:, None]
    return np.asarray(beside + 2 * np.outer(start @ along, place) + (along @ along) * place**2)
