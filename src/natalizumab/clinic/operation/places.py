"""Where a restored database is made ready, and how it then takes the place of the one that is served."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import DatabaseError, connection

from natalizumab.clinic.operation import snapshots

_BESIDE = ("-wal", "-shm")
_STAMP = "%Y%m%dT%H%M%S%fZ"


class Place(Protocol):
    """A database that is not served yet."""

    @property
    def name(self) -> str:
        """What Django calls it."""

    def take_over(self) -> str:
        """Become the database that is served; returns where the old one is now."""

    def give_up(self) -> None:
        """Leave nothing behind."""


def place_for(copy: Path, at: datetime) -> Place:
    """A place that holds the copy of a database."""
    own, stamp = connection.settings_dict["NAME"], at.strftime(_STAMP)
    if connection.vendor == "sqlite":
        return SqlitePlace(copy, Path(own), Path(f"{own}.before-restore-{stamp}"))
    place = PostgresqlPlace(f"{own}_restoring", own, f"{own}_before_restore_{stamp.lower()}")
    place.fill(copy)
    return place


@contextmanager
def connected(place: Place) -> Iterator[None]:
    """Django speaks to the place instead of the database that is served."""
    connection.close()
    own, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], place.name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@dataclass(frozen=True, slots=True)
class SqlitePlace:
    """A file beside the one that is served."""

    copy: Path
    own: Path
    aside: Path

    @property
    def name(self) -> str:
        return str(self.copy)

    def take_over(self) -> str:
        self.copy.chmod(0o600)
        _flush(self.copy)
        _empty_the_log()
        for suffix in _BESIDE:
            # Still there beside a database that can't be read; it must never meet the new one.
            with suppress(FileNotFoundError):
                Path(f"{self.own}{suffix}").rename(f"{self.aside}{suffix}")
        if self.own.exists():
            os.link(self.own, self.aside)
        self.copy.replace(self.own)
        _flush(self.own.absolute().parent)
        return str(self.aside)

    def give_up(self) -> None:
        """Its folder is a workshop, which goes as a whole."""


@dataclass(frozen=True, slots=True)
class PostgresqlPlace:
    """Another database of the same server."""

    name: str
    own: str
    aside: str

    def fill(self, copy: Path) -> None:
        self.give_up()
        self._outside(f"CREATE DATABASE {_quoted(self.name)} TEMPLATE template0")
        try:
            snapshots.load_dump(copy, self.name)
        except BaseException:
            self.give_up()
            raise

    def take_over(self) -> str:
        renamed = "ALTER DATABASE {} RENAME TO {}"
        away = renamed.format(_quoted(self.own), _quoted(self.aside))
        here = renamed.format(_quoted(self.name), _quoted(self.own))
        # Both names change at one moment, or neither.
        self._outside("BEGIN", away, here, "COMMIT")
        return self.aside

    def give_up(self) -> None:
        self._outside(f"DROP DATABASE IF EXISTS {_quoted(self.name)}")

    def _outside(self, *statements: str) -> None:
        """Where no connection to either database is in the way."""
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _empty_the_log() -> None:
    """What SQLite's log holds goes into the file, and the log goes. A database that can't be read keeps it."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
