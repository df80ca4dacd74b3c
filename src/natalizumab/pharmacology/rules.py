"""Where to solve and where to weigh: fixed points in a ball, polynomials through some of them, values at the others.

Everything here is the same for everybody and made once: a few nodes at which the equations are solved, the matrix that
makes of the values there a polynomial of three variables, and many points that fill space more evenly than chance, at
which the polynomial is evaluated. The first variable runs along lines, the other two stand across.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.polynomial.chebyshev import chebvander
from numpy.typing import NDArray

from natalizumab.pharmacology.chosen_nodes import CHOSEN

Numbers = NDArray[np.float64]

REACH = 4.3
"""Nodes lie within a ball of this radius; normal numbers of unit variance are outside of it in 0.04 % of cases."""

SCALE = 4.6
"""The polynomials are Chebyshev's on both sides of nought up to this."""

ACROSS = 1.15
"""Points are spread so many times as wide as normal numbers across."""

CANDIDATES, CANDIDATES_WIDE = 2048, 2.2
"""Nodes are chosen from so many places, which are spread so wide."""

LINES, ON_A_LINE, LINES_REACH = 9, 97, 3.1
"""In each direction across; places on each line; how far across the lines stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Nodes (M, 3), and normal numbers (P, 3) for the points. The first ``on_lines`` of these stand on lines: the last
    two of their numbers, ``ACROSS`` times, say where.
    """

    degree: int
    nodes: Numbers
    normal: Numbers
    on_lines: int
    _fit: Numbers
    _at_points: Numbers
    _at_lines: Numbers
    _smooth_lines: Numbers

    def polynomial(self, values: Numbers) -> Numbers:
        """Coefficients (pairs, degree + 1, n) of the polynomials nearest to values (M, n) at the nodes."""
        pairs = self._at_points.shape[1]
        return np.asarray((self._fit @ values).reshape(pairs, self.degree + 1, -1))

    def at_points(self, polynomial: Numbers, places: Numbers) -> Numbers:
        """Values (P, n) at the points, whose places (P, 3) are those of the rule where they stand on lines."""
        powers = chebvander(places[:, 0] / SCALE, self.degree)
        flat = polynomial.reshape(len(polynomial), -1)
        elsewhere = _across(places[self.on_lines :, 1:], self.degree)
        lines = np.concatenate([self._at_points @ flat, elsewhere @ flat])
        return np.asarray(np.einsum("pk,pkn->pn", powers, lines.reshape(len(places), self.degree + 1, -1)))

    def at_lines(self, polynomial: Numbers, along: Numbers) -> Numbers:
        """Values (LINES squared, places, n) on a lattice of lines, at the same places along all of them."""
        powers = chebvander(along / SCALE, self.degree)
        lines = self._at_lines @ polynomial.reshape(len(polynomial), -1)
        return np.asarray(powers @ lines.reshape(len(lines), self.degree + 1, -1))

    def to_points(self, of_lines: Numbers, across: Numbers) -> Numbers:
        """What is known of the lattice's lines (LINES squared,), carried to lines at (n, 2), within its range."""
        smooth = _smooth(across) @ (self._smooth_lines @ of_lines)
        return np.asarray(smooth.clip(of_lines.min(), of_lines.max()))


@cache
def rule(degree: int, points: int) -> Rule:
    """Polynomials of that total degree (one of ``CHOSEN``), and so many points."""
    nodes = candidates()[list(CHOSEN[degree])]
    weight = np.exp(-(nodes**2).sum(axis=1) / 30)
    powers = [(k, j) for k, j in _pairs(degree)]
    fit = np.zeros((len(powers), degree + 1, len(nodes)))
    orthogonal, upper = np.linalg.qr(_basis(nodes, degree) * weight[:, None])
    solved = np.linalg.solve(upper, orthogonal.T * weight)
    places = [(pair, k) for pair, (i, j) in enumerate(powers) for k in range(degree + 1 - i - j)]
    for row, (pair, k) in enumerate(places):
        fit[pair, k] = solved[row]
    normal = _evenly(points)
    # The last of a power of two: each quarter of Sobol's sequence is evenly spread by itself, every fourth is not.
    on_lines = points * 3 // 4
    lattice = line_places()
    near = np.exp(-(lattice**2).sum(axis=1) / 8)
    return Rule(
        degree, nodes, normal, on_lines, fit.reshape(-1, len(nodes)),
        _across(ACROSS * normal[:on_lines, 1:], degree), _across(lattice, degree),
        np.linalg.pinv(_smooth(lattice) * near[:, None]) * near,
    )  # fmt: skip


@cache
def line_places() -> Numbers:
    """Where the lattice's lines stand across, shape (LINES squared, 2)."""
    one = np.linspace(-LINES_REACH, LINES_REACH, LINES)
    return np.stack(np.meshgrid(one, one, indexing="ij"), axis=-1).reshape(-1, 2)


def _pairs(degree: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]


def _across(places: Numbers, degree: int) -> Numbers:
    first, second = (chebvander(places[:, axis] / SCALE, degree) for axis in (0, 1))
    return np.stack([first[:, i] * second[:, j] for i, j in _pairs(degree)], axis=1)


def _basis(places: Numbers, degree: int) -> Numbers:
    along, across = chebvander(places[:, 0] / SCALE, degree), _across(places[:, 1:], degree)
    terms = [
        across[:, pair] * along[:, k]
        for pair, (i, j) in enumerate(_pairs(degree))
        for k in range(degree + 1 - i - j)
    ]  # fmt: skip
    return np.stack(terms, axis=1)


def _smooth(places: Numbers) -> Numbers:
    return _across(places, 4)


def candidates() -> Numbers:
    """The places from which nodes are chosen."""
    places = CANDIDATES_WIDE * _evenly(CANDIDATES)
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


def _evenly(count: int) -> Numbers:
    """Normal numbers (count, 3), spread more evenly than chance: Sobol's sequence, of which a power of two is best."""
    # Direction numbers of Joe and Kuo (2008), as far as three dimensions need them.
    bits = max(count - 1, 1).bit_length()
    directions = np.array([[1] * bits, _odd([1], bits, ()), _odd([1, 3], bits, (1,))])
    numbers = np.zeros((count, 3), dtype=np.int64)
    for bit in range(bits):
        has = (np.arange(count) >> bit & 1).astype(bool)
        numbers[has] ^= directions[:, bit] << (bits - 1 - bit)
    quantile = NormalDist().inv_cdf
    shares = (numbers + 0.5) / 2**bits
    return np.array([[quantile(share) for share in row] for row in shares.tolist()])


def _odd(first: list[int], bits: int, middle: tuple[int, ...]) -> list[int]:
    """Sobol's odd numbers of a primitive polynomial with those coefficients between its first and last."""
    found, degree = list(first), len(first)
    while len(found) < bits:
        new = found[-degree] ^ (found[-degree] << degree)
        for place, there in enumerate(middle, 1):
            new ^= found[-place] << place if there else 0
        found.append(new)
    return found[:bits]
