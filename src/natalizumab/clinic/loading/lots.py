"""A lot of people who are new: chains, worklist and figures are made beside their entries, and written together.

Nobody else can know of these people before the transaction ends, so all that takes time is done before it begins, and
the database is kept from others no longer than writing takes.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import Lower

from natalizumab.clinic import people_keeping, projection
from natalizumab.clinic.chain import FIRST
from natalizumab.clinic.entries import Event, Head, build, payload_of
from natalizumab.clinic.models import Entry, Person, Sex, User
from natalizumab.clinic.records import record_of
from natalizumab.clinic.vigilance.keeping import facts_row, keep, rules_now
from natalizumab.clinic.vigilance.shape import SHAPE
from natalizumab.clinic.work.writing import put
from natalizumab.errors import RecordError, Refusal
from natalizumab.record import Record

New = Sequence[tuple[Person, Sequence[Entry]]]

_RANDOM_BITS, _VERSION_AT, _VARIANT_AT, _MILLISECONDS_AT = 74, 76, 62, 80


class LoadRefused(Refusal):
    """Somebody can't be taken as they came; the lot that they are in was not written."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Somebody with all that is known of them.

    ``events`` are as in a record's JSON, in the order in which they are to be entered: ``corrects`` names the ``id`` of
    an earlier one. ``entered`` says since when something was known in this very clinic; without it, it is from now on.
    """

    number: str
    name: str
    events: Sequence[Event]
    born: date | None = None
    sex: str = Sex.UNKNOWN


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many people and entries were written, and how many people were there already, just so."""

    people: int = 0
    entries: int = 0
    there: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.people + other.people, self.entries + other.entries, self.there + other.there)


@dataclass(frozen=True, slots=True)
class Target:
    """Into which clinic, on whose behalf (None: the program's own), from where, and the day that plans are for."""

    clinic: int
    by: int | None
    source: str
    on: date


def load_lot(target: Target, people: Sequence[Incoming]) -> Loaded:
    """Write those who are not there yet. Raises LoadRefused, and writes nobody, where one of them can't be taken."""
    there = _there(target, people)
    for known, incoming in there:
        if not _same(known, incoming):
            raise LoadRefused(f"number {incoming.number}: somebody else has it already, or the same with other entries")
    numbers = {incoming.number for _, incoming in there}
    new = [_person_with_entries(target, one) for one in people if one.number not in numbers]
    if new:
        write_new(new, target.on)
    return Loaded(len(new), sum(len(entries) for _, entries in new), len(there))


def write_new(new: New, on: date) -> None:
    """Write people of one clinic, who are not in the database yet, with these chains, and all that follows from them.

    The chains are as ``entries.build`` made them, each from its first entry. Raises IntegrityError for a taken number.
    """
    if not new:
        return
    rules = rules_now()
    made = projection.first_rows(new, on)
    facts = [facts_row(person, entries, on, rules) for person, entries in new]
    for one in made:
        one.row.counted_for = rules.mark(on)
    with transaction.atomic():
        put([person for person, _ in new])
        put([entry for _, entries in new for entry in entries])
        put([one.row for one in made])
        put([item for one in made for item in one.items])
        keep(facts, new[0][0].clinic_id, {SHAPE: Counter()})


def _there(target: Target, people: Sequence[Incoming]) -> list[tuple[Person, Incoming]]:
    """Whoever of them has that number, written in capitals or not."""
    wanted = {incoming.number.lower(): incoming for incoming in people}
    rows = Person.objects.filter(clinic=target.clinic).annotate(lower=Lower("number")).filter(lower__in=wanted)
    return [(person, wanted[person.number.lower()]) for person in rows]


def _same(known: Person, incoming: Incoming) -> bool:
    """Whether it is what was loaded before: the same details, and the same entries at the beginning of the chain."""
    details = (known.number, known.name, known.born, known.sex)
    if details != (incoming.number, incoming.name, incoming.born, incoming.sex):
        return False
    first = Entry.objects.filter(person=known, sequence__lte=len(incoming.events)).order_by("sequence")
    return list(first.values_list("payload", flat=True)) == [payload_of(event) for event in incoming.events]


def _person_with_entries(target: Target, incoming: Incoming) -> tuple[Person, list[Entry]]:
    typed = {name: people_keeping.plain(getattr(incoming, name)) for name in people_keeping.NAMES}
    details = people_keeping.read(typed, target.on)
    if details.problems:
        name, problem = next(iter(details.problems.items()))
        raise LoadRefused(f"number {incoming.number!r}: {name}: {problem}")
    person = Person(id=ordered_id(), clinic_id=target.clinic, **details.values)
    try:
        entries = _entries(target, person, incoming)
        record_of(person, entries)
    except (RecordError, KeyError, TypeError, ValueError) as wrong:
        raise LoadRefused(f"number {incoming.number}: {_in_words(incoming, wrong)}") from None
    return person, entries


def _in_words(incoming: Incoming, wrong: Exception) -> str:
    """What the core says of the events, with the place; it reads them more slowly, and need not for all others."""
    about = {"id": incoming.number, "sex": incoming.sex} | ({"born": str(incoming.born)} if incoming.born else {})
    try:
        Record.from_dict({"schema": "natalizumab-record/1", "person": about, "events": list(incoming.events)})
    except RecordError as refusal:
        return str(refusal)
    return str(wrong)


def _entries(target: Target, person: Person, incoming: Incoming) -> list[Entry]:
    by = User(pk=target.by) if target.by is not None else None
    head, made, by_name = Head(0, FIRST), list[Entry](), dict[str, Entry]()
    for place, event in enumerate(incoming.events):
        if "corrects" in event and event["corrects"] not in by_name:
            raise LoadRefused(
                f"number {incoming.number}: events[{place}].corrects: {event['corrects']!r} is the id of no event "
                "before it"
            )
        entry = build(
            person,
            event,
            head=head,
            by=by,
            source=target.source,
            corrects=by_name.get(event.get("corrects", "")),
            id=ordered_id(),
            entered_at=datetime.fromisoformat(event["entered"]) if "entered" in event else None,
        )
        made.append(entry)
        head = Head(entry.sequence, entry.hash)
        if "id" in event:
            by_name[event["id"]] = entry
    return made


def ordered_id() -> uuid.UUID:
    """A random id that begins with the moment (version 7 of RFC 9562).

    What is loaded together stands together in every index, where ids without order would touch each page of it.
    """
    number = (time.time_ns() // 1_000_000) << _MILLISECONDS_AT | secrets.randbits(_RANDOM_BITS)
    high, low = number >> _VARIANT_AT & 0xFFF, number & ((1 << _VARIANT_AT) - 1)
    moment = number >> _MILLISECONDS_AT << _MILLISECONDS_AT
    return uuid.UUID(int=moment | 7 << _VERSION_AT | high << 64 | 2 << _VARIANT_AT | low)
