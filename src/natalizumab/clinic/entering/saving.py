"""Saving a form: once, however often it is sent; never over what somebody else wrote meanwhile.

Everything is asked in the transaction that writes, with the person locked, so that nothing can come between.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import QueryDict

from natalizumab.clinic.entering.typed import Problems
from natalizumab.clinic.entries import append_all, payload_of
from natalizumab.clinic.merging import entries_among, heads, lock, together
from natalizumab.clinic.models import Entry, Person, Source, Submission, User

Event = Mapping[str, Any]
Made = tuple[Sequence[Event], Problems]

_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
_SEEN = re.compile(r"([0-9a-f-]{36}):([0-9]{1,9})")


@dataclass(frozen=True)
class Sent:
    """What every form carries beside its fields: its key, and the last entries that its reader saw."""

    key: str
    seen: str

    @classmethod
    def of(cls, data: QueryDict) -> Sent:
        """As it was sent; a key that is none of ours is replaced."""
        key = data.get("key", "")
        return cls(key if _KEY.fullmatch(key) else new_key(), data.get("seen", ""))

    @classmethod
    def new(cls, entries: Sequence[Entry]) -> Sent:
        """For a form that is opened now."""
        return cls(new_key(), seen_now(entries))


@dataclass(frozen=True)
class Outcome:
    """What came of saving: entries that were written, or why none was.

    ``added``: what others wrote since the form was opened. ``before``: the same form was saved, with other words.
    """

    entries: Sequence[Entry]
    written: Sequence[Entry] = ()
    added: Sequence[Entry] = ()
    before: Sequence[Entry] = ()
    problems: Problems = field(default_factory=dict)


def new_key() -> str:
    """A key for a form that is opened."""
    return secrets.token_urlsafe(16)


def seen_now(entries: Sequence[Entry]) -> str:
    """The last of these entries, as a form carries it."""
    return ",".join(f"{person}:{number}" for person, number in sorted(heads(entries).items()))


def added_since(entries: Sequence[Entry], seen: str) -> list[Entry]:
    """What was entered after what the form says that its reader saw."""
    known = {person: int(number) for person, number in _SEEN.findall(seen)}
    return [entry for entry in entries if entry.sequence > known.get(str(entry.person_id), 0)]


@transaction.atomic
def save(
    person: Person, sent: Sent, by: User, make: Callable[[Sequence[Entry]], Made], corrects: Entry | None = None
) -> Outcome:
    """Write what ``make`` says, asked with all entries as they stand; a correction goes to where its entry is."""
    target = corrects.person if corrects else person
    members = together([person.clinic_id]).members(person.pk)
    lock(members)
    entries = entries_among(members)
    before = _sent_before(sent.key, entries, target)
    if before is None:
        added = added_since(entries, sent.seen)
        events, problems = make(entries)
        if added or problems:
            return Outcome(entries, added=added, problems=problems)
        written = append_all(target, events, by=by, source=Source.FORM, corrects=corrects, key=sent.key)
        return Outcome(entries, written=written)
    # What was saved may itself be a reason to refuse it once more, so it is asked of the record as it was then.
    ids = {entry.pk for entry in before}
    events, problems = make([entry for entry in entries if entry.pk not in ids])
    same = sorted(map(payload_of, events)) == sorted(entry.payload for entry in before) and not problems
    return Outcome(entries, written=before) if same else Outcome(entries, before=before, problems=problems)


def _sent_before(key: str, entries: Sequence[Entry], target: Person) -> list[Entry] | None:
    found = Submission.objects.filter(key=key, person=target).first()
    if found is None:
        return None
    return [entry for entry in entries if str(entry.pk) in found.entries]
