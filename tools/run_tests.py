"""Every test: all of them on SQLite, then those that speak to a database again on PostgreSQL, then one summary.

Exit status 0 when all that could run passed. A missing PostgreSQL or browser is named; with CI=true it is a failure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import debian
import postgres

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [str(ROOT / ".venv" / "bin" / "python"), "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"]
ON_BOTH_DATABASES = ("tests/web", "tests/upgrade", "tests/operation")


@dataclass(frozen=True)
class Outcome:
    """One line of the summary. ``passed`` is None for what could not run."""

    name: str
    passed: bool | None
    words: str


def main() -> int:
    """Run the suites and say plainly how they ended."""
    outcomes = [_suite("all tests, on SQLite", {}, "tests"), *_parts_missing(), _on_postgresql()]
    print("\nSummary")
    for outcome in outcomes:
        mark = {True: "passed", False: "FAILED", None: "not run"}[outcome.passed]
        print(f"  {mark:8} {outcome.name}: {outcome.words}")
    failed = any(outcome.passed is False for outcome in outcomes)
    if not failed and any(outcome.passed is None for outcome in outcomes):
        failed = os.environ.get("CI") == "true"
        print("  What could not run counts as a failure here (CI=true)." if failed else "  All that could run passed.")
    return 1 if failed else 0


def _suite(name: str, environment: dict[str, str], *paths: str) -> Outcome:
    print(f"\nRunning {name} …", flush=True)
    started = time.monotonic()
    ours = {key: value for key, value in os.environ.items() if key != "NATALIZUMAB_DATABASE"}
    done = subprocess.run([*PYTEST, *paths], check=False, cwd=ROOT, env=ours | environment)
    return Outcome(name, done.returncode == 0, f"{time.monotonic() - started:.0f} s")


def _parts_missing() -> list[Outcome]:
    """Some tests among all were skipped for want of a browser, or of what makes PDFs: a line for each says so."""
    parts = (("chromium", "browser tests", "Chromium"), ("letters", "tests of PDFs", "Pango"))
    return [
        Outcome(tests, None, f"{name} is missing. Please run: {debian.advice(part)}")
        for part, tests, name in parts
        if not debian.here(part)
    ]


def _on_postgresql() -> Outcome:
    name = "web, upgrade and operation tests, on PostgreSQL"
    programs = debian.postgresql_folder()
    if programs is None:
        return Outcome(name, None, f"PostgreSQL is missing. Please run: {debian.advice('postgresql')}")
    with postgres.cluster(programs) as address:
        return _suite(name, {"NATALIZUMAB_DATABASE": address}, *ON_BOTH_DATABASES)


if __name__ == "__main__":
    # Being ended from outside must stop the database server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
