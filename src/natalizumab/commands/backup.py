"""``natalizumab backup``: one file with everything, made while everybody works."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from natalizumab.commands.with_clinic import backups_folder, needs_clinic, settings_option


@click.command()
@settings_option
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Where it goes.")
@click.option("--prune", is_flag=True, help="Then remove old ones: the last of 7 days, 5 weeks and 12 months stay.")
@needs_clinic
def command(settings: Path | None, to: Path | None, prune: bool) -> None:
    """Write a backup, whole or not at all, and read it back to see that nothing is missing.

    It is not encrypted: keep the folder where nobody else can read it, and a copy on another machine.

    Example: natalizumab backup --to /srv/backups --prune
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic.operation.backing_up import back_up

        made = back_up(backups_folder(to), datetime.now(UTC), prune=prune)
    held = made.manifest.contents
    click.echo(
        f"{made.file}: {held.counts['clinic_entry']} entries of {held.counts['clinic_person']} people, read back."
    )
    for clinic, head in held.chains.items():
        day, seal = held.seals.get(clinic, ("no day", "none"))
        click.echo(f"clinic {clinic}: chains {head}; seal of {day}: {seal}")
    if made.pruned:
        click.echo(f"Removed {len(made.pruned)} old ones.")
