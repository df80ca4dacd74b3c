"""Database triggers that keep entries as they were written, whatever program holds the connection.

``Entry.save`` refuses too, but only a trigger also stops ``QuerySet.update``, bulk methods and plain SQL.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "clinic_entry"
MESSAGE = "entries are append-only: correct one with a new entry"

# On SQLite a REPLACE deletes the old row; ``recursive_triggers`` (see settings) makes that fire the DELETE trigger.
_SQLITE = {
    operation: f"""
    CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{operation} BEFORE {operation.upper()} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """
    for operation in ("update", "delete")
}

_POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
    """,
    f"""
    CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()
    """,
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers on the entries of this database; harmless where they lie already."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE.values() if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away. Only a test that empties its own database needs this."""
    names = [f"{TABLE}_no_update", f"{TABLE}_no_delete"]
    on_table = ""
    if connection.vendor == "postgresql":
        names, on_table = [f"{TABLE}_no_change", f"{TABLE}_no_truncate"], f" ON {TABLE}"
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
