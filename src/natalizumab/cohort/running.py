"""Runs a trial: lots of people on one process or many, with progress, and again from where it was stopped."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from natalizumab.cohort.harms import scenario
from natalizumab.cohort.memory import keep_memory
from natalizumab.cohort.outcomes import COUNTED, lot, outcomes, takes_part
from natalizumab.cohort.person_rows import PersonRows, person_rows
from natalizumab.cohort.store import Store, Task
from natalizumab.cohort.summary import Sums, sums, total
from natalizumab.cohort.trial import Trial
from natalizumab.cohort.unknowns import best, spread
from natalizumab.disease.model import Block, Parameters
from natalizumab.disease.model.parameters import ensemble, fitted
from natalizumab.pharmacology.validation.parallel import Progress

LOT = 1000
"""People who are looked at together. An answer is the same for any number of workers, but not for another lot."""

ENSEMBLE_LOTS = 2
"""So many lots are run with each set of parameters, beside all with the best."""

MOST_TOGETHER, SHARES_EACH = 10, 4
"""A worker is handed so many lots at once, and at least so many shares of the work, so that none waits for another."""


@dataclass(frozen=True, slots=True)
class Found:
    """``best``: over all people, with the parameters that fit best. ``others``: over some, with each of the other sets,
    and with the best on the same people first.
    """

    trial: Trial
    best: Sums
    others: tuple[Sums, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one lot; ``rows`` where they were asked for."""

    sums: Sums
    rows: PersonRows | None


def run(
    trial: Trial,
    *,
    others: Sequence[Parameters] | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    kept: Path | None = None,
    rows: Path | None = None,
    progress: Progress | None = None,
    ensemble_lots: int | None = None,
) -> Found:
    """Run all lots, and the first few with ``others`` too, sets of parameters that fit as well (None: the ensemble).

    ``kept`` is a folder for finished lots: what is there is not run again. ``rows`` is one for Parquet files with a row
    per person. Raises ModelError where either can't be written; what is finished stays.

    ``executor`` is any of ``concurrent.futures``' kind, such as a Dask client's; else so many processes.
    """
    lots = [(first, min(LOT, trial.people - first)) for first in range(0, trial.people, LOT)]
    some = lots[: ensemble_lots or ENSEMBLE_LOTS]
    sets = ensemble() if others is None else others
    assumed = scenario(trial.pml_scenario)
    tasks = [Task(trial, fitted(), best(assumed), *span, rows=rows is not None) for span in lots]
    beside = [
        Task(trial, parameters, unknowns, *span)
        for parameters, unknowns in zip(sets, spread(len(sets), assumed), strict=True)
        for span in some
    ]
    leaves = _all([*tasks, *beside], workers, executor, Store(kept, rows), progress)
    first, rest = leaves[: len(tasks)], leaves[len(tasks) :]
    grouped = [rest[number : number + len(some)] for number in range(0, len(rest), len(some))]
    return Found(trial, total(first), tuple(total(group) for group in [first[: len(some)], *grouped]))


def one_lot(task: Task) -> Done:
    """Nothing but the task decides the answer."""
    keep_memory()
    of = lot(task.trial, task.parameters, Block(task.trial.seed, task.first, task.count), task.unknowns)
    part = takes_part(of)
    by_arm = {arm.name: outcomes(of, arm) for arm in task.trial.arms}
    return Done(sums(by_arm, part, COUNTED), person_rows(of.who, by_arm, part) if task.rows else None)


def some_lots(tasks: Sequence[Task]) -> list[Done]:
    """What a worker does with its share."""
    return [one_lot(task) for task in tasks]


def _all(
    tasks: Sequence[Task], workers: int, executor: Executor | None, store: Store, progress: Progress | None
) -> list[Sums]:
    known = ((number, store.read(task)) for number, task in enumerate(tasks))
    found = {number: leaf for number, leaf in known if leaf is not None}
    missing = [number for number in range(len(tasks)) if number not in found]
    for number, done in _answers([(number, tasks[number]) for number in missing], workers, executor):
        store.write(tasks[number], done.sums, done.rows)
        found[number] = done.sums
        if progress:
            progress("lots of people", len(found), len(tasks))
    return [found[number] for number in range(len(tasks))]


def _uninterrupted() -> None:
    """Ctrl-C is for the process that hands out the work: it lets each finish its share."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


Share = Sequence[tuple[int, Task]]


def _answers(tasks: Share, workers: int, executor: Executor | None) -> Iterator[tuple[int, Done]]:
    """In any order."""
    if executor is not None:
        yield from _through(executor, _shares(tasks, MOST_TOGETHER * SHARES_EACH))
    elif workers == 1 or len(tasks) < 2:
        yield from ((number, one_lot(task)) for number, task in tasks)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_uninterrupted) as pool:
            yield from _through(pool, _shares(tasks, workers * SHARES_EACH))


def _shares(tasks: Share, least: int) -> list[Share]:
    """At least so many, if there are as many tasks."""
    size = max(1, min(MOST_TOGETHER, len(tasks) // least))
    return [tasks[first : first + size] for first in range(0, len(tasks), size)]


def _through(executor: Executor, shares: Sequence[Share]) -> Iterator[tuple[int, Done]]:
    futures: dict[Future[list[Done]], Share] = {
        executor.submit(some_lots, [task for _, task in share]): share for share in shares
    }
    try:
        for future in as_completed(futures):
            share = futures.pop(future)  # so that what has been written need not be kept
            yield from zip((number for number, _ in share), future.result(), strict=True)
    finally:
        for future in futures:
            future.cancel()
