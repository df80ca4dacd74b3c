"""``natalizumab restore``: a backup takes the place of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from natalizumab.commands.with_clinic import needs_clinic, settings_option


@click.command()
@click.argument("file", metavar="BACKUP", type=click.Path(dir_okay=False, path_type=Path))
@settings_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@needs_clinic
def command(file: Path, settings: Path | None, yes: bool) -> None:
    """Put a backup, of this version or any earlier one, in the place of the database. Stop the server before.

    First it is made ready beside the database: migrated, what was erased since erased again, every chain verified. A
    backup that is damaged, or no clinic's, changes nothing. The old database is kept aside, and its place is said. On
    PostgreSQL it connects as NATALIZUMAB_OWNER, who must be allowed to make databases.

    Example: natalizumab restore backups/natalizumab-2026-11-02T031500Z.backup
    """
    import os

    from natalizumab.clinic.operation.site import site

    with site(settings, as_owner=True, demo=True) as opened:
        from natalizumab.clinic.operation.restoring import restore

        if not yes:
            click.confirm(f"Replace the database by {file}?", abort=True)
        named = os.environ.get("NATALIZUMAB_BACKUPS")
        done = restore(opened, file, Path(named) if named else None, datetime.now(UTC))
    click.echo(f"Restored {done.contents.counts['clinic_entry']} entries; every chain holds.")
    if done.erased_again:
        click.echo(f"{done.erased_again} entries that were erased since were erased again.")
    if done.unreadable:
        click.echo(
            "The old database could not be read: of erasures, only those in the ledger beside the backups are known."
        )
    if done.lost:
        click.echo(f"The old database has {done.lost} entries more than the backup.")
    click.echo(f"The old database is kept: {done.aside}. Remove it when nobody needs it any more.")
