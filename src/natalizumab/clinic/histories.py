"""The history of an entry: all that replaced it or was replaced by it, who wrote each, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from natalizumab.clinic.entering.checks import readable
from natalizumab.clinic.event_words import read
from natalizumab.clinic.field_words import in_form_order, label, words
from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.models import Entry, Person, User
from natalizumab.clinic.timeline import Line, timeline
from natalizumab.errors import Refusal


@dataclass(frozen=True)
class Version:
    """One entry of a history; ``values`` in the order of the table's rows, each with whether it is new in it."""

    line: Line
    by: str
    values: list[tuple[str, bool]]


@dataclass(frozen=True)
class History:
    """The versions in the order in which they were entered, and the names of the rows."""

    versions: list[Version]
    labels: list[str]

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        """By field, what each version says."""
        return [(name, [version.values[place] for version in self.versions]) for place, name in enumerate(self.labels)]


def gone(person: Person, entries: Sequence[Entry]) -> set[str]:
    """The ids of entries that do not stand: corrected, withdrawn or erased."""
    erased = {str(entry.pk) for entry in entries if entry.erased}
    record = readable(person, entries)
    try:
        return erased | set(record.replaced()) if record else erased | _named_as_wrong(entries)
    except Refusal:
        return erased | _named_as_wrong(entries)


def _named_as_wrong(entries: Sequence[Entry]) -> set[str]:
    """Where the record can't be read: whatever another entry corrects."""
    return {str(entry.corrects_id) for entry in entries if entry.corrects_id is not None}


def family(entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """The entry with all that hang together with it by corrections, in the order in which they were entered."""
    found = {entry.pk}
    while True:
        more = {e.pk for e in entries if e.corrects_id in found} | {e.corrects_id for e in entries if e.pk in found}
        wider = found | {pk for pk in more if pk is not None}
        if wider == found:
            return [e for e in entries if e.pk in found]
        found = wider


def history(person: Person, entry: Entry, entries: Sequence[Entry]) -> History:
    """The history of an entry, side by side."""
    together = family(entry, entries)
    payloads = [read(one.payload) if not one.erased else {} for one in together]
    fields = in_form_order(entry.kind, {name for payload in payloads for name in payload} - {"kind"})
    named = lines_with_names(person, entries, together)
    before: Mapping[str, Any] = payloads[0]
    versions = []
    for (line, by), payload in zip(named, payloads, strict=True):
        differs = payload is not payloads[0] and bool(payload) and line.kind != "withdrawal"
        values = [(words(payload, name), differs and payload.get(name) != before.get(name)) for name in fields]
        versions.append(Version(line, by, values))
        before = payload if differs else before
    return History(versions, [label(entry.kind, name) for name in fields])


def lines_with_names(person: Person, entries: Sequence[Entry], some: Sequence[Entry]) -> list[tuple[Line, str]]:
    """Some of the entries as lines of the timeline, each with the name of whoever wrote it; one query at most."""
    if not some:
        return []
    lines = {line.id: line for line in timeline(some, readable(person, entries))}
    people, nobody = names_of(entry.entered_by_id for entry in some), in_their_language("nobody signed in")
    return [(lines[entry.pk], people.get(entry.entered_by_id or 0, nobody)) for entry in some]


def names_of(users: Iterable[int | None]) -> dict[int, str]:
    """What these users are called; one query."""
    found = User.objects.filter(pk__in={user for user in users if user is not None})
    return {user.pk: user.get_full_name() or user.username for user in found}
