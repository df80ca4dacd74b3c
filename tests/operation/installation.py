"""A clinic as `natalizumab init` makes it, in a folder of its own, and on PostgreSQL in a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from natalizumab.clinic import migrations

HERE = Path(__file__).resolve().parent
COMMAND = str(Path(sys.executable).with_name("natalizumab"))
PASSWORDS = {"alma": "a long pass-phrase 7", "axel": "another pass-phrase 8"}
SERVER = os.environ.get("NATALIZUMAB_DATABASE", "")
"""The PostgreSQL of the tests, whose role may do everything; empty on SQLite."""

ON_POSTGRESQL = bool(SERVER)
MIGRATIONS = sorted(path.stem for path in Path(migrations.__file__).parent.glob("0*.py"))
OWNER, PAGES = "tests_owner", "tests_pages"


def address(role: str, name: str) -> str:
    """Of a database on the tests' server."""
    return f"postgresql://{role}@/{name}?{SERVER.partition('?')[2]}"


def on_server(*statements: str, name: str | None = None) -> list[tuple[Any, ...]]:
    """Run as the server's first role; the rows of the last statement, where it has any."""
    with psycopg.connect(address("natalizumab", name) if name else SERVER, autocommit=True) as connection:
        *before, last = statements
        for statement in before:
            connection.execute(statement)
        cursor = connection.execute(last)
        return list(cursor.fetchall()) if cursor.description else []


def make_roles() -> None:
    """The two roles of an installation; several test processes may want them at once."""
    for role, may in ((OWNER, "CREATEDB"), (PAGES, "")):
        try:
            on_server(f"CREATE ROLE {role} LOGIN {may}")
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            continue


@dataclass
class Installation:
    """``name`` is its database on PostgreSQL; on SQLite the file lies in the folder."""

    folder: Path
    name: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Path:
        return self.folder / "natalizumab.env"

    @property
    def file(self) -> Path:
        return self.folder / "natalizumab.sqlite3"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def database(self) -> str:
        return address(PAGES, self.name) if ON_POSTGRESQL else str(self.file)

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NATALIZUMAB_", "DJANGO_"))}
        kept |= {key: os.environ[key] for key in ("NATALIZUMAB_CACHE",) if key in os.environ}
        return kept | ({"NATALIZUMAB_OWNER": address(OWNER, self.name)} if owner and ON_POSTGRESQL else {}) | self.more

    def run(self, *words: str, given: str = "", owner: bool = False) -> subprocess.CompletedProcess[str]:
        """A command as an administrator of the machine types it."""
        return subprocess.run(
            [COMMAND, *words],
            check=False,
            cwd=self.folder,
            env=self.environment(owner=owner),
            input=given,
            capture_output=True,
            text=True,
        )

    def done(self, *words: str, given: str = "", owner: bool = False) -> str:
        """What a command says that must work."""
        ran = self.run(*words, given=given, owner=owner)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def refused(self, *words: str, given: str = "", owner: bool = False) -> str:
        """What a command says that must be refused: on standard error, status 1, no traceback."""
        ran = self.run(*words, given=given, owner=owner)
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        return ran.stderr + ran.stdout

    def inside(self, what: str, *words: str) -> Any:
        """What a function of inside.py returns, run in the installation by a process of its own."""
        command = [sys.executable, str(HERE / "inside.py"), what, *words]
        ran = subprocess.run(
            command, check=False, cwd=self.folder, env=self.environment(), capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Behind the program's back, by somebody who holds the database itself."""
        if ON_POSTGRESQL:
            return on_server(*statements, name=self.name)
        with closing(sqlite3.connect(self.file)) as database:
            *before, last = statements
            for statement in before:
                database.execute(statement)
            rows = database.execute(last).fetchall()
            database.commit()
        return rows

    def entries(self) -> set[str]:
        """Every entry, with what it says."""
        return {f"{str(row[0]).replace('-', '')} {row[1]}" for row in self.sql("SELECT id, payload FROM clinic_entry")}


def init(folder: Path) -> Installation:
    """As on the first day."""
    made = Installation(folder, f"clinic_{uuid4().hex[:12]}")
    words = ["init", "--clinic", "Harbour clinic (invented)", "--administrator", "alma", "--hosts", "clinic.example"]
    if ON_POSTGRESQL:
        make_roles()
        on_server(f"CREATE DATABASE {made.name} OWNER {OWNER}")
        words += ["--database", made.database]
    made.done(*words, "--password-from-stdin", given=PASSWORDS["alma"] + "\n", owner=True)
    return made


def copy(of: Installation, folder: Path) -> Installation:
    """The same installation once more, elsewhere."""
    made = Installation(folder, f"clinic_{uuid4().hex[:12]}")
    shutil.copytree(of.folder, folder, dirs_exist_ok=True)
    text = of.settings.read_text().replace(str(of.folder), str(folder)).replace(of.name, made.name)
    made.settings.write_text(text)
    if ON_POSTGRESQL:
        on_server(f"CREATE DATABASE {made.name} TEMPLATE {of.name} OWNER {OWNER}")
    return made


def remove(made: Installation) -> None:
    """Its databases go from the server; its folder is temporary anyway."""
    if ON_POSTGRESQL:
        names = on_server(f"SELECT datname FROM pg_database WHERE datname LIKE '{made.name}%'")
        for (name,) in names:
            on_server(f"DROP DATABASE {name} WITH (FORCE)")
