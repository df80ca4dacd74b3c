"""``natalizumab init``: the first day of an installation."""

from __future__ import annotations

from pathlib import Path

import click

from natalizumab.commands.passwords import new_password
from natalizumab.commands.with_clinic import needs_clinic


@click.command()
@click.option("--clinic", required=True, metavar="NAME", help="What the first clinic is called.")
@click.option("--administrator", required=True, metavar="USERNAME", help="Who manages its accounts.")
@click.option("--hosts", required=True, metavar="HOST,…", help="The names that the pages are reached by.")
@click.option(
    "--settings",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("natalizumab.env"),
    show_default=True,
    help="The settings file to make.",
)
@click.option(
    "--database", default="", metavar="ADDRESS", help="postgresql://role@host/name or a path. Default: SQLite."
)
@click.option("--backups", default="", metavar="FOLDER", help="Where backups go. Default: backups beside the settings.")
@click.option("--time-zone", default="Europe/London", show_default=True, help="Decides which day it is.")
@click.option("--password-from-stdin", is_flag=True, help="Read the administrator's password from standard input.")
@needs_clinic
def command(
    clinic: str,
    administrator: str,
    hosts: str,
    file: Path,
    database: str,
    backups: str,
    time_zone: str,
    password_from_stdin: bool,
) -> None:
    """Make an installation: a settings file with a fresh secret, the tables, a clinic and its administrator.

    On PostgreSQL the variable NATALIZUMAB_OWNER holds the address of the role that owns the tables; the pages' role,
    in --database, is another one and gets only what it needs.

    Example: natalizumab init --clinic "Harbour clinic" --administrator alma --hosts clinic.example
    """
    from natalizumab.clinic.operation.beginning import Wanted, begin

    password = new_password(administrator, password_from_stdin)
    made = begin(file, Wanted(clinic, administrator, password, hosts, database, backups, time_zone))
    click.echo(f"Made {clinic}, with {administrator} as its administrator. Settings and secret: {made}")
    click.echo("Next: natalizumab check --deploy, then natalizumab serve")
