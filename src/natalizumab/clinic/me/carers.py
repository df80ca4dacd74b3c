"""People's own accounts and their carers': inviting, allowing, ending. Each is on record with the person's page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from natalizumab.clinic.accounts import links
from natalizumab.clinic.accounts.log import note
from natalizumab.clinic.clock import now
from natalizumab.clinic.models import AccessKind, AccountDone, Person, PersonAccess, Purpose, User
from natalizumab.errors import Refusal


class AccessRefused(Refusal):
    """Nobody can be invited as asked."""


@transaction.atomic
def invite(person: Person, allows: Sequence[str], *, by: User, purpose: Purpose = Purpose.CARER) -> str:
    """A one-time link to the person's page, for the person or for a carer who sees what ``allows`` names."""
    has_one = PersonAccess.objects.filter(person=person, kind=AccessKind.SELF, ended=None).exists()
    if purpose == Purpose.SELF and has_one:
        raise AccessRefused("there is an account for this page: end it first, then invite anew")
    note(AccountDone.INVITED, person.clinic, by=by, person=person, detail=purpose)
    return links.make(purpose, person.clinic, by=by, person=person, allows=allows)


@transaction.atomic
def allow(person: Person, access_id: str, allows: Sequence[str], *, by: User) -> None:
    """Let a carer see and do these things and no others; nothing happens where there is no such carer."""
    found = PersonAccess.objects.filter(person=person, kind=AccessKind.CARER, ended=None)
    carer = found.filter(pk=access_id).first() if access_id.isdecimal() else None
    if carer:
        carer.allows = list(allows)
        carer.save(update_fields=["allows"])
        note(AccountDone.ROLE, person.clinic, by=by, about=carer.user, person=person, detail=", ".join(allows))


@transaction.atomic
def end(access: PersonAccess, *, by: User) -> None:
    """They see nothing of this person any more."""
    ended = PersonAccess.objects.filter(pk=access.pk, ended=None).update(ended=now())
    if ended:
        note(AccountDone.ENDED, access.person.clinic, by=by, about=access.user, person=access.person)
