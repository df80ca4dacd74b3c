"""What the compiled code makes of plausible people, against the same told in NumPy and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import norm

from natalizumab.pharmacology.frames import Frame, Side
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.rules import ACROSS, line_places, rule
from natalizumab.pharmacology.washout import log_concentration
from natalizumab.pharmacology.weighing import FARTHEST_OUT, WIDER, carry, weigh

Numbers = NDArray[np.float64]

FRAME = Frame(np.array([0.4, -0.8, 1.1]), np.array([[0.5, 0.3, 0.0], [-0.2, 0.9, 0.1], [0.1, 0.0, 0.7]]))
LEVELS = (Level(28.0, 14.0), Level(56.0, 0.5, below=True, factor=1.3))
USED = rule(6, 72, 12, 200)  # no number of them fills the last block
OF_LINES = np.stack([line_places() @ np.array([0.3, -0.2]), -0.5 + 0.1 * line_places()[:, 0]])


def polynomials() -> Numbers:
    """Of days of a washout that span what the levels are, and more."""
    x, y, z = USED.nodes.T
    return USED.polynomial(np.column_stack([-60 + 12 * x - 5 * y + x * z, -140 + 60 * x + 4 * z**2]))


def test_effects_and_levels_are_those_of_the_places() -> None:
    places, z, at_levels, _ = weigh(LEVELS, FRAME, None, USED, polynomials(), OF_LINES)
    assert z == pytest.approx(places @ FRAME.axes.T + FRAME.centre, abs=1e-12)
    assert at_levels == pytest.approx(carry(places, polynomials(), USED.degree), abs=1e-9)


def test_those_on_lines_are_carried_as_all_others_are() -> None:
    places, _, _, _ = weigh(LEVELS, FRAME, None, USED, polynomials(), OF_LINES)
    found = carry(places, polynomials(), USED.degree, USED.lines, USED.turns)
    assert found == pytest.approx(carry(places, polynomials(), USED.degree), abs=1e-9)


def test_points_stand_on_lines_and_elsewhere_as_the_prior() -> None:
    places, z, _, log_weight = weigh(LEVELS, FRAME, None, USED, polynomials(), OF_LINES)
    on, normal = USED.on_lines, USED.normal
    across = ACROSS * normal[:on, 1:]
    assert places[:on, 1:] == pytest.approx(across, abs=1e-12)
    middle = (across @ np.array([0.3, -0.2])).clip(OF_LINES[0].min(), OF_LINES[0].max())
    width = WIDER * np.exp((-0.5 + 0.1 * across[:, 0]).clip(OF_LINES[1].min(), OF_LINES[1].max()))
    assert places[:on, 0] == pytest.approx(middle + width * normal[:on, 0], abs=1e-8)
    inside = np.isfinite(log_weight[on:])
    assert z[on:][inside] == pytest.approx(normal[on:][inside], abs=1e-9)


def test_weights_are_prior_times_likelihood_over_how_the_points_are_spread() -> None:
    places, z, at_levels, log_weight = weigh(LEVELS, FRAME, None, USED, polynomials(), OF_LINES)
    across = places[:, 1:]
    middle = (across @ np.array([0.3, -0.2])).clip(OF_LINES[0].min(), OF_LINES[0].max())
    width = WIDER * np.exp((-0.5 + 0.1 * across[:, 0]).clip(OF_LINES[1].min(), OF_LINES[1].max()))
    share = USED.on_lines / len(places)
    volume = np.log(abs(np.linalg.det(FRAME.axes)))
    on_lines = norm.logpdf(places[:, 0], middle, width) + norm.logpdf(across, 0, ACROSS).sum(axis=1) - volume
    prior = norm.logpdf(z).sum(axis=1)
    spread = logsumexp([np.log(share) + on_lines, np.log(1 - share) + prior], axis=0)
    c = np.exp(log_concentration(at_levels))
    first = norm.logpdf(14.0 / c[0], 1, residual_error()) - np.log(c[0])
    second = norm.logcdf((0.5 / 1.3 / c[1] - 1) / residual_error())
    expected = prior + first + second - spread
    off = (log_weight - expected)[(log_weight > -300) & (second > -600)]
    assert len(off) > 400
    assert off == pytest.approx(np.full(len(off), off[0]), abs=1e-6)


def test_whoever_is_far_outside_weighs_nothing() -> None:
    places, _, _, log_weight = weigh(LEVELS, FRAME, None, USED, polynomials(), OF_LINES)
    far = (places**2).sum(axis=1) > FARTHEST_OUT**2
    assert np.isneginf(log_weight[far]).all()
    assert np.isfinite(log_weight).sum() > len(places) / 2


def test_of_two_heaps_only_the_nearer_people_weigh_anything() -> None:
    other = Frame(FRAME.centre + 1.5, FRAME.axes)
    side = Side(FRAME, other)
    _, z, _, log_weight = weigh(LEVELS, FRAME, side, USED, polynomials(), OF_LINES)
    _, _, _, all_ = weigh(LEVELS, FRAME, None, USED, polynomials(), OF_LINES)
    has = side.has(z)
    assert 0 < has.sum() < len(has)
    assert np.isneginf(log_weight[~has]).all()
    assert log_weight[has] == pytest.approx(all_[has])
