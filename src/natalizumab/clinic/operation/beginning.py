"""The first day: settings with a fresh secret, an empty database, a clinic and whoever administers it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from natalizumab.clinic.operation import settings_file
from natalizumab.clinic.operation.refused import OperationRefused
from natalizumab.clinic.operation.site import OWNER, POSTGRESQL, Site, site


@dataclass(frozen=True, slots=True)
class Wanted:
    """What ``natalizumab init`` was asked for."""

    clinic: str
    administrator: str
    password: str
    hosts: str
    database: str
    backups: str
    time_zone: str


def begin(file: Path, wanted: Wanted) -> Path:
    """Make the installation; returns its settings file. One that is there already is used as it is.

    Raises OperationRefused where something is missing, or a clinic is in the database already.
    """
    if not file.exists():
        _prepare(file, wanted)
    with site(file, as_owner=True) as opened:
        _check_password(wanted)
        bring_up_to_date(opened)
        _add_clinic(wanted)
    return file


def bring_up_to_date(opened: Site) -> None:
    """All migrations with the triggers, seals of the present secret, and on PostgreSQL what the pages' role may."""
    from allauth.mfa.models import Authenticator

    from natalizumab.clinic.accounts.sealed import seal_anew
    from natalizumab.clinic.operation import grants, migrations

    migrations.apply()
    seal_anew(Authenticator.objects.order_by("pk"))
    if opened.on_postgresql:
        grants.grant(grants.role_of(opened.database))


def _prepare(file: Path, wanted: Wanted) -> None:
    folder = file.absolute().parent
    if not folder.is_dir():
        raise OperationRefused(f'init: the folder "{folder}" is not there')
    if wanted.database.startswith(POSTGRESQL) and not os.environ.get(OWNER):
        raise OperationRefused(
            f"init: on PostgreSQL, set {OWNER} to the address of the role that is to own the tables, for this command"
        )
    _check_words(wanted)
    settings_file.write(file, _settings(folder, wanted))
    if not wanted.database.startswith(POSTGRESQL):
        _private(Path(wanted.database or folder / "natalizumab.sqlite3"))


def _settings(folder: Path, wanted: Wanted) -> Mapping[str, str]:
    return {
        "NATALIZUMAB_SECRET": secrets.token_urlsafe(60),
        "NATALIZUMAB_HOSTS": wanted.hosts,
        "NATALIZUMAB_DATABASE": wanted.database or str(folder / "natalizumab.sqlite3"),
        "NATALIZUMAB_BACKUPS": wanted.backups or str(folder / "backups"),
        "NATALIZUMAB_STATIC": str(folder / "static"),
        "NATALIZUMAB_TIME_ZONE": wanted.time_zone,
        "NATALIZUMAB_BEHIND_PROXY": "yes",
    }


def _check_words(wanted: Wanted) -> None:
    """What would only be found out after the settings are written."""
    names = [name.strip() for name in wanted.hosts.split(",") if name.strip()]
    if not names or any("*" in name or "/" in name for name in names):
        raise OperationRefused("init: --hosts names what the clinic is reached by, for example clinic.example")
    if wanted.time_zone not in available_timezones():
        raise OperationRefused(f"init: {wanted.time_zone!r} is no time zone; write one like Europe/Berlin")
    if "://" in wanted.database and not wanted.database.startswith(POSTGRESQL):
        raise OperationRefused("init: --database is an address that begins with postgresql://, or a path")


def _private(database: Path) -> None:
    """The file is made before SQLite makes it, so that nobody else can ever read it."""
    try:
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise OperationRefused(f'init: "{database}" can\'t be made ({error.strerror})') from None


def _check_password(wanted: Wanted) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from natalizumab.clinic.models import User

    try:
        User.username_validator(wanted.administrator)
        validate_password(wanted.password, User(username=wanted.administrator))
    except ValidationError as wrong:
        raise OperationRefused(f"init: {' '.join(wrong.messages)}") from None


def _add_clinic(wanted: Wanted) -> None:
    from django.db import transaction

    from natalizumab.clinic.accounts.members import first_administrator
    from natalizumab.clinic.models import Clinic

    with transaction.atomic():
        if Clinic.objects.exists():
            raise OperationRefused("init: there is a clinic in this database already; nothing was changed")
        first_administrator(wanted.clinic, wanted.administrator, password=wanted.password)
