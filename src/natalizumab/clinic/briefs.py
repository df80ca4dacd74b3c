"""Entries as a person's page reads them: hundreds, of which it shows some and needs the others only to make the record.

The columns come as text, and what is shown of an entry is made of that when it is asked for. Turning each into what the
language has for it took as long as reading the record.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from natalizumab.clinic.models import ERASED, Entry

_COLUMNS = ("sequence", "kind", "day", "payload", "source")
_AS_TEXT = ("id", "entered_at", "corrects_id")


class Brief:
    """One entry, with the names that ``Entry`` has for the same things, and with no others."""

    def __init__(
        self,
        person_id: UUID,
        sequence: int,
        kind: str,
        day: date | None,
        payload: str,
        source: str,
        ref: str,
        entered: str,
        corrects: str | None,
    ) -> None:
        self.person_id = person_id
        self.sequence = sequence
        self.kind = kind
        self.day = day
        self.payload = payload
        self.source = source
        self.ref = _dashed(ref)
        moment = datetime.fromisoformat(entered)
        self.entered_at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps UTC without saying so
        self._corrects = corrects

    @cached_property
    def pk(self) -> UUID:
        return UUID(self.ref)

    @property
    def corrects_id(self) -> UUID | None:
        return UUID(self._corrects) if self._corrects else None

    @property
    def erased(self) -> bool:
        return self.kind == ERASED


def briefs_of(person: UUID) -> list[Brief]:
    """The entries of one person in their order; one query."""
    text = [Cast(name, TextField()) for name in _AS_TEXT]
    rows = Entry.objects.filter(person=person).order_by("sequence").values_list(*_COLUMNS, *text)
    return [Brief(person, *row) for row in rows]


def _dashed(text: str) -> str:
    """An id as it is written everywhere; SQLite keeps it without its dashes."""
    if "-" in text:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
