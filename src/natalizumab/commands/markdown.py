"""Tables in the Markdown of pages that commands write."""

from __future__ import annotations

from collections.abc import Iterable


def line(cells: Iterable[str]) -> str:
    """One row."""
    return f"| {' | '.join(cells)} |"


def head(columns: Iterable[str]) -> list[str]:
    """The names of the columns, and the rule below them."""
    names = list(columns)
    return [line(names), line("---" for _ in names)]
