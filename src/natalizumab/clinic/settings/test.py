"""For the tests: quick passwords, a database in memory unless NATALIZUMAB_DATABASE names one."""

from __future__ import annotations

import os
from datetime import date

from natalizumab.clinic.settings.base import *  # noqa: F403
from natalizumab.clinic.settings.database import database, sqlite

DATABASES = {
    "default": database(os.environ["NATALIZUMAB_DATABASE"], default_file=APP)  # noqa: F405
    if os.environ.get("NATALIZUMAB_DATABASE")
    else sqlite(":memory:")
}
SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NATALIZUMAB_ON = date(2026, 11, 2)
# The tests that are about the second factor ask for it (people.with_second_factor).
NATALIZUMAB_SECOND_FACTOR = False
