"""A backup takes the place of the database, once it is whole, migrated, and free of what was erased since.

Until then nothing is replaced, and the database that was there is kept aside.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from natalizumab.clinic.operation import archive, ledger, locked, migrations, places, snapshots
from natalizumab.clinic.operation.archive import Manifest
from natalizumab.clinic.operation.beginning import bring_up_to_date
from natalizumab.clinic.operation.contents import Contents, of_connection
from natalizumab.clinic.operation.forgetting import forget
from natalizumab.clinic.operation.ledger import Erased
from natalizumab.clinic.operation.refused import OperationRefused
from natalizumab.clinic.operation.site import Site, refuse_demo

if TYPE_CHECKING:
    from natalizumab.clinic.models import User

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Restored:
    """``aside`` is where the old database is now; ``lost`` the entries that it has and the backup has not."""

    contents: Contents
    aside: str
    erased_again: int
    lost: int
    unreadable: bool


def restore(opened: Site, file: Path, backups: Path | None, at: datetime) -> Restored:
    """Put a backup in the database's place. Raises OperationRefused; then everything is as it was."""
    with _workshop() as workshop, locked.alone():
        copy = workshop / "copy"
        held = _unpacked(file, copy)
        _refuse_unfit(file, held)
        present, unreadable = _present()
        erasures = _erasures(backups)
        place = places.place_for(copy, at)
        try:
            with places.connected(place):
                again = _make_ready(opened, erasures)
                now = of_connection(connection)
            aside = place.take_over()
        except BaseException:
            place.give_up()
            raise
    lost = max(present - now.counts["clinic_entry"], 0)
    return Restored(now, aside, again, lost, unreadable)


@contextmanager
def _workshop() -> Iterator[Path]:
    """On the disk of the database, where that is a file; gone at the end."""
    beside = Path(connection.settings_dict["NAME"]).absolute().parent if connection.vendor == "sqlite" else None
    try:
        workshop = Path(tempfile.mkdtemp(prefix=".restore-", dir=beside))
    except OSError as error:
        raise OperationRefused(f'restore: "{beside}" can\'t be written to ({error.strerror})') from None
    try:
        yield workshop
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise OperationRefused(f"restore: it can't be done ({why}); the database is as it was") from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _unpacked(file: Path, copy: Path) -> Contents:
    """The backup's database, looked at. A bare SQLite file is taken too: the first versions made no backups."""
    if _is_sqlite(file):
        place = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        return snapshots.of_file(copy)
    manifest = archive.unpack(file, copy)
    return _looked_at(file, manifest, copy)


def _is_sqlite(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise OperationRefused(f'restore: "{file}" can\'t be read ({error.strerror})') from None


def _looked_at(file: Path, manifest: Manifest, copy: Path) -> Contents:
    if manifest.contents.vendor == "sqlite":
        differences = manifest.contents.differs(snapshots.of_file(copy))
        if differences:
            raise OperationRefused(f'restore: "{file}" does not hold what its manifest says: {differences[0]}')
    return manifest.contents


def _refuse_unfit(file: Path, held: Contents) -> None:
    if held.vendor != connection.vendor:
        raise OperationRefused(
            f'restore: "{file}" is of {held.vendor} and this database is {connection.vendor}; restore it there, '
            "and then use 'natalizumab move-to-postgresql'"
        )
    if newer := migrations.from_a_newer_version(held.migrations):
        raise OperationRefused(f'restore: "{file}" is from a newer version ({newer[0]} is not known here)')


def _present() -> tuple[int, bool]:
    """How many entries are in the database now, and whether it can't be read at all."""
    try:
        return of_connection(connection).counts.get("clinic_entry", 0), False
    except DatabaseError:
        return 0, True


def _erasures(backups: Path | None) -> list[Erased]:
    """All that are known: in the ledger beside the backups, and in the database that is to be replaced."""
    known = {one.entry: one for one in (ledger.read(backups) if backups else [])}
    # A database that is lost, or is from before erasures were possible, knows none.
    with suppress(DatabaseError):
        known |= {one.entry: one for one in ledger.in_database()}
    return list(known.values())


def _make_ready(opened: Site, erasures: list[Erased]) -> int:
    """Migrate, erase again, and prove; returns how many entries were erased again."""
    from natalizumab.clinic.auditing import verify
    from natalizumab.clinic.triggers import missing

    refuse_demo()
    bring_up_to_date(opened)
    again = erase_again(erasures)
    if problems := verify().problems:
        raise OperationRefused(
            f"restore: the chains of the backup do not hold, {len(problems)} problems: "
            f"{problems[0].where}: {problems[0].what}"
        )
    if names := missing(connection):
        raise OperationRefused(f"restore: the append-only triggers could not be laid: {', '.join(names)}")
    return again


def erase_again(erasures: list[Erased]) -> int:
    """Erase what was erased before, in the names of the same two; returns how many payloads went."""
    from natalizumab.clinic.erasing import empty
    from natalizumab.clinic.models import Entry, Erasure

    by_entry = {erased.entry: erased for erased in erasures}
    known = {str(key) for key in Erasure.objects.values_list("entry_id", flat=True)}
    there = [entry for key in by_entry if (entry := Entry.objects.filter(pk=key).first()) and not entry.erased]
    with transaction.atomic():
        for entry in there:
            if str(entry.pk) not in known:
                _on_record(entry.pk, by_entry[str(entry.pk)])
        empty(there)
        for entry in Entry.objects.filter(pk__in=[key for key, erased in by_entry.items() if erased.whole_person]):
            forget(entry.person)
    return len(there)


def _on_record(entry: UUID, erased: Erased) -> None:
    from natalizumab.clinic.models import Erasure

    asked, confirmed = _user(erased.asked_by), _user(erased.confirmed_by)
    Erasure(entry_id=entry, asked_by=asked, confirmed_by=confirmed, reason=erased.reason, at=erased.moment).save()


def _user(username: str) -> User:
    """Somebody who came after the backup is put in by name, and can't sign in."""
    from natalizumab.clinic.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        found = User(username=username, is_active=False)
        found.set_unusable_password()
        found.save()
    return found
