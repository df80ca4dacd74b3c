"""From a SQLite file to an empty PostgreSQL, all or nothing: one transaction, proved before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from natalizumab.clinic.auditing import verify
from natalizumab.clinic.batching import batched
from natalizumab.clinic.operation import locked, migrations
from natalizumab.clinic.operation.beginning import bring_up_to_date
from natalizumab.clinic.operation.contents import OURS, Contents, of_connection
from natalizumab.clinic.operation.refused import OperationRefused
from natalizumab.clinic.operation.site import Site
from natalizumab.clinic.settings.database import sqlite

SOURCE = "source"
OWN_AFFAIR = ("django_migrations", "django_content_type", "auth_permission")
"""Tables that every database fills for itself on migrating; the last two are emptied and filled from the source."""

TOGETHER = 1000

Tell = Callable[[str, int, int], None] | None


@dataclass(frozen=True, slots=True)
class Moved:
    """How much is there now."""

    tables: int
    rows: int
    entries: int


def move(opened: Site, file: Path, tell: Tell) -> Moved:
    """Copy everything of the file into the database that Django is connected to, as its owner.

    Raises OperationRefused where the file is not at this version, something is in the target already, or a table, a
    chain or a seal is not the same afterwards; then the target is as empty as it was.
    """
    source = _source(file)
    with locked.alone(file):
        return _move(opened, source, tell)


def _move(opened: Site, source: BaseDatabaseWrapper, tell: Tell) -> Moved:
    try:
        before = of_connection(source)
        _refuse_unfit(source, before)
        bring_up_to_date(opened)
        _refuse_filled()
        with transaction.atomic():
            rows = _copy(source, before, tell)
            _prove(before)
    finally:
        source.close()
    bring_up_to_date(opened)
    return Moved(len(before.counts), rows, before.counts[OURS])


def _source(file: Path) -> BaseDatabaseWrapper:
    if not file.is_file():
        raise OperationRefused(f'move: the SQLite file "{file}" is not there')
    wanted = {"default": connection.settings_dict, SOURCE: sqlite(file)}
    connections.settings[SOURCE] = connections.configure_settings(wanted)[SOURCE]
    return connections[SOURCE]


def _refuse_unfit(source: BaseDatabaseWrapper, held: Contents) -> None:
    from natalizumab.clinic.demo import marker

    if marker.TABLE in held.counts:
        raise OperationRefused("move: the SQLite file was made by 'natalizumab demo'; its people are invented")
    lacking = [name for name in migrations.known() if name not in held.migrations]
    if lacking:
        raise OperationRefused(f"move: run 'natalizumab migrate' on the SQLite file first (it lacks {lacking[0]})")
    unknown = held.counts.keys() - {model._meta.db_table for model in _models()} - {"django_migrations"}
    if unknown:
        raise OperationRefused(f"move: nothing here knows the table {min(unknown)}, so it would be lost")


def _refuse_filled() -> None:
    filled = [name for name, rows in of_connection(connection).counts.items() if rows and name not in OWN_AFFAIR]
    if filled:
        raise OperationRefused(f"move: the database to move to holds something already (table {filled[0]})")


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _copy(source: BaseDatabaseWrapper, before: Contents, tell: Tell) -> int:
    total, done = sum(before.counts.get(model._meta.db_table, 0) for model in _models()), 0
    with connection.cursor() as cursor:
        for table in reversed(OWN_AFFAIR[1:]):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
        for model in _models():
            for some in batched(_rows(model), TOGETHER):
                cursor.executemany(_insert(model), some)
                done += len(some)
                if tell is not None:
                    tell("rows", done, total)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
    return done


def _fields(model: type[models.Model]) -> list[models.Field[object, object]]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _rows(model: type[models.Model]) -> Iterator[list[Any]]:
    """As the target wants them; values that a field would set anew on saving stay as they are."""
    fields = _fields(model)
    for row in model._base_manager.using(SOURCE).order_by("pk").iterator(chunk_size=TOGETHER):
        yield [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _insert(model: type[models.Model]) -> str:
    columns = [f'"{field.column}"' for field in _fields(model)]
    signs = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({signs})'  # noqa: S608


def _prove(before: Contents) -> None:
    """Every count, the ends of all chains and the last seals are the same, and every hash fits what it says."""
    after = of_connection(connection)
    compared = Contents(after.vendor, after.migrations, dict(after.counts), after.chains, after.seals)
    compared.counts["django_migrations"] = before.counts["django_migrations"]
    if differences := before.differs(compared):
        raise OperationRefused(f"move: nothing was moved, because it would not be the same: {differences[0]}")
    if problems := verify().problems:
        first = problems[0]
        raise OperationRefused(f"move: nothing was moved, because the chains don't hold: {first.where}: {first.what}")
