"""The timeline of a record: every entry ever made, newest day first; what was corrected or withdrawn still shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from natalizumab.clinic.briefs import Brief
from natalizumab.clinic.event_words import details, read, title
from natalizumab.clinic.models import Entry, Source
from natalizumab.errors import Refusal
from natalizumab.record import Record

_SOURCES: dict[str, str] = {source.value: str(source.label) for source in Source}
_STANDS = None, False


class Line(NamedTuple):
    """One entry as the timeline shows it. ``replaced_by`` is the entry that corrected it, if it no longer stands."""

    id: UUID
    kind: str
    day: date
    title: str
    details: str
    note: str
    planned: bool
    entered_at: datetime
    source: str
    replaced_by: UUID | None
    withdrawn: bool
    corrects: UUID | None

    @property
    def stands(self) -> bool:
        return self.replaced_by is None

    @property
    def plain(self) -> bool:
        """Whether nothing needs to be said beside its details, so that it may share a row."""
        return self.stands and not (self.planned or self.note or self.corrects)


class Earlier(NamedTuple):
    """The years of a timeline that are not shown at once, and how many entries they hold."""

    first: int
    last: int
    entries: int

    @classmethod
    def of(cls, days: Iterable[date]) -> Earlier | None:
        """Those of entries of these days; None for none."""
        years = [day.year for day in days]
        return cls(min(years), max(years), len(years)) if years else None


def day_of(entry: Entry | Brief) -> date:
    """The day under which an entry stands: an erased one has only that on which it was entered."""
    return entry.day or entry.entered_at.date()


def first_shown(days: Iterable[date], on: date) -> date:
    """The first day of the timeline that is shown at once: of the year before, or of the last in which anything was."""
    newest = max(days, default=on).year
    return date(min(newest, on.year - 1), 1, 1)


def timeline(entries: Sequence[Entry | Brief], record: Record | None) -> list[Line]:
    """All entries, newest day first; on one day the last entered stands on top."""
    gone = _replaced(record)
    newest = sorted(entries, key=lambda entry: (day_of(entry), entry.sequence), reverse=True)
    return [_line(entry, gone) for entry in newest]


def by_year(lines: Sequence[Line]) -> list[tuple[int, list[list[Line]]]]:
    """The lines under the year of their day, newest year first; blood tests of one day share a row."""
    return [(year, _rows(list(group))) for year, group in groupby(lines, key=lambda line: line.day.year)]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        before = rows[-1][0] if rows else None
        if before and before.kind == line.kind == "lab" and before.day == line.day and before.plain and line.plain:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _replaced(record: Record | None) -> dict[str, tuple[UUID, bool]]:
    """For every entry that does not stand, which one took its place, and whether that only withdrew it."""
    if record is None:
        return {}
    try:
        found = record.replaced()
    except Refusal:
        return {}
    return {ref: (UUID(event.ref), event.kind == "withdrawal") for ref, event in found.items()}


def _line(entry: Entry | Brief, gone: dict[str, tuple[UUID, bool]]) -> Line:
    payload = read(entry.payload) if not entry.erased else {}
    replaced_by, withdrawn = gone.get(entry.ref, _STANDS) if gone else _STANDS
    return Line(
        id=entry.pk,
        kind=entry.kind,
        day=day_of(entry),
        title=title(entry.kind),
        details="What it said was erased by two administrators." if entry.erased else details(payload),
        note=payload.get("note", ""),
        planned=bool(payload.get("planned")),
        entered_at=entry.entered_at,
        source=_SOURCES[entry.source],
        replaced_by=replaced_by,
        withdrawn=withdrawn,
        corrects=entry.corrects_id,
    )
