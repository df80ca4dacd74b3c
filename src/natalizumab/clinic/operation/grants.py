"""What the pages' role may do on PostgreSQL: what it needs, and nothing that could undo the proof.

It owns no table. Of the append-only tables it may read and add to; of an entry it may empty what an erasure takes away,
and the trigger decides when.
"""

from __future__ import annotations

import re

from django.db import connection
from psycopg import sql

from natalizumab.clinic.operation.refused import OperationRefused
from natalizumab.clinic.triggers import ADDRESSES, ENTRIES, LETTERS, TABLES

ERASED = {
    ADDRESSES: ("email",),
    ENTRIES: ("payload", "salt", "kind", "day"),
    LETTERS: ("recipient", "document", "asked", "pdf", "hash", "pdf_hash", "facts_hash"),
}
"""What an erasure changes of an entry, of a letter that was made from it, and of an address for reminders."""

READ_ONLY = ("django_migrations",)
_USER = re.compile(r"postgres(?:ql)?://([^:@/]+)")


def role_of(address: str) -> str:
    """The role in an address. Raises OperationRefused where none is named."""
    from urllib.parse import unquote

    match = _USER.match(address)
    if match is None:
        raise OperationRefused("the address of the database must name the role: postgresql://role@host/clinic")
    return unquote(match[1])


def grant(role: str) -> None:
    """Give ``role`` what it needs, having taken everything. Raises OperationRefused where it would own the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchall() == [(role,)]:
            raise OperationRefused(f"the pages' role and the owner of the tables are both {role}; they must be two")
        for statement in _statements(role, connection.introspection.table_names(cursor)):
            cursor.execute(statement)


def _statements(role: str, tables: list[str]) -> list[sql.Composed]:
    who = sql.Identifier(role)
    everything = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(who),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who),
        sql.SQL("GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(who),
    ]
    each = [
        sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(_may(table)), sql.Identifier(table), who) for table in tables
    ]
    update = sql.SQL("GRANT UPDATE ({}) ON {} TO {}")
    erase = [
        update.format(sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table), who)
        for table, columns in ERASED.items()
    ]
    return [*everything, *each, *erase]


def _may(table: str) -> str:
    if table in READ_ONLY:
        return "SELECT"
    return "SELECT, INSERT" if table in TABLES else "SELECT, INSERT, UPDATE, DELETE"
