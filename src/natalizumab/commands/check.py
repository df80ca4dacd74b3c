"""``natalizumab check``: is the installation safe to serve?"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from natalizumab.commands.with_clinic import needs_clinic, settings_option


@click.command()
@settings_option
@click.option("--deploy", is_flag=True, help="Also what a clinic needs that is served: backups, time zone, https.")
@needs_clinic
def command(settings: Path | None, deploy: bool) -> None:
    """Look at the settings, the database and the backups; say what is wrong, and what to do about it.

    Exit status 1 where anything is. Without --deploy it says what would keep the server from starting.

    Example: natalizumab check --deploy
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic.operation.deploy import findings, grave

        found = (findings if deploy else grave)(datetime.now(UTC))
    for one in found:
        click.echo(f"{'NO  ' if one.grave else 'LOOK'}  {one.about}: {one.words}")
    click.echo(f"{len(found)} things to do." if found else "Everything is as it should be.")
    sys.exit(1 if found else 0)
