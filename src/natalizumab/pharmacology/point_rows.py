"""How the points stand in a block while they are weighed: a flat array with a row for each of their numbers."""

from __future__ import annotations

ROW = 64
"""People in a block: the rows that are read together fit the first cache."""

HIGHEST = 10
"""Degree of the polynomials at most; those of the lattice's lines have ``SMOOTH``."""

SMOOTH = 4

X, Y, Z = (axis * (HIGHEST + 1) * ROW for axis in range(3))
"""The rows of Chebyshev's polynomials: along the lines, and in both directions across."""

PRODUCTS = 3 * (HIGHEST + 1) * ROW
"""The rows of products of two of those across, small degrees first."""

TERM = PRODUCTS + (HIGHEST + 1) * (HIGHEST + 2) // 2 * ROW
VALUE, MIDDLE, WIDTH, LOG, LIKELIHOOD = (TERM + number * ROW for number in range(1, 6))

GATHERED = TERM + 6 * ROW
"""From here on ``HIGHEST + 1`` rows for each polynomial: its coefficients along the lines."""


def size(polynomials: int) -> int:
    """Numbers in a block that has room for so many polynomials."""
    return GATHERED + polynomials * (HIGHEST + 1) * ROW
