"""Erasure: a person's right, the end of retention, an entry under the wrong person. Two administrators, and a reason.

The payload goes and the entry stays as a tombstone, so that the chain still holds. An entry and all its corrections are
erased together, and with them what every letter says that was written after it was entered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from natalizumab.clinic import projection
from natalizumab.clinic.clock import now, today
from natalizumab.clinic.merging import was_read_as
from natalizumab.clinic.models import ERASED, Entry, Erasure, Letter, Membership, Person, Role, User
from natalizumab.clinic.vigilance.keeping import forget
from natalizumab.errors import Refusal


class ErasureRefused(Refusal):
    """It can't be erased as asked."""


def erase(
    entries: Iterable[Entry], *, asked_by: User, confirmed_by: User, reason: str, at: datetime | None = None
) -> list[Entry]:
    """Erase the entries, and all that correct them or are corrected by them; returns the tombstones.

    Raises ErasureRefused unless two administrators of the person's clinic ask, with a reason.
    """
    chosen = _together(list(entries))
    people = {entry.person for entry in chosen}
    _check(people, asked_by, confirmed_by, reason)
    when = at or now()
    with transaction.atomic():
        for entry in chosen:
            if not entry.erased:
                Erasure(entry=entry, asked_by=asked_by, confirmed_by=confirmed_by, reason=reason, at=when).save()
        empty(chosen)
        projection.refresh(*people, on=today())
        forget(person.pk for person in people)
    return chosen


def empty(entries: Iterable[Entry]) -> None:
    """Remove the payloads, and the letters made from them; the database allows it where the erasure is on record."""
    chosen = list(entries)
    plain: QuerySet[Entry] = QuerySet(Entry)
    numbers = [entry.pk for entry in chosen]
    plain.filter(pk__in=numbers).exclude(kind=ERASED).update(payload="", salt="", kind=ERASED, day=None)
    _empty_letters(chosen)


def _empty_letters(erased: Iterable[Entry]) -> None:
    """A letter that was written when an entry was there may say what was in it: also one about whoever the person
    was read as part of at that time.
    """
    made_from = Q(pk__in=[])
    for entry in erased:
        made_from |= Q(person=entry.person_id, last_sequence__gte=entry.sequence)
        for survivor, since, until in was_read_as(entry.person_id, entry.entered_at):
            made_from |= Q(person=survivor, at__gte=since) & (Q(at__lte=until) if until else Q())
    letters: QuerySet[Letter] = QuerySet(Letter)
    nothing = dict.fromkeys(("recipient", "document", "asked", "hash", "pdf_hash", "facts_hash"), "")
    letters.filter(made_from).exclude(document="").update(pdf=None, **nothing)


def _together(entries: list[Entry]) -> list[Entry]:
    """With all that hang together with them by corrections, in the order in which they were entered."""
    found, waiting = {entry.pk: entry for entry in entries}, list(entries)
    while waiting:
        entry = waiting.pop()
        linked = [*entry.corrections.all(), *([entry.corrects] if entry.corrects else [])]
        waiting += [other for other in linked if other.pk not in found]
        found |= {other.pk: other for other in linked}
    return sorted(found.values(), key=lambda entry: (str(entry.person_id), entry.sequence))


def _check(people: set[Person], asked_by: User, confirmed_by: User, reason: str) -> None:
    if not people:
        raise ErasureRefused("erase: there is nothing to erase")
    if not reason.strip():
        raise ErasureRefused("erase: say why; the reason is kept")
    if asked_by == confirmed_by:
        raise ErasureRefused("erase: it takes two administrators, and these are one")
    for person in people:
        for user in (asked_by, confirmed_by):
            if not _administers(user, person):
                raise ErasureRefused(f"erase: {user.username} is no administrator of {person.clinic.name}")


def _administers(user: User, person: Person) -> bool:
    return Membership.objects.filter(user=user, clinic=person.clinic, role=Role.ADMINISTRATOR, locked=False).exists()
