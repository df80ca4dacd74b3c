"""The number of a dose, counted from the very first, and the groups in which reactions are told by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from natalizumab.clinic.vigilance.shape import UNKNOWN_NUMBER
from natalizumab.record import Course, EarlierTreatment

FIRST_OF_GROUP = (1, 2, 3, 4, 5, 8, 13)
"""The first doses stand alone, because reactions are looked for there; later ones are told together."""

GROUPS = (
    *(str(first) if after == first + 1 else f"{first} to {after - 1}" for first, after in pairwise(FIRST_OF_GROUP)),
    f"{FIRST_OF_GROUP[-1]} and later",
    UNKNOWN_NUMBER,
)
"""The names of all groups in their order: "1", "2" … "5 to 7" … "13 and later", "unknown"."""


def group(number: int | None) -> str:
    """The group that a dose of this number belongs to."""
    return UNKNOWN_NUMBER if number is None else GROUPS[sum(number >= first for first in FIRST_OF_GROUP) - 1]


def numbers(course: Course) -> dict[date, int | None]:
    """By day, the number of every dose given here; None where nobody said how many were given elsewhere before it."""
    elsewhere = course.all(EarlierTreatment)
    return {dose.day: _number(place, dose.day, elsewhere) for place, dose in enumerate(course.doses(), start=1)}


def _number(place: int, day: date, elsewhere: Iterable[EarlierTreatment]) -> int | None:
    before = [earlier.doses for earlier in elsewhere if earlier.day <= day]
    known = [count for count in before if count is not None]
    return place + sum(known) if len(known) == len(before) else None
