"""An installation, opened for a command: its settings are read, Django is set up, and what is wrong is said plainly."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from natalizumab.clinic.operation import settings_file
from natalizumab.clinic.operation.refused import OperationRefused

SETTINGS = "natalizumab.clinic.settings.production"
DATABASE, OWNER = "NATALIZUMAB_DATABASE", "NATALIZUMAB_OWNER"
POSTGRESQL = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Site:
    """``database`` is the address that the pages use; a command may be connected as the tables' owner instead."""

    settings: Path | None
    database: str

    @property
    def on_postgresql(self) -> bool:
        return self.database.startswith(POSTGRESQL)


@contextmanager
def site(settings: Path | None = None, *, as_owner: bool = False, demo: bool = False) -> Iterator[Site]:
    """Open the installation. Raises OperationRefused where its settings or its database don't let us.

    ``as_owner``: connect as NATALIZUMAB_OWNER on PostgreSQL. ``demo``: do not ask whether it is the demo's database.
    """
    opened = Site(settings_file.load(settings), os.environ.get(DATABASE, ""))
    if as_owner and opened.on_postgresql:
        os.environ[DATABASE] = owner_address()
    _start()
    try:
        if not demo:
            refuse_demo()
        yield opened
    except DatabaseError as wrong:
        raise OperationRefused(f"the database does not do what was asked: {first_line(wrong)}") from wrong
    finally:
        connection.close()


def owner_address() -> str:
    """The address of the role that owns the tables. Raises OperationRefused without one."""
    owner = os.environ.get(OWNER, "")
    if not owner.startswith(POSTGRESQL):
        raise OperationRefused(
            f"{OWNER} must hold the address of the role that owns the tables (postgresql://owner@host/clinic). "
            "Set it for this command alone: the server must not know it"
        )
    return owner


def refuse_demo() -> None:
    """Raise OperationRefused over the invented clinic: it signs everybody in, and its people are none of a clinic's."""
    from natalizumab.clinic.demo import marker

    if marker.TABLE in connection.introspection.table_names():
        raise OperationRefused(
            "this database was made by 'natalizumab demo', and its people are invented: it can't be a clinic's"
        )


def first_line(error: BaseException) -> str:
    """What an error says, without the lines that only a programmer needs."""
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__


def _start() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as wrong:  # the latter over a time zone that is none
        raise OperationRefused(f"settings: {wrong}") from None
