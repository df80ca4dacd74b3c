"""Whether an ID token may be believed: OpenID Connect Core 1.0, 3.1.3.7, with nothing left out.

The standard lets a client skip the signature where the token came straight from the server over TLS; here it is looked
at all the same, and so are the nonce and the party that the token was made for.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import jwt

ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
"""With a key pair each: a secret that both sides know, or no signature at all, proves nothing."""

REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY = 60
"""Seconds that two clocks may differ."""


class Unbelievable(Exception):
    """The token must not be believed; the text says why, and tells nothing of whom it is about."""


def nonce_of(verifier: str) -> str:
    """The nonce of a sign-in: a hash of the secret that its session alone holds (Core 1.0, 15.5.2)."""
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


def uid_of(claims: Mapping[str, Any]) -> str:
    """By what an account is known. A subject means nothing without its issuer: another server gives the same ones."""
    return hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()


def believed(token: object, keys: object, *, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """What the token says. Raises Unbelievable where its signature, issuer, party, time or nonce is not right."""
    if not isinstance(token, str):
        raise Unbelievable("the answer holds no ID token")
    try:
        key = _key(jwt.get_unverified_header(token), keys)
        options: Any = {"require": REQUIRED}
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=[key.algorithm_name], issuer=issuer, audience=client, leeway=LEEWAY, options=options
        )
    except jwt.PyJWTError as error:
        raise Unbelievable(f"the ID token is not valid ({type(error).__name__})") from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise Unbelievable("the ID token names nobody")
    for_several = not isinstance(claims["aud"], str) and len(claims["aud"]) > 1
    if claims.get("azp", "" if for_several else client) != client:
        raise Unbelievable("the ID token was made for somebody else")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Unbelievable("the ID token belongs to another sign-in")
    return claims


def _key(header: Mapping[str, Any], keys: object) -> jwt.PyJWK:
    """The server's key that the token names, or its only one where the token names none."""
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise Unbelievable("the ID token is not signed in a way that is believed here")
    found = keys.get("keys") if isinstance(keys, dict) else None
    told = found if isinstance(found, list) else []
    fitting = [one for one in told if isinstance(one, dict) and one.get("use", "sig") == "sig"]
    if "kid" in header:
        fitting = [one for one in fitting if one.get("kid") == header["kid"]]
    fitting = [one for one in fitting if one.get("alg", algorithm) == algorithm]
    if len(fitting) != 1:
        raise Unbelievable("the server has no key, or no single one, for this ID token")
    return jwt.PyJWK(fitting[0], algorithm=algorithm)
