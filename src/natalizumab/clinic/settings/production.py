"""For a clinic. Refuses to start without its secret and the names it answers to."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from natalizumab.clinic.operation.logs import CONFIGURATION as LOGGING  # noqa: F401
from natalizumab.clinic.settings.base import *  # noqa: F403
from natalizumab.clinic.settings.mail import mail

_SHORTEST_SECRET = 50


def _secret(name: str = "NATALIZUMAB_SECRET") -> str:
    secret = os.environ.get(name, "")
    if len(secret) < _SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"{name} holds {len(secret)} characters; set it to at least {_SHORTEST_SECRET} random ones"
        )
    return secret


def _hosts() -> list[str]:
    hosts = [host.strip() for host in os.environ.get("NATALIZUMAB_HOSTS", "").split(",") if host.strip()]
    if not hosts or "*" in hosts:
        raise ImproperlyConfigured("NATALIZUMAB_HOSTS must name the hosts to answer to, for example clinic.example")
    return hosts


DEBUG = False
SECRET_KEY = _secret()
# The one before it, while what it sealed is sealed anew; see docs/operation/install.md.
SECRET_KEY_FALLBACKS = [_secret("NATALIZUMAB_SECRET_BEFORE")] if os.environ.get("NATALIZUMAB_SECRET_BEFORE") else []
ALLOWED_HOSTS = _hosts()

SECURE_SSL_REDIRECT = True
# A monitor on this machine asks without https, and is told one word.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
# Only a proxy that sets this header itself may be believed; without one, anybody could send it.
if os.environ.get("NATALIZUMAB_BEHIND_PROXY") == "yes":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

STATIC_ROOT = os.environ.get("NATALIZUMAB_STATIC", str(APP / "static-collected"))  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# E-mail leaves only where a server for it is named; see settings.mail.
globals().update(mail(os.environ))
