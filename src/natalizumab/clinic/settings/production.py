"""For a clinic. Refuses to start without its secret and the names it answers to."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from natalizumab.clinic.settings.base import *  # noqa: F403

_SHORTEST_SECRET = 50


def _secret() -> str:
    secret = os.environ.get("NATALIZUMAB_SECRET", "")
    if len(secret) < _SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"NATALIZUMAB_SECRET holds {len(secret)} characters; set it to at least {_SHORTEST_SECRET} random ones"
        )
    return secret


def _hosts() -> list[str]:
    hosts = [host.strip() for host in os.environ.get("NATALIZUMAB_HOSTS", "").split(",") if host.strip()]
    if not hosts or "*" in hosts:
        raise ImproperlyConfigured("NATALIZUMAB_HOSTS must name the hosts to answer to, for example clinic.example")
    return hosts


DEBUG = False
SECRET_KEY = _secret()
ALLOWED_HOSTS = _hosts()

SECURE_SSL_REDIRECT = True
# Only a proxy that sets this header itself may be believed; without one, anybody could send it.
if os.environ.get("NATALIZUMAB_BEHIND_PROXY") == "yes":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

STATIC_ROOT = os.environ.get("NATALIZUMAB_STATIC", str(APP / "static-collected"))  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
