"""The fixed points and polynomials under the posterior."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, qmc

from natalizumab.pharmacology.chosen_nodes import CHOSEN
from natalizumab.pharmacology.rules import _evenly, choose_nodes, rule
from natalizumab.pharmacology.washout import log_concentration, straightened


def test_points_are_those_of_sobols_sequence() -> None:
    ours = {tuple(row) for row in np.floor(norm.cdf(_evenly(256)) * 256).astype(int).tolist()}
    scipys = {tuple(row) for row in (qmc.Sobol(3, scramble=False).random(256) * 256).astype(int).tolist()}
    assert ours == scipys


def test_polynomials_up_to_their_degree_are_carried_exactly() -> None:
    used = rule(8, 256)
    places = used.normal.copy()
    places[: used.on_lines, 1:] *= 1.15
    expected = places[:, 0] ** 3 * places[:, 1] ** 2 - places[:, 2] ** 4 + 1
    x, y, z = used.nodes.T
    found = used.at_points(used.polynomial((x**3 * y**2 - z**4 + 1)[:, None]), places)
    assert found[:, 0] == pytest.approx(expected, abs=1e-6)


def test_the_chosen_nodes_are_those_that_the_search_finds() -> None:
    assert CHOSEN[8] == tuple(choose_nodes(8, len(CHOSEN[8]) - 165))


def test_a_straightened_concentration_comes_back_as_its_logarithm() -> None:
    there = np.array([1e-12, 1e-3, 0.05, 0.5, 2.0, 20.0, 100.0, 3000.0])
    assert np.exp(log_concentration(straightened(there))) == pytest.approx(there, rel=1e-9)
    assert (np.diff(straightened(there)) > 0).all()
