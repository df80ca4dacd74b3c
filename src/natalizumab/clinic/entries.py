"""Writing to a record: every event becomes one entry, in the order in which it was entered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from natalizumab.clinic import projection
from natalizumab.clinic.chain import FIRST, Link, canonical, moment, new_salt, seal
from natalizumab.clinic.clock import now, today
from natalizumab.clinic.models import Entry, Person, Submission, User
from natalizumab.errors import Refusal

Event = Mapping[str, Any]

_TRIES = 20
COLUMNS = ("id", "corrects", "entered")
"""What of an event stands in columns of its entry, and not in the payload."""


class EntryRefused(Refusal):
    """The event can't become an entry of this record."""


class MovedOn(EntryRefused):
    """Somebody else added to the record after the page was made that a form came from."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a person's chain."""

    sequence: int
    hash: str


def append(person: Person, event: Event, *, by: User | None, source: str, corrects: Entry | None = None) -> Entry:
    """Add ``event`` (a dict as in the record's JSON) at the end of the person's entries and return the entry."""
    return append_all(person, [event], by=by, source=source, corrects=corrects)[0]


def append_all(
    person: Person,
    events: Sequence[Event],
    *,
    by: User | None,
    source: str,
    corrects: Entry | None = None,
    key: str | None = None,
    after: int | None = None,
) -> list[Entry]:
    """Add events together, all or none. ``key`` is that of the form: sent again, it returns what it wrote before.

    ``after`` is the number of the last entry that the form's page showed. Raises MovedOn where another came since, and
    EntryRefused where the key was used for another person.
    """
    for attempt in range(_TRIES):
        if key is not None and (before := Submission.objects.filter(key=key).first()):
            return _written_before(before, person)
        try:
            with transaction.atomic():
                return _write(person, events, by, source, corrects, key, after)
        except MovedOn:
            # Unless it was this very form, sent twice at once, that moved it on.
            if key is None or not (before := Submission.objects.filter(key=key).first()):
                raise
            return _written_before(before, person)
        except IntegrityError:
            # Somebody else took the sequence number, or sent the same form, between our question and our insert.
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable: the last try returns or raises")


def _write(
    person: Person,
    events: Sequence[Event],
    by: User | None,
    source: str,
    corrects: Entry | None,
    key: str | None,
    after: int | None,
) -> list[Entry]:
    head, made = head_of(person), []
    if after is not None and head.sequence != after:
        raise MovedOn("somebody else entered something meanwhile")
    for event in events:
        entry = build(person, event, head=head, by=by, source=source, corrects=corrects)
        entry.save()
        made.append(entry)
        head = Head(entry.sequence, entry.hash)
    if key is not None:
        Submission(key=key, person=person, by=by, entries=[str(entry.pk) for entry in made]).save()
    projection.refresh(person, on=today())
    return made


def _written_before(submission: Submission, person: Person) -> list[Entry]:
    if submission.person_id != person.pk:
        raise EntryRefused("this form was sent before, for somebody else: open it again")
    return list(Entry.objects.filter(pk__in=submission.entries).order_by("sequence"))


def build(
    person: Person,
    event: Event,
    *,
    head: Head,
    by: User | None,
    source: str,
    corrects: Entry | None = None,
    id: uuid.UUID | None = None,  # noqa: A002
    entered_at: datetime | None = None,
) -> Entry:
    """The entry for ``event`` after ``head``, not yet saved. Raises EntryRefused where it corrects another person's."""
    if corrects is not None and corrects.person_id != person.pk:
        raise EntryRefused("a correction names an entry of the same person")
    entry = Entry(
        id=id or uuid.uuid4(),
        person=person,
        sequence=head.sequence + 1,
        kind=event["kind"],
        day=_day(event["on"]),
        payload=payload_of(event),
        entered_at=entered_at or now(),
        entered_by=by,
        source=source,
        corrects=corrects,
        salt=new_salt(),
        previous=head.hash,
    )
    entry.sealed = seal(entry.salt, entry.payload)
    entry.hash = link_of(entry).hash
    return entry


def payload_of(event: Event) -> str:
    """The text that is kept of an event."""
    return canonical({key: value for key, value in event.items() if key not in COLUMNS})


def link_of(entry: Entry) -> Link:
    """What the chain knows of an entry."""
    return Link(
        id=str(entry.pk),
        person=str(entry.person_id),
        sequence=entry.sequence,
        sealed=entry.sealed,
        entered_at=moment(entry.entered_at),
        entered_by=str(entry.entered_by_id) if entry.entered_by_id is not None else None,
        source=entry.source,
        corrects=str(entry.corrects_id) if entry.corrects_id is not None else None,
        previous=entry.previous,
    )


def head_of(person: Person) -> Head:
    """The end of the person's chain as it is now."""
    last = Entry.objects.filter(person=person).order_by("-sequence").values_list("sequence", "hash").first()
    return Head(*last) if last else Head(0, FIRST)


def _day(on: str | date) -> date:
    if isinstance(on, datetime):
        return on.date()
    return on if isinstance(on, date) else date.fromisoformat(on[:10])
