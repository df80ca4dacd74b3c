"""``natalizumab trial``: a virtual trial from a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from natalizumab.commands.layout import console
from natalizumab.commands.progress import bars
from natalizumab.commands.trial_report import report_option, write_report
from natalizumab.errors import ModelError

if TYPE_CHECKING:
    from natalizumab.cohort import Found

WIDTH = 120
MOST_WORKERS = 512

EXPLORATORY = "Exploratory model, fitted to published figures (docs/calibration.md); no rule uses it. All is invented."


@click.command(
    epilog="Example: natalizumab trial examples/trials/four-or-six-weeks.toml --workers 2",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--people", type=int, help="How many virtual people, instead of the file's number.")
@click.option("--seed", type=int, help="The same seed invents the same people; instead of the file's.")
@click.option("--workers", type=int, default=1, show_default=True, help="How many processes.")
@click.option("--cluster", metavar="tcp://HOST:PORT", help="A running Dask scheduler that does the work instead.")
@click.option(
    "--keep", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Keep finished lots of people there, and go on from them: Ctrl-C loses nothing.",
)  # fmt: skip
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Also write Parquet files there, a row per person.",
)
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON.")
@report_option
def command(
    file: Path,
    people: int | None,
    seed: int | None,
    workers: int,
    cluster: str | None,
    keep: Path | None,
    rows: Path | None,
    as_json: bool,
    report: Path | None,
) -> None:
    """Compare ways to give natalizumab in the same virtual people: lesions, relapses, PML, infusions, cost.

    Every number is a mean per person with two errors: Monte Carlo (how far it would move with other people) and, from
    sets of parameters that fit about as well, what the model leaves open.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise ModelError(f"workers: {workers} is outside 1 to {MOST_WORKERS}")
    from natalizumab.cohort import run
    from natalizumab.cohort.file import read_text, trial_of_text
    from natalizumab.commands.cluster import cluster as dask

    text = read_text(file)
    trial = trial_of_text(text, file)
    if people is not None:
        trial = replace(trial, people=people)
    if seed is not None:
        trial = replace(trial, seed=seed)
    try:
        with bars() as progress, dask(cluster) if cluster is not None else nullcontext() as executor:
            found = run(trial, workers=workers, executor=executor, kept=keep, rows=rows, progress=progress)
    except KeyboardInterrupt:
        kept = f'; what is finished is in "{keep}"' if keep else ""
        raise ModelError(f"trial: interrupted{kept}") from None
    click.echo(json.dumps(_json(found), indent=1) if as_json else _text(found))
    if report:
        write_report(found, file, text, report)
        click.echo(f"The report is in {report}", err=True)


def _json(found: Found) -> dict[str, Any]:
    from natalizumab import __version__
    from natalizumab.cohort import alike_arms, counts, rows

    trial = found.trial
    answer: dict[str, Any] = {
        "trial": trial.name,
        "model": "exploratory",
        "version": __version__,
        "seed": trial.seed,
        "people": trial.people,
        "taking_part": int(found.best["people"][0]),
        "arms": {arm.name: {} for arm in trial.arms},
        "differences": {arm.name: {} for arm in trial.arms[1:]},
        "reference": trial.arms[0].name,
        "pml_scenario": trial.pml_scenario,
        "counts": counts(found),
    }
    if trial.equivalence:
        answer["equivalence"] = asdict(trial.equivalence) | {
            "arms": {name: asdict(alike) for name, alike in alike_arms(found).items()}
        }
    for row in rows(found):
        answer["differences" if row.difference else "arms"][row.arm][row.outcome] = {
            "mean": row.average.mean,
            "error": row.average.error,
            "ensemble": list(row.ensemble) if row.ensemble else None,
        }
    return answer


def _text(found: Found) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from natalizumab.cohort import WHAT, rows

    trial, (paper, out) = found.trial, console(WIDTH)
    part = int(found.best["people"][0])
    paper.print(f"{trial.name}: {part:,} of {trial.people:,} virtual people take part, for {trial.weeks:g} weeks.")
    paper.print(EXPLORATORY)
    if trial.pml_scenario != "none":
        paper.print(
            f"PML: the scenario {trial.pml_scenario} is assumed for extended intervals, an observational hazard ratio "
            "that is no part of any label."
        )
    table = Table("Per person", "Arm", "Mean", "MC error", "Range of the model", box=SIMPLE_HEAD)
    last = ""
    for row in rows(found):
        shown = f"{row.arm}, difference from {trial.arms[0].name}" if row.difference else row.arm
        spread = f"{row.ensemble[0]:.3g} to {row.ensemble[1]:.3g}" if row.ensemble else ""
        head = WHAT[row.outcome] if row.outcome != last else ""
        table.add_row(head, shown, f"{row.average.mean:.4g}", f"{row.average.error:.2g}", spread)
        last = row.outcome
    paper.print(table)
    for sentence in _equivalence(found):
        paper.print(sentence)
    return out.getvalue().rstrip()


def _equivalence(found: Found) -> Iterator[str]:
    from natalizumab.cohort import WHAT, alike_arms

    asked, first = found.trial.equivalence, found.trial.arms[0].name
    for name, alike in alike_arms(found).items():
        assert asked
        low, high = alike.seen
        yield (
            f"{name} and {first}: of trials with {asked.people_per_arm:,} people in each arm {alike.share:.1%} find "
            f"the difference in {WHAT[asked.outcome]} within {asked.margin:g} either way ({asked.confidence:.0%} "
            f"confidence). Truly it is {alike.difference:.3g}; such trials see {low:.3g} to {high:.3g} (9 of 10)."
        )
