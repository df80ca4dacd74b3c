"""Is an installation safe from its first minute, and is a second beginning refused?"""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from tests.operation.installation import ON_POSTGRESQL, PAGES, PASSWORDS, Installation, address

from natalizumab.clinic.triggers import TABLES

INIT = ("init", "--clinic", "Second clinic", "--administrator", "berta", "--password-from-stdin")


def test_nobody_else_can_read_the_settings_or_the_database(clinic: Installation) -> None:
    assert clinic.settings.stat().st_mode & 0o777 == 0o600
    if not ON_POSTGRESQL:
        assert clinic.file.stat().st_mode & 0o777 == 0o600


def test_each_installation_has_a_secret_of_its_own(clinic: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other", "other")
    other.folder.mkdir()
    other.refused(*INIT, "--hosts", "clinic.example", "--database", "/nowhere/at/all.sqlite3", given="long enough 77\n")
    secrets = {line for one in (clinic, other) for line in one.settings.read_text().splitlines() if "SECRET" in line}
    assert len(secrets) == 2
    assert min(map(len, secrets)) > 70


def test_a_clinic_that_is_there_is_not_begun_again(clinic: Installation) -> None:
    before = clinic.settings.read_text()
    said = clinic.refused(*INIT, "--hosts", "clinic.example", given="long enough 77\n", owner=True)
    assert "there is a clinic in this database already; nothing was changed" in said
    assert clinic.settings.read_text() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--hosts", "*"), "--hosts names what the clinic is reached by"),
        (("--hosts", "https://clinic.example"), "--hosts names what the clinic is reached by"),
        (("--hosts", "a.example", "--time-zone", "Mars/Crater"), "'Mars/Crater' is no time zone"),
        (("--hosts", "a.example", "--settings", "no/such/folder/x.env"), 'the folder ".*no/such/folder" is not there'),
        (
            ("--hosts", "a.example", "--database", "mysql://x/y"),
            "--database is an address that begins with postgresql://, or a path",
        ),
    ],
)
def test_what_can_not_work_is_refused_in_plain_words(tmp_path: Path, change: tuple[str, ...], said: str) -> None:
    new = Installation(tmp_path, "unused")
    assert re.search(said, new.refused(*INIT, *change, given="long enough 77\n"))
    assert not new.settings.exists()


def test_a_password_that_everybody_guesses_is_refused(tmp_path: Path) -> None:
    new = Installation(tmp_path, "unused")
    assert "too common" in new.refused(*INIT, "--hosts", "a.example", given="password123\n")


def test_settings_that_others_can_read_are_refused(clinic: Installation) -> None:
    clinic.settings.chmod(0o644)
    assert "can be read by others, and holds the secret: chmod 600" in clinic.refused("check")


def test_a_line_that_is_none_of_ours_is_named_and_not_repeated(clinic: Installation) -> None:
    with clinic.settings.open("a") as settings:
        settings.write("MY_SECRET_NOTE=hush\n")
    said = clinic.refused("check")
    assert "is not NATALIZUMAB_…=value" in said
    assert "hush" not in said


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no roles; its file is guarded by its permissions")
@pytest.mark.parametrize(
    "statement",
    [
        *(f"TRUNCATE {table} CASCADE" for table in TABLES),
        *(f"DELETE FROM {table}" for table in TABLES),
        *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in TABLES),
        "UPDATE clinic_entry SET hash = ''",
        "UPDATE clinic_entry SET payload = '{}'",
        "SET session_replication_role = replica",
        "DROP FUNCTION clinic_entry_refuse CASCADE",
        "CREATE TABLE mine (x int)",
        "DELETE FROM django_migrations",
    ],
)
def test_the_role_of_the_pages_can_not_undo_the_proof(clinic: Installation, statement: str) -> None:
    with psycopg.connect(address(PAGES, clinic.name)) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(statement)
    assert (
        "permission denied" in str(refused.value)
        or "must be owner" in str(refused.value)
        or ("append-only" in str(refused.value))
    )


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no roles")
def test_one_role_can_not_be_the_owner_and_the_pages(tmp_path: Path) -> None:
    new = Installation(tmp_path, "postgres")
    new.more["NATALIZUMAB_OWNER"] = address(PAGES, "postgres")
    words = (*INIT, "--hosts", "a.example", "--database", address(PAGES, "postgres"))
    said = new.refused(*words, given=PASSWORDS["alma"] + "\n")
    assert "they must be two" in said or "permission denied" in said


def test_a_time_zone_that_is_none_is_said_in_plain_words(clinic: Installation) -> None:
    clinic.more["NATALIZUMAB_TIME_ZONE"] = "Mars/Crater"
    assert "Incorrect timezone setting: Mars/Crater" in clinic.refused("check")
