"""The record with a new entry, before it is written: what would make it unreadable is said, and not written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from natalizumab.clinic.entering.field import Field, written
from natalizumab.clinic.entering.parsing import plain
from natalizumab.clinic.entering.proposed import unknown_name
from natalizumab.clinic.entering.typed import Problems
from natalizumab.clinic.event_words import details, read, title
from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.records import record_plain
from natalizumab.errors import RecordError
from natalizumab.evidence import vocabulary
from natalizumab.record import Record
from natalizumab.record.words import suggestion

_PLACE = re.compile(r"events\[(\d+)\]")
_BEGINNING = re.compile(r"events\[(\d+)\](?:\.([a-z_0-9]+))?[^:]*: ")
_ID = re.compile(r'"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"')


@dataclass(frozen=True)
class Checked:
    """``problems`` by field ("" is the whole form). ``doubt``: what is wrong with the record anyway."""

    problems: Problems
    doubt: str = ""


def check(
    person: Person, entries: Sequence[Entry], events: Sequence[Mapping[str, Any]], corrects: Entry | None, at: datetime
) -> Checked:
    """What the core says of the record with ``events`` at its end."""
    document = record_plain(person, entries)
    first = len(document["events"])
    document["events"] += [_numbered(event, corrects, at) for event in events]
    try:
        Record.from_dict(document)
    except RecordError as refusal:
        return _told(str(refusal), document["events"], first, person, entries)
    return Checked({})


def readable(person: Person, entries: Sequence[Entry]) -> Record | None:
    """The person's record, or None where it can't be read."""
    try:
        return Record.from_dict(record_plain(person, entries))
    except RecordError:
        return None


def _numbered(event: Mapping[str, Any], corrects: Entry | None, at: datetime) -> dict[str, Any]:
    known = {"id": str(uuid4()), "entered": at.isoformat()}
    return {**event, **known} | ({"corrects": str(corrects.pk)} if corrects else {})


def _told(
    text: str, events: Sequence[Mapping[str, Any]], first: int, person: Person, entries: Sequence[Entry]
) -> Checked:
    """Whether it is the new entry that is refused. What was wrong before must not keep anybody from mending it."""
    new = any(int(found) >= first for found in _PLACE.findall(text))
    said = _in_words(text, events, first)
    if not new and readable(person, entries) is None:
        return Checked({}, said)
    beginning = _BEGINNING.match(text)
    own = beginning is not None and int(beginning[1]) >= first
    name = (beginning[2] or "on") if beginning and own else "on" if text.startswith("person.born") else ""
    return Checked({"" if name == "corrects" else name: said})


def _in_words(text: str, events: Sequence[Mapping[str, Any]], first: int) -> str:
    """A refusal without places in a file: entries by their name and day."""
    if "is corrected by" in text:
        return "This entry was corrected or withdrawn meanwhile: look at it again before you correct it."
    if text.startswith("person.born"):
        return "This is before the person was born."
    text = _BEGINNING.sub("", text, count=1)
    text = _PLACE.sub(lambda found: _named(events, int(found[1]), first), text)
    return plain(_ID.sub("an entry", text))


def _named(events: Sequence[Mapping[str, Any]], number: int, first: int) -> str:
    if number >= first:
        return "this entry"
    event = events[number]
    return f"the entry “{in_their_language(title(event['kind']))}” of {written(date.fromisoformat(event['on'][:10]))}"


def hints(
    fields: Sequence[Field], event: Mapping[str, Any], entries: Sequence[Entry], gone: frozenset[str]
) -> Problems:
    """What is worth a second look and refused by nobody, by field; ``gone`` are the entries that do not stand."""
    found: Problems = {}
    for field in fields:
        said = event.get(field.name)
        unknown = [name for name in (said if isinstance(said, list) else [said or ""]) if name]
        unknown = [name for name in unknown if unknown_name(field, name)]
        if unknown:
            found[field.name] = _not_listed(field, unknown[0])
    same = _same_day(event, entries, gone)
    return found | ({"on": f"Already on record for that day: {same}."} if same else {})


def _not_listed(field: Field, name: str) -> str:
    names = [term.name for term in vocabulary(field.words).terms]
    near = suggestion(name, names).strip(" ()")
    asks = f" {near[:1].upper()}{near[1:]}" if near else ""
    return f"“{name[:60]}” is in no list. It is kept as written, and the plan asks a clinician to decide.{asks}"


def _same_day(event: Mapping[str, Any], entries: Sequence[Entry], gone: frozenset[str]) -> str:
    day, what = str(event.get("on", ""))[:10], event.get("test") or event.get("name")
    for entry in entries:
        if entry.kind == event["kind"] and str(entry.day) == day and str(entry.pk) not in gone:
            payload = read(entry.payload)
            if what in (None, payload.get("test"), payload.get("name")):
                return f"{title(entry.kind)} {details(payload)}".strip()
    return ""
