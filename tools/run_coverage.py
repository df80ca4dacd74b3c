"""Every branch of the rules is taken by a test: `make coverage` fails below 100 %, and names what is left.

It runs the tests that stand near the rules, a minute or two; it is no part of `make test`, which runs them all anyway.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mutate_tests import TESTS

ROOT = Path(__file__).resolve().parent.parent
COUNTED = ["--cov=natalizumab.care", "--cov-branch", "--cov-report=term-missing", "--cov-fail-under=100"]


def main() -> int:
    """Run the tests with their branches counted; the exit status is pytest's."""
    command = [str(ROOT / ".venv" / "bin" / "pytest"), "-q", "-n", "auto", "--dist", "worksteal", *COUNTED, *TESTS]
    counted = {"COVERAGE_FILE": str(ROOT / ".cache" / "coverage")}
    return subprocess.run(command, check=False, cwd=ROOT, env=os.environ | counted).returncode


if __name__ == "__main__":
    sys.exit(main())
