"""``natalizumab remind``: tell people what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from natalizumab.commands.with_clinic import needs_clinic, settings_option


@click.command()
@settings_option
@click.option("--ahead", type=click.IntRange(0, 60), default=7, show_default=True, metavar="DAYS", help="So early.")
@click.option("--every", type=click.IntRange(1), metavar="MINUTES", help="Keep doing it until stopped.")
@needs_clinic
def command(settings: Path | None, ahead: int, every: int | None) -> None:
    """Store a reminder of everything that is due, and send each once: by e-mail, into the outbox, or to the log.

    No title or text names a disease, and nobody is told of a hold: whoever is on one gets no reminder. Two of these
    may run at once.

    Example: natalizumab remind --ahead 7
    """
    from natalizumab.clinic.operation.site import site

    with site(settings):
        from natalizumab.clinic.clock import today
        from natalizumab.clinic.operation.loop import every as repeat
        from natalizumab.clinic.operation.reminding import remind

        def once() -> None:
            done = remind(today(), datetime.now(UTC), timedelta(days=ahead))
            click.echo(f"{done.made} new, {done.sent} sent, {done.failed} not sent, {done.unsure} unsure.")

        if every is None:
            once()
        else:
            repeat(every * 60, once)
