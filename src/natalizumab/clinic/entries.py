"""Writing to a record: every event becomes one entry, in the order in which it was entered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from natalizumab.clinic.models import Entry, Person, User
from natalizumab.errors import Refusal

_TRIES = 5
_COLUMNS = ("id", "corrects", "entered")


class EntryRefused(Refusal):
    """The event can't become an entry of this record."""


def append(
    person: Person, event: Mapping[str, Any], *, by: User | None, source: str, corrects: Entry | None = None
) -> Entry:
    """Add ``event`` (a dict as in the record's JSON) at the end of the person's entries and return the entry."""
    for attempt in range(_TRIES):
        entry = build(person, event, sequence=_last_sequence(person) + 1, by=by, source=source, corrects=corrects)
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError:
            # Somebody else took the sequence number between our question and our insert: ask again.
            if attempt == _TRIES - 1:
                raise
        else:
            return entry
    raise AssertionError("unreachable: the last try returns or raises")


def build(
    person: Person,
    event: Mapping[str, Any],
    *,
    sequence: int,
    by: User | None,
    source: str,
    corrects: Entry | None = None,
) -> Entry:
    """The entry for ``event``, not yet saved. Raises EntryRefused where it corrects another person's entry."""
    if corrects is not None and corrects.person_id != person.pk:
        raise EntryRefused("a correction names an entry of the same person")
    return Entry(
        person=person,
        sequence=sequence,
        kind=event["kind"],
        day=_day(event["on"]),
        payload=canonical({key: value for key, value in event.items() if key not in _COLUMNS}),
        entered_by=by,
        source=source,
        corrects=corrects,
    )


def canonical(event: Mapping[str, Any]) -> str:
    """The one text of an event: keys sorted, no spaces, numbers as written."""
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _day(on: str | date) -> date:
    if isinstance(on, datetime):
        return on.date()
    return on if isinstance(on, date) else date.fromisoformat(on[:10])


def _last_sequence(person: Person) -> int:
    found: int | None = Entry.objects.filter(person=person).aggregate(last=Max("sequence"))["last"]
    return found or 0
