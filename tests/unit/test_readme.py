"""The README says what is so: its plan, its counts, its files."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from natalizumab.evidence import STATUSES, sources, values

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_what_the_command_prints() -> None:
    shown = README.split("```\n")[1].rsplit("…", 1)[0].strip()
    command = [sys.executable, "-m", "natalizumab", "plan", "examples/suspected-pml.json"]
    command += ["--on", "2026-11-02", "--protocol", "uk"]
    page = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert page.startswith(shown)
    assert len(shown.splitlines()) > 10


def test_the_readme_counts_the_evidence() -> None:
    counts = Counter(value.status for value in values())
    by_status = ", ".join(f"{counts[status]} {status}" for status in STATUSES)
    assert f"{len(values())} values from {len(sources())} sources: {by_status}." in README


def test_every_file_that_the_readme_points_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_python_that_the_readme_shows_runs() -> None:
    code = README.split("```python\n")[1].split("```")[0]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.startswith("confirm [")
