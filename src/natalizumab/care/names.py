"""Names that people wrote, matched to the vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from natalizumab.evidence import Term, vocabulary

UNKNOWN = Term("not recognised")


@dataclass(frozen=True, slots=True)
class Named:
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


def in_groups(events: Iterable[Any], book: str, *groups: str) -> tuple[Named, ...]:
    """Those of the events whose name belongs to any of the groups."""
    find = vocabulary(book).find
    terms = ((event, find(event.name)) for event in events)
    return tuple([Named(event, term) for event, term in terms if term and not term.groups.isdisjoint(groups)])
