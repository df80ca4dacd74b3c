"""Exact intervals of shares and of counts. SciPy is loaded by the first question, not by the pages that ask none."""

from __future__ import annotations

LEVEL = 0.95
"""How often an interval made this way holds the truth."""


def share_interval(cases: int, people: int, level: float = LEVEL) -> tuple[float, float]:
    """Between which shares (0-1) the truth may lie, after Clopper and Pearson. Nobody asked: anything at all."""
    if people == 0:
        return 0.0, 1.0
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(cases, people - cases + 1, tail)) if cases else 0.0
    high = float(betaincinv(cases + 1, people - cases, 1 - tail)) if cases < people else 1.0
    return low, high


def count_interval(cases: int, level: float = LEVEL) -> tuple[float, float]:
    """Between which expected counts the truth may lie, after Garwood; divided by person-years it is that of a rate."""
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(cases, tail)) if cases else 0.0
    return low, float(gammaincinv(cases + 1, 1 - tail))
