"""``natalizumab migrate``: bring the database to this version of the program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from natalizumab.commands.with_clinic import backups_folder, needs_clinic, settings_option


@click.command()
@settings_option
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Where the backup goes.")
@needs_clinic
def command(settings: Path | None, to: Path | None) -> None:
    """Make a backup, and then apply the changes of the tables that this version brings. Stop the server before.

    On PostgreSQL it connects as NATALIZUMAB_OWNER, and gives the pages' role what it needs again.

    Example: natalizumab migrate
    """
    from natalizumab.clinic.operation.site import site

    with site(settings, as_owner=True) as opened:
        from natalizumab.clinic.operation.upgrading import upgrade

        applied, backup = upgrade(opened, backups_folder(to), datetime.now(UTC))
    if backup is None:
        click.echo("Nothing to apply: the database is at this version.")
    else:
        click.echo(f"Backup: {backup}\nApplied {len(applied)}: {', '.join(applied)}")
