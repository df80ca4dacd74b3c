"""A backup as one file: the database, and a manifest that says what is in it and how to tell that it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from natalizumab.clinic.operation.contents import Contents
from natalizumab.clinic.operation.refused import OperationRefused

FORMAT = "natalizumab-backup/1"
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAMED = re.compile(r"natalizumab-(\d{4}-\d\d-\d\dT\d{6}Z)\.backup")
_PIECE = 1 << 20
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    made_at: str
    sha256: str
    contents: Contents

    def text(self) -> str:
        """As it stands in the file."""
        held = self.contents
        told = {
            "format": FORMAT,
            "version": self.version,
            "made_at": self.made_at,
            "database": held.vendor,
            "sha256": self.sha256,
            "migrations": held.migrations,
            "counts": held.counts,
            "chains": held.chains,
            "seals": held.seals,
        }
        return json.dumps(told, indent=1)


def file_name(at: datetime) -> str:
    """What the backup of a moment is called."""
    return f"natalizumab-{at.astimezone(UTC).strftime(_STAMP)}.backup"


def made_at(file: Path) -> datetime | None:
    """The moment in a backup's name; None for any other file."""
    match = _NAMED.fullmatch(file.name)
    return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC) if match else None


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Every backup of a folder by the moment in its name, the oldest first. An unreadable folder has none."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return []
    return sorted((at, file) for file in files if (at := made_at(file)))


def sha256(file: Path) -> str:
    """Of a file's content."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def pack(database: Path, manifest: Manifest, target: Path) -> None:
    """Write both into one file, which others can't read; it reached the disk when this returns."""
    handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "w+b") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.writestr(MANIFEST, manifest.text())
            packed.write(database, DATABASES[manifest.contents.vendor])
        opened.flush()
        os.fsync(opened.fileno())


def manifest_of(file: Path) -> Manifest:
    """The manifest of a backup. Raises OperationRefused where the file is none, or is damaged."""
    with _opened(file) as packed:
        try:
            told = json.loads(packed.read(MANIFEST))
        except (KeyError, ValueError):
            raise OperationRefused(f'backup: "{file}" is no backup of natalizumab: it has no manifest') from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise OperationRefused(f'backup: "{file}" is no backup that this version reads; it needs {FORMAT}')
    return _manifest(file, told)


def unpack(file: Path, into: Path) -> Manifest:
    """Write the database of a backup to ``into``. Raises OperationRefused unless it is what the manifest says."""
    manifest = manifest_of(file)
    over = hashlib.sha256()
    name = DATABASES[manifest.contents.vendor]
    with _opened(file) as packed, _member(file, packed, name) as source, into.open("xb") as target:
        while piece := _piece(file, source):
            over.update(piece)
            target.write(piece)
    if over.hexdigest() != manifest.sha256:
        raise OperationRefused(f'backup: "{file}" is damaged: its database is not the one that was packed (SHA-256)')
    return manifest


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        packed = zipfile.ZipFile(file)
    except OSError as error:
        raise OperationRefused(f'backup: "{file}" can\'t be read ({error.strerror})') from None
    except zipfile.BadZipFile:
        raise OperationRefused(f'backup: "{file}" is no backup of natalizumab, or is damaged') from None
    with packed:
        try:
            yield packed
        except zipfile.BadZipFile:
            raise _damaged(file) from None


def _member(file: Path, packed: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return packed.open(name)
    except KeyError:
        raise OperationRefused(f'backup: "{file}" is damaged: {name} is missing in it') from None


def _piece(file: Path, source: IO[bytes]) -> bytes:
    import zlib

    try:
        return source.read(_PIECE)
    except (EOFError, zlib.error):
        raise _damaged(file) from None


def _damaged(file: Path) -> OperationRefused:
    return OperationRefused(f'backup: "{file}" is damaged: what was packed can\'t be read any more')


def _manifest(file: Path, told: dict[str, Any]) -> Manifest:
    try:
        held = Contents(
            vendor=str(told["database"]),
            migrations=tuple(told["migrations"]),
            counts={str(name): int(number) for name, number in told["counts"].items()},
            chains={str(key): str(end) for key, end in told["chains"].items()},
            seals={str(key): (str(day), str(end)) for key, (day, end) in told["seals"].items()},
        )
        DATABASES[held.vendor]
        return Manifest(str(told["version"]), str(told["made_at"]), str(told["sha256"]), held)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise OperationRefused(f'backup: "{file}" is damaged: its manifest lacks something') from None
