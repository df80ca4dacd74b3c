"""``natalizumab schema``: the published description of the record's format."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of the record.

    Example: natalizumab schema > record.schema.json
    """
    from natalizumab.record.schema import schema_text

    click.echo(schema_text(), nl=False)
