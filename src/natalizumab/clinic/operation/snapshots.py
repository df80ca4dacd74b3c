"""A consistent copy of the database while everybody goes on writing, with what was in it at that very moment."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from natalizumab.clinic.operation.contents import OURS, Contents, asking_file, contents, of_connection
from natalizumab.clinic.operation.refused import OperationRefused


def take(into: Path) -> Contents:
    """Copy the database that Django is connected to into a new file."""
    return _of_sqlite(into) if connection.vendor == "sqlite" else _of_postgresql(into)


def _of_sqlite(into: Path) -> Contents:
    """SQLite's own online backup: in one step, which is one read of the database, so writers need not wait."""
    connection.ensure_connection()
    source: sqlite3.Connection = connection.connection
    with closing(sqlite3.connect(into)) as copy:
        source.backup(copy)
        # The copy is one file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    into.chmod(0o600)
    return of_file(into)


def of_file(file: Path) -> Contents:
    """What a SQLite file holds. Raises OperationRefused where it is damaged, or no clinic's."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            ((found,),) = database.execute("PRAGMA integrity_check(1)").fetchall()
            ask = asking_file(database)
            if found != "ok":
                raise OperationRefused(f'"{file}" is damaged: {found}')
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [OURS]).fetchone():
                raise OperationRefused(f'"{file}" is a database, but no clinic\'s: it has no table of entries')
            return contents(ask, "sqlite")
    except sqlite3.DatabaseError as error:
        raise OperationRefused(f'"{file}" is no database that can be read ({error})') from None


@transaction.atomic
def _of_postgresql(into: Path) -> Contents:
    """pg_dump sees exactly what this transaction sees, and so do the counts."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        ((snapshot,),) = cursor.fetchall()
    held = of_connection(connection)
    run_tool(
        "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={into}"]
    )
    into.chmod(0o600)
    return held


def check_dump(file: Path) -> None:
    """Raise OperationRefused unless pg_restore can read the whole of a dump."""
    run_tool("pg_restore", ["--file=/dev/null", str(file)], connected=False)


def load_dump(file: Path, database: str) -> None:
    """Fill an empty database of the same server, as whoever Django is connected as."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    run_tool("pg_restore", [*options, f"--dbname={database}", str(file)])


def run_tool(name: str, arguments: list[str], *, connected: bool = True) -> None:
    """One of PostgreSQL's own programs. Raises OperationRefused where it is missing or fails, with its own words."""
    program = shutil.which(name)
    if program is None:
        raise OperationRefused(f"{name} is missing on this machine; on Debian: apt-get install postgresql-client")
    environment = os.environ | (access(connection) if connected else {})
    command = [program, *arguments]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise OperationRefused(f"{name}: {said[0] if said else f'it ended with status {done.returncode}'}")


def access(to: BaseDatabaseWrapper) -> Mapping[str, str]:
    """How PostgreSQL's programs reach the same database; a password goes unseen, through the environment."""
    settings: Mapping[str, Any] = to.settings_dict
    named = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    given = {variable: str(settings[key]) for variable, key in named.items() if settings[key]}
    tls = {"PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert", "PGSSLCERT": "sslcert", "PGSSLKEY": "sslkey"}
    options = settings["OPTIONS"]
    return given | {variable: str(options[key]) for variable, key in tls.items() if key in options}
