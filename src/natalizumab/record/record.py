"""The record: a person and everything that was entered, in the order of the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, Literal

import msgspec

from natalizumab.errors import RecordError
from natalizumab.record.contradictions import refuse_contradictions, refuse_repeats
from natalizumab.record.corrections import depths, replaced
from natalizumab.record.course import Course
from natalizumab.record.events import AnyEvent, Event, Impossible, Withdrawal
from natalizumab.record.limits import Name
from natalizumab.record.moments import YEARS_ALLOWED, in_years
from natalizumab.record.order import canonical
from natalizumab.record.standing import Standing

SCHEMA: Final = "natalizumab-record/1"


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whom the record is about. All but the id may be unknown."""

    id: Name
    born: date | None = None
    sex: Literal["female", "male", "other", "unknown"] | None = None

    def __post_init__(self) -> None:
        if self.born is not None and not in_years(self.born):
            raise Impossible("born", f'"{self.born}" {YEARS_ALLOWED}')


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One person's record. ``events`` stand as they were entered; ``course`` answers questions about a date."""

    schema: Literal["natalizumab-record/1"]
    person: Person
    events: tuple[AnyEvent, ...]

    def __post_init__(self) -> None:
        """Refuse what no reading of the entries could make true."""
        refuse_repeats(self.events)
        _ = self._standing

    @classmethod
    def from_json(cls, data: bytes, name: str = "") -> Record:
        """The record that ``data`` holds. Raises RecordError, which names the place, the value and what is allowed."""
        from natalizumab.record.reading import record_from_json

        return record_from_json(data, name)

    @classmethod
    def from_dict(cls, data: Any) -> Record:
        """The record of plain values as in the JSON. Raises RecordError like ``from_json``."""
        from natalizumab.record.plain import record_from_plain

        return record_from_plain(data)

    def to_dict(self) -> dict[str, Any]:
        """Plain values in the order in which they are written; what is unknown is left out."""
        person = msgspec.to_builtins(self.person)
        return {"schema": self.schema, "person": person, "events": [event.fields() for event in self.events]}

    def to_json(self) -> bytes:
        """The canonical file: reading it and writing it again gives the same bytes."""
        return (json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n").encode()

    def course(self, on: date, known_at: datetime | None = None) -> Course:
        """What stands on the date ``on``; with ``known_at``, counting only what was entered by then.

        An entry that does not say when it was entered counts as always known. Raises RecordError where what was
        known then contradicts itself.
        """
        if known_at is not None:
            return Course(self.person, on, known_at, self._known(known_at))
        return self._course.on_day(on)

    def replaced(self, known_at: datetime | None = None) -> dict[str, Event]:
        """The entries that do not stand, by reference, each with the entry that corrected or withdrew it."""
        return replaced(self._entered_by(known_at), self._depths)

    @cached_property
    def _depths(self) -> dict[str, int]:
        return depths(self.events)

    @cached_property
    def _standing(self) -> Standing:
        return self._resolve(self.events)

    @cached_property
    def _course(self) -> Course:
        """The course after the last entry, from which those of other days are made."""
        last = self._standing.done[-1].day if self._standing.done else date.min
        return Course(self.person, last, None, self._standing)

    def _known(self, known_at: datetime) -> Standing:
        if known_at.tzinfo is None:
            raise RecordError(f"known_at: {known_at.isoformat()} has no offset; write one, such as +01:00")
        try:
            return self._resolve(self._entered_by(known_at))
        except RecordError as error:
            raise RecordError(f"as known at {known_at.isoformat()}: {error}") from None

    def _entered_by(self, known_at: datetime | None) -> Sequence[Event]:
        if known_at is None:
            return self.events
        return [event for event in self.events if event.entered is None or event.entered <= known_at]

    def _resolve(self, known: Sequence[Event]) -> Standing:
        gone = replaced(known, self._depths) if self._depths else {}
        standing = [e for e in known if e.ref not in gone and not isinstance(e, Withdrawal)]
        standing.sort(key=canonical)
        refuse_contradictions(self.person.born, self.events, standing)
        return Standing(standing)
