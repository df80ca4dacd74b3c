"""How long a command takes to start and answer, beside a Python that does nothing (a plan should stay under 20)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from timing import interleaved, table

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
NOTHING = "python -c pass"
COMMANDS = {
    NOTHING: [sys.executable, "-c", "pass"],
    "natalizumab --version": [str(Path(sys.executable).parent / "natalizumab"), "--version"],
    "natalizumab plan": [
        str(Path(sys.executable).parent / "natalizumab"), "plan", "examples/stable.json", "--on", "2026-11-02",
    ],
}  # fmt: skip


def main() -> None:
    """Print the median time of each command and its ratio to doing nothing."""
    times = interleaved({name: _runs(command) for name, command in COMMANDS.items()}, ROUNDS)
    rows = [("command", "ms", "ratio")]
    rows += [(name, f"{1000 * taken:.1f}", f"{taken / times[NOTHING]:.1f}") for name, taken in times.items()]
    table(rows)


def _runs(command: list[str]) -> Callable[[], object]:
    # Compiled bytecode is kept between runs on any ordinary machine, so it is kept here too.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, cwd=ROOT, capture_output=True, env=environment)


if __name__ == "__main__":
    main()
