"""What an administrator does with the team's accounts. Each act is one transaction with its line in the audit table."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from natalizumab.clinic.accounts import links
from natalizumab.clinic.accounts.log import note
from natalizumab.clinic.models import AccountDone, Clinic, Membership, Purpose, Role, User
from natalizumab.errors import Refusal

LONGEST = 400
"""Letters of a reason or a name."""


class AccountRefused(Refusal):
    """It can't be done with this account as asked."""


class NameTaken(AccountRefused):
    """Somebody has that name to sign in with, here or in another clinic of this installation."""


@transaction.atomic
def first_administrator(clinic_name: str, username: str, *, name: str = "", password: str = "") -> str:
    """Make a clinic's first administrator, and the clinic where there is none of that name.

    Returns the token of a one-time link ("/join/TOKEN/") by which a password is chosen; "" where one was given.
    """
    clinic = _locked(Clinic.objects.get_or_create(name=_said(clinic_name, "the clinic's name"))[0])
    if Membership.objects.filter(clinic=clinic, role=Role.ADMINISTRATOR).exists():
        raise AccountRefused(f"{clinic.name} has an administrator, who can invite others")
    user = new_user(username, password, name)
    Membership.objects.create(user=user, clinic=clinic, role=Role.ADMINISTRATOR)
    note(AccountDone.FOUNDED, clinic, by=None, about=user)
    return "" if password else links.make(Purpose.PASSWORD, clinic, by=None, user=user)


@transaction.atomic
def rescue(clinic_name: str, username: str) -> str:
    """For whoever runs the server, where a clinic's administrator can't get in and no other can help.

    Unlocks the account, takes its second factor away and returns the token of a link for a new password.
    """
    found = Membership.objects.filter(clinic__name=clinic_name, user__username=username, role=Role.ADMINISTRATOR)
    member = found.select_related("clinic", "user").first()
    if member is None:
        raise AccountRefused(f"{username} is no administrator of {clinic_name}")
    if member.locked:
        member.locked = False
        member.save(update_fields=["locked"])
    _forget_factors(member.user)
    _end_sessions(member.user)
    note(AccountDone.SECOND_FACTOR, member.clinic, by=None, about=member.user, detail="by whoever runs the server")
    return links.make(Purpose.PASSWORD, member.clinic, by=None, user=member.user)


def new_user(username: str, password: str, name: str = "") -> User:
    """An account. Without a password nobody can sign in yet. AccountRefused where name or password won't do."""
    username = _said(username, "a name to sign in with").lower()
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken("that name to sign in with is taken: choose another")
    first, _, last = name.strip().partition(" ")
    user = User(username=username, first_name=first[:150], last_name=last.strip()[:150])
    if password:
        set_password(user, password)
    else:
        user.set_unusable_password()
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from None
    user.save()
    return user


def set_password(user: User, password: str) -> None:
    """A new password on the account, not yet saved; ends all sessions. AccountRefused where it is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from None
    user.set_password(password)
    user.sessions += 1


@transaction.atomic
def change_role(member: Membership, role: str, *, by: User) -> None:
    """Another role in this clinic."""
    if role not in Role.values:
        raise AccountRefused(f"choose one of these roles: {', '.join(Role.values)}")
    if role != Role.ADMINISTRATOR:
        _not_the_last(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    note(AccountDone.ROLE, member.clinic, by=by, about=member.user, detail=f"{before} to {role}")


@transaction.atomic
def lock(member: Membership, *, by: User, reason: str) -> None:
    """They may do nothing in this clinic from now on; what they are doing right now ends."""
    _not_the_last(member)
    _lock(member, by, _said(reason, "the reason; it is kept"))


@transaction.atomic
def unlock(member: Membership, *, by: User) -> None:
    member.locked = False
    member.save(update_fields=["locked"])
    note(AccountDone.UNLOCKED, member.clinic, by=by, about=member.user)


@transaction.atomic
def end_sessions(member: Membership, *, by: User) -> None:
    """Signed out everywhere."""
    _end_sessions(member.user)
    note(AccountDone.SESSIONS, member.clinic, by=by, about=member.user)


@transaction.atomic
def reset_second_factor(member: Membership, *, by: User, reason: str) -> None:
    """Their codes and passkeys are gone; the next sign-in sets up new ones."""
    said = _said(reason, "the reason; it is kept")
    _forget_factors(member.user)
    _end_sessions(member.user)
    note(AccountDone.SECOND_FACTOR, member.clinic, by=by, about=member.user, detail=said)
    _lock_elsewhere(member)


@transaction.atomic
def password_link(member: Membership, *, by: User) -> str:
    """A one-time link by which they choose a new password; the old one works until then."""
    note(AccountDone.PASSWORD_LINK, member.clinic, by=by, about=member.user)
    _lock_elsewhere(member)
    return links.make(Purpose.PASSWORD, member.clinic, by=by, user=member.user)


@transaction.atomic
def invite(clinic: Clinic, role: str, *, by: User) -> str:
    """A one-time link by which a new colleague joins with a role."""
    if role not in Role.values:
        raise AccountRefused(f"choose one of these roles: {', '.join(Role.values)}")
    note(AccountDone.INVITED, clinic, by=by, detail=role)
    return links.make(Purpose.TEAM, clinic, by=by, role=role)


def _lock_elsewhere(member: Membership) -> None:
    """Whoever can change how somebody gets in must not get into another clinic so: it unlocks them itself."""
    others = Membership.objects.filter(user=member.user, locked=False).exclude(pk=member.pk).select_related("clinic")
    for other in others:
        _lock(other, None, "how they sign in was changed by another clinic: make sure that it is they, and unlock")


def _forget_factors(user: User) -> None:
    """Also the hospital's sign-in: whoever could have connected their own must not set up the next second factor."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def _lock(member: Membership, by: User | None, reason: str) -> None:
    member.locked = True
    member.save(update_fields=["locked"])
    _end_sessions(member.user)
    note(AccountDone.LOCKED, member.clinic, by=by, about=member.user, detail=reason)


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions=F("sessions") + 1)


def _not_the_last(member: Membership) -> None:
    """Two administrators who lock each other at one time must not both succeed, so the clinic's row is locked first."""
    clinic = _locked(member.clinic)
    others = Membership.objects.filter(clinic=clinic, role=Role.ADMINISTRATOR, locked=False).exclude(pk=member.pk)
    member.refresh_from_db(fields=["role", "locked"])
    if member.role == Role.ADMINISTRATOR and not others.exists():
        raise AccountRefused("this is the last administrator: make somebody else one first")


def _locked(clinic: Clinic) -> Clinic:
    return Clinic.objects.select_for_update().get(pk=clinic.pk)


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise AccountRefused(f"say {what}")
    if len(text) > LONGEST:
        raise AccountRefused(f"say it in {LONGEST} letters at most; these are {len(text)}")
    return text.strip()
