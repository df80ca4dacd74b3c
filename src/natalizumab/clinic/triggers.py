"""Database triggers that keep what was written as it was written, whatever program holds the connection.

The models refuse too, but only a trigger also stops ``QuerySet.update``, bulk methods and plain SQL. One change is let
through: the payload of an entry may go where an erasure of it is on record (``erasing``), and nothing else of it; so
may what a letter says that was made from it, and the address at which an erased person was reminded.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    *("clinic_entry", "clinic_erasure", "clinic_submission", "clinic_reading", "clinic_sealedday"),
    *("clinic_letter", "clinic_clinicdetails"),
    *("clinic_appointment", "clinic_appointmentstate", "clinic_observation", "clinic_observationend"),
    *("clinic_personchange", "clinic_merge", "clinic_unmerge"),
    "clinic_handling",
    *("clinic_accountevent", "clinic_reportanswer", "clinic_planrelease"),
    *("clinic_listreading", "clinic_reminderaddress"),
)
ENTRIES, LETTERS, ADDRESSES = "clinic_entry", "clinic_letter", "clinic_reminderaddress"
MESSAGE = "entries are append-only: correct one with a new entry"

KEPT = "id person_id sequence entered_at entered_by_id source corrects_id sealed previous hash".split()
"""Columns of an entry that an erasure leaves."""

_EMPTIED = "NEW.payload = '' AND NEW.salt = '' AND NEW.kind = 'erased' AND NEW.day IS NULL"
_ON_RECORD = "EXISTS (SELECT 1 FROM clinic_erasure WHERE entry_id = OLD.id)"


KEPT_OF_A_LETTER = "id person_id kind language day last_sequence by_id at key".split()
"""Columns of a letter that an erasure leaves: the letter was made from an entry that had to go."""

_LETTER_EMPTIED = (
    "NEW.recipient = '' AND NEW.document = '' AND NEW.pdf IS NULL AND NEW.asked = '' AND NEW.hash = '' "
    "AND NEW.pdf_hash = '' AND NEW.facts_hash = ''"
)
_OF_ITS_PERSON = "clinic_entry.person_id = OLD.person_id AND clinic_entry.sequence <= OLD.last_sequence"
# Somebody may be read as part of another through several merges: that both were in one at that time is asked here.
_OF_ONE_WITH_THEM = (
    "clinic_entry.entered_at <= OLD.at AND OLD.person_id IN (SELECT survivor_id FROM clinic_merge WHERE at <= OLD.at) "
    "AND clinic_entry.person_id IN (SELECT merged_id FROM clinic_merge WHERE at <= OLD.at)"
)
_AN_ERASED_ENTRY = "SELECT 1 FROM clinic_erasure JOIN clinic_entry ON clinic_entry.id = clinic_erasure.entry_id"
_LETTER_ON_RECORD = f"EXISTS ({_AN_ERASED_ENTRY} WHERE ({_OF_ITS_PERSON}) OR ({_OF_ONE_WITH_THEM}))"

KEPT_OF_AN_ADDRESS = "id person_id consent by_id at key".split()
"""Columns of a reminder address that the erasure of a person leaves."""

_PERSON_ON_RECORD = f"EXISTS ({_AN_ERASED_ENTRY} WHERE clinic_entry.person_id = OLD.person_id)"

_ERASURES = {
    ADDRESSES: ("NEW.email = ''", KEPT_OF_AN_ADDRESS, _PERSON_ON_RECORD),
    ENTRIES: (_EMPTIED, KEPT, _ON_RECORD),
    LETTERS: (_LETTER_EMPTIED, KEPT_OF_A_LETTER, _LETTER_ON_RECORD),
}


def _erasure(table: str, same: str) -> str:
    emptied, kept, on_record = _ERASURES[table]
    alike = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in kept)
    return f"{emptied} AND {alike} AND {on_record}"


def _sqlite(table: str) -> Iterator[tuple[str, str]]:
    # On SQLite a REPLACE deletes the old row; ``recursive_triggers`` (see settings) makes that fire the DELETE trigger.
    for operation in ("update", "delete"):
        erasable = operation == "update" and table in _ERASURES
        allowed = f" WHEN NOT ({_erasure(table, 'IS')})" if erasable else ""
        name = f"{table}_no_{operation}"
        when = f"CREATE TRIGGER {name} BEFORE {operation.upper()} ON {table}{allowed}"
        yield name, f"{when} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"


def _postgresql(table: str) -> Iterator[tuple[str, str]]:
    refuse = f"{table}_refuse"
    allowed = (
        f"IF TG_OP = 'UPDATE' THEN IF {_erasure(table, 'IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; END IF; "
        if table in _ERASURES
        else ""
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {refuse}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {allowed}"
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    each = f"CREATE OR REPLACE TRIGGER {{}} BEFORE {{}} ON {table} FOR EACH {{}} EXECUTE FUNCTION {refuse}()"
    change, truncate = f"{table}_no_change", f"{table}_no_truncate"
    yield change, f"{function}; {each.format(change, 'UPDATE OR DELETE', 'ROW')}"
    yield truncate, each.format(truncate, "TRUNCATE", "STATEMENT")


def _wanted(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """By table and name, the statement that lays it."""
    made = _sqlite if connection.vendor == "sqlite" else _postgresql
    there = set(connection.introspection.table_names())
    return {(table, name): statement for table in TABLES if table in there for name, statement in made(table)}


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers anew on every table of this database that has them."""
    wanted = _wanted(connection)
    remove(connection)
    with connection.cursor() as cursor:
        for statement in wanted.values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: before a migration that must write, and in a test that empties its own database."""
    with connection.cursor() as cursor:
        for table, name in _wanted(connection):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of those that do not lie where they should, as they should."""
    if connection.vendor == "sqlite":
        question = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        with connection.cursor() as cursor:
            cursor.execute(question)
            found = dict(cursor.fetchall())
        return [name for (_, name), statement in _wanted(connection).items() if found.get(name) != statement]
    # A trigger that was switched off lies there still: 'O' and 'A' are those that fire.
    question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(question)
        names = {name for (name,) in cursor.fetchall()}
    return [name for _, name in _wanted(connection) if name not in names]
