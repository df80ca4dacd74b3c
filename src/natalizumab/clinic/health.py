"""Is everything there that the pages need, and is what protects the clinic still being done?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.utils.formats import date_format

from natalizumab.clinic import solver_ready
from natalizumab.clinic.models import SealedDay
from natalizumab.clinic.operation import archive, migrations
from natalizumab.clinic.operation.deploy import OLDEST_BACKUP
from natalizumab.clinic.triggers import missing

OLDEST_SEAL = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at. Without a ``needed`` one the pages can't work; the others are somebody's duty."""

    name: str
    good: bool
    words: str
    needed: bool = True


def needed() -> list[Sign]:
    """What the pages can't do without. It never raises, whatever the database does."""
    return [_look(name, look) for name, look in (("Database", _database), *_NEEDED)]


def duties(at: datetime) -> list[Sign]:
    """What is to be done daily, and when it was done last."""
    return [_last_backup(at), _look("Last seal", lambda: _last_seal(at), needed=False)]


def _look(name: str, look: Callable[[], tuple[bool, str]], needed: bool = True) -> Sign:
    try:
        good, words = look()
    except DatabaseError:
        good, words = False, "the database does not answer"
    return Sign(name, good, words, needed)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "answers"


def _triggers() -> tuple[bool, str]:
    names = missing(connection)
    return not names, f"missing: {', '.join(names)}" if names else "all there: what was entered can’t be changed"


def _migrations() -> tuple[bool, str]:
    waiting = migrations.unapplied()
    return not waiting, f"{len(waiting)} not applied" if waiting else "all applied"


def _solver() -> tuple[bool, str]:
    ready = solver_ready.ready(0)
    return ready, "compiled" if ready else "being compiled"


_NEEDED = (("Append-only triggers", _triggers), ("Tables", _migrations), ("Solver", _solver))


def _last_backup(at: datetime) -> Sign:
    name, folder = "Last backup", settings.NATALIZUMAB_BACKUPS
    if not folder:
        return Sign(name, False, "no folder for backups is set", needed=False)
    there = archive.backups(Path(folder))
    if not there:
        return Sign(name, False, "there is none yet", needed=False)
    newest = there[-1][0]
    return Sign(name, at - newest <= OLDEST_BACKUP, f"{date_format(newest, 'PADDED_MOMENT')} UTC", needed=False)


def _last_seal(at: datetime) -> tuple[bool, str]:
    newest = SealedDay.objects.aggregate(newest=Max("day"))["newest"]
    if newest is None:
        return False, "no day is sealed yet"
    return at.date() - newest <= OLDEST_SEAL, date_format(newest, "PADDED_DAY")
