"""What proves later that nothing was changed: each person's chain, and the daily seals over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from natalizumab.clinic.batching import batched
from natalizumab.clinic.chain import FIRST, day_hash, seal
from natalizumab.clinic.clock import now
from natalizumab.clinic.entries import link_of
from natalizumab.clinic.models import Clinic, Entry, Erasure, ListReading, Person, Reading, SealedDay, User

LONGEST = 300
"""Letters of what a list was narrowed to."""

TOGETHER = 500
"""So many rows are asked for at once."""

HEAD = ("person_id", "sequence", "hash")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit; ``where`` names a person's id and entry, or a clinic and day."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was looked at, and all that does not fit."""

    people: int
    entries: int
    days: int
    problems: tuple[Problem, ...]


def saw(user: User, person: Person, what: str) -> None:
    """Put on record that somebody reads a person's page."""
    Reading(user=user, person=person, what=what).save()


def saw_list(user: User, clinic: Clinic, what: str, people: int, narrowed: str = "") -> None:
    """Put on record, in one line, that somebody reads a list of many people, or takes it along."""
    ListReading(clinic=clinic, user=user, what=what, people=people, narrowed=narrowed[:LONGEST], at=now()).save()


def verify(seen: Callable[[int], None] | None = None) -> Verified:
    """Look at every entry and every seal. ``seen`` is told now and then how many entries were looked at."""
    problems, people, entries = list[Problem](), 0, 0
    erased = set(Erasure.objects.values_list("entry_id", flat=True))
    rows = Entry.objects.order_by("person_id", "sequence").iterator(chunk_size=TOGETHER)
    for person_id, own in groupby(rows, key=lambda entry: entry.person_id):
        people += 1
        previous, number = FIRST, 0
        for entry in own:
            number += 1
            problems += [Problem(f"{person_id}, entry {entry.pk}", what) for what in _wrong(entry, previous, number)]
            if entry.erased and entry.pk not in erased:
                problems.append(Problem(f"{person_id}, entry {entry.pk}", "erased, and no erasure is on record"))
            previous = entry.hash
        entries += number
        if seen is not None:
            seen(entries)
    days = 0
    for found in _days():
        days += 1
        problems += found
    return Verified(people, entries, days, tuple(problems))


def _wrong(entry: Entry, previous: str, number: int) -> Iterator[str]:
    if entry.sequence != number:
        yield f"its number is {entry.sequence} where {number} was due: an entry is missing, or added"
    if entry.previous != previous:
        yield "it does not follow the entry before"
    if link_of(entry).hash != entry.hash:
        yield "its hash does not fit what it says"
    if not entry.erased and seal(entry.salt, entry.payload) != entry.sealed:
        yield "its payload was changed"


def _days() -> Iterator[list[Problem]]:
    """What does not fit in each seal."""
    previous: dict[int, str] = {}
    for day in SealedDay.objects.order_by("clinic_id", "day").iterator():
        fits = day.hash == day_hash(str(day.clinic_id), day.day.isoformat(), day.heads, day.previous)
        found = [Problem(f"person {person}", f"not what was sealed on {day.day}") for person in _moved_since(day.heads)]
        if day.previous != previous.get(day.clinic_id, FIRST) or not fits:
            found.append(Problem(f"clinic {day.clinic_id}", f"the seal of {day.day} does not fit"))
        previous[day.clinic_id] = day.hash
        yield found


def _moved_since(heads: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The people whose entry of that number has another hash now, or is gone."""
    for some in batched(heads.items(), TOGETHER):
        numbers = {sequence for _, (sequence, _) in some}
        rows = Entry.objects.filter(person__in=[person for person, _ in some], sequence__in=numbers)
        there = {(str(person), number): known for person, number, known in rows.values_list(*HEAD)}
        yield from (person for person, (number, known) in some if there.get((person, number)) != known)


@transaction.atomic
def seal_day(clinic: Clinic, day: date) -> SealedDay:
    """The seal of a clinic for a day, made now if it is not there."""
    found = SealedDay.objects.filter(clinic=clinic, day=day).first()
    if found:
        return found
    last = SealedDay.objects.filter(clinic=clinic).order_by("-day").first()
    previous = last.hash if last else FIRST
    heads = _moved(clinic)
    made = SealedDay(
        clinic=clinic,
        day=day,
        people=Person.objects.filter(clinic=clinic).count(),
        entries=Entry.objects.filter(person__clinic=clinic).count(),
        heads=heads,
        previous=previous,
        hash=day_hash(str(clinic.pk), day.isoformat(), heads, previous),
    )
    made.save()
    return made


def _moved(clinic: Clinic) -> dict[str, tuple[int, str]]:
    """The ends of chains that are not sealed yet."""
    sealed: dict[str, int] = {}
    for heads in SealedDay.objects.filter(clinic=clinic).order_by("day").values_list("heads", flat=True):
        sealed |= {person: sequence for person, (sequence, _) in heads.items()}
    newest = Entry.objects.filter(person=OuterRef("person")).order_by("-sequence").values("sequence")[:1]
    ends = Entry.objects.filter(person__clinic=clinic).alias(newest=Subquery(newest)).filter(sequence=F("newest"))
    return {
        str(entry.person_id): (entry.sequence, entry.hash)
        for entry in ends.order_by("person_id")
        if sealed.get(str(entry.person_id)) != entry.sequence
    }
