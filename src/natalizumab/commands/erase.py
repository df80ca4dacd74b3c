"""``natalizumab erase``: what somebody has a right to have erased."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import click

from natalizumab.commands.passwords import password
from natalizumab.commands.with_clinic import needs_clinic, settings_option
from natalizumab.errors import Refusal


@click.command()
@settings_option
@click.option("--person", type=click.UUID, help="Everything of a person: the id in the address of their page.")
@click.option("--entry", "entries", type=click.UUID, multiple=True, help="One entry, with all its corrections.")
@click.option("--reason", required=True, help="Why; it is kept. Name nobody in it.")
@click.option("--asked-by", required=True, metavar="USERNAME", help="An administrator of the clinic.")
@click.option("--confirmed-by", required=True, metavar="USERNAME", help="Another administrator of the clinic.")
@click.option("--passwords-from-stdin", is_flag=True, help="Read the two passwords from standard input, a line each.")
@needs_clinic
def command(
    settings: Path | None,
    person: UUID | None,
    entries: tuple[UUID, ...],
    reason: str,
    asked_by: str,
    confirmed_by: str,
    passwords_from_stdin: bool,
) -> None:
    """Erase for good what was entered; a tombstone stays, so that the chain still holds. Two administrators sign.

    A backup that is restored later erases it again. In backups that were made before it stays: prune them.

    Example: natalizumab erase --entry ID --reason "wrong person" --asked-by alma --confirmed-by axel
    """
    if (person is None) == (not entries):
        raise Refusal("erase: say what: --person ID, or --entry ID once or more")
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic.operation.erasures import Signature, erase_entries

        asked = Signature(asked_by, password(asked_by, passwords_from_stdin))
        confirmed = Signature(confirmed_by, password(confirmed_by, passwords_from_stdin))
        folder = os.environ.get("NATALIZUMAB_BACKUPS")
        backups = Path(folder) if folder else None
        gone = erase_entries(
            person=person, entries=entries, asked=asked, confirmed=confirmed, reason=reason, backups=backups
        )
    click.echo(f"Erased {gone} entries." if gone else "It was erased before; nothing was left to erase.")
