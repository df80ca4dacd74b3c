"""``natalizumab demo``: an invented clinic on this machine."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Show the clinic on this day instead of today.")
@click.option("--fresh", is_flag=True, help="Make the invented clinic anew even if today's is there.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where to keep its database.")
def command(port: int, on: datetime | None, fresh: bool, folder: Path | None) -> None:
    """Serve an invented clinic of eighty people on this machine; all of them are made up.

    It answers on this machine alone and signs you in as a nurse. Its database lies in your cache folder unless
    --folder says otherwise; it is made anew each day, so that dates stay fresh. Ctrl-C stops it.

    Example: natalizumab demo --port 8080
    """
    try:
        from natalizumab.clinic.demo.server import default_folder, listen, prepare, serve
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"{missing.name} is not installed; try: pip install '.[clinic]' in a clone, or make demo"
        ) from None

    day = on.date() if on else date.today()
    server = listen(port)
    prepare(folder or default_folder(), day, fixed=on is not None, fresh=fresh, say=click.echo)
    serve(server, ready=_announce)
    click.echo("\nStopped.")


def _announce(address: str) -> None:
    click.echo(f"Ready: {address}")
    click.echo("You are signed in as a demo nurse. All people are invented. Ctrl-C stops it.")
