"""Keeps a database file from being exchanged while a server has it open, and a server from opening it meanwhile."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from natalizumab.clinic.operation.refused import OperationRefused


def lock_file() -> Path | None:
    """Beside a SQLite file; PostgreSQL knows itself who is connected."""
    if connection.vendor != "sqlite":
        return None
    return Path(f"{connection.settings_dict['NAME']}.lock")


def hold_while_serving() -> None:
    """Shared, until this process and all that it forks have ended. Raises OperationRefused during other work."""
    if file := lock_file():
        _lock(file, fcntl.LOCK_SH, "it is being restored, moved or migrated just now; wait until that is done")


@contextmanager
def alone(database: Path | None = None) -> Iterator[None]:
    """Nobody else may have the database open: Django's, or that SQLite file. Raises OperationRefused otherwise."""
    file = Path(f"{database}.lock") if database else lock_file()
    if file is None:
        _refuse_others()
        yield
        return
    handle = _lock(file, fcntl.LOCK_EX, "a server has it open; stop that first")
    try:
        yield
    finally:
        os.close(handle)


def _lock(file: Path, how: int, why: str) -> int:
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OperationRefused(f'"{file}" can\'t be made ({error.strerror})') from None
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OperationRefused(f'"{file.with_suffix("")}" can\'t be had: {why}') from None
    return handle


def _refuse_others() -> None:
    """Raise OperationRefused while somebody else is connected to this database of PostgreSQL."""
    # What the server does by itself there has no name; of others it shows a role that is no superuser the name alone.
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND usename IS NOT NULL AND pid <> pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        ((number,),) = cursor.fetchall()
    if number:
        raise OperationRefused(f"{number} others are connected to the database; stop the servers first")
