"""What a one-time link makes: a membership, a person's or a carer's access, or a new password."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from natalizumab.clinic.accounts import links
from natalizumab.clinic.accounts.log import note
from natalizumab.clinic.accounts.members import AccountRefused, new_user, set_password
from natalizumab.clinic.models import (
    AccessKind,
    AccountDone,
    Membership,
    OneTimeLink,
    PersonAccess,
    Purpose,
    User,
)


def asks_birth(link: OneTimeLink) -> bool:
    """A link to somebody's own page that went astray opens nothing for whoever doesn't know their date of birth."""
    return link.purpose == Purpose.SELF and link.person is not None and link.person.born is not None


def check_birth(link: OneTimeLink, typed: str) -> None:
    """AccountRefused where the date of birth is not the person's; counted, so that it can't be guessed."""
    if not asks_birth(link):
        return
    try:
        born = date.fromisoformat(typed)
    except ValueError:
        raise AccountRefused("give the date of birth as year, month and day: 1980-12-31") from None
    if link.person is None or born != link.person.born:
        links.wrong(link)
        raise AccountRefused("the date of birth does not fit this link")


def may_add(user: User, link: OneTimeLink) -> bool:
    """Whether an account that is there may take this link. A team's account is never also a person's or a carer's."""
    works = Membership.objects.filter(user=user).exists()
    cares = PersonAccess.objects.filter(user=user).exists()
    return {Purpose.TEAM: works and not cares, Purpose.CARER: cares and not works}.get(Purpose(link.purpose), False)


@transaction.atomic
def join(link: OneTimeLink, username: str, password: str, name: str) -> User:
    """A new account with what the link gives it."""
    if not password:
        raise AccountRefused("choose a password")
    if link.purpose != Purpose.SELF and not name.strip():
        raise AccountRefused("give your name, as colleagues and the team know it")
    user = new_user(username, password, name)
    take(link, user)
    return user


@transaction.atomic
def take(link: OneTimeLink, user: User) -> Membership | PersonAccess:
    """Give the account what the link is for, and spend the link. AccountRefused where somebody was quicker."""
    _spend(link)
    note(AccountDone.JOINED, link.clinic, by=user, about=user, person=link.person, detail=link.role or link.purpose)
    if link.purpose == Purpose.TEAM:
        return Membership.objects.create(user=user, clinic=link.clinic, role=link.role)
    kind = AccessKind.SELF if link.purpose == Purpose.SELF else AccessKind.CARER
    assert link.person is not None
    return PersonAccess.objects.create(
        user=user, person=link.person, kind=kind, allows=link.allows, invited_by=link.made_by
    )


@transaction.atomic
def new_password(link: OneTimeLink, password: str) -> None:
    """Another password for the account that the link names; all its sessions end."""
    _spend(link)
    user = link.user
    assert user is not None
    set_password(user, password)
    user.save(update_fields=["password", "sessions"])
    note(AccountDone.PASSWORD, link.clinic, by=user, about=user)


def _spend(link: OneTimeLink) -> None:
    if not links.spend(link):
        raise AccountRefused("this link was used or withdrawn meanwhile")
