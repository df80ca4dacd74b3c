"""How people sign in: django-allauth without sign-up or e-mail, a second factor, limits on guessing, time-outs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

APPS = ["allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount"]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "natalizumab.clinic.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Before the hospital's sign-in is connected or disconnected, too.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# By name, whether such a name exists or not, and by address. They are counted in the database (CACHES), so that a
# restart forgets none, and all processes count together.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip,5/15m/key", "login": "60/m/ip", "reauthenticate": "10/5m/user"}

MFA_ADAPTER = "natalizumab.clinic.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "natalizumab"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

SOCIALACCOUNT_ADAPTER = "natalizumab.clinic.accounts.adapter.OutsideAdapter"
SOCIALACCOUNT_STORE_TOKENS = False

# So many that nobody can push the counts out by filling the table.
_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "clinic_cache"}
CACHES = {"default": _CACHE | {"OPTIONS": {"MAX_ENTRIES": 200_000}}}

NATALIZUMAB_SECOND_FACTOR = True
NATALIZUMAB_IDLE_MINUTES = 30
NATALIZUMAB_SESSION_HOURS = 12
NATALIZUMAB_EMERGENCY_NUMBER = os.environ.get("NATALIZUMAB_EMERGENCY_NUMBER", "112")

_OIDC = ("NATALIZUMAB_OIDC_SERVER", "NATALIZUMAB_OIDC_CLIENT", "NATALIZUMAB_OIDC_SECRET")


def outside(environment: Mapping[str, str]) -> dict[str, Any]:
    """The hospital's own sign-in through OpenID Connect, where all of its settings are given; nothing without them."""
    given = {name: environment.get(name, "") for name in _OIDC}
    if not any(given.values()):
        return {}
    if missing := [name for name, value in given.items() if not value]:
        raise ImproperlyConfigured(f"OpenID Connect needs {', '.join(_OIDC)}; missing: {', '.join(missing)}")
    server = urlsplit(given["NATALIZUMAB_OIDC_SERVER"])
    if (server.scheme != "https" and server.hostname not in ("127.0.0.1", "localhost")) or not server.hostname:
        raise ImproperlyConfigured("NATALIZUMAB_OIDC_SERVER must be an address that begins with https://")
    app = {
        "provider_id": "hospital",
        "name": environment.get("NATALIZUMAB_OIDC_NAME", "hospital account"),
        "client_id": given["NATALIZUMAB_OIDC_CLIENT"],
        "secret": given["NATALIZUMAB_OIDC_SECRET"],
        "settings": {"server_url": given["NATALIZUMAB_OIDC_SERVER"]},
    }
    provider = "natalizumab.clinic.accounts.outside.HospitalProvider"
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "provider_class": provider}}


SOCIALACCOUNT_PROVIDERS = outside(os.environ)
if SOCIALACCOUNT_PROVIDERS:
    APPS = [*APPS, "allauth.socialaccount.providers.openid_connect"]
