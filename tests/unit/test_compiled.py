"""Compiled code is kept between runs, and whatever happens to what is kept costs time and never an answer."""

from __future__ import annotations

import ast
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import natalizumab
from natalizumab.pharmacology import compiled as subject
from natalizumab.pharmacology.compiled import FOLDER_VARIABLE, cache_folder, compiled, fingerprint, is_kept

PACKAGE = Path(natalizumab.__file__).parent
PHARMACOLOGY = PACKAGE / "pharmacology"


def twice(number: float) -> float:
    return 2 * number


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for compiled code, and nothing remembered of the usual one."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    cache_folder.cache_clear()
    yield tmp_path / f"compiled-{fingerprint()}"
    cache_folder.cache_clear()


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.nb[ic]"))


def test_what_was_compiled_is_found_again(folder: Path) -> None:
    first = compiled(twice)
    assert not is_kept(first)
    assert first(3.0) == 6.0
    assert {path.suffix for path in files(folder)} == {".nbi", ".nbc"}
    again = compiled(twice)
    assert is_kept(again)
    assert again(3.0) == 6.0
    assert sum(again.stats.cache_hits.values()) == 1  # type: ignore[attr-defined]


@contextmanager
def every_write_fails() -> Iterator[None]:
    """As on a full disk, for root too: no file may grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_the_answer_is_right_and_the_next_run_is_none_the_worse(folder: Path) -> None:
    function = compiled(twice)
    with every_write_fails():
        answer = function(3.0)
    assert answer == 6.0
    assert sum(path.stat().st_size for path in files(folder)) == 0
    assert compiled(twice)(4.0) == 8.0


@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
@pytest.mark.parametrize("damage", [b"", b"no machine code", None])
def test_damaged_files_are_compiled_anew(folder: Path, suffix: str, damage: bytes | None) -> None:
    compiled(twice)(3.0)
    for path in files(folder):
        if path.suffix == suffix:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if damage is None else damage)
    assert compiled(twice)(3.0) == 6.0


def test_a_folder_that_vanishes_costs_no_answer(folder: Path) -> None:
    function = compiled(twice)
    shutil.rmtree(folder)
    assert function(3.0) == 6.0


def test_a_folder_that_cannot_be_written_to_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    assert cache_folder() is None
    function = compiled(twice)
    assert function(3.0) == 6.0
    assert files(folder) == []


def test_a_file_where_the_folder_should_be_is_no_folder(tmp_path: Path, folder: Path) -> None:
    folder.write_text("in the way", encoding="utf-8")
    assert cache_folder() is None
    assert compiled(twice)(3.0) == 6.0


def test_somebody_elses_folder_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    (folder / "planted.nbi").touch()
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert cache_folder() is None
    assert compiled(twice)(3.0) == 6.0
    assert [path.name for path in files(folder)] == ["planted.nbi"]


def imports(path: Path) -> set[str]:
    """The package's own modules of this folder that a module imports when it runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    prefix = "natalizumab.pharmacology."
    return {f"{name.removeprefix(prefix)}.py" for name in named if name.startswith(prefix)}


def test_the_fingerprint_covers_every_module_that_holds_compiled_code_and_all_that_they_import() -> None:
    found = {"compiled.py"}
    waiting = [path.name for path in PHARMACOLOGY.glob("*.py") if compiles(path)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(imports(PHARMACOLOGY / name))
    assert found == set(subject.MODULES)


def compiles(path: Path) -> bool:
    """Whether a function of the module is marked for the compiler."""
    marks = {"compiled", "inlined", "part"}
    functions = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    return any(isinstance(mark, ast.Name) and mark.id in marks for node in functions for mark in node.decorator_list)


@pytest.mark.parametrize("name", subject.MODULES)
def test_a_change_of_any_compiled_module_changes_the_fingerprint(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in subject.MODULES:
        shutil.copy(PHARMACOLOGY / module, tmp_path)
    monkeypatch.setattr(subject, "__file__", str(tmp_path / "compiled.py"))
    before = fingerprint()
    with (tmp_path / name).open("a", encoding="utf-8") as source:
        source.write("# changed\n")
    assert fingerprint() != before


ASK = """
from natalizumab.pharmacology import History, Regimen, concentrations, typical
from natalizumab.pharmacology.compiled import is_kept
from natalizumab.pharmacology.march import march
print(is_kept(march), repr(float(concentrations(History(Regimen("iv", 4, 2).inputs), typical(75), [56.0])[0, 0])))
"""


@pytest.mark.slow
def test_changed_equations_change_the_answer_and_unchanged_ones_are_not_compiled_again(tmp_path: Path) -> None:
    """In new processes, which share one folder of compiled code, on a copy of the source."""
    copy = tmp_path / "source" / "natalizumab"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("clinic", "__pycache__"))
    environment = {**os.environ, "PYTHONPATH": str(copy.parent), FOLDER_VARIABLE: str(tmp_path / "kept")}

    def ask() -> tuple[bool, float]:
        done = subprocess.run(
            [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True, timeout=300
        )
        kept, number = done.stdout.split()
        return kept == "True", float(number)

    kept, first = ask()
    assert not kept
    assert ask() == (True, first)
    equations = copy / "pharmacology" / "equations.py"
    source = equations.read_text(encoding="utf-8")
    changed = source.replace("(cl + vmax / (km + concentration))", "(2 * cl + vmax / (km + concentration))")
    assert changed != source
    equations.write_text(changed, encoding="utf-8")
    kept, second = ask()
    assert not kept
    assert second < 0.9 * first
