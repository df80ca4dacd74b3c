"""Which migrations a database has, and which this version knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@lru_cache(maxsize=1)
def known() -> tuple[str, ...]:
    """All that this version knows, as app.name."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations))


def unapplied() -> list[str]:
    """What the database lacks."""
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    return [name for name in known() if name not in applied]


def from_a_newer_version(migrations: Iterable[str]) -> list[str]:
    """Migrations of the clinic's own tables that this version does not know."""
    return [name for name in migrations if name.startswith("clinic.") and name not in known()]


def apply() -> None:
    """Bring the database to this version, its triggers included."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
