"""For ``natalizumab demo`` alone: an invented clinic on this machine, signed in without a password.

The sign-in lives in ``clinic.demo.urls`` and ``clinic.demo.guard``; both refuse to be loaded under other settings.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from natalizumab.clinic.operation.logs import CONFIGURATION, OURS
from natalizumab.clinic.settings.base import *  # noqa: F403
from natalizumab.clinic.settings.database import sqlite

if "NATALIZUMAB_DEMO_FILE" not in os.environ:
    raise ImproperlyConfigured("the demo settings are for 'natalizumab demo', which says where its database lies")

NATALIZUMAB_DEMO = True
_day = os.environ.get("NATALIZUMAB_DEMO_ON")
NATALIZUMAB_ON = date.fromisoformat(_day) if _day else None

# Always the file that `demo` made, never NATALIZUMAB_DATABASE: real data can't slip in by a forgotten variable.
DATABASES = {"default": sqlite(Path(os.environ["NATALIZUMAB_DEMO_FILE"]))}
SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
# What breaks is told beside the address, with the number that the page shows; that all went well is not.
LOGGING = CONFIGURATION | {"loggers": CONFIGURATION["loggers"] | {OURS: {"level": "WARNING"}}}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "natalizumab.clinic.demo.urls"
LOGIN_URL = "demo-sign-in"
# Nobody has a password or a second factor here, and a visitor may stay for the day.
NATALIZUMAB_SECOND_FACTOR = False
NATALIZUMAB_IDLE_MINUTES = 24 * 60
NATALIZUMAB_SESSION_HOURS = 24 * 60
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", *AUTHENTICATION_BACKENDS]  # noqa: F405
WHITENOISE_USE_FINDERS = True
# The guard comes first: nothing of the demo answers a request from another machine.
MIDDLEWARE = ["natalizumab.clinic.demo.guard.DemoGuard", *MIDDLEWARE]  # noqa: F405
