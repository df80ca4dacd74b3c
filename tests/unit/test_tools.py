"""The set-up is honest: what is missing is named, what could not run is not called passed, nothing stays behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import debian
import install
import postgres
import pytest
import run_tests
from run_tests import Outcome


@pytest.mark.parametrize("part", sorted({part for parts in install.PARTS.values() for part in parts}))
def test_every_part_has_debian_packages_to_name(part: str) -> None:
    assert debian.packages(part)
    assert debian.advice(part) == f"apt-get install {' '.join(debian.packages(part))}"


def test_without_the_right_to_install_the_set_up_names_what_is_missing_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(debian, "here", lambda part: part == "venv")
    monkeypatch.setattr(debian, "_privileged", lambda: None)
    monkeypatch.setattr(install, "_environment", lambda lock: None)
    assert install.main("test") == 0
    said = capsys.readouterr().err
    assert "may not install" in said
    assert "apt-get install postgresql chromium-headless-shell" in said


@pytest.mark.parametrize(("known", "taken"), [(True, "chromium-headless-shell"), (False, "chromium")])
def test_an_older_debian_is_asked_for_what_it_has(known: bool, taken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        done.append(command)
        return subprocess.CompletedProcess(command, 0 if known or command[0] != "apt-cache" else 100, "", "")

    monkeypatch.setattr(debian, "_privileged", lambda: ["apt-get"])
    monkeypatch.setattr("subprocess.run", run)
    assert debian.install(["chromium"]) is None
    assert [command[1] for command in done] == ["update", "show", "install"]
    assert done[-1][-3:] == [taken, "fonts-liberation", "libatomic1"]


@pytest.mark.parametrize("fails", ["update", "install"])
def test_what_debian_refuses_is_said(
    fails: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 100 if fails in command else 0, "", "E: no network")

    monkeypatch.setattr(debian, "_privileged", lambda: ["apt-get"])
    monkeypatch.setattr("subprocess.run", run)
    assert debian.install(["chromium"]) == f"apt-get {fails} failed"
    assert "E: no network" in capsys.readouterr().err


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "here", lambda part: True)
    monkeypatch.setattr(debian, "install", lambda parts: pytest.fail("it installed something"))
    monkeypatch.setattr(install, "_environment", lambda lock: None)
    assert install.main("test") == 0


@pytest.mark.parametrize(
    ("sqlite", "postgresql", "ci", "status"),
    [
        (True, True, "", 0),
        (True, None, "", 0),
        (True, None, "true", 1),
        (True, True, "true", 0),
        (False, True, "", 1),
        (True, False, "", 1),
        (False, None, "", 1),
    ],
)
def test_a_failure_always_counts_and_a_missing_part_counts_in_continuous_integration(
    sqlite: bool, postgresql: bool | None, ci: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_tests, "_suite", lambda *_: Outcome("sqlite", sqlite, ""))
    monkeypatch.setattr(run_tests, "_on_postgresql", lambda: Outcome("postgresql", postgresql, ""))
    monkeypatch.setattr(run_tests, "_parts_missing", list)
    monkeypatch.setenv("CI", ci)
    assert run_tests.main() == status


@pytest.mark.parametrize(
    ("part", "name", "said"),
    [
        ("chromium", "browser tests", "Chromium is missing. Please run: apt-get install chromium"),
        ("letters", "tests of PDFs", "Pango is missing. Please run: apt-get install libpango-1.0-0"),
    ],
)
def test_a_part_that_some_tests_lack_is_named(part: str, name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "here", lambda asked: asked != part)
    (outcome,) = run_tests._parts_missing()
    assert (outcome.name, outcome.passed) == (name, None)
    assert outcome.words.startswith(said)


def test_nothing_is_named_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "here", lambda asked: True)
    assert run_tests._parts_missing() == []


@pytest.mark.parametrize("lacking", debian.LETTERS_LIBRARIES)
def test_without_one_of_its_libraries_no_pdf_can_be_made(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "_loads", lambda library: True)
    assert debian.here("letters")
    monkeypatch.setattr(debian, "_loads", lambda library: library != lacking)
    assert not debian.here("letters")


def test_a_browser_that_cannot_be_steered_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NATALIZUMAB_CHROMIUM", "/usr/bin/chromium")
    monkeypatch.setattr(debian, "_loads", lambda library: True)
    assert debian.chromium() == "/usr/bin/chromium"
    monkeypatch.setattr(debian, "_loads", lambda library: False)
    assert debian.chromium() is None


def test_the_lent_postgresql_is_gone_after_a_failure() -> None:
    programs = debian.postgresql_folder()
    if programs is None:
        pytest.skip(f"PostgreSQL is missing: {debian.advice('postgresql')}")
    address = ""

    def fail_inside() -> None:
        nonlocal address
        with postgres.cluster(programs) as address:
            ready = [str(programs / "pg_isready"), "-q", f"--host={address.partition('host=')[2]}"]
            assert subprocess.run(ready, check=False).returncode == 0
            raise RuntimeError("a test that fails")

    with pytest.raises(RuntimeError, match="a test that fails"):
        fail_inside()
    folder = Path(address.partition("host=")[2])
    assert folder.name.startswith("natalizumab-postgresql-")
    assert not folder.exists()
