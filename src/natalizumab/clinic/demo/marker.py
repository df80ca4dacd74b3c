"""The mark that ``natalizumab demo`` leaves in the databases it makes, in a table that no migration knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "natalizumab_demo_marker"


@dataclass(frozen=True)
class Marker:
    """For which day and by which version the clinic was made, and whether the making was finished."""

    day: date
    version: str
    finished: bool


def begin(connection: BaseDatabaseWrapper, day: date, version: str) -> None:
    """Mark a new database before anything is put into it, so that a broken-off one is known as ours too."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (day text NOT NULL, version text NOT NULL, finished integer NOT NULL)")
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s, 0)", [day.isoformat(), version])  # noqa: S608


def finish(connection: BaseDatabaseWrapper) -> None:
    """Say that the clinic is complete."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET finished = 1")  # noqa: S608


def finished(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database was made by the demo, to the end."""
    if TABLE not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT finished FROM {TABLE}")  # noqa: S608
        row = cursor.fetchone()
    return bool(row and row[0])


def read(file: Path) -> Marker | None:
    """The mark of a database file, or None if it holds none or is no database. Opens it for reading only."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            row = database.execute(f"SELECT day, version, finished FROM {TABLE}").fetchone()  # noqa: S608
    except sqlite3.DatabaseError:
        return None
    return Marker(date.fromisoformat(row[0]), row[1], bool(row[2])) if row else None
