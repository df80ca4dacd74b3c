"""Names that people write, matched to one term without regard to case, spacing or hyphens.

A name that is not listed is not an error: the record keeps it and the plan asks somebody to decide.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from natalizumab.errors import EvidenceError

_SPELLINGS_KEPT = 8192
"""Names are few and come again in every record, so the last ones are not folded anew."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary: its name, the ``groups`` it belongs to, and its other attributes as written."""

    name: str
    groups: frozenset[str] = frozenset()
    attributes: dict[str, Any] = field(default_factory=dict, hash=False)


class Vocabulary:
    """The terms of one file in ``data/vocabulary``; ``find`` takes any spelling of a name or synonym."""

    def __init__(self, name: str, terms: dict[str, dict[str, Any]]) -> None:
        self.name = name
        self.terms: tuple[Term, ...] = tuple(_term(key, entry) for key, entry in terms.items())
        self._by_spelling: dict[str, Term] = {}
        for term in self.terms:
            for spelling in (term.name, *terms[term.name].get("synonyms", ())):
                self._add(fold(spelling), term)

    def _add(self, spelling: str, term: Term) -> None:
        other = self._by_spelling.setdefault(spelling, term)
        if other is not term:
            raise EvidenceError(f"evidence: {self.name}: {spelling!r} names both {other.name} and {term.name}")

    def find(self, name: str) -> Term | None:
        """The term that ``name`` spells, or None."""
        return self._by_spelling.get(fold(name))

    def spellings(self, term: Term) -> tuple[str, ...]:
        """Every spelling of a term, folded (``fold``)."""
        return tuple(spelling for spelling, other in self._by_spelling.items() if other is term)


@lru_cache(maxsize=_SPELLINGS_KEPT)
def fold(name: str) -> str:
    """``name`` without case, and with every run of spaces, hyphens, slashes and dots as one space."""
    return re.sub(r"[\s\-_/.‐-―]+", " ", name).strip().casefold()


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary called ``name`` (the file ``data/vocabulary/NAME.toml``)."""
    path = files("natalizumab.evidence") / "data" / "vocabulary" / f"{name}.toml"
    if not path.is_file():
        raise EvidenceError(f"evidence: no vocabulary is called {name!r}")
    with path.open("rb") as stream:
        return Vocabulary(name, tomllib.load(stream))


def _term(name: str, entry: dict[str, Any]) -> Term:
    rest = {k: v for k, v in entry.items() if k not in ("groups", "synonyms")}
    return Term(name=name, groups=frozenset(entry.get("groups", ())), attributes=rest)
