"""``natalizumab calibrate``: fit the exploratory disease model, or show how well the fitted one meets its targets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from natalizumab.commands.layout import console
from natalizumab.commands.progress import bars
from natalizumab.commands.writing import check_folder, replace_whole
from natalizumab.errors import ModelError

if TYPE_CHECKING:
    from natalizumab.disease.calibration import Row
    from natalizumab.disease.model import Parameters

WIDTH = 140
"""Of a table that no terminal limits."""

LEAST_PEOPLE, MOST_PEOPLE, MOST_SETS = 200, 1_000_000, 500


@click.command(
    epilog="Example: natalizumab calibrate --check --people 2000",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--people", type=int, default=4000, show_default=True, help="How many virtual people in each arm.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed invents the same people.")
@click.option(
    "--sets", type=int, default=30, show_default=True, help="How many sets that fit about as well to look for."
)
@click.option(
    "--check", is_flag=True, help="Fit nothing: show how well the parameters in the evidence meet the targets."
)
@click.option(
    "--keep", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Keep what is reckoned there, and go on from it: Ctrl-C loses nothing.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON.")
@click.option(
    "--write-values", "values", type=click.Path(path_type=Path), metavar="FILE", help="Write what was fitted."
)
@click.option(
    "--write-page", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write the table (Markdown)."
)
def command(
    people: int,
    seed: int,
    sets: int,
    check: bool,
    keep: Path | None,
    as_json: bool,
    values: Path | None,
    page: Path | None,
) -> None:
    """Fit the model from integrin saturation to lesions, relapses, disability and brain volume to table C1 to C15.

    It is an exploratory model: no published one links natalizumab's saturation to these, and no rule uses it. A miss
    is a result and no error: it says MISS, and the command ends as usual. It takes some minutes; --check takes seconds.
    """
    _check_asked(people, seed, sets, check, values)
    for what, path in (("write-values", values), ("write-page", page)):
        if path:
            check_folder(what, path)
    from natalizumab.disease.calibration import fit, rows, toml
    from natalizumab.disease.model.parameters import ensemble, fitted, free, with_free

    if check:
        best, others = fitted(), ensemble()
    else:
        try:
            with bars() as progress:
                found = fit(people, seed, sets, progress, keep)
        except KeyboardInterrupt:
            kept = f'; what is reckoned is in "{keep}"' if keep else ""
            raise ModelError(f"calibrate: interrupted{kept}") from None
        best = found.best
        others = tuple(map(with_free, found.others.tolist()))
        if values:
            replace_whole("write-values", values, toml(best, found.others, free(), people, seed).encode())
            click.echo(f"The values are in {values}", err=True)
    shown = rows(best, others, people, seed + 2)
    if page:
        from natalizumab.commands.calibration_page import page as written

        replace_whole("write-page", page, written(shown, best, people).encode())
        click.echo(f"The page is in {page}", err=True)
    click.echo(json.dumps(_json(shown, best, others), indent=1) if as_json else _text(shown))


def _check_asked(people: int, seed: int, sets: int, check: bool, values: Path | None) -> None:
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        raise ModelError(f"people: {people} is outside {LEAST_PEOPLE} to {MOST_PEOPLE}")
    if seed < 0:
        raise ModelError(f"seed: {seed} must be a whole number of 0 or more")
    if not 0 <= sets <= MOST_SETS:
        raise ModelError(f"sets: {sets} is outside 0 to {MOST_SETS}")
    if check and values:
        raise ModelError("write-values: with --check nothing is fitted; leave one of both out")


def _json(shown: list[Row], best: Parameters, others: tuple[Parameters, ...]) -> dict[str, object]:
    from natalizumab.disease.model.parameters import free

    return {
        "model": "exploratory",
        "targets": [row.as_json() for row in shown],
        "parameters": {name: getattr(best, name) for name in free()},
        "ensemble": [{name: getattr(one, name) for name in free()} for one in others],
    }


def _text(shown: list[Row]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from natalizumab.commands.calibration_page import COLUMNS, cells

    paper, out = console(WIDTH)
    table = Table(*COLUMNS, box=SIMPLE_HEAD)
    for row in shown:
        table.add_row(*(Text(cell, style="bold red" if cell == "MISS" else "") for cell in cells(row)))
    paper.print(table)
    hits = sum(row.hit for row in shown)
    paper.print(Text(f"{hits} of {len(shown)} lines hit. Exploratory model: no rule uses it."))
    return out.getvalue().rstrip()
