"""How much memory a process of its own needs at most: ``python benchmarks/memory.py PEOPLE`` solves for so many people.

It prints the highest memory that it ever held and the size of its answer, in bytes. A process that only solves for a
few shows what Python, the packages and the compiled code take; the difference is due to the people.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")
FEW = 1000


def beyond_the_result(count: int) -> float | None:
    """Megabytes at most that ``count`` people need beside their troughs, the people's own numbers included.

    None where the system does not tell (it takes Linux's ``VmHWM``; ``ru_maxrss`` would start with the memory of the
    process that started this one).
    """
    if not STATUS.is_file():
        return None
    (few, few_result), (many, result) = map(_measured, (FEW, count))
    return (many - result - (few - few_result)) / 1e6


def _measured(count: int) -> tuple[int, int]:
    """Peak memory and size of the answer of a process for so many people, in bytes."""
    command = [sys.executable, __file__, str(count)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    peak, result = map(int, answer.split())
    return peak, result


def _main(count: int) -> None:
    from courses import REGIMEN, TROUGHS
    from natalizumab.pharmacology import History, concentrations, draw

    found = concentrations(History(REGIMEN.inputs), draw(count, seed=1), TROUGHS)
    print(highest(), found.nbytes)


def highest() -> int:
    """The most bytes that this process ever held; Linux only."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    (peak,) = (int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    return peak


if __name__ == "__main__":
    _main(int(sys.argv[1]))
