"""The drugs that one can switch to: found by name, with what the evidence says of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from natalizumab.care.next_drug import FOLLOWING
from natalizumab.errors import Refusal
from natalizumab.evidence import Term, Value, value, values, vocabulary
from natalizumab.evidence.vocabulary import fold

NATALIZUMAB = "natalizumab"
_WINDOWS = "switching.from"
_ALSO = ("pml_course.carry_over_to_ocrelizumab",)


@dataclass(frozen=True, slots=True)
class Target:
    """A drug or procedure as it was asked for, and the term of the vocabulary that it means."""

    asked: str
    term: Term

    @property
    def name(self) -> str:
        return self.term.name

    @property
    def tags(self) -> frozenset[str]:
        """Its name, groups and washout row: what a value of the evidence may speak for."""
        row = self.term.attributes.get("washout")
        return self.term.groups | {self.term.name, "any"} | ({str(row)} if row else set())

    def windows(self) -> tuple[Value, ...]:
        """When it is to follow, after the last dose; several where guidance conflicts."""
        found = tuple(v for v in values(_WINDOWS) if self.tags.intersection(v.match.get("to", ())))
        return found or tuple(v for v in values(_WINDOWS) if "other" in v.match.get("to", ()))

    def evidence(self) -> tuple[Value, ...]:
        """What is known of people who went this way, and of those who had nothing."""
        known = [v for v in values("switching") if not v.key.startswith((f"{_WINDOWS}.", "switching.to."))]
        known += [value(key) for key in _ALSO]
        return tuple(v for v in known if self.tags.intersection(v.match.get("to", ())))

    def asks_for_pregnancy_test(self) -> Value | None:
        """The value that says so, or None."""
        return self._asked("switching.next.pregnancy_test")

    def asks_for_vaccines_before(self) -> Value | None:
        """The value that says so, or None."""
        return self._asked("switching.next.vaccines_before")

    def _asked(self, key: str) -> Value | None:
        found = value(key)
        return found if self.tags.intersection(found.value) else None


def find_target(asked: str) -> Target:
    """The target that a name spells. Raises Refusal for what is not known, or does not follow natalizumab."""
    term = vocabulary("therapies").find(asked) or vocabulary("procedures").find(asked)
    if term is not None and (NATALIZUMAB in term.groups or term.groups.intersection(FOLLOWING)):
        return Target(asked, term)
    if term is not None:
        raise _refused(f"{asked!r} ({term.name}) is not a drug that replaces natalizumab; allowed: {_known()}")
    near = _near(asked)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise _refused(f"{asked[:60]!r} is not a drug that is known here{hint}; allowed: {_known()}")


def _refused(problem: str) -> Refusal:
    """Said with the option that a command takes the name by; a page says the problem alone."""
    return Refusal(f"--to: {problem}")


def known_targets() -> Iterator[Term]:
    """Every drug for MS and every procedure that can follow; immunosuppressants beside them are taken too."""
    for term in vocabulary("therapies").terms:
        if term.groups.intersection(("dmt", "hsct", NATALIZUMAB)):
            yield term


def _known() -> str:
    return ", ".join(term.name for term in known_targets())


def _near(asked: str) -> list[str]:
    """Up to three spellings much like what was asked, each with the term that it means where that has another name."""
    spellings: dict[str, str] = {}
    for term in vocabulary("therapies").terms:
        if term.groups.intersection((*FOLLOWING, NATALIZUMAB)):
            spellings |= {
                spelling: term.name if spelling == fold(term.name) else f"{spelling} ({term.name})"
                for spelling in vocabulary("therapies").spellings(term)
            }
    return [spellings[spelling] for spelling in get_close_matches(fold(asked[:60]), spellings, n=3, cutoff=0.75)]


def value_dict(found: Value) -> dict[str, Any]:
    """A value of the evidence for JSON: nothing rounded, with its status and sources."""
    return {
        "key": found.key,
        "about": found.about,
        "value": found.value,
        "unit": found.unit,
        "interval": list(found.interval) if found.interval else None,
        "status": found.status,
        "sources": list(found.sources),
        "note": found.note or None,
    }
