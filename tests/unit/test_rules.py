"""The fixed points and polynomials under the posterior, and the normal numbers that they are made of."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, qmc

from natalizumab.pharmacology.chosen_nodes import CHOSEN
from natalizumab.pharmacology.evenly import evenly, normal_quantiles
from natalizumab.pharmacology.rules import along_lines, choose_nodes, line_places, rule
from natalizumab.pharmacology.washout import log_concentration, straightened
from natalizumab.pharmacology.weighing import carry


def test_points_are_those_of_sobols_sequence() -> None:
    ours = {tuple(row) for row in np.floor(norm.cdf(evenly(256)) * 256).astype(int).tolist()}
    scipys = {tuple(row) for row in (qmc.Sobol(3, scramble=False).random(256) * 256).astype(int).tolist()}
    assert ours == scipys


def test_normal_quantiles_are_those_of_scipy() -> None:
    shares = np.concatenate([np.logspace(-11, -0.4, 400), 1 - np.logspace(-11, -0.4, 400)])
    assert normal_quantiles(shares) == pytest.approx(norm.ppf(shares), rel=1e-13)
    assert normal_quantiles(np.array([0.5])).tolist() == [0]


@pytest.mark.parametrize("degree", sorted(CHOSEN))
@pytest.mark.parametrize("count", [1, 300])
def test_polynomials_up_to_their_degree_are_carried_exactly(degree: int, count: int) -> None:
    used = rule(degree, 32, 12, 128)
    places = np.ascontiguousarray(used.normal[:count])
    x, y, z = used.nodes.T
    found = carry(places, used.polynomial(np.column_stack([x**3 * y**2 - z**4 + 1, x])), degree)
    expected = places[:, 0] ** 3 * places[:, 1] ** 2 - places[:, 2] ** 4 + 1
    assert found[0] == pytest.approx(expected, abs=1e-6)
    assert found[1] == pytest.approx(places[:, 0], abs=1e-6)


def test_polynomials_are_the_same_on_the_lattice_of_lines() -> None:
    used = rule(6, 16, 8, 64)
    x, y, z = used.nodes.T
    found = used.at_lines(used.polynomial((x**2 * y - z**3)[:, None]))[0]
    across, along = line_places(), along_lines()
    expected = along**2 * across[:, :1] - across[:, 1:] ** 3
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("degree", sorted(CHOSEN))
def test_the_chosen_nodes_are_those_that_the_search_finds(degree: int) -> None:
    terms = (degree + 1) * (degree + 2) * (degree + 3) // 6
    assert CHOSEN[degree] == tuple(choose_nodes(degree, len(CHOSEN[degree]) - terms))


def test_a_straightened_concentration_comes_back_as_its_logarithm() -> None:
    there = np.array([1e-12, 1e-3, 0.05, 0.5, 2.0, 20.0, 100.0, 3000.0])
    assert np.exp(log_concentration(straightened(there))) == pytest.approx(there, rel=1e-9)
    assert (np.diff(straightened(there)) > 0).all()
