"""The timeline of a record: every entry ever made, newest day first; what was corrected or withdrawn still shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from natalizumab.clinic.event_words import details, read, title
from natalizumab.clinic.models import Entry
from natalizumab.errors import Refusal
from natalizumab.record import Record


@dataclass(frozen=True)
class Line:
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


def timeline(entries: Sequence[Entry], record: Record | None) -> list[Line]:
    """All entries, newest day first; on one day the last entered stands on top."""
    gone = _replaced(record)
    lines = [_line(entry, gone) for entry in entries]
    order = {entry.pk: entry.sequence for entry in entries}
    return sorted(lines, key=lambda line: (line.day, order[line.id]), reverse=True)


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


def _line(entry: Entry, gone: dict[str, tuple[UUID, bool]]) -> Line:
    payload = read(entry.payload)
    replaced_by, withdrawn = gone.get(str(entry.pk), (None, False))
    return Line(
        id=entry.pk,
        kind=entry.kind,
        day=entry.day,
        title=title(entry.kind),
        details=details(payload),
        note=payload.get("note", ""),
        planned=bool(payload.get("planned")),
        entered_at=entry.entered_at,
        source=entry.get_source_display(),
        replaced_by=replaced_by,
        withdrawn=withdrawn,
        corrects=entry.corrects_id,
    )
