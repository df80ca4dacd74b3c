"""Tidy tables: columns of one length with their units in their names, ready for Polars, pandas, CSV and a notebook.

``polars.DataFrame(table.columns)`` and ``pandas.DataFrame(table.columns)`` work as they stand; neither package is
needed for anything else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.extras import package

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Column = NDArray[Any] | Sequence[Any]

FIRST, LAST = slice(8), slice(-4, None)
"""The rows that are shown of a long table."""

MOST_ROWS_SHOWN = 13
"""A notebook shows a table of so many rows as a whole."""

LARGE = 1000
"""From here on a number is shown whole, never as 1.2e+04."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """``columns`` by name, all of one length, one row per observation; ``about`` says in words what a row is."""

    columns: Mapping[str, Column]
    about: str = ""

    def __post_init__(self) -> None:
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"the columns of a table have one length, not {lengths}")

    def __len__(self) -> int:
        """How many rows."""
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Column:
        """The column of that name. Raises KeyError for another."""
        return self.columns[name]

    def rows(self, part: slice = slice(None)) -> Iterator[tuple[Any, ...]]:
        """The rows, or a part of them, as plain Python values in the order of ``columns``."""
        parts = (column[part] for column in self.columns.values())
        return zip(*(p.tolist() if isinstance(p, np.ndarray) else p for p in parts), strict=True)

    def to_polars(self) -> pl.DataFrame:
        """A Polars data frame. Raises ModelError where Polars is not installed."""
        frame: pl.DataFrame = package("polars", "this table", "polars").DataFrame(dict(self.columns))
        return frame

    def to_pandas(self) -> pd.DataFrame:
        """A pandas data frame. Raises ModelError where pandas is not installed."""
        frame: pd.DataFrame = package("pandas", "this table", "pandas").DataFrame(dict(self.columns))
        return frame

    def csv(self) -> str:
        """Comma-separated text with a line of names first; numbers unrounded, nothing for what is absent."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows())
        return text.getvalue()

    def write_csv(self, path: Path | str) -> None:
        """Write ``csv`` to a file, replacing it."""
        Path(path).write_text(self.csv(), encoding="utf-8", newline="")

    def html(self, most_rows: int | None = None) -> str:
        """An HTML table, rounded for reading; of more than ``most_rows`` rows only the first and the last ones."""
        cut = most_rows is not None and len(self) > most_rows
        shown = [*self.rows()] if not cut else [*self.rows(FIRST), ("…",) * len(self.columns), *self.rows(LAST)]
        said = ". ".join(part for part in (self.about, f"{len(self):,} rows" if cut else "") if part)
        caption = f"<caption>{escape(said)}</caption>" if said else ""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in shown)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.html(MOST_ROWS_SHOWN)

    def __repr__(self) -> str:
        return f"Table({len(self):,} rows: {', '.join(self.columns)})"


def _cell(content: Any) -> str:
    number = isinstance(content, float | int) and not isinstance(content, bool)
    align = ' style="text-align:right"' if number else ""
    return f"<td{align}>{escape(readable(content))}</td>"


def readable(content: Any) -> str:
    """A cell for a reader: numbers to four significant digits, yes and no in words, nothing for what is absent."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return "yes" if content else "no"
    if not isinstance(content, float):
        return str(content)
    return f"{content:.4g}" if abs(content) < LARGE else f"{content:.0f}"
