"""From SQLite to PostgreSQL: is everything there, the same, and is it all or nothing?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.operation import installation
from tests.operation.installation import (
    MIGRATIONS,
    ON_POSTGRESQL,
    OWNER,
    PAGES,
    Installation,
    address,
    make_roles,
    on_server,
)

pytestmark = pytest.mark.skipif(not ON_POSTGRESQL, reason="there is no PostgreSQL to move to in this run")


@pytest.fixture(scope="module")
def in_one_room(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, dict[str, Any]]:
    """A clinic on SQLite."""
    folder = tmp_path_factory.mktemp("room")
    made = Installation(folder, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation, "ON_POSTGRESQL", False)
        words = ["init", "--clinic", "Harbour clinic (invented)", "--administrator", "alma", "--password-from-stdin"]
        made.done(*words, "--hosts", "clinic.example", given=installation.PASSWORDS["alma"] + "\n")
        known = made.inside("fill")
        signed = ("--reason", "r", "--asked-by", "alma", "--confirmed-by", "axel", "--passwords-from-stdin")
        passwords = "".join(f"{word}\n" for word in installation.PASSWORDS.values())
        made.done("erase", "--entry", known["entries"]["A-1"][1], *signed, given=passwords)
        made.done("remind")
    return made, known


@pytest.fixture
def target() -> Iterator[str]:
    make_roles()
    name = f"moved_{uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name} OWNER {OWNER}")
    yield name
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


def move(clinic: Installation, target: str) -> Any:
    clinic.more["NATALIZUMAB_OWNER"] = address(OWNER, target)
    return clinic.run("move-to-postgresql", "--to", address(PAGES, target))


def counts(ask: Callable[[str], list[tuple[Any, ...]]], tables: list[str]) -> dict[str, int]:
    return {table: ask(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def test_everything_is_there_and_the_same(in_one_room: tuple[Installation, dict[str, Any]], target: str) -> None:
    clinic, _ = in_one_room
    ran = move(clinic, target)
    assert ran.returncode == 0, ran.stderr
    with closing(sqlite3.connect(clinic.file)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [table for table in tables if not table.startswith("sqlite_")]
        before = counts(lambda question: database.execute(question).fetchall(), tables)
        hashes = database.execute("SELECT hash, payload FROM clinic_entry ORDER BY hash").fetchall()
    moved = Installation(clinic.folder, target)
    assert counts(moved.sql, tables) == before
    assert before["clinic_entry"] > 20
    assert before["clinic_sealedday"] == before["clinic_erasure"] == 1
    assert moved.sql("SELECT hash, payload FROM clinic_entry ORDER BY hash") == hashes
    # The clinic goes on there: as the pages' role, with passwords, triggers and numbers that follow on.
    moved.more["NATALIZUMAB_DATABASE"] = moved.database
    assert moved.done("audit", "verify").endswith("1 seals: everything fits.\n")
    assert moved.inside("look")["apps"] == [True]
    moved.done("audit", "seal", "--on", "2030-01-01")
    assert "holds something already" in move(clinic, target).stderr


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE clinic_entry SET payload = '{}' WHERE sequence = 3", "the chains don't hold"),
        ("CREATE TABLE notes (x text)", "nothing here knows the table notes"),
        (
            f"DELETE FROM django_migrations WHERE name = '{MIGRATIONS[-1]}'",
            "run 'natalizumab migrate' on the SQLite file",
        ),
        ("CREATE TABLE natalizumab_demo_marker (x text)", "was made by 'natalizumab demo'"),
    ],
)
def test_what_would_not_be_the_same_is_not_moved_at_all(
    in_one_room: tuple[Installation, dict[str, Any]], target: str, tmp_path: Path, spoil: str, said: str
) -> None:
    spoilt = Installation(tmp_path, "")
    spoilt.settings.write_text(in_one_room[0].settings.read_text().replace(str(in_one_room[0].folder), str(tmp_path)))
    spoilt.settings.chmod(0o600)
    spoilt.file.write_bytes(in_one_room[0].file.read_bytes())
    with closing(sqlite3.connect(spoilt.file)) as database, database:
        database.execute("DROP TRIGGER clinic_entry_no_update")
        database.execute(spoil)
    ran = move(spoilt, target)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    there = on_server("SELECT 1 FROM pg_tables WHERE tablename = 'clinic_entry'", name=target)
    assert not there or on_server("SELECT count(*) FROM clinic_entry", name=target) == [(0,)]
