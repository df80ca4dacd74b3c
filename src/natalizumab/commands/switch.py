"""``natalizumab switch``: from natalizumab to another drug, or from other drugs to natalizumab."""

from __future__ import annotations

from datetime import date

import click

from natalizumab.commands.dates import day
from natalizumab.commands.language import language_option


@click.command(
    epilog="Example: natalizumab switch examples/stopped.json --to ocrelizumab --on 2026-09-07",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("record", metavar="RECORD.json")
@language_option
@click.option("--to", "to", required=True, metavar="DRUG", help="The next drug, by any of its names; or natalizumab.")
@click.option("--on", "on_text", metavar="DATE", help="The date asked about, YYYY-MM-DD. Default: today.")
@click.option(
    "--protocol", "protocol_name", default="eu", show_default=True, metavar="eu|uk|us|FILE", help="Whose rules."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON; docs/switching.md explains it.")
def command(record: str, to: str, on_text: str | None, protocol_name: str, as_json: bool) -> None:
    """When another drug follows natalizumab, and what comes before and after; or how long to wait before natalizumab.

    RECORD.json is one person's record; "-" reads it from standard input. Away from natalizumab: the earliest and the
    latest start counted from the last dose, both sides where guidance differs, what to do at the stop and before the
    next drug, when the lack of a next drug turns amber and red, the watch for PML, and what is known of people who went
    that way. With --to natalizumab: which waiting times hold until when, which tests are missing, and what counts as a
    prior immunosuppressant.
    """
    from natalizumab.care import load_protocol
    from natalizumab.care.switching import switch
    from natalizumab.record import read_record

    on = day(on_text) if on_text is not None else date.today()
    answer = switch(read_record(record), to, on, load_protocol(protocol_name))
    if as_json:
        import json

        click.echo(json.dumps(answer.to_dict(), indent=1, ensure_ascii=False, allow_nan=False))
        return
    from natalizumab.commands.switch_page import page

    said = [] if on_text is not None else ["No date was given: today is taken."]
    ctx = click.get_current_context()
    if ctx.get_parameter_source("protocol_name") is click.core.ParameterSource.DEFAULT:
        said.append("No protocol was given: eu is taken.")
    click.echo(page(answer, said))
