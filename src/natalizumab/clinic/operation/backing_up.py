"""A backup: consistent while everybody works, one file, whole or not at all, and looked at after it was written."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from natalizumab import __version__
from natalizumab.clinic.operation import archive, ledger, snapshots
from natalizumab.clinic.operation.archive import Manifest
from natalizumab.clinic.operation.refused import OperationRefused

DAYS, WEEKS, MONTHS = 7, 5, 12
"""What pruning keeps: the newest backup of each of so many last days, weeks and months that have one."""

_WORKSHOP = ".backup-"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, and what was removed after it."""

    file: Path
    manifest: Manifest
    pruned: tuple[Path, ...] = ()


def back_up(folder: Path, at: datetime, *, prune: bool = False) -> Made:
    """Write a backup into a folder and look at it again. Raises OperationRefused; then no file of it is left."""
    target = _free(folder, at)
    with _workshop(folder) as workshop:
        manifest = _write(workshop, at)
        _look_at(workshop)
        (workshop / "packed").rename(target)
        _sync(folder)
    if ledger.TABLE in manifest.contents.counts:
        ledger.bring_up_to_date(folder)
    return Made(target, manifest, prune_old(folder) if prune else ())


def _free(folder: Path, at: datetime) -> Path:
    """The name of this second, or of the next that has none yet."""
    while (target := folder / archive.file_name(at)).exists():
        at += timedelta(seconds=1)
    return target


def _write(workshop: Path, at: datetime) -> Manifest:
    copy = workshop / "copy"
    held = snapshots.take(copy)
    manifest = Manifest(__version__, at.isoformat(timespec="seconds"), archive.sha256(copy), held)
    archive.pack(copy, manifest, workshop / "packed")
    copy.unlink()
    return manifest


def _look_at(workshop: Path) -> None:
    """What was written is read back, every byte, and must be a database that holds what the manifest says."""
    read_back = workshop / "read-back"
    manifest = archive.unpack(workshop / "packed", read_back)
    if manifest.contents.vendor == "postgresql":
        snapshots.check_dump(read_back)
        return
    differences = manifest.contents.differs(snapshots.of_file(read_back))
    if differences:
        raise OperationRefused(f"backup: what was written is not what was there: {differences[0]}")


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder of our own on the same disk; whatever happens, nothing of it stays."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        _alone(folder, handle)
        workshop = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=folder))
    except OSError as error:
        raise OperationRefused(f'backup: "{folder}" can\'t be written to ({error.strerror})') from None
    try:
        yield workshop
    except (OSError, sqlite3.OperationalError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise OperationRefused(f'backup: "{folder}" can\'t take it ({why}); none was made') from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
        os.close(handle)


def _alone(folder: Path, handle: int) -> None:
    """One backup at a time in a folder; so what a killed one left behind is nobody's, and goes."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OperationRefused(f'backup: another one is being written to "{folder}" just now') from None
    for left in folder.glob(f"{_WORKSHOP}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    """A new name in a folder is on the disk only when the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prune_old(folder: Path) -> tuple[Path, ...]:
    """Remove every backup that the rule does not keep; returns them."""
    there = archive.backups(folder)
    kept = kept_of([at for at, _ in there])
    gone = tuple(file for at, file in there if at not in kept)
    for file in gone:
        file.unlink()
    return gone


def kept_of(moments: list[datetime]) -> set[datetime]:
    """The newest of each of the last days, weeks and months that have one."""
    rules = ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m"))
    kept: set[datetime] = set()
    for number, form in rules:
        newest = {at.strftime(form): at for at in sorted(moments)}
        kept |= set(sorted(newest.values())[-number:])
    return kept
