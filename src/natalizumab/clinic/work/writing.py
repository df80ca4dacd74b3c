"""Many rows in one statement, whatever their number: a page that works out some rows may ask only so many questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models

COPY_FROM = 200
"""From so many rows on, PostgreSQL takes them by COPY, in a fifth of the time. Triggers and rights are the same."""

_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField)


def put(rows: Sequence[models.Model], *, over: str = "") -> None:
    """Insert the rows; with ``over``, a unique column, in place of those that have the same there."""
    if not rows:
        return
    changes = [f"{name} = excluded.{name}" for name in _names(rows[0]) if over and name != _quoted(over)]
    if connection.vendor == "postgresql" and not over and len(rows) >= COPY_FROM:
        _copy(rows)
    else:
        _insert(rows, f" ON CONFLICT ({_quoted(over)}) DO UPDATE SET {', '.join(changes)}" if over else "")


def add(rows: Sequence[models.Model], *, to: str, over: Sequence[str]) -> None:
    """Insert the rows, or add the ``to`` of each to that of the row which has the same in the columns ``over``."""
    if rows:
        column = _quoted(to)
        sums = f"{column} = {_table(rows[0])}.{column} + excluded.{column}"
        _insert(rows, f" ON CONFLICT ({', '.join(map(_quoted, over))}) DO UPDATE SET {sums}")


def _insert(rows: Sequence[models.Model], on_conflict: str) -> None:
    names = _names(rows[0])
    places = ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {_table(rows[0])} ({', '.join(names)}) VALUES ({places}){on_conflict}"  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        cursor.executemany(sql, _values(rows))


def _copy(rows: Sequence[models.Model]) -> None:
    sql = f"COPY {_table(rows[0])} ({', '.join(_names(rows[0]))}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for values in _values(rows):
            copy.write_row(values)


def _fields(row: models.Model) -> list[Any]:
    return [field for field in row._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _names(row: models.Model) -> list[str]:
    return [_quoted(field.column) for field in _fields(row)]


def _table(row: models.Model) -> str:
    return _quoted(row._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _values(rows: Sequence[models.Model]) -> list[list[Any]]:
    """As the database wants them, column by column, because most columns need nothing done to them."""
    columns = [_column(field, [getattr(row, field.attname) for row in rows]) for field in _fields(rows[0])]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(field: Any, values: list[Any]) -> list[Any]:
    if isinstance(field, _AS_THEY_ARE):
        return values
    prepare: Callable[[Any, Any], Any] = field.get_db_prep_save
    return [prepare(value, connection) for value in values]
