"""``natalizumab move-to-postgresql``: from a file to a database server."""

from __future__ import annotations

import os
from pathlib import Path

import click

from natalizumab.commands.progress import bars
from natalizumab.commands.with_clinic import needs_clinic, settings_option
from natalizumab.errors import Refusal


@click.command()
@settings_option
@click.option("--to", required=True, metavar="ADDRESS", help="postgresql://role@host/name, with the pages' role.")
@needs_clinic
def command(settings: Path | None, to: str) -> None:
    """Copy everything from the SQLite file of the settings into an empty PostgreSQL database. Stop the server before.

    All or nothing: it is kept only if every table has as many rows, all chains end in the same hashes, and every hash
    fits. The file is left as it is. NATALIZUMAB_OWNER holds the address of the role that is to own the tables.

    Example: natalizumab move-to-postgresql --to postgresql://pages@db.example/clinic
    """
    from natalizumab.clinic.operation import settings_file
    from natalizumab.clinic.operation.site import DATABASE, POSTGRESQL, site

    settings_file.load(settings)
    file = os.environ.get(DATABASE, "")
    if file.startswith(POSTGRESQL):
        raise Refusal("move: the settings name a PostgreSQL database already")
    if not to.startswith(POSTGRESQL):
        raise Refusal("move: --to is an address of PostgreSQL: postgresql://role@host/name")
    os.environ[DATABASE] = to
    with site(settings, as_owner=True) as opened, bars() as show:
        from natalizumab.clinic.operation.moving import move

        moved = move(opened, Path(file or "natalizumab.sqlite3"), show)
    click.echo(
        f"Moved {moved.rows} rows of {moved.tables} tables, {moved.entries} entries among them; every chain holds."
    )
    click.echo(f"Now set NATALIZUMAB_DATABASE={to} in the settings, and start the server. The file was left as it is.")
