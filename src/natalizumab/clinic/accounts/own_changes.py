"""What somebody changed of their own ways to sign in is put on record: in every clinic where they work, and beside the
pages of people that are open to them.

An intruder who connects an account of their own, or adds a passkey, leaves a line that nobody can take away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed

from natalizumab.clinic.accounts.log import note
from natalizumab.clinic.models import AccountDone, Clinic, Membership, Person, PersonAccess, User

_FACTORS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery codes"}


def listen() -> None:
    """Hear from the library what was changed; of a second factor once the change is committed."""
    for signal, heard in (
        (authenticator_added, _factor_added),
        (authenticator_removed, _factor_removed),
        (authenticator_reset, _codes_made_anew),
        (social_account_added, _connected),
        (social_account_removed, _disconnected),
    ):
        signal.connect(heard, dispatch_uid=f"clinic.own_changes{heard.__name__}")


def _factor_added(user: User, authenticator: Any, **kwargs: Any) -> None:
    _note(user, AccountDone.FACTOR_ADDED, _FACTORS[authenticator.type])


def _factor_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    _note(user, AccountDone.FACTOR_REMOVED, _FACTORS[authenticator.type])


def _codes_made_anew(user: User, **kwargs: Any) -> None:
    _note(user, AccountDone.CODES)


def _connected(sociallogin: Any, **kwargs: Any) -> None:
    _note(sociallogin.user, AccountDone.CONNECTED)


def _disconnected(socialaccount: Any, **kwargs: Any) -> None:
    _note(socialaccount.user, AccountDone.DISCONNECTED)


def _note(user: User, what: str, detail: str = "") -> None:
    for clinic, person in _places(user):
        note(what, clinic, by=user, about=user, person=person, detail=detail)


def _places(user: User) -> Iterator[tuple[Clinic, Person | None]]:
    for member in Membership.objects.filter(user=user).select_related("clinic"):
        yield member.clinic, None
    for access in PersonAccess.objects.filter(user=user, ended=None).select_related("person__clinic"):
        yield access.person.clinic, access.person
