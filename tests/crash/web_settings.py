"""For the web server of the crash tests: a clinic's own settings, with one address at which anybody may write."""

from __future__ import annotations

from natalizumab.clinic.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.crash.web"
# The last is one that its package asks for.
MIDDLEWARE = [
    "natalizumab.clinic.request_log.RequestLogMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
