"""The curve of saturation and the four alternatives that say how much an answer depends on it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natalizumab.errors import ModelError
from natalizumab.pharmacology import SaturationCurve, curve, saturation

STATED = [
    # name, E0 %, Emax %, EC50 mg/L, h: as the evidence notes give them
    (None, 0, 95, 1.7, 1),
    ("a", 0, 92, 1.5, 1.3),
    ("b", 0, 96, 1.7, 0.8),
    ("c", 17.7, 77.5, 2.5, 1),
    ("d", 0, 95, 2.5, 1),
]
NAMES = [name for name, *_ in STATED]


@pytest.mark.parametrize(("name", "e0", "emax", "ec50", "h"), STATED)
def test_each_curve_is_the_stated_one(name: str | None, e0: float, emax: float, ec50: float, h: float) -> None:
    for concentration in (0.0, 0.3, ec50, 25.0):
        expected = e0 + emax * concentration**h / (ec50**h + concentration**h)
        assert 100 * saturation(concentration, name) == pytest.approx(expected)
    assert 100 * saturation(ec50, name) == pytest.approx(e0 + emax / 2)


def test_an_array_keeps_its_shape() -> None:
    found = saturation(np.array([[0.0, 1.7], [5.0, 100.0]]))
    assert found == pytest.approx(np.array([[0.0, 0.475], [0.95 * 5 / 6.7, 95 / 101.7]]))


@given(st.floats(0, 1e3), st.floats(1e-3, 100), st.sampled_from(NAMES))
def test_saturation_rises_with_the_concentration_within_its_bounds(low: float, more: float, name: str | None) -> None:
    shape = curve(name)
    assert shape.e0 <= shape.at(low) < shape.at(low + more) < shape.e0 + shape.emax


@given(st.floats(1e-3, 300), st.sampled_from(NAMES))
def test_the_inverse_gives_the_concentration_back(concentration: float, name: str | None) -> None:
    shape = curve(name)
    assert shape.concentration(shape.at(concentration)) == pytest.approx(concentration, rel=1e-8)


@pytest.mark.parametrize("impossible", [-0.01, 0.95, 1.0, math.nan])
def test_a_saturation_off_the_curve_is_refused(impossible: float) -> None:
    with pytest.raises(ModelError, match="is not on the curve, which runs from 0 to below 0.95"):
        curve().concentration(impossible)


def test_below_its_start_a_curve_that_starts_higher_has_no_concentration() -> None:
    with pytest.raises(ModelError, match="runs from 0.177"):
        curve("c").concentration(0.1)
    assert SaturationCurve(0.177, 0.775, 2.5, 1).concentration(0.177) == 0


def test_an_unknown_alternative_is_refused() -> None:
    with pytest.raises(ModelError, match="give None, a, b, c or d"):
        curve("e")
