"""How long commands take to start and answer, and to compile at their first use; times are those of whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bounds import HEADINGS, at_most, shown
from natalizumab.pharmacology.machine_code import FOLDER_VARIABLE
from timing import interleaved, table

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 11
OURS = str(Path(sys.executable).parent / "natalizumab")

NOTHING, NUMBA = "python -c pass", "python -c 'import numba'"
VERSION, PLAN, DOSE = "natalizumab --version", "natalizumab plan", "natalizumab dose"
SIMULATE = "natalizumab simulate"
COMMANDS = {
    NOTHING: [sys.executable, "-c", "pass"],
    NUMBA: [sys.executable, "-c", "import numba"],
    VERSION: [OURS, "--version"],
    PLAN: [OURS, "plan", "examples/stable.json", "--on", "2026-11-02"],
    DOSE: [OURS, "dose", "examples/six-weekly.json", "--on", "2026-11-02"],
    SIMULATE: [OURS, "simulate", "--route", "iv", "--interval", "6", "--doses", "13"],
}


def main() -> None:
    """Print the median time of each command beside what it is compared with, and of two first uses."""
    times = interleaved({name: _runs(command) for name, command in COMMANDS.items()}, ROUNDS)
    table(
        [
            HEADINGS,
            *(shown(name, 1000 * times[name], "ms") for name in COMMANDS),
            shown(f"{VERSION}, times doing nothing", times[VERSION] / times[NOTHING]),
            at_most(f"{PLAN}, times doing nothing", times[PLAN] / times[NOTHING], 20),
            at_most(f"{DOSE}, times importing numba", times[DOSE] / times[NUMBA], 1.6),
            *(at_most(f"first use of {name}, which compiles", _first_use(name), 15, "s") for name in (DOSE, SIMULATE)),
        ]
    )


def _first_use(name: str) -> float:
    """The seconds of a command that finds no compiled code, the better of two."""
    taken = []
    for _ in range(2):
        with TemporaryDirectory() as folder:
            started = time.perf_counter()
            _runs(COMMANDS[name], {FOLDER_VARIABLE: folder})()
            taken.append(time.perf_counter() - started)
    return min(taken)


def _runs(command: list[str], settings: dict[str, str] | None = None) -> Callable[[], object]:
    # Compiled bytecode is kept between runs on any ordinary machine, so it is kept here too.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= settings or {}
    return lambda: subprocess.run(command, check=True, cwd=ROOT, capture_output=True, env=environment)


if __name__ == "__main__":
    main()
