"""Runs a trial: lots of people on one process or many, with progress, and again from where it was stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from natalizumab.cohort.outcomes import lot, outcomes, takes_part
from natalizumab.cohort.summary import Sums, sums, total
from natalizumab.cohort.trial import Trial
from natalizumab.disease.model import Block, Parameters
from natalizumab.disease.model.parameters import ensemble, fitted
from natalizumab.errors import ModelError
from natalizumab.pharmacology.validation.parallel import Progress

LOT = 1000
"""People at a time: a lot's arrays fit the caches, and it takes part of a second."""

ENSEMBLE_LOTS = 2
"""So many lots are run with each set of parameters, beside all with the best."""


@dataclass(frozen=True, slots=True)
class Found:
    """``best``: over all people, with the parameters that fit best. ``others``: over some, with each of the other sets,
    and with the best on the same people first.
    """

    trial: Trial
    best: Sums
    others: tuple[Sums, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    trial: Trial
    parameters: Parameters
    first: int
    count: int


def run(
    trial: Trial,
    *,
    others: Sequence[Parameters] | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
) -> Found:
    """Run all lots, and the first few with ``others`` too, sets of parameters that fit as well (None: the ensemble).

    ``kept`` is a folder for finished lots: what is there is not run again. Raises ModelError where it can't be written;
    what is finished stays.

    ``executor`` is any of ``concurrent.futures``' kind, such as a Dask client's; else so many processes.
    """
    lots = [(first, min(LOT, trial.people - first)) for first in range(0, trial.people, LOT)]
    tasks = [_Task(trial, fitted(), *span) for span in lots]
    some = lots[:ENSEMBLE_LOTS]
    sets = ensemble() if others is None else others
    beside = [_Task(trial, parameters, *span) for parameters in sets for span in some]
    leaves = _all([*tasks, *beside], workers, executor, kept, progress)
    best, rest = leaves[: len(tasks)], leaves[len(tasks) :]
    grouped = [rest[number : number + len(some)] for number in range(0, len(rest), len(some))]
    return Found(trial, total(best), tuple(total(group) for group in [best[: len(some)], *grouped]))


def one_lot(task: _Task) -> Sums:
    """What a worker does: nothing but its task decides the answer."""
    of = lot(task.trial, task.parameters, Block(task.trial.seed, task.first, task.count))
    part = takes_part(of)
    return sums({arm.name: outcomes(of, arm) for arm in task.trial.arms}, part)


def _all(
    tasks: Sequence[_Task], workers: int, executor: Executor | None, kept: Path | None, progress: Progress | None
) -> list[Sums]:
    store = _Store(kept)
    found: dict[int, Sums] = {}
    for number, task in enumerate(tasks):
        known = store.read(task)
        if known is not None:
            found[number] = known
    missing = [(number, task) for number, task in enumerate(tasks) if number not in found]
    for number, leaf in _answers(missing, workers, executor):
        store.write(tasks[number], leaf)
        found[number] = leaf
        if progress:
            progress("lots of people", len(found), len(tasks))
    return [found[number] for number in range(len(tasks))]


def _answers(tasks: Sequence[tuple[int, _Task]], workers: int, executor: Executor | None) -> Iterator[tuple[int, Sums]]:
    if executor is None and (workers == 1 or len(tasks) < 2):
        yield from ((number, one_lot(task)) for number, task in tasks)
    elif executor is not None:
        yield from _through(executor, tasks)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_alone) as pool:
            yield from _through(pool, tasks)


def _through(executor: Executor, tasks: Sequence[tuple[int, _Task]]) -> Iterator[tuple[int, Sums]]:
    futures: list[tuple[int, Future[Sums]]] = [(number, executor.submit(one_lot, task)) for number, task in tasks]
    try:
        yield from ((number, future.result()) for number, future in futures)
    finally:
        for _, future in futures:
            future.cancel()


def _alone() -> None:
    """A worker's linear algebra needs no threads of its own."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Store:
    """Finished lots in a folder, each in a file that its task alone names."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ModelError(f'keep: "{folder}" cannot be made ({error.strerror})') from error

    def read(self, task: _Task) -> Sums | None:
        """What was kept; None where there is nothing, or half of something."""
        if self._folder is None:
            return None
        try:
            known: Mapping[str, object] = json.loads(self._path(task).read_text())
            leaf: Sums = known["sums"]  # type: ignore[assignment]
            return leaf if known["of"] == _name(task) else None
        except (OSError, ValueError, KeyError):
            return None

    def write(self, task: _Task, leaf: Sums) -> None:
        """Whole or not at all."""
        if self._folder is None:
            return
        path = self._path(task)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            part.write_text(json.dumps({"of": _name(task), "sums": leaf}))
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ModelError(
                f'keep: "{path}" cannot be written ({error.strerror}); what is finished is kept'
            ) from error

    def _path(self, task: _Task) -> Path:
        assert self._folder is not None
        return self._folder / f"{_name(task)}.json"


def _name(task: _Task) -> str:
    """A hash of all that decides the answer of a lot."""
    trial = asdict(task.trial)
    trial.pop("people")  # more people later are more lots, and those there are stay
    told = json.dumps([trial, asdict(task.parameters), task.first, task.count], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
