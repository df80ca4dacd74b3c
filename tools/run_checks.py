"""Every check that reads the code instead of running it. All run, even after one has failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS = (
    ("common mistakes", ["ruff", "check"]),
    ("layout", ["ruff", "format", "--check"]),
    ("types", ["mypy"]),
    ("the house: imports, file sizes, clocks, the wheel, the lock files", ["pytest", "-q", "tests/unit/test_house.py"]),
)


def main() -> int:
    """Run each check, printing its command first; exit status 1 if any failed."""
    failed = []
    for name, command in CHECKS:
        print(f"\n{name}: {' '.join(command)}", flush=True)
        if subprocess.run([BIN / command[0], *command[1:]], check=False, cwd=ROOT).returncode:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
