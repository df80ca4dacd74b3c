"""Lines of CSV that a spreadsheet reads as they are meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from natalizumab.clinic.language import unbroken

UTF8_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Begins every CSV: without it a spreadsheet takes the umlauts of a name for something else."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def line(cells: Iterable[object]) -> str:
    """A row. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text).writerow([_plain(cell) for cell in cells])
    return text.getvalue()


def _plain(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    plain = unbroken(cell)
    return f"'{plain}" if plain.startswith(_FORMULAS) else plain
