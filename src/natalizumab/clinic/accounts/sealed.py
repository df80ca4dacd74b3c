"""What codes are made from lies in the database encrypted, with a key that only the installation's secret gives.

A copy of the database, or a backup, then makes no codes. Whoever has the settings file too, or the running server, is
not kept out. Fernet (AES-128 in CBC mode with HMAC-SHA256); its keys are derived by HKDF from the secret, so that
nothing else which the secret signs tells anything of them.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed-1:"
"""What everything sealed begins with; nothing that was stored before did."""

PLACES = ("secret", "seed", "migrated_codes")
"""Where an authenticator's data holds something to seal: the app's key, and what recovery codes are made from."""

_KEY = 32


class CanNotOpen(Exception):
    """It was sealed with another secret, or is not sealed at all."""


def seal(text: str) -> str:
    """The text as it may lie in a database."""
    return MARK + _box([settings.SECRET_KEY]).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises CanNotOpen where neither the secret nor one before it sealed it."""
    if not sealed.startswith(MARK):
        raise CanNotOpen
    try:
        return _box([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]).decrypt(_token(sealed)).decode()
    except InvalidToken:
        raise CanNotOpen from None


def seal_anew(authenticators: Iterable[Any]) -> None:
    """Seal with the present secret what is not sealed, or was with one before. What can't be opened stays as it is."""
    for one in authenticators:
        data = one.data | {name: _each(one.data[name], _anew) for name in PLACES if name in one.data}
        if data != one.data:
            one.data = data
            one.save(update_fields=["data"])


def open_all(authenticators: Iterable[Any]) -> None:
    """The way back: what was sealed lies open again. Raises CanNotOpen."""
    for one in authenticators:
        one.data |= {name: _each(one.data[name], unseal) for name in PLACES if name in one.data}
        one.save(update_fields=["data"])


def closed(authenticators: Iterable[Any]) -> int:
    """How many of them can't be opened."""
    return sum(not all(_opens(one.data[name]) for name in PLACES if name in one.data) for one in authenticators)


def _anew(text: str) -> str:
    if not text.startswith(MARK):
        return seal(text)
    try:
        _box([settings.SECRET_KEY]).decrypt(_token(text))
    except InvalidToken:
        try:
            return seal(unseal(text))
        except CanNotOpen:
            pass
    return text


def _opens(texts: Any) -> bool:
    try:
        _each(texts, unseal)
    except CanNotOpen:
        return False
    return True


def _each(texts: Any, what: Any) -> Any:
    """One text, or a list of them."""
    return [what(text) for text in texts] if isinstance(texts, list) else what(texts)


def _token(sealed: str) -> bytes:
    return sealed.removeprefix(MARK).encode()


def _box(secrets: Iterable[str | bytes]) -> MultiFernet:
    """The first secret seals; each of them opens."""
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    plain = secret.encode() if isinstance(secret, str) else secret
    derived = HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=b"natalizumab second factor").derive(plain)
    return urlsafe_b64encode(derived)
