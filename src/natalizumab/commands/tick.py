"""``natalizumab tick``: keep the worklist and the clinic's figures true while days pass."""

from __future__ import annotations

from pathlib import Path

import click

from natalizumab.commands.with_clinic import needs_clinic, settings_option


@click.command()
@settings_option
@click.option("--once", is_flag=True, help="Stop when nothing waits any more.")
@click.option("--every", type=click.IntRange(1, 3600), default=60, show_default=True, help="Seconds between two looks.")
@click.option("--rebuild", is_flag=True, help="Work out everybody anew, from the entries alone, and stop.")
@needs_clinic
def command(settings: Path | None, once: bool, every: int, rebuild: bool) -> None:
    """Work out the plans that went stale: a day began on which they say something else, or the program is a new one.

    Pages work out what they show by themselves; this does the rest, so that counts and order are right too, and the
    figures of the whole clinic. Any number of these may run at once, on any machine: none does what another does.

    Example: natalizumab tick --once
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic import ticker
        from natalizumab.clinic.operation.loop import every as repeat

        if rebuild:
            click.echo(f"Worked out {ticker.rebuild()} anew.")
        elif once:
            ticker.look(click.echo)
        else:
            repeat(every, lambda: ticker.look(click.echo))
