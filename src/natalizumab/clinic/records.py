"""From entries to the core's record: entries and nothing else make it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from natalizumab.clinic.briefs import Brief
from natalizumab.clinic.models import ERASED, Entry, Person
from natalizumab.errors import Refusal
from natalizumab.record import Record
from natalizumab.record.reading import record_from_own_json


class Told(NamedTuple):
    """What a record needs of an entry, for reading many: ``Entry.objects.values_list(*Told._fields)``."""

    pk: UUID
    kind: str
    payload: str
    entered_at: datetime
    corrects_id: UUID | None

    @property
    def ref(self) -> str:
        """The id of the event that it makes."""
        return str(self.pk)


def record_of(person: Person, entries: Iterable[Entry | Told | Brief]) -> Record:
    """The record of ``person`` from its ``entries`` in the order of their sequence; an event's id is its entry's.

    Erased entries are no part of it.
    """
    return record_from_own_json(_text(person, entries))


def readable(person: Person, entries: Iterable[Entry | Told | Brief]) -> Record | None:
    """The same, or None where it can't be read."""
    try:
        return record_of(person, entries)
    except Refusal:
        return None


def record_json(person: Person, entries: Iterable[Entry | Told | Brief]) -> bytes:
    """The same as the record's JSON, for files and for the core's reader."""
    return _text(person, entries).encode()


def record_plain(person: Person, entries: Iterable[Entry | Told | Brief]) -> dict[str, Any]:
    """The same as plain values, to which something may be added that is not entered yet."""
    found: dict[str, Any] = json.loads(_text(person, entries))
    return found


def _text(person: Person, entries: Iterable[Entry | Told | Brief]) -> str:
    about = {"id": str(person.pk), "sex": person.sex}
    if person.born is not None:
        about["born"] = person.born.isoformat()
    events = ",".join([_event(entry) for entry in entries if entry.kind != ERASED])
    return f'{{"schema":"natalizumab-record/1","person":{json.dumps(about)},"events":[{events}]}}'


def _event(entry: Entry | Told | Brief) -> str:
    """The payload, which is an object's canonical text, with what stands in columns beside it."""
    corrects = f',"corrects":"{entry.corrects_id}"' if entry.corrects_id is not None else ""
    return f'{entry.payload[:-1]},"id":"{entry.ref}","entered":"{entry.entered_at.isoformat()}"{corrects}}}'
