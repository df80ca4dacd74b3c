"""Some at a time: for what would be too many for one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """In lists of so many; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
