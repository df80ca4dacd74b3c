"""The worklist's rows, kept true: worked out in the transaction of every entry, and again when they are stale.

A row is stale on a day outside those for which it holds, and when another program or protocol made it. Whoever works
rows out first locks them, so that what somebody read before a newer entry can't overwrite what that entry changed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge as in_turn
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from natalizumab.clinic.batching import batched
from natalizumab.clinic.clock import now
from natalizumab.clinic.merging import Together, standing, together
from natalizumab.clinic.models import ERASED, Clinic, Entry, Handling, Person, Work, WorkItem
from natalizumab.clinic.plans import PersonPlan, person_plan, unreadable
from natalizumab.clinic.records import Told
from natalizumab.clinic.vigilance.keeping import forget
from natalizumab.clinic.work.handled import from_plain, newest
from natalizumab.clinic.work.made import items_of, row_of
from natalizumab.clinic.work.program import made_by, protocol
from natalizumab.clinic.work.writing import put

_log = logging.getLogger(__name__)

TOGETHER = 100
"""So many people are worked out in one transaction."""

_COLUMNS = ("person_id", "sequence", *Told._fields)


@dataclass(frozen=True)
class Made:
    """What was worked out for one person, as it stands in the tables now."""

    row: Work
    items: list[WorkItem]


def stale(on: date) -> Q:
    """The rows that may not be shown on a day."""
    return ~Q(made_by=made_by()) | Q(made_on__gt=on) | Q(valid_until__lte=on)


def to_make(on: date) -> Q:
    """The same and those whose text counts days until another day."""
    return stale(on) | Q(counts_days=True, made_on__lt=on)


def is_stale(row: Work, on: date) -> bool:
    """What ``stale`` asks, of a row at hand."""
    return row.made_by != made_by() or row.made_on > on or row.valid_until <= on


def is_to_make(row: Work, on: date) -> bool:
    """What ``to_make`` asks, of a row at hand."""
    return is_stale(row, on) or (row.counts_days and row.made_on < on)


def refresh(*people: Person, on: date) -> list[Made]:
    """Work out the rows of people and write them, in one transaction with whatever the caller is writing.

    Whoever was merged into somebody has no row: it is that person's that is worked out. The clinic's figures know from
    then on that they don't count these people as they are.
    """
    who = together({person.clinic_id for person in people})
    stay = {who.survivor(person.pk) for person in people}
    gone = [person.pk for person in people if person.pk not in stay]
    with transaction.atomic():
        WorkItem.objects.filter(person__in=gone).delete()
        Work.objects.filter(pk__in=gone).delete()
        add_rows(Person.objects.filter(pk__in=stay))
        rows = lock(list(stay))
        before = {row.pk: row.members for row in rows}
        for row in _with_members(rows, who):
            row.counted_for = ""
        made = remake(rows, on)
        # What is kept of somebody who stands for others, or no longer does, is of another record.
        forget([*gone, *(row.pk for row in rows if row.members != before[row.pk])])
        return made


def refresh_rows(rows: Sequence[Work], on: date) -> list[Made]:
    """The same for people who have rows already."""
    with transaction.atomic():
        return remake(lock([row.pk for row in rows]), on)


def add_rows(people: Iterable[Person]) -> None:
    """An empty, stale row for everybody who has none."""
    rows = [
        Work(person=person, clinic_id=person.clinic_id, number=person.number, name=person.name) for person in people
    ]
    Work.objects.bulk_create(rows, ignore_conflicts=True, batch_size=TOGETHER)


def lock(people: Sequence[UUID]) -> list[Work]:
    """The rows, which nobody else works out before this transaction ends; always in one order, so nobody deadlocks."""
    rows = Work.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=people)
    return list(rows.order_by("pk"))


def remake(rows: Sequence[Work], on: date) -> list[Made]:
    """Work out locked rows from their entries and what they say was ``handled``, and write them."""
    entries = _entries_of(rows)
    made = _all_made(((old, entries.get(old.pk, [])) for old in rows), on)
    put([one.row for one in made], over="person_id")
    WorkItem.objects.filter(person__in=[row.pk for row in rows]).delete()
    put([item for one in made for item in one.items])
    return made


def first_rows(new: Iterable[tuple[Person, Sequence[Entry]]], on: date) -> list[Made]:
    """What stands in the tables of people with these entries, of whom nothing is in the database yet; no query."""
    empty = ((Work(person=person), [(e.sequence, _told(e)) for e in entries]) for person, entries in new)
    return _all_made(empty, on)


def _told(entry: Entry) -> Told:
    return Told(entry.pk, entry.kind, entry.payload, entry.entered_at, entry.corrects_id)


def _all_made(rows: Iterable[tuple[Work, list[tuple[int, Told]]]], on: date) -> list[Made]:
    """By the protocol and the program of now."""
    mark, followed, at = made_by(), protocol(), now()
    made = []
    for old, own in rows:
        found = _made(old, own, on, followed["upcoming_days"])
        found.row.protocol, found.row.protocol_version = followed.name, followed.version
        found.row.made_by, found.row.made_at = mark, at
        made.append(found)
    return made


def _with_members(rows: list[Work], who: Together) -> list[Work]:
    """Each with everybody who was merged into its person, who are read with them from now on."""
    for row in rows:
        row.members = [str(member) for member in who.members(row.pk)[1:]]
    return rows


def _made(old: Work, own: list[tuple[int, Told]], on: date, upcoming_days: int) -> Made:
    person = old.person
    plan = _plan(person, [told for _, told in own], on)
    handled = {key: from_plain(state) for key, state in old.handled.items()}
    items = items_of(person, plan, upcoming_days)
    row = row_of(person, plan, items, handled, on)
    row.handled, row.members, row.counted_for = old.handled, old.members, old.counted_for
    row.last_sequence = own[-1][0] if own else 0
    row.erased = sum(told.kind == ERASED for _, told in own)
    for item in items:
        if state := handled.get(item.key):
            item.owner_id, item.ordered_on, item.reference = state.owner, state.ordered_on, state.reference
            item.snoozed_until, item.snooze_reason = state.snoozed_until, state.snooze_reason
    return Made(row, items)


def _plan(person: Person, entries: Sequence[Told], on: date) -> PersonPlan:
    """Both plans. Where a rule breaks, which should never be, the entry is kept all the same and nobody is dosed."""
    try:
        return person_plan(person, entries, on)
    except Exception:  # noqa: BLE001 - whatever it is, what was entered must not be lost for it
        _log.exception("a plan could not be made")
        return unreadable(person, on, "The plan could not be worked out, because of a mistake in this program.")


def _entries_of(rows: Sequence[Work]) -> dict[UUID, list[tuple[int, Told]]]:
    """Those of each row's person, and of everybody who was merged into them, as they were entered."""
    members = {row.pk: [row.pk, *map(UUID, row.members)] for row in rows}
    wanted = [member for own in members.values() for member in own]
    found = Entry.objects.filter(person__in=wanted).order_by("person_id", "sequence")
    told = found.values_list(*_COLUMNS).iterator(chunk_size=2000)
    chains = {
        person: [(sequence, Told(*rest)) for _, sequence, *rest in own]
        for person, own in groupby(told, key=lambda entry: entry[0])
    }
    return {
        person: list(in_turn(*(chains.get(member, []) for member in own), key=lambda entry: entry[1].entered_at))
        for person, own in members.items()
    }


def rebuild(on: date, clinic: Clinic | None = None) -> int:
    """Work out everybody anew, from entries and the history of what was done with things; how many people."""
    everybody = Person.objects.filter(clinic=clinic) if clinic else Person.objects.all()
    people = everybody.exclude(pk__in=standing().values("merged"))
    Work.objects.filter(person__in=standing().values("merged")).delete()
    who, count = together(Clinic.objects.values_list("pk", flat=True)), 0
    for some in batched(people.order_by("pk").iterator(chunk_size=2000), TOGETHER):
        add_rows(some)
        with transaction.atomic():
            rows, histories = _with_members(lock([person.pk for person in some]), who), _histories(some)
            for row in rows:
                row.handled, row.counted_for = histories.get(row.pk, {}), ""
            count += len(remake(rows, on))
    return count


def _histories(people: Sequence[Person]) -> dict[UUID, dict[str, dict[str, object]]]:
    history = Handling.objects.filter(person__in=people).select_related("owner").order_by("person_id", "key", "number")
    return {person: newest(own) for person, own in groupby(history, key=lambda row: row.person_id)}


def people_without_rows() -> Iterator[Person]:
    """Those whom somebody added in bulk."""
    return Person.objects.filter(work=None).exclude(pk__in=standing().values("merged")).iterator(chunk_size=2000)
