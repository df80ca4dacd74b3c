"""``natalizumab letter``: what a record says on a date, as a letter that somebody can sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from natalizumab.commands.dates import day
from natalizumab.commands.writing import check_folder, replace_whole
from natalizumab.errors import Refusal

if TYPE_CHECKING:
    from natalizumab.letters import Asked, Letter

ENDINGS = (".html", ".pdf")


@click.command()
@click.argument("record", metavar="RECORD.json")
@click.option("--to", "kind", required=True, metavar="gp|person|risk|adverse-event", help="Which letter.")
@click.option("--on", "on_text", metavar="DATE", help="The day of the letter, YYYY-MM-DD. Default: today.")
@click.option("--clinic", required=True, type=click.Path(path_type=Path), metavar="FILE.toml", help="Who writes.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE.pdf|html", help="Where.")
@click.option(
    "--protocol", "protocol_name", default="eu", show_default=True, metavar="eu|uk|us|FILE", help="Whose rules."
)
@click.option("--language", metavar="en|de", help="The letter's language. Default: the file's, or English.")
def command(
    record: str,
    kind: str,
    on_text: str | None,
    clinic: Path,
    output: Path,
    protocol_name: str,
    language: str | None,
) -> None:
    """Write a letter about one person: to the GP, to the person, for the talk at two years, or a report.

    RECORD.json is one person's record; "-" reads it from standard input. FILE.toml has the letterhead, [clinic] with
    name, address, phone, emergency and sender; [person] may have name and number, [letter] recipient, language, events
    (what is reported), tell_holds and words at marked places. examples/clinic.toml shows all of it.

    Example: natalizumab letter examples/stable.json --to gp --on 2026-11-02 --clinic examples/clinic.toml -o gp.pdf
    """
    from natalizumab.care import load_protocol
    from natalizumab.letters import letter
    from natalizumab.letters.file import read_file
    from natalizumab.record import read_record

    on = day(on_text) if on_text is not None else date.today()
    if output.suffix.lower() not in ENDINGS:
        raise Refusal(f'letter: "{output}" must end in .html or .pdf')
    check_folder("letter", output)
    read, written = read_record(record), read_file(clinic)
    asked = written.asked(kind, on, read.person.id, language)
    made = letter(read, load_protocol(protocol_name), asked, written.details)
    _check(made, asked)
    replace_whole("letter", output, _content(made, output))
    for warning in made.warnings:
        click.echo(f"Mind: {warning}", err=True)
    click.echo(f"The letter is in {output}", err=True)


def _check(made: Letter, asked: Asked) -> None:
    """Refuse a letter that can't be sent, and words for a place that it has not."""
    if made.missing:
        raise Refusal(f"letter: it can't be sent without {', '.join(made.missing)}; enter it under [clinic]")
    places = [place.key for place in made.places]
    unknown = [key for key in asked.words if key not in places]
    if unknown:
        raise Refusal(f"letter: {unknown[0]!r} is no place of this letter; allowed: {', '.join(places)}")


def _content(made: Letter, output: Path) -> bytes:
    if output.suffix.lower() == ".html":
        return made.document.encode()
    from natalizumab.letters import pdf

    return pdf(made.document)
