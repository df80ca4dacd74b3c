"""What every kind of installation shares. Nothing here is secret and nothing here is enough to run by itself."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from natalizumab.clinic.settings.accounts import *  # noqa: F403
from natalizumab.clinic.settings.accounts import APPS as ACCOUNT_APPS
from natalizumab.clinic.settings.database import database
from natalizumab.languages.catalogue import FOLDER as CATALOGUES
from natalizumab.languages.catalogue import LANGUAGES as ALL_LANGUAGES

APP = Path(__file__).resolve().parent.parent

DATABASES = {"default": database(os.environ.get("NATALIZUMAB_DATABASE", ""), Path.cwd() / "natalizumab.sqlite3")}
AUTH_USER_MODEL = "clinic.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "natalizumab.clinic",
    *ACCOUNT_APPS,
]

MIDDLEWARE = [
    "natalizumab.clinic.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "natalizumab.clinic.typed.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "natalizumab.clinic.accounts.sessions.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "natalizumab.clinic.typed.RefuseNul",
    "natalizumab.clinic.membership.MembershipMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "natalizumab.clinic.accounts.second_factor.SecondFactorMiddleware",
    "natalizumab.clinic.permissions.PermissionMiddleware",
]

ROOT_URLCONF = "natalizumab.clinic.urls"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "worklist"
LOGOUT_REDIRECT_URL = "account_login"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "natalizumab.clinic.templatetags.clinic",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "natalizumab.clinic.membership.context",
            ],
        },
    }
]

# Pages load only what this server serves: no inline script or style, and no other address.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

STATIC_URL = "static/"
# A letter looks the same on a page as on paper: both take its style from the package that writes it.
STATICFILES_DIRS = [("letters", APP.parent / "letters" / "style")]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", ALL_LANGUAGES["en"]), *((code, name) for code, name in ALL_LANGUAGES.items() if code != "en")]
LOCALE_PATHS = [CATALOGUES]
FORMAT_MODULE_PATH = "natalizumab.clinic.formats"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("NATALIZUMAB_TIME_ZONE") or "Europe/London"

# Which protocol the plans follow, and the date they are made for (None: today in the clinic's time zone).
NATALIZUMAB_PROTOCOL = os.environ.get("NATALIZUMAB_PROTOCOL", "eu")
NATALIZUMAB_ON: date | None = None
NATALIZUMAB_DEMO = False
# Where backups lie, and reminders that no e-mail carries; empty: nowhere.
NATALIZUMAB_BACKUPS = os.environ.get("NATALIZUMAB_BACKUPS", "")
NATALIZUMAB_MAIL = False
NATALIZUMAB_OUTBOX = os.environ.get("NATALIZUMAB_OUTBOX", "")
