"""Does a backup hold everything, does a restore give it back, and is whatever is not whole refused before it harms?"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.operation.installation import ON_POSTGRESQL, PASSWORDS, Installation

from natalizumab.clinic.operation import archive, backing_up, snapshots

UPGRADE = sorted((Path(__file__).resolve().parents[1] / "upgrade").glob("*.sqlite3"))
BOTH = f"{PASSWORDS['alma']}\n{PASSWORDS['axel']}\n"
SIGNED = ("--reason", "her wish", "--asked-by", "alma", "--confirmed-by", "axel", "--passwords-from-stdin")
ONLY_SQLITE = pytest.mark.skipif(ON_POSTGRESQL, reason="it is about SQLite's file")


def backup(clinic: Installation) -> Path:
    clinic.done("backup")
    (_, newest) = archive.backups(clinic.backups)[-1]
    return newest


@pytest.fixture(scope="session")
def whole(first: tuple[Installation, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of what every copy of the installation holds."""
    folder = tmp_path_factory.mktemp("backups")
    first[0].done("backup", "--to", str(folder))
    return archive.backups(folder)[-1][1]


@pytest.fixture
def file(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, to be spoilt."""
    return Path(shutil.copy(whole, tmp_path_factory.mktemp("backup") / whole.name))


def restore(clinic: Installation, file: Path) -> str:
    return clinic.done("restore", str(file), "--yes", owner=True)


def change(clinic: Installation, person: str) -> None:
    """One more entry, as no form would write it; only its row counts here."""
    columns = "person_id, kind, day, entered_at, entered_by_id, source, corrects_id, salt, sealed, previous, hash"
    new = "'00000000-0000-4000-8000-000000000001'" if ON_POSTGRESQL else "'00000000000040008000000000000001'"
    clinic.sql(
        f"INSERT INTO clinic_entry (id, sequence, payload, {columns}) SELECT {new}, 99, payload, {columns} "
        f"FROM clinic_entry WHERE sequence = 1 AND person_id = '{person if ON_POSTGRESQL else person.replace('-', '')}'"
    )


def test_a_restored_backup_holds_every_entry_and_the_old_database_is_kept(
    clinic: Installation, known: dict[str, Any]
) -> None:
    before = clinic.entries()
    file = backup(clinic)
    change(clinic, known["people"]["A-1"])
    said = restore(clinic, file)
    assert clinic.entries() == before
    assert "The old database has 1 entries more than the backup" in said
    assert re.search("The old database is kept: .*before.restore", said)
    assert clinic.inside("look")["problems"] == []
    assert clinic.inside("look")["apps"] == [True]


def test_the_manifest_says_what_is_in_it(clinic: Installation, known: dict[str, Any]) -> None:
    file = backup(clinic)
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("manifest.json"))
    assert told["counts"]["clinic_entry"] == known["all"]
    assert "clinic.0003_link_entries" in told["migrations"]
    assert len(told["sha256"]) == len(next(iter(told["chains"].values()))) == 64
    ((_, head),) = told["seals"].values()
    assert clinic.sql("SELECT hash FROM clinic_sealedday") == [(head,)]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in clinic.backups.iterdir()] == [file.name]


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def other_manifest(file: Path) -> None:
    repack(file, lambda told: told["counts"].update(clinic_entry=1))


def repack(file: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    with zipfile.ZipFile(file) as packed:
        told, (name,) = json.loads(packed.read("manifest.json")), [n for n in packed.namelist() if n != "manifest.json"]
        database = packed.read(name)
    edit(told)
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("manifest.json", json.dumps(told))
        packed.writestr(name, database)


def foreign_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("holiday.jpg", b"sun")


def foreign_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE recipes (name text)")


DAMAGES: list[tuple[Callable[[Path], object], str]] = [
    (flip, "is damaged"),
    (lambda file: file.write_bytes(file.read_bytes()[:-200]), "is no backup of natalizumab, or is damaged"),
    (lambda file: file.write_bytes(b""), "is no backup of natalizumab, or is damaged"),
    (lambda file: file.write_text("my shopping list"), "is no backup of natalizumab, or is damaged"),
    (foreign_zip, "it has no manifest"),
    (foreign_database, "but no clinic's"),
    (lambda file: repack(file, lambda told: told.update(format="other/9")), "is no backup that this version reads"),
    (lambda file: repack(file, lambda told: told.pop("chains")), "its manifest lacks something"),
    (lambda file: repack(file, lambda told: told.update(sha256="0" * 64)), "is not the one that was packed"),
    (lambda file: repack(file, lambda told: told["migrations"].append("clinic.9999_new")), "from a newer version"),
    (lambda file: file.unlink(), "can't be read (No such file or directory)"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES)
def test_what_is_damaged_or_foreign_changes_nothing(
    clinic: Installation, file: Path, damage: Callable[[Path], object], said: str
) -> None:
    before = clinic.entries()
    damage(file)
    assert said in clinic.refused("restore", str(file), "--yes", owner=True)
    assert clinic.entries() == before
    assert not list(clinic.folder.glob("*before-restore*"))
    assert not list(clinic.folder.glob(".restore-*"))


@ONLY_SQLITE
def test_a_manifest_that_says_something_else_than_the_file_is_refused(clinic: Installation, file: Path) -> None:
    other_manifest(file)
    assert "does not hold what its manifest says" in clinic.refused("restore", str(file), "--yes")


@ONLY_SQLITE
def test_a_backup_whose_entries_were_changed_is_refused_though_it_is_whole(clinic: Installation, file: Path) -> None:
    """Somebody unpacked it, changed a payload and packed it again with a fitting manifest."""
    copy = clinic.folder / "copy"
    manifest = archive.unpack(file, copy)
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("DROP TRIGGER clinic_entry_no_update")
        database.execute("UPDATE clinic_entry SET payload = '{}' WHERE sequence = 2")
    forged = archive.Manifest(manifest.version, manifest.made_at, archive.sha256(copy), snapshots.of_file(copy))
    archive.pack(copy, forged, clinic.folder / "forged.backup")
    before = clinic.entries()
    said = clinic.refused("restore", "forged.backup", "--yes")
    assert "the chains of the backup do not hold" in said
    assert "its payload was changed" in said
    assert clinic.entries() == before


@pytest.mark.parametrize("how", ["the database knows", "only the ledger knows"])
def test_what_was_erased_since_is_erased_again(
    clinic: Installation, file: Path, known: dict[str, Any], how: str
) -> None:
    clinic.done("erase", "--person", known["people"]["A-1"], *SIGNED, given=BOTH)
    clinic.done("erase", "--entry", known["entries"]["B-2"][2], *SIGNED, given=BOTH)
    erased = clinic.inside("look")["erased"]
    if how == "the database knows":
        (clinic.backups / "erasures.jsonl").unlink()
    else:
        ledger = (clinic.backups / "erasures.jsonl").read_bytes()
        (clinic.backups / "erasures.jsonl").unlink()
        restore(clinic, file)
        clinic.sql(*_forget_erasures())
        (clinic.backups / "erasures.jsonl").write_bytes(ledger)
    said = restore(clinic, file)
    found = clinic.inside("look")
    assert found["erased"] == erased
    assert len(erased) == len(known["entries"]["A-1"]) + 1
    assert f"{len(erased)} entries that were erased since were erased again" in said
    assert found["people"] == ["Ben Invented, 1988-03-02", "Erased, None"]
    assert found["problems"] == []


def _forget_erasures() -> tuple[str, ...]:
    """The database as somebody would have it who lost it and made a new one: it knows of no erasure."""
    if ON_POSTGRESQL:
        off = ("ALTER TABLE clinic_erasure DISABLE TRIGGER ALL", "ALTER TABLE clinic_erasure ENABLE TRIGGER ALL")
        return (off[0], "DELETE FROM clinic_erasure", off[1])
    return ("DROP TRIGGER clinic_erasure_no_delete", "DELETE FROM clinic_erasure")


def test_the_ledger_names_nobody_and_holds_nothing_that_was_erased(clinic: Installation, known: dict[str, Any]) -> None:
    clinic.done("erase", "--person", known["people"]["A-1"], *SIGNED, given=BOTH)
    ledger = (clinic.backups / "erasures.jsonl").read_text()
    assert len(ledger.splitlines()) == len(known["entries"]["A-1"])
    assert not {"Ada", "A-1", "STRATIFY", "300"} & set(ledger.replace('"', " ").split())


@ONLY_SQLITE
def test_the_database_file_holds_no_word_of_what_was_erased(clinic: Installation, known: dict[str, Any]) -> None:
    assert b"STRATIFY" in clinic.file.read_bytes()
    for person in known["people"].values():
        clinic.done("erase", "--person", person, *SIGNED, given=BOTH)
    content = clinic.file.read_bytes()
    assert b"STRATIFY" not in content
    assert b"Ada Invented" not in content


@ONLY_SQLITE
@pytest.mark.parametrize("kept", UPGRADE, ids=lambda file: str(file.stem))
@pytest.mark.parametrize("packed", [False, True])
def test_a_database_of_every_earlier_version_is_restored(clinic: Installation, kept: Path, packed: bool) -> None:
    held, file = snapshots.of_file(kept), kept
    if packed:
        file = clinic.folder / "old.backup"
        stamp = "2026-01-01T00:00:00+00:00"
        archive.pack(kept, archive.Manifest("0.0.1", stamp, archive.sha256(kept), held), file)
    said = restore(clinic, file)
    assert f"Restored {held.counts['clinic_entry']} entries; every chain holds." in said
    assert len(clinic.entries()) == held.counts["clinic_entry"]
    clinic.done("check")


@ONLY_SQLITE
def test_a_database_that_can_not_be_read_any_more_is_replaced_all_the_same(clinic: Installation, file: Path) -> None:
    before = clinic.entries()
    content = clinic.file.read_bytes()
    clinic.file.write_bytes(b"\0" * 4096 + content[4096:])
    said = restore(clinic, file)
    assert "The old database could not be read" in said
    assert clinic.entries() == before


def test_a_folder_that_takes_no_file_is_said_and_nothing_is_left(clinic: Installation) -> None:
    in_the_way = clinic.folder / "in-the-way"
    in_the_way.write_text("a file")
    assert "can't be written to" in clinic.refused("backup", "--to", str(in_the_way / "backups"))


def test_a_backup_of_postgresql_is_not_forced_into_sqlite_nor_the_other_way(clinic: Installation, file: Path) -> None:
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("manifest.json"))
        content = packed.read(archive.DATABASES[told["database"]])
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("manifest.json", json.dumps(told | {"database": other}))
        packed.writestr(archive.DATABASES[other], content)
    said = clinic.refused("restore", str(file), "--yes", owner=True)
    assert "move-to-postgresql" in said or "is no database that can be read" in said


def test_pruning_keeps_the_newest_of_the_last_days_weeks_and_months() -> None:
    start = datetime(2026, 1, 1, 3, tzinfo=UTC)
    moments = [start + timedelta(hours=12 * number) for number in range(2 * 400)]
    kept = sorted(backing_up.kept_of(moments))
    assert kept[-7:] == [start + timedelta(days=day, hours=12) for day in range(393, 400)]
    assert len({at.strftime("%Y-%m") for at in kept}) == 12
    assert 7 + 11 <= len(kept) <= 7 + 5 + 12


def test_only_backups_and_what_a_killed_one_left_are_removed_the_former_only_when_asked(clinic: Installation) -> None:
    clinic.backups.mkdir(exist_ok=True)
    old = [clinic.backups / f"natalizumab-2020-01-0{day}T000000Z.backup" for day in range(1, 9)]
    notes = clinic.backups / "notes.txt"
    for file in (*old, notes):
        file.write_text("x")
    (clinic.backups / ".backup-killed").mkdir()
    backup(clinic)
    assert not (clinic.backups / ".backup-killed").exists()
    assert all(file.exists() for file in old)
    assert "Removed 3 old ones." in clinic.done("backup", "--prune")
    assert [file.exists() for file in old] == [False, False, *[True] * 6]
    assert notes.exists()
