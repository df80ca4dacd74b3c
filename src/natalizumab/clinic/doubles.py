"""Who may be listed twice: the same birth date and a similar name, or one number in two spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from natalizumab.clinic.merging import standing
from natalizumab.clinic.models import Clinic, Person

_ALIKE = 0.8
"""How much of two names must agree (0 to 1) to be pointed out: a letter or two of a usual name may differ."""


@dataclass(frozen=True)
class Double:
    """Two people who may be one, and what makes one think so."""

    one: Person
    other: Person
    why: str


def folded_number(number: str) -> str:
    """A number without case, spaces, signs and leading zeros: "A-1", "a 01" and "A001" are alike."""
    parts = re.findall(r"[0-9]+|[^\W\d_]+", unicodedata.normalize("NFKC", number).casefold())
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def folded_name(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and order."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(sorted(re.findall(r"\w+", letters)))


def similar(one: str, other: str) -> bool:
    """Whether two names may be one: alike in most letters, or all words of one among those of the other."""
    first, second = folded_name(one), folded_name(other)
    if not first or not second:
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= _ALIKE


def listed(clinic: Clinic) -> list[Person]:
    """The clinic's people who stand for themselves; one query."""
    merged = standing().values("merged")
    return list(Person.objects.filter(clinic=clinic).exclude(pk__in=merged).order_by("number"))


def doubles(people: Iterable[Person]) -> list[Double]:
    """All pairs who may be one."""
    people = list(people)
    by_number, by_birth = _grouped(people)
    found: dict[frozenset[Person], Double] = {}
    for group in by_number.values():
        for one, other in combinations(group, 2):
            found[frozenset((one, other))] = Double(one, other, "The same number in another spelling.")
    for group in by_birth.values():
        for one, other in combinations(group, 2):
            if similar(one.name, other.name):
                found.setdefault(frozenset((one, other)), Double(one, other, "Born on the same day, a similar name."))
    return sorted(found.values(), key=lambda double: (double.one.number, double.other.number))


def doubles_of(number: str, name: str, born: date | None, people: Iterable[Person]) -> Iterator[tuple[Person, str]]:
    """Whom somebody may already be listed as, and why."""
    for other in people:
        if folded_number(number) and folded_number(number) == folded_number(other.number):
            yield other, "The same number in another spelling."
        elif born is not None and born == other.born and similar(name, other.name):
            yield other, "Born on the same day, a similar name."


def _grouped(people: Iterable[Person]) -> tuple[dict[str, list[Person]], dict[date, list[Person]]]:
    by_number: defaultdict[str, list[Person]] = defaultdict(list)
    by_birth: defaultdict[date, list[Person]] = defaultdict(list)
    for person in people:
        if number := folded_number(person.number):
            by_number[number].append(person)
        if person.born is not None:
            by_birth[person.born].append(person)
    return by_number, by_birth
