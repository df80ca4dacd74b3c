"""A virtual trial: the whole chain for one person and two years, two workers, and the memory of very many people."""

from __future__ import annotations

import subprocess
import sys

from bounds import HEADINGS, at_least, at_most, said, shown
from machine import cores, one_core
from memory import STATUS, highest
from natalizumab.cohort import Arm, Trial, running
from natalizumab.cohort.outcomes import lot, outcomes
from natalizumab.disease.model import Block
from natalizumab.disease.model.parameters import fitted
from timing import interleaved, table

PEOPLE, ROUNDS = running.LOT, 7
FOUR, SIX = Arm("4"), Arm("6", weeks=6)
MANY, FEW = 100_000, 2_000


def main() -> None:
    """Print the times of one person, how much sooner two workers are done, and the memory of many people."""
    trial = Trial("bench", (FOUR, SIX), people=PEOPLE, weeks=104, scan_weeks=(52, 104))
    with one_core() as held:
        drawn = lot(trial, fitted(), Block(1, 0, PEOPLE))
        times = interleaved(
            {
                "whole": lambda: outcomes(lot(trial, fitted(), Block(1, 0, PEOPLE)), FOUR),
                "drawn": lambda: lot(trial, fitted(), Block(1, 0, PEOPLE)),
                "arm": lambda: outcomes(drawn, SIX),
            },
            ROUNDS,
        )
    micro = {name: 1e6 * taken / PEOPLE for name, taken in times.items()}
    table(
        [
            HEADINGS,
            at_most("one person, two years, the whole chain, one core", micro["whole"], 60, "µs", goal=25),
            shown("  of it what all arms share", micro["drawn"], "µs"),
            shown("  one more arm", micro["arm"], "µs"),
            said("processor", held),
            _two_workers(),
            _memory(),
        ]
    )


def _two_workers() -> tuple[str, ...]:
    name = "two processes, times one"
    if cores() < 2:
        return said(name, "cannot say: there is only one core")
    one, two = (_process(["time", str(workers), str(30_000)]) for workers in (1, 2))
    return at_least(name, one / two, 1.8)


def _memory() -> tuple[str, ...]:
    """Both arms of so many people: the peak of a process, Python and all."""
    name = f"memory of a process, {MANY:,} people, two arms (a tenth of a million: it does not grow)"
    if not STATUS.is_file():
        return said(name, "cannot say: it takes Linux")
    return at_most(name, _process(["memory", "1", str(MANY)]) / 1e6, 1500, "MB")


def _process(arguments: list[str]) -> float:
    """What a process of its own prints: seconds, or bytes."""
    command = [sys.executable, __file__, *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _alone(what: str, workers: int, people: int) -> None:
    import time

    trial = Trial("bench", (FOUR, SIX), people=people, weeks=104, scan_weeks=(52, 104))
    running.run(Trial("warm", (FOUR,), people=FEW, weeks=4), others=(), workers=workers)
    started = time.perf_counter()
    running.run(trial, others=(), workers=workers)
    if what == "time":
        print(time.perf_counter() - started)
    else:
        print(highest())


if __name__ == "__main__":
    _alone(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
