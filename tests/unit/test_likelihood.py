"""How probable levels are, against SciPy's distributions and against numerical derivatives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood, normal_cdf, slopes

SIGMA = 0.219
"""The published residual error, 21.9 %."""

CONSTANT = math.log(SIGMA) + 0.5 * math.log(2 * math.pi)
"""Alike for every concentration, and so left out of the likelihood of a measured level."""

concentration = st.floats(0.05, 300)
ratio = st.floats(0.3, 2.5)


@given(concentration, ratio, st.floats(0.5, 2))
def test_a_measured_level_is_normal_around_the_concentration(true: float, times: float, factor: float) -> None:
    level = Level(28, true * times * factor, factor=factor)
    expected = stats.norm(true, SIGMA * true).logpdf(true * times) + CONSTANT
    assert log_likelihood([level], np.log([true])) == pytest.approx(expected, abs=1e-9)


@given(concentration, ratio)
def test_a_level_below_the_limit_has_the_probability_of_measuring_less(true: float, times: float) -> None:
    level = Level(28, true * times, below=True)
    expected = stats.norm(true, SIGMA * true).logcdf(true * times)
    assert log_likelihood([level], np.log([true])) == pytest.approx(expected, abs=1e-9)


def test_levels_are_independent_and_the_last_axis_is_theirs() -> None:
    levels = [Level(28, 20.0), Level(56, 0.5, below=True), Level(84, 13.0, factor=1.3)]
    logs = np.log(np.array([[[18.0, 0.6, 11.0], [25.0, 0.2, 9.0]]]))
    together = log_likelihood(levels, logs)
    apart = sum(log_likelihood([level], logs[..., [number]]) for number, level in enumerate(levels))
    assert together.shape == (1, 2)
    assert together == pytest.approx(apart)


def test_no_levels_say_nothing() -> None:
    assert log_likelihood([], np.zeros((4, 0))).tolist() == [0, 0, 0, 0]


@given(concentration, ratio, st.booleans())
def test_the_slope_is_the_derivative_in_the_logarithm_of_the_concentration(
    true: float, times: float, below: bool
) -> None:
    level, u, step = Level(28, true * times, below=below), np.log([true]), 1e-5
    found = slopes([level], u)
    numerical = (log_likelihood([level], u + step) - log_likelihood([level], u - step)) / (2 * step)
    assert found.first[0] == pytest.approx(numerical, rel=1e-4, abs=1e-5)
    assert found.logarithm[0] == pytest.approx(log_likelihood([level], u))
    assert found.information[0] >= 0


def test_a_level_far_from_every_plausible_one_still_has_finite_slopes() -> None:
    for below in (False, True):
        found = slopes([Level(28, 0.01, below=below)], np.log([300.0]))
        assert np.isfinite([found.logarithm, found.first, found.information]).all()


def test_the_normal_distribution_is_scipys() -> None:
    x = np.linspace(-37, 10, 200)
    assert normal_cdf(x) == pytest.approx(stats.norm.cdf(x), rel=1e-10)
