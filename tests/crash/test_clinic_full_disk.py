"""A full disk: whoever saves is told plainly, nothing is half-written, and with room again all goes on.

The disk is a small one in memory, which only an account that may mount one can make.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import debian
import pytest
from postgres import running
from tests.crash.clinic import Clinic, Sent, Writers, clinic, send, what_is_wrong


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mounted on an empty folder, and gone at the end."""
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be made by an account that may mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def fill_up(folder: Path, leave: int) -> Path:
    """A file that takes all the room but so much."""
    ballast = folder / "ballast"
    room = os.statvfs(folder)
    ballast.write_bytes(b"\0" * max(room.f_bavail * room.f_frsize - leave, 0))
    return ballast


def until_refused(found: Clinic, person: str, sent: list[Sent]) -> Sent:
    """Save until it is refused."""
    for number in range(3000):
        form = Sent(person, f"form-{number}", [70] * 20)
        sent.append(form)
        send(found.port, form)
        if form.refusal:
            return form
    raise AssertionError("the disk never filled")


def full_and_free_again(found: Clinic, disk: Path) -> None:
    person, sent = found.add_person(), list[Sent]()
    ballast = fill_up(disk, leave=300_000)
    refused = until_refused(found, person, sent)
    assert refused.refusal.startswith("503 ")
    assert "The disk of this server is full." in refused.refusal
    assert "Nothing of what you sent was written, not even a part of it." in refused.refusal
    ballast.unlink()
    assert what_is_wrong(found, sent, [person]) == []
    refused.refusal = ""
    send(found.port, refused)
    assert refused.ids, refused.refusal
    assert what_is_wrong(found, sent, [person]) == []
    assert found.command("audit", "verify").returncode == 0


def test_sqlite_on_a_full_disk_refuses_plainly_and_recovers(little_disk: Path) -> None:
    folder = little_disk / "clinic"
    folder.mkdir()
    with clinic(folder, None) as found:
        full_and_free_again(found, little_disk)


def test_postgresql_on_a_full_disk_refuses_plainly_and_recovers(tmp_path: Path) -> None:
    programs = debian.postgresql_folder()
    if programs is None:
        pytest.skip(f"PostgreSQL is missing: {debian.advice('postgresql')}")
    # The server's account can't enter the tests' own folder, so the small disk lies beside its data.
    with running(programs) as cluster, small_disk(cluster.folder / "small") as disk:
        tables = disk / "tables"
        tables.mkdir()
        if cluster.account:
            os.chown(tables, cluster.account["user"], cluster.account["group"])
        _on_the_small_disk(cluster.address, tables)
        with clinic(tmp_path, cluster) as found:
            full_and_free_again(found, disk)
        cluster.stop()


def _on_the_small_disk(address: str, folder: Path) -> None:
    """The tables lie on the small disk, the log of the server does not: it is the tables that find no room."""
    import psycopg

    maintenance = address.replace("/natalizumab?", "/postgres?")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
        connection.execute("ALTER DATABASE natalizumab SET TABLESPACE small")


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_a_backup_under_load_holds_all_that_was_acknowledged_before_it_began(on: str, tmp_path: Path) -> None:
    programs = debian.postgresql_folder()
    if on == "sqlite":
        _back_up_under_load(tmp_path, None)
    elif programs is None:
        pytest.skip(f"PostgreSQL is missing: {debian.advice('postgresql')}")
    else:
        with running(programs) as cluster:
            _back_up_under_load(tmp_path, cluster)


def _back_up_under_load(folder: Path, cluster: object) -> None:
    with clinic(folder, cluster) as found:  # type: ignore[arg-type]
        people = [found.add_person() for _ in range(3)]
        writers = Writers(found.port, people, Random(7))
        writers.start(4)
        acknowledged: list[list[Sent]] = []
        for _ in range(3):
            while len(writers.sent) < 40 * (len(acknowledged) + 1):
                time.sleep(0.01)
            acknowledged.append([form for form in writers.sent if form.ids])
            made = found.command("backup")
            assert made.returncode == 0, made.stderr
        writers.stop()
        found.stop()
        after = {row[0] for row in found.ask("SELECT id FROM clinic_entry")}
        for file, before in zip(sorted((folder / "backups").glob("*.backup")), acknowledged, strict=True):
            restored = found.command("restore", str(file), "--yes")
            assert restored.returncode == 0, restored.stderr
            assert what_is_wrong(found, before, people) == []
            rows = {row[0] for row in found.ask("SELECT id FROM clinic_entry")}
            assert rows < after
            assert len(rows) >= sum(len(form.ids) for form in before)


def test_a_backup_for_which_there_is_no_room_leaves_nothing_behind(little_disk: Path, tmp_path: Path) -> None:
    with clinic(tmp_path, None) as found:
        fill_up(little_disk, leave=100_000)
        made = found.command("backup", "--to", str(little_disk))
    assert made.returncode == 1
    assert "can't take it" in made.stderr
    assert "none was made" in made.stderr
    assert "Traceback" not in made.stderr
    assert [path.name for path in little_disk.iterdir()] == ["ballast"]
