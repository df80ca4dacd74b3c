"""``natalizumab audit``: prove that nothing was changed, and seal the day."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from natalizumab.commands.progress import progress_bar
from natalizumab.commands.with_clinic import needs_clinic, settings_option


@click.group()
def command() -> None:
    """Prove that nothing was changed, and seal each day.

    Example: natalizumab audit verify
    """


@command.command()
@settings_option
@needs_clinic
def verify(settings: Path | None) -> None:
    """Look at every entry, every chain and every seal; exit status 1 where something does not fit.

    Example: natalizumab audit verify
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic import auditing
        from natalizumab.clinic.models import Entry

        with progress_bar(Entry.objects.count(), shown=True, what="entries") as seen:
            found = auditing.verify(seen)
    for problem in found.problems:
        click.echo(f"{problem.where}: {problem.what}", err=True)
    click.echo(f"{found.entries} entries of {found.people} people, {found.days} seals: {_verdict(len(found.problems))}")
    sys.exit(1 if found.problems else 0)


@command.command()
@settings_option
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today, in the clinic's time zone.")
@needs_clinic
def seal(settings: Path | None, on: datetime | None) -> None:
    """Seal the day of every clinic, and print the heads; run it daily, and keep its log where others can't write.

    Example: natalizumab audit seal
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic.clock import today
        from natalizumab.clinic.operation.sealing import seal_all

        sealed = seal_all(on.date() if on else today())
    for one in sealed:
        click.echo(f"clinic {one.clinic_id}, {one.day}: {one.hash} over {one.entries} entries of {one.people} people")


def _verdict(problems: int) -> str:
    return f"{problems} things do not fit." if problems else "everything fits."
