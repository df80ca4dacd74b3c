"""The house rules that a reader of one file cannot see: who imports whom, sizes, clocks, the wheel, the lock files."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "natalizumab"

LAYERS = (
    "evidence",
    "languages",
    "record",
    "pharmacology",
    "disease",
    "care",
    "cohort",
    "letters",
    "interop",
    "clinic",
    "commands",
    "cli",
    "__main__",
)
FREE_FOR_ALL = {"errors", "whole_file", "__init__"}
WEB_AND_FHIR = {"django", "csp", "django_htmx", "whitenoise", "allauth", "ninja", "fhir", "fhirclient", "icalendar"}
MAY_USE_WEB_AND_FHIR = ("interop/", "clinic/", "commands/demo.py")

CLOCKS = {"date.today", "datetime.now", "datetime.utcnow", "datetime.today", "timezone.now", "timezone.localdate"}
CLOCKS |= {"time.time", "timezone.localtime"}
# The models among them note when an entry reached the database; nothing is computed from it.
MAY_READ_THE_CLOCK = ("commands/", "clinic/views/", "clinic/clock.py", "clinic/models/", "clinic/migrations/")

OUR_TEXT = {".py", ".html", ".css", ".js", ".toml", ".txt", ".md", ".json", ".yml", ".sh", ".in", ""}
OUR_CODE = {".py", ".html", ".css", ".js", ".toml"}
MADE = {".git", ".venv", ".cache", ".hypothesis", "__pycache__", "node_modules", "dist", "htmlcov"}
LONGEST_FILE = 500
# Written in two halves, so that this file does not name one either.
REGISTRIES = [".".join(pair) for pair in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))]


def ours(suffixes: set[str]) -> Iterator[Path]:
    """Every file of the project with one of the suffixes, leaving out what is vendored, made or lent."""
    for folder, inner, names in os.walk(ROOT):
        others = {"vendor"} if Path(folder).name == "static" else set()
        inner[:] = sorted(set(inner) - MADE - others)
        yield from (Path(folder) / name for name in sorted(names) if Path(name).suffix in suffixes)


def modules() -> Iterator[tuple[str, str]]:
    """Every module of the package: its place inside it, and its source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


def imported(place: str, source: str) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it, inside functions too; relative ones written out."""
    package = ["natalizumab", *Path(place).parent.parts]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            prefix = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def wrong_directions(place: str, source: str) -> list[str]:
    """What the module imports from a folder that stands below its own in the design's list."""
    layer = Path(place).parts[0].removesuffix(".py")
    may = set(LAYERS[: LAYERS.index(layer) + 1]) if layer in LAYERS else set()
    words = (name.split(".") for name in imported(place, source))
    reached = {found[1] for found in words if found[0] == "natalizumab" and len(found) > 1}
    return sorted((reached & set(LAYERS)) - may)


def clocks(source: str) -> list[str]:
    """Each mention of a clock, called or handed on, as it is written."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    written = (ast.unparse(node) for node in found)
    return [text for text in written if ".".join(text.split(".")[-2:]) in CLOCKS]


def test_a_folder_imports_only_folders_that_stand_before_it() -> None:
    wrong = {place: found for place, source in modules() if (found := wrong_directions(place, source))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("place", "source", "wrong"),
    [
        ("record/event.py", "from natalizumab.evidence import value", []),
        ("record/event.py", "from natalizumab.errors import Refusal", []),
        ("record/event.py", "def f():\n    import natalizumab.care.plan", ["care"]),
        ("record/event.py", "from natalizumab import care", ["care"]),
        ("record/event.py", "from ..clinic import models", ["clinic"]),
        ("record/event.py", "from . import dates", []),
        ("errors.py", "from natalizumab.evidence import value", ["evidence"]),
        ("commands/plan.py", "from natalizumab.care import plan", []),
        ("clinic/views/worklist.py", "from natalizumab.commands import plan", ["commands"]),
    ],
)
def test_an_import_against_the_direction_is_seen_however_it_is_written(
    place: str, source: str, wrong: list[str]
) -> None:
    assert wrong_directions(place, source) == wrong


def test_every_folder_of_the_package_has_its_place_in_the_order() -> None:
    tops = {Path(place).parts[0].removesuffix(".py") for place, _ in modules()}
    assert tops <= set(LAYERS) | FREE_FOR_ALL


def test_only_interop_clinic_and_the_demo_know_django_or_a_fhir_library() -> None:
    wrong = {
        place: sorted(found)
        for place, source in modules()
        if not place.startswith(MAY_USE_WEB_AND_FHIR)
        and (found := {name.split(".")[0] for name in imported(place, source)} & WEB_AND_FHIR)
    }
    assert wrong == {}


def test_only_the_folder_for_graphics_cards_knows_cuda_and_nothing_depends_on_it() -> None:
    own = "pharmacology/device/"
    theirs = ("numba.cuda", "numba_cuda", "natalizumab.pharmacology.device")
    others = {place: [*imported(place, source)] for place, source in modules() if not place.startswith(own)}
    assert {place for place, names in others.items() if any(name.startswith(theirs) for name in names)} == set()


def test_only_commands_and_web_views_read_the_clock() -> None:
    wrong = {
        place: found
        for place, source in modules()
        if not place.startswith(MAY_READ_THE_CLOCK) and (found := clocks(source))
    }
    assert wrong == {}


def test_a_clock_is_seen_called_or_handed_on() -> None:
    assert clocks("x = datetime.date.today()") == ["datetime.date.today"]
    assert clocks("field = Field(default=timezone.now)") == ["timezone.now"]
    assert clocks("known = course.on.today_is") == []


def test_no_file_of_ours_is_longer_than_five_hundred_lines() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines()) for path in ours(OUR_CODE)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_file_of_ours_names_a_package_registry() -> None:
    pattern = re.compile("|".join(map(re.escape, REGISTRIES)))
    named = [
        path.relative_to(ROOT).as_posix()
        for path in ours(OUR_TEXT)
        if pattern.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    wanted = {path.relative_to(PACKAGE.parent).as_posix() for path in files}
    assert held == wanted
    for kind in ("evidence/data/*.toml", "clinic/templates/**/*.html", "clinic/static/**/*.js", "py.typed"):
        assert list(PACKAGE.glob(kind)), f"the package itself lacks {kind}"


def locked(name: str) -> dict[str, list[str]]:
    """The requirements of a lock file, each with its hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.split("--hash")[0].strip(): re.findall(r"--hash=sha256:[0-9a-f]{64}", line) for line in lines}


@pytest.mark.parametrize("name", ["demo.txt", "test.txt", "uv.txt"])
def test_a_lock_file_pins_every_version_with_hashes_and_names_no_place(name: str) -> None:
    requirements = locked(name)
    assert requirements
    for requirement, hashes in requirements.items():
        assert re.match(r"[a-z0-9-]+==[^\s]+( ; .+)?$", requirement), f"{name}: {requirement}"
        assert hashes, f"{name}: {requirement} has no hash"


def test_the_demo_runs_on_the_same_versions_as_the_tests() -> None:
    def versions(name: str) -> set[str]:
        return {requirement.partition(";")[0].strip() for requirement in locked(name)}

    assert versions("demo.txt") <= versions("test.txt")


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(entry for extra in ("plots", "fhir", "clinic") for entry in extras[extra])]
    names = {re.split(r"[\[<>=;~! ]", entry)[0].lower() for entry in wanted} - {"natalizumab"}
    assert names <= {requirement.partition("==")[0] for requirement in locked("demo.txt")}
