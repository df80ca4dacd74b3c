"""``natalizumab plan``: one record in, one plan out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from natalizumab.commands.dates import day
from natalizumab.commands.language import language_option
from natalizumab.errors import Refusal

if TYPE_CHECKING:
    from natalizumab.care import Protocol
    from natalizumab.record import Record


@click.command()
@click.argument("record", metavar="RECORD.json")
@language_option
@click.option("--on", "on_text", metavar="DATE", help="The date asked about, YYYY-MM-DD. Default: today.")
@click.option(
    "--protocol", "protocol_name", default="eu", show_default=True, metavar="eu|uk|us|FILE", help="Whose rules."
)
@click.option("--known-at", metavar="TIME", help="Leave out entries that became known later (date-time with offset).")
@click.option(
    "--antibody-probability",
    "antibodies",
    type=float,
    metavar="0-1",
    help="How probable antibodies are on that date, as natalizumab dose says.",
)
@click.option("--why", "rule_id", metavar="RULE", help="Say why that rule did or did not fire, for example MRI-04.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan, or why the rule fired, as JSON.")
def command(
    record: str,
    on_text: str | None,
    protocol_name: str,
    known_at: str | None,
    antibodies: float | None,
    rule_id: str | None,
    as_json: bool,
) -> None:
    """Say whether a dose may be given, what is due, what the PML risk is, and why.

    RECORD.json is one person's record; "-" reads it from standard input. docs/names.md lists the names of symptoms,
    diagnoses, drugs and vaccines that are recognised; any other is asked about.

    Example: natalizumab plan examples/stable.json --on 2026-11-02 --protocol uk
    """
    from natalizumab.care import load_protocol, plan
    from natalizumab.record import read_record

    on = day(on_text) if on_text is not None else date.today()
    read, protocol = read_record(record), load_protocol(protocol_name)
    known = None if known_at is None else _moment(known_at)
    if rule_id is not None:
        _explain(read, on, protocol, rule_id, known, antibodies, as_json)
        return
    made = plan(read, on, protocol, known, antibodies=antibodies)
    if as_json:
        click.echo(made.to_json(), nl=False)
        return
    from natalizumab.commands.plan_page import page

    said = [] if on_text is not None else ["No date was given: today is taken."]
    ctx = click.get_current_context()
    if ctx.get_parameter_source("protocol_name") is click.core.ParameterSource.DEFAULT:
        said.append("No protocol was given: eu is taken.")
    click.echo(page(made, said))


def _explain(
    record: Record,
    on: date,
    protocol: Protocol,
    rule_id: str,
    known_at: datetime | None,
    antibodies: float | None,
    as_json: bool,
) -> None:
    from natalizumab.care.why import why
    from natalizumab.commands.why_page import as_json as data
    from natalizumab.commands.why_page import page

    said = why(record, on, protocol, rule_id, known_at, antibodies=antibodies)
    click.echo((data if as_json else page)(said, record.person.id, on.isoformat(), protocol))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refusal(f"--known-at: {text!r} is not a date-time with offset, for example 2026-11-02T09:30+01:00")
    return moment
