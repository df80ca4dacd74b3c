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
from typing import Any, Self

import numpy as np
import pytest

import natalizumab
from natalizumab.pharmacology import History, Regimen, typical
from natalizumab.pharmacology import machine_code as subject
from natalizumab.pharmacology.machine_code import (
    FOLDER_VARIABLE,
    MachineCode,
    are_kept,
    cache_folder,
    fingerprint,
    kept_path,
)
from natalizumab.pharmacology.solver import concentrations

PACKAGE = Path(natalizumab.__file__).parent
PHARMACOLOGY = PACKAGE / "pharmacology"


def answer() -> float:
    return float(concentrations(History(Regimen("iv", 4, 2).inputs), typical(75), [56.0])[0, 0])


@pytest.fixture(scope="module")
def made() -> MachineCode:
    """The solver's machine code, compiled once for all tests here."""
    return subject._compiled("march")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: MachineCode) -> Iterator[Path]:
    """An empty folder for compiled code, nothing remembered of the usual one, and a compiler that takes no time.

    What this process has linked comes back afterwards: a server's page asks whether it is there.
    """
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(subject, "_functions", {})
    monkeypatch.setattr(subject, "_compiled", lambda _: made)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    cache_folder.cache_clear()
    subject._functions.clear()


def files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def test_what_was_compiled_is_found_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not are_kept("march")
    first = answer()
    assert files(folder) == [".bin"]
    forget()
    assert are_kept("march")
    monkeypatch.setattr(subject, "_compiled", lambda _: pytest.fail("compiled again"))
    assert answer() == first


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
    with every_write_fails():
        first = answer()
    assert files(folder) == []
    forget()
    assert not are_kept("march")
    assert answer() == first
    assert files(folder) == [".bin"]


@pytest.mark.parametrize("damage", ["empty", "no machine code", "half", "one bit", "another file's head"])
def test_damaged_files_are_compiled_anew(folder: Path, damage: str) -> None:
    first = answer()
    path = kept_path("march")
    assert path is not None
    content = path.read_bytes()
    flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
    other = b'{"name": "x", "signature": "i", "outside": [], "sha256": "x"}\n' + content.partition(b"\n")[2]
    path.write_bytes(
        {
            "empty": b"",
            "no machine code": b"no machine code",
            "half": content[: len(content) // 2],
            "one bit": flipped,
            "another file's head": other,
        }[damage]
    )
    forget()
    assert not are_kept("march")
    assert answer() == first
    assert path.read_bytes() == content


def test_a_name_that_nobody_provides_is_compiled_anew_and_never_ends_the_process(
    folder: Path, made: MachineCode
) -> None:
    strange = MachineCode(made.name, made.signature, (*made.outside, "nobody_has_this"), made.file)
    assert subject._linked(strange) is None
    path = kept_path("march")
    assert path is not None
    subject._keep(strange, path)
    assert answer() > 0
    assert b"nobody_has_this" not in path.read_bytes()


class Beside:
    """Stands for the process beside this one, and notes what it was to compile."""

    asked: list[str]

    def __init__(self, command: list[str], **_: Any) -> None:
        Beside.asked.append(command[-1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    Beside.asked = []
    monkeypatch.setattr(subprocess, "Popen", Beside)
    return Beside.asked


def test_what_is_missing_is_compiled_at_the_same_time(folder: Path, beside: list[str]) -> None:
    subject.prepare("march", "weigh", "carry")
    assert are_kept("march")
    assert len(beside) == 1
    assert "['weigh', 'carry']" in beside[0]


def test_where_one_part_is_missing_or_nothing_can_be_kept_no_process_is_started(
    folder: Path, beside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    subject.prepare("march")
    assert not are_kept("march")
    monkeypatch.setattr(subject, "cache_folder", lambda: None)
    subject.prepare("march", "weigh", "carry")
    assert beside == []


PREPARE = """
from natalizumab.pharmacology.machine_code import are_kept, prepare
prepare("weigh", "carry")
print(are_kept("weigh", "carry"))
"""


@pytest.mark.slow
def test_the_process_beside_keeps_what_it_compiles(tmp_path: Path) -> None:
    environment = {**os.environ, FOLDER_VARIABLE: str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == "True\n"
    assert files(tmp_path) == [".bin", ".bin"]


def test_a_folder_that_vanishes_costs_no_answer(folder: Path) -> None:
    assert kept_path("march") is not None
    shutil.rmtree(folder)
    assert answer() > 0


def test_a_folder_that_cannot_be_written_to_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    assert cache_folder() is None
    assert answer() > 0
    assert files(folder) == []


def test_a_file_where_the_folder_should_be_is_no_folder(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file"))
    assert cache_folder() is None
    assert answer() > 0


def test_somebody_elses_folder_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = kept_path("march")
    assert planted is not None
    planted.touch()
    cache_folder.cache_clear()
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert cache_folder() is None
    assert answer() > 0
    assert planted.read_bytes() == b""


def test_the_linked_code_gives_what_the_compiler_itself_gives(folder: Path) -> None:
    """The march in Numba's own hands, beside the march that was taken out of its object file."""
    import numba

    from natalizumab.pharmacology.lanes import LANES, SIZE
    from natalizumab.pharmacology.march import march

    @numba.njit
    def called(*arguments: Any) -> int:
        return march(*arguments)

    days, kinds, values = np.array([0.0, 1 / 24]), np.array([9, 9]), np.array([7200.0, 0.0])
    outputs, one = np.array([[28.0, 56.0]]), np.ones(1)
    found, worst = np.zeros((1, 2)), np.zeros(1)
    called(
        np.array([0]), np.array([2]), days, kinds, values, outputs, 0.164 * one, 3.48 * one, 3.48 * one, 2.86 * one,
        one, one, (0.4, 0.875, 0.25), False, 1.0, np.zeros(4), np.array([0]), found, worst, np.zeros((0, 4)),
        np.zeros((0, 2)), np.zeros(SIZE), np.zeros(LANES), np.zeros((LANES, 3), np.int64), np.zeros(LANES, np.int64),
    )  # fmt: skip
    linked = concentrations(History(Regimen("iv", 4, 1).inputs), typical(75), [28.0, 56.0])
    np.testing.assert_allclose(linked, found, rtol=1e-12)


def test_an_answer_from_kept_code_never_imports_the_compiler(folder: Path) -> None:
    first = answer()
    ask = ASK.replace("print(", "import sys; print('numba' in sys.modules,")
    environment = {**os.environ, FOLDER_VARIABLE: str(folder)}
    done = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", repr(first)]


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
    marks = {"inlined", "part"}
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
    monkeypatch.setattr(subject, "__file__", str(tmp_path / "machine_code.py"))
    fingerprint.cache_clear()
    before = fingerprint()
    with (tmp_path / name).open("a", encoding="utf-8") as source:
        source.write("# changed\n")
    fingerprint.cache_clear()
    try:
        assert fingerprint() != before
    finally:
        fingerprint.cache_clear()


ASK = """
from natalizumab.pharmacology import History, Regimen, concentrations, typical
from natalizumab.pharmacology.machine_code import are_kept
print(are_kept("march"), repr(float(concentrations(History(Regimen("iv", 4, 2).inputs), typical(75), [56.0])[0, 0])))
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


def builds(folder: Path, entry: str) -> list[str]:
    return sorted(path.name for path in folder.glob(f"{entry}-*.bin"))


def test_of_old_builds_only_the_newest_are_kept(folder: Path, made: MachineCode) -> None:
    for age in range(subject.BUILDS_KEPT + 3):
        old = folder / f"march-old{age:02}.bin"
        old.write_bytes(b"old")
        os.utime(old, (1000 - age, 1000 - age))
    (folder / "weigh-old.bin").write_bytes(b"another entry")
    path = kept_path("march")
    assert path is not None
    subject._keep(made, path)
    newest = [f"march-old{age:02}.bin" for age in range(subject.BUILDS_KEPT - 1)]
    assert builds(folder, "march") == sorted([path.name, *newest])
    assert builds(folder, "weigh") == ["weigh-old.bin"]
    assert are_kept("march")


def test_an_old_build_that_somebody_else_has_just_removed_is_no_matter(
    folder: Path, made: MachineCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder / "march-gone.bin"
    usual = Path.glob
    monkeypatch.setattr(Path, "glob", lambda self, pattern: [*usual(self, pattern), gone])
    path = kept_path("march")
    assert path is not None
    subject._keep(made, path)
    assert are_kept("march")
