"""``natalizumab validate``: the model against what was published, and the posterior against itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from natalizumab.commands.layout import console
from natalizumab.commands.plotting import plot_option, write_chart
from natalizumab.commands.progress import bars
from natalizumab.commands.writing import check_folder, replace_whole
from natalizumab.errors import ModelError

if TYPE_CHECKING:
    from natalizumab.pharmacology.validation import Validation

PARTS = ("table", "calibration", "reliability")

WIDTH = 120
"""Of tables that no terminal limits."""


def _checked(path: Path | None) -> Path | None:
    """A place that can't be is refused before the work begins."""
    if path is not None:
        check_folder("write", path)
    return path


@click.command(
    epilog="Example: natalizumab validate --part table --people 2000",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--people", type=int, default=20_000, show_default=True, help="How many virtual adults, 100 or more.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed invents the same people.")
@click.option("--part", type=click.Choice([*PARTS, "all"]), default="all", show_default=True, help="What to run.")
@click.option("--workers", type=click.IntRange(min=1), help="How many threads. Default: one for each core.")
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON.")
@click.option(
    "--write", "page", type=click.Path(path_type=Path), metavar="FILE", callback=lambda _c, _o, path: _checked(path),
    help="Also write the page that explains it (Markdown); all parts are needed.",
)  # fmt: skip
@plot_option
def command(
    people: int,
    seed: int,
    part: str,
    workers: int | None,
    as_json: bool,
    page: Path | None,
    plot: Path | None,
) -> None:
    """Does the model give what was published, and is a person's posterior as sure as it may be?

    The table holds the model against published figures. The calibration asks the posterior of invented people, whose
    truth is known, for their next trough. The reliability asks whether a stated probability of antibodies is right. A
    miss is a result and no error: it says MISS, and the command ends as usual. --plot draws the latter two.
    """
    _check_asked(part, page, plot)

    from natalizumab.pharmacology.validation import validate
    from natalizumab.pharmacology.validation.parallel import cores

    with bars() as progress:
        found = validate(people, seed, PARTS if part == "all" else (part,), workers or cores(), progress)
    if page:
        from natalizumab.commands.validation_page import page as written

        replace_whole("write", page, written(found).encode())
        click.echo(f"The page is in {page}", err=True)
    if plot:
        from natalizumab.pharmacology.validation.charts import validation_chart

        write_chart(validation_chart(found), plot)
        click.echo(f"The chart is in {plot}", err=True)
    click.echo(json.dumps(found.as_json(), indent=1) if as_json else _text(found))


def _check_asked(part: str, page: Path | None, plot: Path | None) -> None:
    if page and part != "all":
        raise ModelError(f"write: the page has all parts, not only the {part}; leave --part out")
    if plot and part == "table":
        raise ModelError("plot: the calibration and the reliability are drawn; the table is not")


def _text(found: Validation) -> str:
    """All tables for a terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from natalizumab.pharmacology.validation.sheets import MISS, sheets

    paper, out = console(WIDTH)
    for sheet in sheets(found):
        table = Table(*sheet.columns, title=sheet.heading, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
        for row in sheet.rows:
            table.add_row(*(Text(cell, style="bold red" if cell.startswith(MISS) else "") for cell in row))
        paper.print(table)
        if sheet.below:
            paper.print(Text(sheet.below))
            paper.print()
    return out.getvalue().rstrip()
