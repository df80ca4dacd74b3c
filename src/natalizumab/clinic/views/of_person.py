"""Whom a page is about: somebody of this clinic, with all their entries; and that it was read is put on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from natalizumab.clinic.auditing import saw
from natalizumab.clinic.briefs import Brief, briefs_of
from natalizumab.clinic.clock import now
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.merging import entries_among, together
from natalizumab.clinic.models import Entry, Person, Reading
from natalizumab.clinic.permissions import CARERS
from natalizumab.clinic.plans import PersonPlan, plan_of
from natalizumab.clinic.records import readable
from natalizumab.record import Record

_OF_A_PERSON = ("clinic", "number", "name", "born", "sex")
_ONE_LOOK = timedelta(hours=1)
"""The parts of a page that are fetched so soon after it belong to the same look."""


@dataclass(frozen=True)
class OfPerson:
    """A person and all that makes their record; ``asked`` is the one of the address, who may be merged into them.

    ``members`` are the person and whoever was merged into them.
    """

    person: Person
    members: list[UUID]
    asked: UUID

    @cached_property
    def entries(self) -> list[Entry]:
        """All entries, as whoever writes another one needs them."""
        return entries_among(self.members)

    @cached_property
    def told(self) -> Sequence[Entry | Brief]:
        """The same as a page that only shows them needs them."""
        alone = len(self.members) == 1 and "entries" not in vars(self)
        return briefs_of(self.members[0]) if alone else self.entries

    @cached_property
    def record(self) -> Record | None:
        """What the entries make; None where it can't be read."""
        return readable(self.person, self.told)

    def plan(self, on: date) -> PersonPlan:
        """The person's plan of a day."""
        return plan_of(self.person, self.told, on, self.record)

    def entry(self, entry_id: UUID) -> Entry:
        """That entry of theirs; 404 for anybody else's and for none."""
        found = next((entry for entry in self.entries if entry.pk == entry_id), None)
        if found is None:
            raise Http404
        return found


def of_person(request: HttpRequest, person_id: UUID, what: str) -> OfPerson:
    """Whom the address names, or whoever stands for them. Another clinic's person and nobody's id get one answer.

    ``what`` is the name of the page, for the record of who read it.
    """
    found = unrecorded(request, person_id)
    saw(user_of(request), found.person, what)
    return found


def part_of_page(request: HttpRequest, person_id: UUID, what: str) -> OfPerson:
    """The same for a part of a page, which is put on record unless its page was seen just before."""
    found = unrecorded(request, person_id)
    just_now = Reading.objects.filter(person=found.person, user=user_of(request), at__gt=now() - _ONE_LOOK)
    if not just_now.exists():
        saw(user_of(request), found.person, what)
    return found


def unrecorded(request: HttpRequest, person_id: UUID) -> OfPerson:
    """The same where something is written, which is on record anyway."""
    clinic = clinic_of(request)
    # Of the row of the worklist only what it knows of merges: the rest of it is long.
    with_row = Person.objects.select_related("work").only(*_OF_A_PERSON, "work__members")
    person = get_object_or_404(with_row, clinic=clinic, pk=person_id)
    row = getattr(person, "work", None)
    if row is not None:  # which nobody has who was merged into somebody, and which knows who was merged into its person
        return OfPerson(person, [person.pk, *map(UUID, row.members)], person_id)
    who = together([clinic.pk])
    survivor = who.survivor(person.pk)
    if survivor != person.pk:
        person = Person.objects.get(pk=survivor)
    return OfPerson(person, who.members(survivor), person_id)


def may_enter(request: HttpRequest) -> bool:
    """Whether whoever is signed in may write to a record."""
    return role_of(request) in CARERS


def role_of(request: HttpRequest) -> str:
    """What whoever is signed in is in this clinic."""
    return str(request.membership.role)  # type: ignore[attr-defined]


def name_of(request: HttpRequest) -> str:
    """What whoever is signed in is called in an entry."""
    user = user_of(request)
    return str(user.get_full_name() or user.get_username())
