"""Is what is unsafe named in plain words, and does the server not start over it?"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.operation.installation import MIGRATIONS, ON_POSTGRESQL, Installation

ONLY_SQLITE = pytest.mark.skipif(ON_POSTGRESQL, reason="it is about SQLite's file")
ONLY_POSTGRESQL = pytest.mark.skipif(not ON_POSTGRESQL, reason="it is about PostgreSQL's roles")


def variable(name: str, content: str) -> Callable[[Installation], None]:
    return lambda clinic: clinic.more.update({name: content})


def sql(on_sqlite: str, on_postgresql: str) -> Callable[[Installation], object]:
    return lambda clinic: clinic.sql(on_postgresql if ON_POSTGRESQL else on_sqlite)


def open_to_others(clinic: Installation) -> None:
    clinic.file.chmod(0o640)


GRAVE: list[tuple[Callable[[Installation], object], str]] = [
    (variable("NATALIZUMAB_SECRET", "ab" * 40), "secret: NATALIZUMAB_SECRET repeats itself"),
    (variable("NATALIZUMAB_SECRET", "short"), "NATALIZUMAB_SECRET holds 5 characters"),
    (variable("NATALIZUMAB_HOSTS", ".example"), "hosts: NATALIZUMAB_HOSTS names more than the clinic's own hosts"),
    (variable("NATALIZUMAB_HOSTS", ""), "NATALIZUMAB_HOSTS must name the hosts to answer to"),
    (variable("NATALIZUMAB_BEHIND_PROXY", "no"), "https: NATALIZUMAB_BEHIND_PROXY is not 'yes'"),
    (variable("NATALIZUMAB_OWNER", "postgresql://owner@/x"), "owner: NATALIZUMAB_OWNER is set here"),
    (
        sql("DROP TRIGGER clinic_entry_no_delete", "ALTER TABLE clinic_entry DISABLE TRIGGER clinic_entry_no_change"),
        "append-only triggers: the database lacks clinic_entry_no_",
    ),
    (
        sql(*[f"DELETE FROM django_migrations WHERE name = '{MIGRATIONS[-1]}'"] * 2),
        "Take a backup first, {folder}/backups/natalizumab-",
    ),
    (
        sql(*["CREATE TABLE natalizumab_demo_marker (day text, version text, finished integer)"] * 2),
        "this database was made by 'natalizumab demo', and its people are invented: it can't be a clinic's",
    ),
    pytest.param(open_to_others, "can be read by others: chmod 600", marks=ONLY_SQLITE),  # type: ignore[list-item]
    pytest.param(  # type: ignore[list-item]
        sql("", "GRANT TRUNCATE ON clinic_entry TO tests_pages"), "may empty clinic_entry", marks=ONLY_POSTGRESQL
    ),
    pytest.param(  # type: ignore[list-item]
        sql("", "GRANT DELETE ON clinic_reading TO tests_pages"),
        "may delete from clinic_reading",
        marks=ONLY_POSTGRESQL,
    ),
    pytest.param(  # type: ignore[list-item]
        sql("", "ALTER TABLE clinic_sealedday OWNER TO tests_pages"), "owns clinic_sealedday", marks=ONLY_POSTGRESQL
    ),
]


@pytest.mark.parametrize(("spoil", "said"), GRAVE)
def test_what_is_unsafe_keeps_the_server_from_starting(
    clinic: Installation, spoil: Callable[[Installation], object], said: str
) -> None:
    spoil(clinic)
    wanted = said.format(folder=clinic.folder)
    assert wanted in clinic.refused("serve", "--bind", "127.0.0.1:1")


@ONLY_SQLITE
def test_a_safe_installation_with_a_fresh_backup_has_nothing_to_do(clinic: Installation) -> None:
    assert "there is no backup" in clinic.refused("check", "--deploy")
    clinic.done("backup")
    assert clinic.done("check", "--deploy") == "Everything is as it should be.\n"


@ONLY_POSTGRESQL
def test_a_server_that_may_lose_what_it_acknowledged_is_named(clinic: Installation) -> None:
    """The tests' own server is such a one: it lives for minutes, and does without what protects from a power cut."""
    said = clinic.refused("check")
    assert "PostgreSQL's fsync is off: an entry that was acknowledged could be lost" in said
    assert "PostgreSQL's synchronous_commit is off" in said


def test_what_a_served_clinic_lacks_is_named_by_the_deployment_check(clinic: Installation) -> None:
    clinic.more |= {"NATALIZUMAB_BACKUPS": "", "NATALIZUMAB_TIME_ZONE": ""}
    said = clinic.refused("check", "--deploy")
    assert "LOOK  backups: NATALIZUMAB_BACKUPS names no folder for backups" in said
    assert "LOOK  time zone: NATALIZUMAB_TIME_ZONE is not set, and Europe/London is taken" in said


def test_a_backup_that_is_days_old_is_named(clinic: Installation) -> None:
    clinic.backups.mkdir(exist_ok=True)
    (clinic.backups / "natalizumab-2026-01-05T031500Z.backup").write_text("x")
    said = clinic.refused("check", "--deploy")
    assert "LOOK  backups: the newest backup is of 05 January 2026, 03:15 UTC: run it daily" in said


def test_migrating_makes_the_backup_and_then_the_server_may_start(clinic: Installation) -> None:
    clinic.sql(
        "DROP TABLE clinic_clinictally",
        "DROP INDEX work_by_counting",
        "ALTER TABLE clinic_work DROP COLUMN counted_for",
        "DELETE FROM django_migrations WHERE app = 'clinic' AND name >= '0015'",
    )
    said = clinic.done("migrate", owner=True)
    again = [f"clinic.{name}" for name in MIGRATIONS if name >= "0015"]
    assert f"Applied {len(again)}: {', '.join(again)}" in said
    (backup,) = clinic.backups.glob("*.backup")
    assert f"Backup: {backup}" in said
    assert "Nothing to apply" in clinic.done("migrate", owner=True)
    assert clinic.sql("SELECT count(*) FROM clinic_clinictally") == [(0,)]


def test_an_installation_that_is_nowhere_is_said_plainly(tmp_path: Path) -> None:
    nowhere = Installation(tmp_path, "nowhere")
    assert "NATALIZUMAB_SECRET holds 0 characters" in nowhere.refused("check")
    assert '"gone.env" is not there' in nowhere.refused("check", "--settings", "gone.env")
    started = time.monotonic()
    nowhere.more |= {"NATALIZUMAB_SECRET": os.urandom(40).hex(), "NATALIZUMAB_HOSTS": "a.example"}
    nowhere.more["NATALIZUMAB_DATABASE"] = f"postgresql://nobody@/none?host={tmp_path}"
    assert "the database does not do what was asked" in nowhere.refused("check")
    assert time.monotonic() - started < 60


def test_the_secret_is_changed_without_anybody_losing_their_codes(clinic: Installation) -> None:
    text = clinic.settings.read_text()
    (old,) = [line.partition("=")[2] for line in text.splitlines() if line.startswith("NATALIZUMAB_SECRET=")]
    new = text.replace(old, secrets.token_urlsafe(60))
    clinic.settings.write_text(new)
    assert "LOOK  second factors: 1 sealed with another secret" in clinic.refused("check", "--deploy")
    assert clinic.inside("look")["apps"] == [False]
    clinic.done("migrate", owner=True)
    assert clinic.inside("look")["apps"] == [False]
    clinic.settings.write_text(f"{new}NATALIZUMAB_SECRET_BEFORE={old}\n")
    assert clinic.inside("look")["apps"] == [True]
    clinic.done("migrate", owner=True)
    clinic.settings.write_text(new)
    assert clinic.inside("look")["apps"] == [True]
    clinic.settings.write_text(f"{new}NATALIZUMAB_SECRET_BEFORE=short\n")
    assert "NATALIZUMAB_SECRET_BEFORE holds 5 characters" in clinic.refused("check")
