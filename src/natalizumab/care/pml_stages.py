"""The PML risk at every stage of treatment, for whoever looks ahead: one person's cells of the table, in order.

The same look-up as ``pml_risk``, under the same conditions: nothing is interpolated or goes beyond the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from natalizumab.care.case import Case
from natalizumab.care.pml_risk import Column, columns, epoch_of, last_published_month
from natalizumab.evidence import Value, values


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its first and last month, the cell, and what adds up per 1,000 from the first dose to its end."""

    first: int
    last: int
    cell: Value
    cumulative_per_1000: float


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages of one column of the table."""

    words: str
    status: str
    stages: tuple[Stage, ...]


def pml_stages(case: Case) -> tuple[Stages, ...]:
    """The columns that ``pml_risk`` holds against each other; ask where it gives a figure or is beyond the table."""
    epochs = [epoch_of(cell.key) for cell in values("pml.eu.no_index")]
    each = [columns(case, first) for first, _ in epochs]
    return tuple(
        Stages(column.words, column.status, tuple(_stages(epochs, own)))
        for column, *own in zip(columns(case, last_published_month()), *each, strict=True)
    )


def _stages(epochs: Sequence[tuple[int, int]], own: Sequence[Column]) -> Iterator[Stage]:
    """Those of one column, as it is in each epoch."""
    for (first, last), column in zip(epochs, own, strict=True):
        yield Stage(first, last, column.cell, column.cumulative)
