"""Where to solve and where to weigh: fixed points in a ball, polynomials through some of them, values at the others.

Everything here is the same for everybody and made once: a few nodes at which the equations are solved, the matrix that
makes of the values there a polynomial of three variables, and many points that fill space more evenly than chance, at
which the polynomial is evaluated. The first variable runs along lines, the other two stand across.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.chosen_nodes import CHOSEN
from natalizumab.pharmacology.evenly import evenly, evenly_shares, normal_quantiles
from natalizumab.pharmacology.point_rows import SMOOTH

Numbers = NDArray[np.float64]

REACH = 4.3
"""Nodes lie within a ball of this radius; normal numbers of unit variance are outside of it in 0.04 % of cases."""

SCALE = 4.6
"""The polynomials are Chebyshev's on both sides of nought up to this."""

ACROSS = 1.15
"""Points are spread so many times as wide as normal numbers across."""

CANDIDATES, CANDIDATES_WIDE = 2048, 2.2
"""Nodes are chosen from so many places, which are spread so wide."""

LINES, ON_A_LINE, LINES_REACH = 5, 65, 3.1
"""In each direction across; places on each line; how far across the lines stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Nodes (M, 3), and normal numbers (P, 3) for the points. The first of these stand on lines, whose places are the
    last two of their numbers, ``ACROSS`` times: ``turns`` times one on each of the ``lines``, in the same order.
    """

    degree: int
    nodes: Numbers
    normal: Numbers
    lines: int
    turns: int
    _fit: Numbers
    _terms: NDArray[np.int64]
    _at_lines: Numbers
    _along_lines: Numbers
    _smooth_lines: Numbers

    @property
    def on_lines(self) -> int:
        """How many of the points are."""
        return self.lines * self.turns

    def polynomial(self, values: Numbers) -> Numbers:
        """Coefficients (degree + 1, n, pairs) of the polynomials nearest to values (M, n) at the nodes."""
        found = np.zeros((self.degree + 1, values.shape[1], _count(self.degree)))
        found[self._terms[0], :, self._terms[1]] = self._fit @ values
        return found

    def at_lines(self, polynomial: Numbers) -> Numbers:
        """Values (n, LINES squared, ON_A_LINE) on a lattice of lines, at the places ``along_lines`` of all of them."""
        of_lines = np.moveaxis(polynomial @ self._at_lines, 0, -1)
        return np.asarray(of_lines @ self._along_lines)

    def smooth(self, of_lines: Numbers) -> Numbers:
        """What is known of the lattice's lines (n, LINES squared), as polynomials across (n, pairs) of low degree."""
        return np.asarray(of_lines @ self._smooth_lines.T)

    def smooth_at(self, of_lines: Numbers, across: Numbers) -> Numbers:
        """The same polynomials (n, P) at places across (P, 2)."""
        return np.asarray(self.smooth(of_lines) @ _across(across, SMOOTH))


@cache
def rule(degree: int, lines: int, turns: int, others: int) -> Rule:
    """Polynomials of that total degree (one of ``CHOSEN``), so many points on each of so many lines, and others."""
    nodes = candidates()[list(CHOSEN[degree])]
    lattice = line_places()
    near = np.exp(-(lattice**2).sum(axis=1) / 8)
    smooth = _across(lattice, SMOOTH).T
    return Rule(
        degree, nodes, _normal(lines, turns, others), lines, turns, _fit(nodes, degree), np.array([*_terms(degree)]).T,
        _across(lattice, degree),
        _chebyshev(along_lines(), degree), np.linalg.pinv(smooth * near[:, None]) * near,
    )  # fmt: skip


def _normal(lines: int, turns: int, others: int) -> Numbers:
    """Those of the points (P, 3). Along a line they are evenly spread, from line to line a little farther on."""
    shares = evenly_shares(lines)
    across = normal_quantiles(shares[:, 1:])
    each = [normal_quantiles((turn + shares[:, :1]) / turns) for turn in range(turns)]
    all_ = [*(np.concatenate([along, across], axis=1) for along in each), evenly(others)]
    return np.asfortranarray(np.concatenate(all_))  # compiled code goes through them one axis after the other


@cache
def line_places() -> Numbers:
    """Where the lattice's lines stand across, shape (LINES squared, 2)."""
    one = np.linspace(-LINES_REACH, LINES_REACH, LINES)
    return np.stack(np.meshgrid(one, one, indexing="ij"), axis=-1).reshape(-1, 2)


@cache
def along_lines() -> Numbers:
    """The places on each of the lattice's lines, shape (ON_A_LINE,)."""
    return np.linspace(-SCALE, SCALE, ON_A_LINE)


def _fit(nodes: Numbers, degree: int) -> Numbers:
    """From values at the nodes to the coefficients (terms, M), by least squares."""
    weight = np.exp(-(nodes**2).sum(axis=1) / 30)
    orthogonal, upper = np.linalg.qr(_basis(nodes, degree) * weight[:, None])
    return np.asarray(np.linalg.solve(upper, orthogonal.T * weight))


def _count(degree: int) -> int:
    """How many pairs there are of that degree or a smaller one."""
    return (degree + 1) * (degree + 2) // 2


def _pairs(degree: int) -> list[tuple[int, int]]:
    """Of degrees across, the small ones first."""
    return [(i, together - i) for together in range(degree + 1) for i in range(together + 1)]


def _terms(degree: int) -> Iterator[tuple[int, int]]:
    """The degree along and the number of the pair across, of each term of a polynomial."""
    for pair, (i, j) in enumerate(_pairs(degree)):
        for k in range(degree + 1 - i - j):
            yield k, pair


def _chebyshev(places: Numbers, degree: int) -> Numbers:
    """Chebyshev's polynomials (degree + 1, n) at places (n,)."""
    x = places / SCALE
    found = np.empty((degree + 1, len(x)))
    found[0], found[1] = 1, x
    for k in range(2, degree + 1):
        found[k] = 2 * x * found[k - 1] - found[k - 2]
    return found


def _across(places: Numbers, degree: int) -> Numbers:
    """Products (pairs, n) of Chebyshev's polynomials of two variables, at places (n, 2)."""
    found = np.empty((_count(degree), len(places)))
    first, second = (_chebyshev(places[:, axis], degree) for axis in (0, 1))
    for row, (i, j) in zip(found, _pairs(degree), strict=True):
        np.multiply(first[i], second[j], out=row)
    return found


def _basis(places: Numbers, degree: int) -> Numbers:
    along, across = _chebyshev(places[:, 0], degree), _across(places[:, 1:], degree)
    return np.stack([across[pair] * along[k] for k, pair in _terms(degree)], axis=1)


@cache
def candidates() -> Numbers:
    """The places from which nodes are chosen."""
    places = CANDIDATES_WIDE * evenly(CANDIDATES)
    return np.asarray(places[(places**2).sum(axis=1) < REACH**2])


def choose_nodes(degree: int, spare: int) -> list[int]:
    """Numbers of candidates, each where the polynomials are least determined by those before it; then ``spare`` more,
    by the same measure. It makes ``CHOSEN``.
    """
    places = candidates()
    terms = _basis(places, degree) * np.exp(-(places**2).sum(axis=1) / 14)[:, None]
    chosen: list[int] = []
    left = terms.copy()
    for number in range(terms.shape[1] + spare):
        if number == terms.shape[1]:
            left = terms.copy()
            left[chosen] = 0
        place = int(np.argmax((left**2).sum(axis=1)))
        chosen.append(place)
        direction = left[place] / np.linalg.norm(left[place])
        left -= np.outer(left @ direction, direction)
        left[chosen] = 0
    return chosen
