"""A phone's authenticator app, for the tests: the codes of RFC 6238 from a key."""

from __future__ import annotations

import base64
import hmac
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from natalizumab.clinic.models import User

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30


def code(key: str = KEY, steps: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    counter = (int(time.time()) // STEP + steps).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(key), counter, "sha1")
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def give_app(user: User) -> None:
    """The user's app has KEY."""
    TOTP.activate(user, KEY)


def give_recovery_codes(user: User) -> list[str]:
    """New recovery codes of the user."""
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def has_any(user: User) -> bool:
    """Whether the user has a second factor at all."""
    found: bool = Authenticator.objects.filter(user=user).exists()
    return found
