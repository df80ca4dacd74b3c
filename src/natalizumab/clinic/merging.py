"""Two people who are one: the record of the one who stays is built from the entries of both, and none is touched.

A merge is a row that is added, and so is its undoing. Whoever was merged keeps their own entries, in their own chain;
what is entered while they are merged goes to the one who stays, and a correction to wherever the corrected entry is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge as in_turn
from itertools import groupby
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from natalizumab.clinic.briefs import Brief
from natalizumab.clinic.clock import now, today
from natalizumab.clinic.models import PROOF, Entry, Merge, Person, Unmerge, User
from natalizumab.errors import Refusal

Period = tuple[UUID, datetime, datetime | None]


class MergeRefused(Refusal):
    """These two can't be merged, or not be parted."""


@dataclass(frozen=True)
class Together:
    """Who is read as part of whom in a clinic: by whoever was merged, the one they were merged into."""

    into: Mapping[UUID, UUID]

    def survivor(self, person: UUID) -> UUID:
        """Who stands for that person; themselves where nobody else does."""
        while person in self.into:
            person = self.into[person]
        return person

    def members(self, survivor: UUID) -> list[UUID]:
        """That person and everybody who was merged into them, directly or not."""
        found = [survivor]
        for member in found:
            found += [merged for merged, into in self.into.items() if into == member]
        return found

    def groups(self) -> dict[UUID, list[UUID]]:
        """Everybody who stands for others, with all of them."""
        found: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for merged in self.into:
            found[self.survivor(merged)].append(merged)
        return {survivor: [survivor, *others] for survivor, others in found.items()}


def standing() -> QuerySet[Merge]:
    """The merges that were not undone."""
    return Merge.objects.filter(undone__isnull=True)


def together(clinics: Iterable[int]) -> Together:
    """Who is read as part of whom in these clinics; one query."""
    rows = standing().filter(survivor__clinic__in=set(clinics)).values_list("merged_id", "survivor_id")
    return Together(dict(rows))


def was_read_as(person: UUID, since: datetime, until: datetime | None = None) -> Iterator[Period]:
    """As part of whom a person was ever read, from when, and until when; None: to this day."""
    merges = Merge.objects.filter(merged=person).values_list("survivor_id", "at", "undone__at")
    for survivor, merged_at, undone_at in merges:
        begin, ends = max(since, merged_at), [end for end in (until, undone_at) if end is not None]
        if all(begin <= end for end in ends):
            end = min(ends, default=None)
            yield survivor, begin, end
            yield from was_read_as(survivor, begin, end)


def entries_of(person: Person) -> list[Entry]:
    """All that makes the record of a person, in the order in which it was entered: two queries."""
    return entries_among(together([person.clinic_id]).members(person.pk))


def all_entries_of(person: Person) -> list[Entry]:
    """The same of somebody who may have been merged into somebody else: those of all who are one with them."""
    who = together([person.clinic_id])
    return entries_among(who.members(who.survivor(person.pk)))


def entries_among(members: Sequence[UUID]) -> list[Entry]:
    """The entries of people who are one, in the order in which they were entered; one query."""
    return in_order(_as_entered(members))


def entries_of_each(people: Iterable[Person], who: Together | None = None) -> dict[UUID, list[Entry]]:
    """The same of many, by person: two queries, however many, or one where ``who`` is read with whom is at hand."""
    chosen = list(people)
    if not chosen:
        return {}
    groups = (who or together({person.clinic_id for person in chosen})).groups()
    return _of_members({person.pk: groups.get(person.pk, [person.pk]) for person in chosen})


def entries_together(others: Mapping[UUID, Iterable[str]]) -> dict[UUID, list[Entry]]:
    """The same where it is known whom each was merged with (``Work.members``); one query."""
    return _of_members({person: [person, *map(UUID, own)] for person, own in others.items()})


def _of_members(members: Mapping[UUID, Sequence[UUID]]) -> dict[UUID, list[Entry]]:
    wanted = [member for own in members.values() for member in own]
    entries = _as_entered(wanted).iterator()
    chains = {person: list(own) for person, own in groupby(entries, key=lambda entry: entry.person_id)}
    return {person: in_order(e for one in own for e in chains.get(one, ())) for person, own in members.items()}


def _as_entered(people: Iterable[UUID]) -> QuerySet[Entry]:
    return Entry.objects.filter(person__in=list(people)).defer(*PROOF).order_by("person_id", "sequence")


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries sorted by person and number, in the order in which they were entered; each chain keeps its own order."""
    chains = [list(own) for _, own in groupby(entries, key=lambda entry: entry.person_id)]
    return chains[0] if len(chains) == 1 else list(in_turn(*chains, key=lambda entry: entry.entered_at))


def heads(entries: Iterable[Entry | Brief]) -> dict[str, int]:
    """By person, the number of the last of these entries."""
    return {str(entry.person_id): entry.sequence for entry in entries}


def version(entries: Sequence[Entry | Brief]) -> Hashable:
    """What changes with every entry and every merge: the last number, or those of all who are one."""
    ends = heads(entries)
    return tuple(sorted(ends.items())) if len(ends) > 1 else next(iter(ends.values()), None)


def lock(people: Iterable[UUID]) -> None:
    """Keep everybody else from writing to these people until the transaction ends (SQLite has one writer anyway)."""
    list(Person.objects.select_for_update().filter(pk__in=list(people)).order_by("pk").values_list("pk"))


def merge(survivor: Person, merged: Person, *, by: User, reason: str) -> Merge:
    """From now on ``merged`` is read as part of ``survivor``. Raises MergeRefused, in words for whoever asked."""
    if not reason.strip():
        raise MergeRefused("say how you know that the two are one person; the reason is kept")
    with transaction.atomic():
        lock([survivor.pk, merged.pk])
        _check(survivor, merged)
        number = Merge.objects.filter(merged=merged).count() + 1
        made = Merge(survivor=survivor, merged=merged, number=number, by=by, reason=reason.strip(), at=now())
        made.save()
        _replan(survivor, merged)
    return made


def _replan(survivor: Person, merged: Person) -> None:
    from natalizumab.clinic import projection  # which builds records from what is said here

    projection.refresh(survivor, merged, on=today())


def _check(survivor: Person, merged: Person) -> None:
    if survivor.pk == merged.pk:
        raise MergeRefused("these are the same entry of the list: choose another person")
    if survivor.clinic_id != merged.clinic_id:
        raise MergeRefused("nobody of that number is in this clinic")
    into = together([survivor.clinic_id]).into
    if merged.pk in into:
        raise MergeRefused(f"{merged.number} is merged already")
    if survivor.pk in into:
        raise MergeRefused(f"{survivor.number} is itself merged into somebody: merge into that person instead")


def unmerge(made: Merge, *, by: User, reason: str) -> Unmerge:
    """Read the two apart again, exactly as before. Raises MergeRefused where they are, or no reason is given."""
    if not reason.strip():
        raise MergeRefused("say why the two are not one person; the reason is kept")
    try:
        with transaction.atomic():
            undone = Unmerge(merge=made, by=by, reason=reason.strip(), at=now())
            undone.save()
            _replan(made.survivor, made.merged)
    except IntegrityError as error:
        raise MergeRefused("these two were parted already") from error
    return undone
