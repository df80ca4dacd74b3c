"""The tour of docs/notebook.md runs as it stands, from top to bottom, as in one notebook."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8")


def test_every_block_of_the_tour_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 8
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    notebook: dict[str, Any] = {}
    for number, block in enumerate(blocks, start=1):
        exec(compile(block, f"docs/notebook.md, block {number}", "exec"), notebook)
    assert (tmp_path / "course.csv").exists()
    said = capsys.readouterr().out
    assert re.search(r"^\d+\.\d mg/L \(5-95 %", said, re.MULTILINE)
    assert "No level" not in said
    assert re.search(r"^\d+\.\d mg/L today, \d+\.\d in a week \(5-95 %", said, re.MULTILINE)
    assert re.search(r"^\d+ of 1,000 people are below 2 mg/L", said, re.MULTILINE)


def test_the_setup_installs_every_package_that_the_tour_imports_and_names_no_index() -> None:
    (install,) = re.findall(r"^    pip install (.*)$", PAGE, re.MULTILINE)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    asked = [name for extra in ("plots", "tables") for name in extras[extra]]
    there = {re.split(r"\W", name)[0] for name in [*asked, *install.split()]} | {"natalizumab", "datetime"}
    imported = set(re.findall(r"^(?:import|from) (\w+)", PAGE, re.MULTILINE))
    assert {"pandas", "polars", "natalizumab"} <= imported <= there
    assert install.startswith("'.[plots,tables]'")


def test_the_pictures_of_the_tour_are_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE)
    assert named
    assert [name for name in named if not (ROOT / "docs" / name).exists()] == []
