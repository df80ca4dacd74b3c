"""Calls the compiled code that weighs plausible people: hands it the addresses of its arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology import likelihood
from natalizumab.pharmacology.engine import address, aligned
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.machine_code import compiled
from natalizumab.pharmacology.point_rows import size
from natalizumab.pharmacology.rules import ACROSS, SCALE, Rule
from natalizumab.pharmacology.washout import table

if TYPE_CHECKING:
    from natalizumab.pharmacology.frames import Frame, Side

Numbers = NDArray[np.float64]

FARTHEST_OUT = 4.5
"""Beyond this distance from a frame's centre polynomials say nothing; next to nobody is there."""

WIDER = 1.25
"""Points are spread so many times as wide as the density along a line, lest a tail be missed."""


def weigh(
    levels: Sequence[Level], frame: Frame, side: Side | None, used: Rule, polynomials: Numbers | None, of_lines: Numbers
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The points of a rule in a frame: places and effects (P, 3), straightened levels (levels, P), log weights (P,).

    ``of_lines`` (2, lines) are the middle of the density on each line of the lattice, and the logarithm of its width.
    """
    many, widened = len(used.normal), _widened(of_lines)
    days, logs, where = table()
    arrays = {
        "frame": np.concatenate([_told(frame.centre, frame.axes), np.linalg.inv(frame.axes).ravel()]),
        "lines": np.concatenate([used.smooth(widened).ravel(), _ends(widened)]),
        "spread": np.array([SCALE, ACROSS, FARTHEST_OUT, _log_on_lines(frame, used), math.log(elsewhere(used))]),
        "polynomials": np.zeros(0) if polynomials is None else polynomials.ravel(),
        "levels": np.array([(level.on_the_models_scale, float(level.below)) for level in levels]).ravel(),
        "sides": _sides(side),
    }
    places, z, at_levels = np.empty((3, many)), np.empty((3, many)), np.empty((len(levels), many))
    log_weight, room = np.empty(many), aligned(size(len(levels)))
    at = {name: address(array) for name, array in arrays.items()}
    compiled("weigh")(
        address(used.normal.T), many, used.lines, used.turns, at["frame"], at["lines"], at["spread"], at["polynomials"],
        arrays["polynomials"].size, used.degree, at["levels"], len(levels), likelihood.residual_error(), address(days),
        address(logs), len(days), address(where), at["sides"], arrays["sides"].size, address(places), address(z),
        address(at_levels), address(log_weight), address(room),
    )  # fmt: skip
    return places.T, z.T, at_levels, log_weight


def carry(places: Numbers, polynomials: Numbers, degree: int, lines: int = 0, turns: int = 0) -> Numbers:
    """Values (n, P) at places (P, 3) of polynomials (degree + 1, n, pairs).

    The first ``lines`` places times ``turns`` are so many on each line, in turn; it takes less time if that is known.
    """
    count, by_axis = polynomials.shape[1], np.ascontiguousarray(places.T)
    values, room = np.empty((count, len(places))), aligned(size(count))
    compiled("carry")(
        address(by_axis), len(places), lines, turns, SCALE, address(polynomials), polynomials.size, count, degree,
        address(values), address(room),
    )  # fmt: skip
    return values


def log_density_of_lines(frame: Frame, used: Rule, of_lines: Numbers, places: Numbers) -> Numbers:
    """The logarithm of how densely points on lines stand at any places (n, 3): so many per volume of normal numbers."""
    widened, across = _widened(of_lines), places[:, 1:]
    ends = _ends(widened).reshape(2, 2)
    middle, log_width = used.smooth_at(widened, across).clip(ends[:, :1], ends[:, 1:])
    off = (places[:, 0] - middle) * np.exp(-log_width)
    beside: Numbers = off**2 + (across**2).sum(axis=1) / ACROSS**2
    return np.asarray(_log_on_lines(frame, used) - 0.5 * beside - log_width)


def elsewhere(used: Rule) -> int:
    """How many points are on no line, but spread as the prior, or around a heap."""
    return len(used.normal) - used.on_lines


def _log_on_lines(frame: Frame, used: Rule) -> float:
    return math.log(used.on_lines) - 2 * math.log(ACROSS) - float(np.linalg.slogdet(frame.axes)[1])


def _widened(of_lines: Numbers) -> Numbers:
    """For the points, which are spread a little wider than the density."""
    return np.asarray(of_lines + np.array([[0.0], [math.log(WIDER)]]))


def _told(centre: Numbers, axes: Numbers) -> Numbers:
    return np.concatenate([centre, axes.ravel()])


def _ends(of_lines: Numbers) -> Numbers:
    """The smallest and the largest of each row."""
    return np.stack([of_lines.min(axis=1), of_lines.max(axis=1)], axis=1).ravel()


def _sides(side: Side | None) -> Numbers:
    if side is None:
        return np.zeros(0)
    return np.concatenate(
        [_told(frame.centre, np.asarray(np.linalg.inv(frame.axes))) for frame in (side.this, side.other)]
    )
