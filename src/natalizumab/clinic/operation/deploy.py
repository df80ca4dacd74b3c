"""Is this installation safe to serve, and will it be there tomorrow? Each answer is one that a person can act on.

``grave`` findings keep ``serve`` from starting; ``check --deploy`` ends with 1 over any.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from natalizumab.clinic.operation import archive, migrations
from natalizumab.clinic.operation.site import OWNER
from natalizumab.clinic.triggers import TABLES, missing

OLDEST_BACKUP = timedelta(hours=26)
"""A daily backup that takes its time is younger than this."""

_LEAST_LETTERS = 10
_GRANTED_SETTINGS = 150_000
"""From this version of PostgreSQL on, others than superusers can be allowed to change such settings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, and what to do about it."""

    about: str
    words: str
    grave: bool = True


Check = Callable[[datetime], Iterator[Finding]]


def findings(at: datetime) -> list[Finding]:
    """All that is wrong, ours and what Django itself finds."""
    return [found for check in CHECKS for found in check(at)]


def grave(at: datetime) -> list[Finding]:
    """What keeps the server from starting."""
    return [found for found in findings(at) if found.grave]


def _secret(at: datetime) -> Iterator[Finding]:
    if len(set(settings.SECRET_KEY)) < _LEAST_LETTERS:
        yield Finding("secret", "NATALIZUMAB_SECRET repeats itself: set it to random characters ('init' makes such)")


def _second_factors(at: datetime) -> Iterator[Finding]:
    from allauth.mfa.models import Authenticator

    from natalizumab.clinic.accounts.sealed import closed

    if migrations.unapplied():
        return
    if number := closed(Authenticator.objects.order_by("pk")):
        words = (
            f"{number} sealed with another secret: set NATALIZUMAB_SECRET_BEFORE to that and run "
            "'natalizumab migrate', or reset them (docs/operation/install.md)"
        )
        yield Finding("second factors", words, grave=False)


def _hosts(at: datetime) -> Iterator[Finding]:
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield Finding("hosts", "NATALIZUMAB_HOSTS names more than the clinic's own hosts: name each of them")


def _owner(at: datetime) -> Iterator[Finding]:
    if os.environ.get(OWNER):
        yield Finding("owner", f"{OWNER} is set here: the server must not know it; set it for single commands")


def _https(at: datetime) -> Iterator[Finding]:
    if not (settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Finding("https", "the settings let pages or cookies travel unencrypted")
    if os.environ.get("NATALIZUMAB_BEHIND_PROXY") != "yes":
        words = (
            "NATALIZUMAB_BEHIND_PROXY is not 'yes': this server speaks no https itself, so every page would only "
            "redirect. Put a proxy before it that sets X-Forwarded-Proto (docs/operation/serve.md)"
        )
        yield Finding("https", words)


def _debug(at: datetime) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("debug", "DEBUG is on: pages would show the inside of the program to everybody")


def _file(at: datetime) -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    file = Path(connection.settings_dict["NAME"])
    for path in (file, Path(f"{file}-wal")):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding("database file", f'"{path}" can be read by others: chmod 600 {path}')
    if file.absolute().parent.stat().st_mode & stat.S_IWOTH:
        yield Finding("database file", f'everybody can exchange files in "{file.absolute().parent}": chmod o-w it')


def _durable(at: datetime) -> Iterator[Finding]:
    for question, wanted, words in _DURABLE[connection.vendor]:
        if (found := _asked(question)) not in wanted:
            yield Finding("durability", f"{words} is {found}: an entry that was acknowledged could be lost")


_DURABLE = {
    "sqlite": (
        ("PRAGMA journal_mode", ("wal",), "SQLite's journal_mode"),
        ("PRAGMA synchronous", (2, 3), "SQLite's synchronous"),
    ),
    "postgresql": (
        ("SHOW fsync", ("on",), "PostgreSQL's fsync"),
        ("SHOW full_page_writes", ("on",), "PostgreSQL's full_page_writes"),
        ("SHOW synchronous_commit", ("on", "remote_write", "remote_apply"), "PostgreSQL's synchronous_commit"),
    ),
}


def _role(at: datetime) -> Iterator[Finding]:
    """The pages' role could not undo the proof even if somebody took the pages over."""
    if connection.vendor != "postgresql":
        return
    if _asked("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield Finding(
            "database role", "the pages' role is a superuser, whom no trigger stops: give them a role of their own"
        )
        return
    for table in TABLES:
        for question, words in _MUST_NOT:
            if _asked(question.format(table=table)):
                yield Finding("database role", f"the pages' role {words.format(table=table)}")
    if _version() >= _GRANTED_SETTINGS and _asked("SELECT has_parameter_privilege('session_replication_role', 'SET')"):
        yield Finding("database role", "the pages' role may switch triggers off (session_replication_role)")


_MUST_NOT = (
    (
        "SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('{table}')",
        "owns {table} and could switch its triggers off: let another role own it (docs/operation/install.md)",
    ),
    (
        "SELECT has_table_privilege('{table}', 'TRUNCATE')",
        "may empty {table} (TRUNCATE): 'natalizumab migrate' takes it",
    ),
    ("SELECT has_table_privilege('{table}', 'TRIGGER')", "may lay triggers on {table}: 'natalizumab migrate' takes it"),
    ("SELECT has_table_privilege('{table}', 'DELETE')", "may delete from {table}: 'natalizumab migrate' takes it"),
)


def _asked(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None


def _version() -> int:
    return int(str(_asked("SHOW server_version_num")))


def _triggers(at: datetime) -> Iterator[Finding]:
    if names := missing(connection):
        words = f"the database lacks {', '.join(names)}, which keep entries as they were written: 'natalizumab migrate'"
        yield Finding("append-only triggers", words)


def _migrations(at: datetime) -> Iterator[Finding]:
    if waiting := migrations.unapplied():
        backup = Path(settings.NATALIZUMAB_BACKUPS or ".") / archive.file_name(at)
        words = (
            f"{len(waiting)} changes of the tables are not applied yet ({waiting[0]} is the first). Take a backup "
            f"first, {backup} for example, and then apply them: 'natalizumab migrate' does both"
        )
        yield Finding("migrations", words)


def _time_zone(at: datetime) -> Iterator[Finding]:
    if not os.environ.get("NATALIZUMAB_TIME_ZONE"):
        words = f"NATALIZUMAB_TIME_ZONE is not set, and {settings.TIME_ZONE} is taken: 'today' may be another day there"
        yield Finding("time zone", words, grave=False)


def _backups(at: datetime) -> Iterator[Finding]:
    folder = settings.NATALIZUMAB_BACKUPS
    if not folder:
        yield Finding("backups", "NATALIZUMAB_BACKUPS names no folder for backups", grave=False)
        return
    there = archive.backups(Path(folder))
    if not there:
        yield Finding("backups", f"there is no backup in \"{folder}\" yet: 'natalizumab backup'", grave=False)
    elif at - there[-1][0] > OLDEST_BACKUP:
        yield Finding(
            "backups", f"the newest backup is of {there[-1][0]:%d %B %Y, %H:%M} UTC: run it daily", grave=False
        )


def _hospital(at: datetime) -> Iterator[Finding]:
    """Asked as a sign-in would ask; the server starts without it, for a password opens accounts too."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return
    from requests import RequestException

    from natalizumab.clinic.accounts.outside import NotTrusted, configuration

    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        server = app["settings"]["server_url"]
        try:
            configuration(server)
        except (NotTrusted, RequestException) as error:
            why = str(error) if isinstance(error, NotTrusted) else f"it does not answer ({type(error).__name__})"
            yield Finding("hospital sign-in", f'NATALIZUMAB_OIDC_SERVER "{server}": {why}', grave=False)


def _django(at: datetime) -> Iterator[Finding]:
    from django.core.checks import run_checks

    for message in run_checks(include_deployment_checks=True):
        yield Finding(f"Django {message.id}", message.msg, grave=message.is_serious())


CHECKS: tuple[Check, ...] = (
    *(
        _secret,
        _second_factors,
        _hosts,
        _owner,
        _https,
        _debug,
        _file,
        _migrations,
        _triggers,
        _durable,
        _role,
        _time_zone,
        _backups,
        _hospital,
        _django,
    ),
)
