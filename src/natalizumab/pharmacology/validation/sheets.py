"""The validation's tables in words and rounded numbers, as a terminal and a page show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from natalizumab.pharmacology.validation.calibration import BINS, LEAST_P, Calibration
from natalizumab.pharmacology.validation.reliability import LOW_MG_PER_L, Reliability
from natalizumab.pharmacology.validation.row import Bounds, Row
from natalizumab.pharmacology.validation.whole import Table, Validation

HIT, MISS = "hit", "MISS"

CLOSE = " (close)"
"""After a verdict that other people, drawn as often, might well have turned."""

SCALE = 10
"""From here on one decimal is enough."""

LEAST = 0.0005
"""Smaller numbers are nil in three decimals."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of words: its heading, the columns' names, the rows, and what is said below it."""

    heading: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    below: str = ""


def sheets(found: Validation) -> Iterator[Sheet]:
    """All tables of what was asked for."""
    if found.table:
        yield _rows(found.table, found.seed)
        yield _comparisons(found.table)
        yield _variants(found.table)
    if found.calibration:
        yield _calibration(found.calibration)
    if found.reliability:
        yield _reliability(found.reliability)


def number(x: float) -> str:
    """Three digits, or as many as stand before the point; of what would vanish so, the first one."""
    size = abs(x)
    if size >= SCALE:
        return f"{x:.1f}"
    if size >= 1 or size == 0:
        return f"{x:.2f}"
    return f"{x:.3f}" if size >= LEAST else f"{x:.1g}"


def verdict(row: Row) -> str:
    """Hit or miss, and whether it is close."""
    return (HIT if row.hit else MISS) + (CLOSE if row.close else "")


def _published(row: Row) -> str:
    given = row.published
    text = f"{given[0]:g}–{given[1]:g}" if isinstance(given, tuple) else f"{given:g}"
    return f"{text} {row.published_unit}s" if row.published_unit else text  # a time, and never one of them alone


def _range(bounds: Bounds) -> str:
    low, high = bounds
    if low is None:
        return f"up to {high:g}"
    return f"from {low:g}" if high is None else f"{low:g} to {high:g}"


def _unit(row: Row) -> str:
    return "" if row.unit == "1" else f", {row.unit}"


def _rows(table: Table, seed: int) -> Sheet:
    hits = len(table.rows) - len(table.missed)
    return Sheet(
        f"What was published, and what {table.people:,} virtual adults have (seed {seed})",
        ("#", "quantity", "published", "accepted", "ours", "Monte Carlo error", "verdict"),
        [
            (
                str(row.row),
                row.quantity + _unit(row),
                _published(row),
                _range(row.accepted),
                number(row.ours),
                number(row.monte_carlo_error) if row.monte_carlo_error else "none",
                verdict(row),
            )
            for row in table.rows
        ],
        f"{hits} of {len(table.rows)} lines hit, {len(table.missed)} missed. Row 11 has {table.predicted:,} people. "
        '"Close": twice the Monte Carlo error reaches over an end of the accepted range.',
    )


def _comparisons(table: Table) -> Sheet:
    return Sheet(
        "Row 11, held against other things",
        ("target, mg/L", "the predicted trough against", "mean error, %", "root mean square, mg/L"),
        [(f"{one.target:g}", one.against, number(one.mean_error), number(one.rmse)) for one in table.comparisons],
    )


def _variants(table: Table) -> Sheet:
    return Sheet(
        "What the rows depend on",
        ("assumed instead", "#", "quantity", "accepted", "as above", "then", "verdict"),
        [
            (
                one.assumption,
                str(one.row.row),
                one.row.quantity + _unit(one.row),
                _range(one.row.accepted),
                number(one.usual.ours),
                number(one.row.ours),
                verdict(one.row),
            )
            for one in table.variants
        ],
        "Only lines that move are listed.",
    )


def _calibration(found: Calibration) -> Sheet:
    low, high = found.coverage_interval
    least, most = found.accepted
    below = int(found.below.sum())
    return Sheet(
        f"Is the posterior as sure as it may be? {len(found):,} invented people",
        ("measure", "asked", "found", "verdict"),
        [
            (
                f"ranks of the true next trough in {BINS} equal bins: chi-square {number(found.chi_square)}, p",
                f"from {LEAST_P:g}",
                number(found.p_value),
                HIT if found.even else MISS,
            ),
            (
                f"truths within the 90 % band (95 % interval {100 * low:.1f} to {100 * high:.1f} %), %",
                f"{100 * least:.1f} to {100 * most:.1f}",
                f"{100 * found.coverage:.1f}",
                HIT if found.covered else MISS,
            ),
        ],
        f"People in each bin: {_list(found.counts.tolist())}. {len(found) / BINS:g} are expected. "
        f"{below:,} of the people have a level below the limit of quantification.",
    )


def _reliability(found: Reliability) -> Sheet:
    return Sheet(
        f"Is a stated probability of antibodies right? {len(found.stated):,} invented people with a level below "
        f"{LOW_MG_PER_L:g} mg/L",
        ("stated, %", "people", "stated on average, %", "had antibodies, %", "95 % interval, %"),
        [
            (
                f"{100 * one.low:.0f}–{100 * one.high:.0f}",
                f"{one.people:,}",
                f"{100 * one.stated:.1f}",
                f"{100 * one.observed:.1f}",
                f"{100 * one.interval[0]:.1f} to {100 * one.interval[1]:.1f}",
            )
            for one in found.bins
        ],
        f"{HIT if found.passed else MISS}: chance alone moves the shares so far from what was stated with probability "
        f"{number(found.p_value)} ({LEAST_P:g} or more is asked). Chosen from {found.drawn:,} people drawn.",
    )


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
