"""A virtual trial: the whole chain for one person and two years, two workers, a Dask cluster, and very many people."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bounds import HEADINGS, at_least, at_most, said, shown
from machine import cores, one_core
from memory import STATUS, highest
from natalizumab.cohort import Arm, Trial, running
from natalizumab.cohort.harms import scenario
from natalizumab.cohort.store import Task
from natalizumab.cohort.unknowns import best
from natalizumab.commands.cluster import cluster
from natalizumab.disease.model.parameters import fitted
from timing import interleaved, table

PEOPLE, ROUNDS = running.LOT, 7
FOUR, SIX = Arm("4"), Arm("6", weeks=6)
MANY, SHARED = 1_000_000, 200_000
PATIENCE = 60
"""Seconds until a cluster must be there."""


def main() -> None:
    """Print the times of one person, how much sooner two workers are done, and the memory of very many people."""
    with one_core() as held:
        one, two = _task(FOUR), _task(FOUR, SIX)
        times = interleaved({"one": lambda: running.one_lot(one), "two": lambda: running.one_lot(two)}, ROUNDS)
    micro = {name: 1e6 * taken / PEOPLE for name, taken in times.items()}
    table(
        [
            HEADINGS,
            at_most("one person, two years, the whole chain, one core", micro["one"], 60, "µs", goal=25),
            shown("  one more arm", micro["two"] - micro["one"], "µs"),
            said("processor", held),
            *_shared(),
            _memory(),
        ]
    )


def _task(*arms: Arm) -> Task:
    trial = _trial(PEOPLE, *arms)
    return Task(trial, fitted(), best(scenario("none")), 0, PEOPLE)


def _trial(people: int, *arms: Arm) -> Trial:
    return Trial("bench", arms or (FOUR, SIX), people=people, weeks=104, scan_weeks=(52, 104))


def _shared() -> Iterator[tuple[str, ...]]:
    """Shares of 10,000 people for workers that have begun before the clock does."""
    two, dask = "two processes, times one", "Dask, two workers, times two processes (10,000 people a share)"
    if cores() < 2:
        yield from (said(name, "cannot say: there is only one core") for name in (two, dask))
        return
    running.SHARES_EACH = 1  # no share is smaller than it may be
    with _pool(1) as alone, _pool(2) as pair, _cluster() as there:
        times = interleaved({"one": _run(alone), "two": _run(pair), "dask": _run(there)}, 3)
    yield at_least(two, times["one"] / times["two"], 1.8)
    yield at_most(dask, times["dask"] / times["two"], 1.1, "x")


def _run(executor: Executor) -> Callable[[], object]:
    return lambda: running.run(_trial(SHARED), others=(), executor=executor)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@contextmanager
def _cluster() -> Iterator[Executor]:
    """A scheduler and two workers of one thread each, on this machine."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "scheduler.json"
        asked = ["--scheduler-file", str(told), "--no-dashboard", "--host", "127.0.0.1"]
        begun = [_dask("scheduler", *asked, "--port", "0")]
        begun += [
            _dask("worker", *asked, "--nthreads", "1", "--no-nanny", "--local-directory", folder) for _ in range(2)
        ]
        try:
            until = time.monotonic() + PATIENCE
            while not told.is_file() and time.monotonic() < until:
                time.sleep(0.1)
            with cluster(json.loads(told.read_text())["address"]) as executor:
                yield executor
        finally:
            for process in reversed(begun):
                process.kill()
                process.wait()


def _dask(*what: str) -> subprocess.Popen[bytes]:
    silent = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "dask", *what], stdout=silent, stderr=silent)


def _memory() -> tuple[str, ...]:
    """Both arms of so many people: the peak of a process, Python and all."""
    name = f"memory of a process, {MANY:,} people, two arms of four weeks"
    if not STATUS.is_file():
        return said(name, "cannot say: it takes Linux")
    command = [sys.executable, __file__]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return at_most(name, float(found) / 1e6, 1500, "MB")


def _million() -> None:
    """Of a short trial: what grows with the number of people grows so with any length."""
    trial = Trial("bench", (FOUR, SIX), people=MANY, weeks=4, scan_weeks=(4,))
    running.run(trial, others=())
    print(highest())


if __name__ == "__main__":
    _million()
