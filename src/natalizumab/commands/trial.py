"""``natalizumab trial``: a virtual trial from a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from natalizumab.commands.layout import console
from natalizumab.commands.progress import bars
from natalizumab.errors import ModelError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from natalizumab.cohort import Found, Mean

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
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON.")
def command(
    file: Path,
    people: int | None,
    seed: int | None,
    workers: int,
    cluster: str | None,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Compare ways to give natalizumab in the same virtual people: lesions, relapses, PML, infusions, cost.

    Every number is a mean per person with two errors: Monte Carlo (how far it would move with other people) and, from
    sets of parameters that fit about as well, what the model leaves open.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise ModelError(f"workers: {workers} is outside 1 to {MOST_WORKERS}")
    from natalizumab.cohort import run
    from natalizumab.cohort.file import read_trial

    trial = read_trial(file)
    if people is not None:
        trial = replace(trial, people=people)
    if seed is not None:
        trial = replace(trial, seed=seed)
    try:
        with bars() as progress, _executor(cluster) as executor:
            found = run(trial, workers=workers, executor=executor, kept=keep, progress=progress)
    except KeyboardInterrupt:
        kept = f'; what is finished is in "{keep}"' if keep else ""
        raise ModelError(f"trial: interrupted{kept}") from None
    click.echo(json.dumps(_json(found), indent=1) if as_json else _text(found))


@contextmanager
def _executor(cluster: str | None) -> Iterator[Executor | None]:
    """That of a Dask scheduler, if one is named."""
    if cluster is None:
        yield None
        return
    try:
        dask = import_module("distributed")
    except ImportError:
        raise ModelError("cluster: this takes Dask, which is not installed here (pip install distributed)") from None
    try:
        client = dask.Client(cluster, timeout="10s")
    except (OSError, TimeoutError, ValueError) as error:
        raise ModelError(f"cluster: {cluster} cannot be reached ({str(error).splitlines()[0]})") from None
    try:
        yield client.get_executor()
    finally:
        client.close()


@dataclass(frozen=True, slots=True)
class _Row:
    """One outcome of one arm, or its difference from the first; ``ensemble`` is its range over sets of parameters."""

    arm: str
    outcome: str
    difference: bool
    average: Mean
    ensemble: tuple[float, float] | None


def _rows(found: Found) -> Iterator[_Row]:
    from natalizumab.cohort import WHAT, mean

    first = found.trial.arms[0]
    for outcome in WHAT:
        for arm in found.trial.arms:
            for difference in (False, True) if arm is not first else (False,):
                name = f"{arm.name}|{outcome}{'|difference' if difference else ''}"
                each = sorted(mean(one, name).mean for one in found.others)
                around = (each[len(each) // 20], each[-1 - len(each) // 20]) if each else None
                yield _Row(arm.name, outcome, difference, mean(found.best, name), around)


def _json(found: Found) -> dict[str, Any]:
    from natalizumab import __version__

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
    }
    for row in _rows(found):
        answer["differences" if row.difference else "arms"][row.arm][row.outcome] = {
            "mean": row.average.mean,
            "error": row.average.error,
            "ensemble": list(row.ensemble) if row.ensemble else None,
        }
    return answer


def _text(found: Found) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from natalizumab.cohort import WHAT

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
    for row in _rows(found):
        shown = f"{row.arm}, difference from {trial.arms[0].name}" if row.difference else row.arm
        spread = f"{row.ensemble[0]:.3g} to {row.ensemble[1]:.3g}" if row.ensemble else ""
        head = WHAT[row.outcome] if row.outcome != last else ""
        table.add_row(head, shown, f"{row.average.mean:.4g}", f"{row.average.error:.2g}", spread)
        last = row.outcome
    paper.print(table)
    return out.getvalue().rstrip()
