"""``natalizumab serve``: the pages of a clinic."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from natalizumab.commands.with_clinic import needs_clinic, settings_option
from natalizumab.errors import Refusal


@click.command()
@settings_option
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="ADDRESS:PORT", help="Where to listen.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that answer.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads of each.")
@needs_clinic
def command(settings: Path | None, bind: str, workers: int, threads: int) -> None:
    """Serve the clinic behind a proxy that speaks https, until stopped.

    It refuses to start with unsafe settings, without the triggers that keep entries as they were written, or over
    tables of another version. The solver is compiled before it listens. The log is lines of JSON on standard error.

    Example: natalizumab serve --bind 127.0.0.1:8000 --workers 4
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic.operation.deploy import grave
        from natalizumab.clinic.operation.server import Serving, prepare, serve

        if found := grave(datetime.now(UTC)):
            raise Refusal("serve: not like this:\n" + "\n".join(f"  {one.about}: {one.words}" for one in found))
        prepare(click.echo)
        serve(Serving(bind, workers, threads), listening=lambda: click.echo(f"Listening on {bind}"))
