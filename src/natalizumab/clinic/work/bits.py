"""What somebody needs, and of which kinds, as bits of one number each: quickly counted and compared by the database."""

from __future__ import annotations

from collections.abc import Iterable

from natalizumab.clinic.words import DUE_KINDS

NEEDS = {"overdue": 1, "due": 2, "unowned": 4}
"""``due``: something is due or overdue. ``unowned``: and nobody has taken it."""

KINDS = {kind: 1 << place for place, kind in enumerate(DUE_KINDS)}

SEROLOGY = ("jcv", "antibody", "tests")
"""The kinds that are asked of serum."""


def of_kinds(kinds: Iterable[str]) -> int:
    """The bits of these kinds together."""
    return sum(KINDS[kind] for kind in set(kinds))


SHOWN_KINDS = KINDS | {"serology": of_kinds(SEROLOGY)}
"""What the list can be narrowed to: a kind, or several under one word."""
