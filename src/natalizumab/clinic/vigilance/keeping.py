"""Keeps each person's facts and what they add up to, and makes them anew where entries, day or rules have moved on.

Whoever writes an entry says so in the worklist's row of the person, in the same transaction (``Work.counted_for``).
Facts are made with that row locked, so that none is taken for true that was read before a newer entry. The end of a
past month is made once: it rests on what was known then, so only an entry known before can change it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from natalizumab import __version__
from natalizumab.care import Protocol, load_protocol
from natalizumab.clinic.merging import entries_together, heads
from natalizumab.clinic.models import Clinic, ClinicTally, Entry, Person, PersonFacts, Work
from natalizumab.clinic.records import readable
from natalizumab.clinic.vigilance.facts import facts_of
from natalizumab.clinic.vigilance.months import month_end, month_ends
from natalizumab.clinic.vigilance.shape import SHAPE, Facts, MonthEnd
from natalizumab.clinic.vigilance.signals import bits_of
from natalizumab.clinic.vigilance.tally import added_by
from natalizumab.clinic.work.writing import add, put
from natalizumab.errors import Refusal
from natalizumab.record import Record

_TOGETHER = 100
_DIGITS = 16


class Rules(NamedTuple):
    """By which rules facts are made; ``key`` says whether they are the same."""

    protocol: Protocol
    key: str

    def mark(self, on: date) -> str:
        """For which day, and by which rules and program, somebody is counted."""
        return f"{on} {hashlib.sha256(f'{self.key} {SHAPE}'.encode()).hexdigest()[:_DIGITS]}"


class Kept(NamedTuple):
    """How many people were made anew, and by how much that changed the clinic's sums."""

    people: int
    changes: Counter[str]


def refresh_stale(clinic: Clinic, on: date, most: int | None = None) -> int:
    """Make at most so many anew (None: all); returns how many are still waiting."""
    done = 0
    while made := make_some(clinic, on, _TOGETHER if most is None else min(_TOGETHER, most - done)).people:
        done += made
    ClinicTally.objects.filter(clinic=clinic, count=0).delete()
    return waiting(clinic, rules_now().mark(on)).count()


def make_some(clinic: Clinic, on: date, most: int) -> Kept:
    """Make up to so many of those who wait anew; whoever is just being written to is left for the next time."""
    rules = rules_now()
    with transaction.atomic(savepoint=False):
        chosen = waiting(clinic, rules.mark(on)).select_for_update(of=("self",), skip_locked=True)
        rows = list(chosen.select_related("person__counted").order_by("pk")[:most])
        return Kept(len(rows), _keep(rows, on, rules)) if rows else Kept(0, Counter())


def waiting(clinic: Clinic, mark: str) -> QuerySet[Work]:
    """Everybody who is not counted as they are now."""
    return Work.objects.filter(Q(counted_for__lt=mark) | Q(counted_for__gt=mark), clinic=clinic)


def forget(people: Iterable[UUID]) -> None:
    """Nothing is kept of these people any more, nor counted: after an erasure, or because somebody stands for them."""
    chosen = list(people)
    if not chosen:
        return
    with transaction.atomic(savepoint=False):
        locked = PersonFacts.objects.select_for_update(of=("self",)).filter(person__in=chosen)
        rows = list(locked.select_related("person").order_by("pk"))
        for kept in rows:
            _tell(kept.person.clinic_id, {kept.shape: Counter(_negative(kept))})
        gone = [kept.person_id for kept in rows]
        PersonFacts.objects.filter(person__in=gone).delete()
        Work.objects.filter(person__in=gone).update(counted_for="")


def read(kept: PersonFacts) -> Facts:
    """The facts that a row holds."""
    return msgspec.json.decode(kept.facts, type=Facts)


def rules_now() -> Rules:
    """The protocol of this installation, with what tells its rules, and this program, from others."""
    protocol = load_protocol(settings.NATALIZUMAB_PROTOCOL)
    numbers = sorted((name, str(found.value)) for name, found in protocol.parameters.items())
    told = hashlib.sha256(repr((numbers, sorted(protocol.signed))).encode()).hexdigest()[:_DIGITS]
    return Rules(protocol, f"{protocol.name[:60]} {protocol.version} {told}; {__version__}")


def made_for(person: Person, rules: Rules) -> str:
    """The rules, the program, and what is known of a person beside the entries."""
    return f"{rules.key}; {person.born}; {person.sex}"


def _keep(rows: Sequence[Work], on: date, rules: Rules) -> Counter[str]:
    """Make the facts of locked rows and keep them: how the sums of the clinic changed."""
    entries = entries_together({row.pk: row.members for row in rows})
    made = [facts_row(row.person, entries[row.pk], on, rules) for row in rows]
    changes: dict[int, Counter[str]] = {SHAPE: Counter()}
    for old in (kept_of(row.person) for row in rows):
        if old is not None:
            changes.setdefault(old.shape, Counter()).update(_negative(old))
    keep(made, rows[0].clinic_id, changes)
    Work.objects.filter(pk__in=[row.pk for row in rows]).update(counted_for=rules.mark(on))
    return changes[SHAPE]


def keep(made: Sequence[PersonFacts], clinic: int, changes: dict[int, Counter[str]]) -> None:
    """Write facts that were made, and add what they add to these ``changes`` of the sums, by shape, and to the sums."""
    for one in made:
        changes[SHAPE].update(_added(one))
    put(made, over="person_id")
    _tell(clinic, changes)


def kept_of(person: Person) -> PersonFacts | None:
    """What is kept of somebody who was read with it."""
    return getattr(person, "counted", None)


def facts_row(person: Person, entries: Sequence[Entry], on: date, rules: Rules) -> PersonFacts:
    """The row of a person with these entries, beside what is kept of them (``kept_of``); no query."""
    kept, protocol, key = kept_of(person), rules.protocol, made_for(person, rules)
    erased = sum(entry.erased for entry in entries)
    record = readable(person, entries)
    ends = heads(entries)
    legible = kept is not None and (kept.shape, kept.made_for, kept.erased) == (SHAPE, key, erased) and len(ends) < 2
    known = _known_months(kept, entries) if kept is not None and legible else {}
    months = {day: known.get(day) or _month(person, entries, record, day, protocol) for day in month_ends(on)}
    facts = msgspec.structs.replace(_facts(record, on, protocol), months=months)
    return PersonFacts(
        person_id=person.pk,  # by its id, else the person would take this row for the one that is kept
        last_sequence=sum(ends.values()),
        erased=erased,
        day=on,
        made_for=key,
        shape=SHAPE,
        signals=bits_of(facts),
        added=msgspec.json.encode(added_by(facts)).decode(),
        facts=msgspec.json.encode(facts).decode(),
    )


def _added(kept: PersonFacts) -> dict[str, int]:
    return msgspec.json.decode(kept.added, type=dict[str, int])


def _negative(kept: PersonFacts) -> dict[str, int]:
    return {name: -count for name, count in _added(kept).items()}


def _tell(clinic: int, changes: dict[int, Counter[str]]) -> None:
    """Change the sums. The names come in one order always, so that two who change them wait and never block."""
    add(
        [
            ClinicTally(clinic_id=clinic, shape=shape, name=name, count=count)
            for shape, counts in sorted(changes.items())
            for name, count in sorted(counts.items())
            if count
        ],
        to="count",
        over=("clinic_id", "shape", "name"),
    )


def _facts(record: Record | None, on: date, protocol: Protocol) -> Facts:
    try:
        return facts_of(record, on, protocol) if record else Facts(readable=False)
    except Refusal:
        return Facts(readable=False)


def _known_months(kept: PersonFacts, entries: Iterable[Entry]) -> dict[date, MonthEnd]:
    """The months that were over when they were made, and before which nothing has become known since."""
    since = [entry.entered_at for entry in entries if entry.sequence > kept.last_sequence]
    return {day: made for day, made in read(kept).months.items() if all(at > _end_of(day) for at in since)}


def _month(person: Person, entries: Sequence[Entry], record: Record | None, day: date, protocol: Protocol) -> MonthEnd:
    """From the record, or, where it can't be read now, from the entries that were there then."""
    known_at = _end_of(day)
    known = [entry for entry in entries if entry.entered_at <= known_at]
    if not known:
        return MonthEnd()
    record = record or readable(person, known)
    return month_end(record, day, known_at, protocol) if record else MonthEnd(readable=False)


def _end_of(day: date) -> datetime:
    """The last moment of a day, by the clinic's clock."""
    return timezone.make_aware(datetime.combine(day, time.max))
