"""What django-allauth asks us: nobody signs up by themselves, and where each goes after signing in."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from natalizumab.clinic.accounts.sealed import CanNotOpen, seal, unseal
from natalizumab.clinic.membership import home_of

_CLOSED = "codes can’t be checked now: the server’s secret is not the one that they were sealed with."
_log = logging.getLogger("natalizumab.sign_in")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation alone (``views.joining``)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many failed attempts. Wait a quarter of an hour, then try again.",
        "username_password_mismatch": "The name and password do not belong together. The password minds capitals.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse(home_of(request.user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Says things in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Codes change every half minute: try the next one."
    }

    def get_totp_issuer(self) -> str:
        return "natalizumab"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """PermissionDenied where the secret is another one: no code can be right then, and nobody gets in by chance."""
        try:
            return unseal(encrypted_text)
        except CanNotOpen:
            _log.error("second factor can not be opened", extra={"fields": {}})
            raise PermissionDenied(_CLOSED) from None

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Never the last of them: an administrator resets it, with a reason."""
        types = ("totp", "webauthn")
        others = type(authenticator).objects.filter(user=authenticator.user, type__in=types)
        return authenticator.type not in types or others.exclude(pk=authenticator.pk).exists()


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OpenID Connect opens accounts that were connected to it beforehand, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """The log is told why; of what a server says no more than its kind, for it may name somebody."""
        from natalizumab.clinic.accounts.outside import NotTrusted  # which needs the tables

        why = str(exception) if isinstance(exception, NotTrusted) else type(exception or error).__name__
        _log.warning("hospital sign-in refused", extra={"fields": {"why": why}})
