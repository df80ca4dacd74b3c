"""Walking plain values as they stand in JSON, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from natalizumab.errors import RecordError
from natalizumab.record.limits import MAX_DEPTH
from natalizumab.record.words import shown

LONGEST_KEY = 40


def leaves(node: Any, where: str = "", field: str = "", depth: int = 0) -> Iterator[tuple[str, str, Any]]:
    """Every value that holds no others, and every key: its place, the field it stands in, and itself.

    Raises RecordError for a tree deeper than a record can be, before anything else recurses into it.
    """
    if depth > MAX_DEPTH:
        raise RecordError(f"{where[:LONGEST_KEY]}…: is nested too deeply (allowed: {MAX_DEPTH} levels)")
    if isinstance(node, dict):
        for key, value in node.items():
            name = within(where, key)
            yield name, "", key
            yield from leaves(value, name, str(key), depth + 1)
    elif isinstance(node, (list, tuple)):
        for number, value in enumerate(node):
            yield from leaves(value, f"{where}[{number}]", field, depth + 1)
    else:
        yield where, field, node


def within(where: str, key: Any) -> str:
    """The place of a field: ``events[7].index``. A key that is no plain word is quoted."""
    plain = isinstance(key, str) and key.isidentifier() and len(key) < LONGEST_KEY
    name = key if plain else shown(key)
    return f"{where}.{name}" if where else str(name)
