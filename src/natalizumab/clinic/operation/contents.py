"""What a database holds, asked in plain SQL, so that any database of any version can be asked the same way."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Ask = Callable[[str], Iterator[tuple[Any, ...]]]

OURS = "clinic_entry"
"""A database without this table is none of ours."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ENDS = """
SELECT p.clinic_id, e.person_id, e.sequence, e.hash FROM clinic_entry e JOIN clinic_person p ON p.id = e.person_id
WHERE e.sequence = (SELECT max(x.sequence) FROM clinic_entry x WHERE x.person_id = e.person_id)
ORDER BY p.clinic_id, e.person_id
"""
_SEALS = "SELECT clinic_id, day, hash FROM clinic_sealedday ORDER BY clinic_id, day"
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
}
_COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info('clinic_entry')",
    "postgresql": "SELECT column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = 'clinic_entry'",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """``chains`` is, by clinic, one hash over the ends of all its people's chains; ``seals`` its last sealed day."""

    vendor: str
    migrations: tuple[str, ...]
    counts: dict[str, int]
    chains: dict[str, str]
    seals: dict[str, tuple[str, str]]

    def differs(self, other: Contents) -> list[str]:
        """What is not the same there, in words."""
        names = sorted(self.counts.keys() | other.counts.keys())
        pairs = [(name, self.counts.get(name), other.counts.get(name)) for name in names]
        found = [f"{name}: {mine} rows here, {theirs} there" for name, mine, theirs in pairs if mine != theirs]
        found += [f"clinic {key}: the chains' ends differ" for key in _unlike(self.chains, other.chains)]
        return found + [f"clinic {key}: the last seal differs" for key in _unlike(self.seals, other.seals)]


def contents(ask: Ask, vendor: str) -> Contents:
    """Everything at once; ask inside one transaction, else it may change between the questions."""
    tables = sorted(name for (name,) in ask(_TABLES[vendor]))
    chained = "hash" in {name for (name,) in ask(_COLUMNS[vendor])}
    return Contents(
        vendor=vendor,
        migrations=_migrations(ask, tables),
        counts={name: _count(ask, name) for name in tables},
        chains=_chains(ask) if chained else {},
        seals=_seals(ask) if "clinic_sealedday" in tables else {},
    )


def of_connection(connection: BaseDatabaseWrapper) -> Contents:
    """What Django's database holds now."""
    return contents(asking(connection), connection.vendor)


def asking(connection: BaseDatabaseWrapper) -> Ask:
    """Ask through Django."""

    def ask(question: str) -> Iterator[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(question)
            yield from cursor.fetchall()

    return ask


def asking_file(database: sqlite3.Connection) -> Ask:
    """Ask a SQLite database directly."""
    return lambda question: iter(database.execute(question).fetchall())


def _unlike(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    return [key for key in sorted(mine.keys() | theirs.keys()) if mine.get(key) != theirs.get(key)]


def _migrations(ask: Ask, tables: list[str]) -> tuple[str, ...]:
    if "django_migrations" not in tables:
        return ()
    return tuple(f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id"))


def _count(ask: Ask, table: str) -> int:
    if not _NAME.fullmatch(table):
        return 0  # none of ours has such a name, and it is not to be put into a question
    ((number,),) = ask(f'SELECT count(*) FROM "{table}"')  # noqa: S608
    return int(number)


def _chains(ask: Ask) -> dict[str, str]:
    found = {}
    for clinic, ends in groupby(ask(_ENDS), key=lambda row: row[0]):
        over = hashlib.sha256()
        for _, person, sequence, end in ends:
            over.update(f"{str(person).replace('-', '')} {sequence} {end}\n".encode())
        found[str(clinic)] = over.hexdigest()
    return found


def _seals(ask: Ask) -> dict[str, tuple[str, str]]:
    return {str(clinic): (str(day), str(end)) for clinic, day, end in ask(_SEALS)}
