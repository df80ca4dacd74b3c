"""From an earlier version of the program to this one: a backup first, then the migrations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from natalizumab.clinic.operation import locked, migrations
from natalizumab.clinic.operation.backing_up import back_up
from natalizumab.clinic.operation.beginning import bring_up_to_date
from natalizumab.clinic.operation.site import Site


def upgrade(opened: Site, backups: Path, at: datetime) -> tuple[list[str], Path | None]:
    """What was applied, and the backup that was made before; that is None where nothing was to be done."""
    with locked.alone():
        waiting = migrations.unapplied()
        before = back_up(backups, at).file if waiting else None
        bring_up_to_date(opened)
    return waiting, before
