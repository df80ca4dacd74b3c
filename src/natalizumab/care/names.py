"""Names that people wrote, matched to the vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from natalizumab.evidence import Term, vocabulary

UNKNOWN = Term("not recognised")

BOOKS = {
    "diagnosis": "diagnoses",
    "symptom": "symptoms",
    "therapy": "therapies",
    "procedure": "procedures",
    "vaccine": "vaccines",
    "form": "forms",
}
"""The vocabulary of each kind of entry that has a name."""


class Named(msgspec.Struct, frozen=True):
    """An event with the term that its name spells (``UNKNOWN`` if none does)."""

    event: Any
    term: Term

    @property
    def name(self) -> str:
        return str(getattr(self.event, "name", self.term.name))

    def within(self, *groups: str) -> bool:
        """Whether the term belongs to any of the groups."""
        return not self.term.groups.isdisjoint(groups)


def named(events: Iterable[Any], book: str) -> tuple[Named, ...]:
    """Each event with the term of its ``name`` in the vocabulary ``book``."""
    find = vocabulary(book).find
    return tuple([Named(event, find(event.name) or UNKNOWN) for event in events])


def within(found: Iterable[Named], *groups: str) -> tuple[Named, ...]:
    """Those whose name belongs to any of the groups."""
    return tuple([one for one in found if not one.term.groups.isdisjoint(groups)])


def in_groups(events: Iterable[Any], book: str, *groups: str) -> tuple[Named, ...]:
    """Those of the events whose name belongs to any of the groups."""
    return within(named(events, book), *groups)


def named_by_kind(events: Sequence[Any]) -> tuple[Named, ...]:
    """Each event of one kind with the term of its name in the vocabulary of that kind."""
    return named(events, BOOKS[events[0].kind]) if events else ()


def named_tests(results: Iterable[Any]) -> tuple[Named, ...]:
    """Each result with the term of its test."""
    find = vocabulary("serology_tests").find
    return tuple([Named(result, find(result.test) or UNKNOWN) for result in results])
