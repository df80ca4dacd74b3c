"""From entries to the core's record: entries and nothing else make it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from natalizumab.clinic.models import Entry, Person
from natalizumab.record import Record


def record_of(person: Person, entries: Iterable[Entry]) -> Record:
    """The record of ``person`` from its ``entries`` in the order of their sequence; an event's id is its entry's."""
    return Record.from_json(record_json(person, entries))


def record_json(person: Person, entries: Iterable[Entry]) -> bytes:
    """The same as the record's JSON, for files and for the core's reader."""
    about: dict[str, Any] = {"id": str(person.pk), "sex": person.sex}
    if person.born is not None:
        about["born"] = person.born.isoformat()
    document = {
        "schema": "natalizumab-record/1",
        "person": about,
        "events": [_event(entry) for entry in entries],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _event(entry: Entry) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(entry.payload)
    event["id"] = str(entry.pk)
    event["entered"] = entry.entered_at.isoformat()
    if entry.corrects_id is not None:
        event["corrects"] = str(entry.corrects_id)
    return event
