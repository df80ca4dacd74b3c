"""When a stored plan is still good: its end, and what it rests on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import natalizumab
from natalizumab.care import load_protocol, plan
from natalizumab.care.basis import FOLDERS, _contents, _package, basis, is_stale
from natalizumab.care.sign_off import SignOff
from natalizumab.record import read_record

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = date(2026, 11, 2)


def test_a_stored_plan_is_good_until_its_end_and_not_a_day_longer() -> None:
    protocol = load_protocol("eu")
    made = plan(read_record(EXAMPLES / "six-weekly.json"), ON, protocol)
    assert made.valid_until is not None
    stored = made.to_dict()
    for day in (ON, made.valid_until - timedelta(days=1)):
        assert not is_stale(stored, day, protocol)
    for day in (made.valid_until, made.valid_until + timedelta(days=1), ON - timedelta(days=1)):
        assert is_stale(stored, day, protocol)


def test_a_plan_that_nothing_ahead_can_change_stays_good() -> None:
    protocol = load_protocol("eu")
    stored = {**plan(read_record(EXAMPLES / "stable.json"), ON, protocol).to_dict(), "valid_until": None}
    assert not is_stale(stored, date(2090, 1, 1), protocol)


def test_a_plan_of_another_protocol_number_or_signature_is_stale() -> None:
    protocol = load_protocol("uk")
    stored = plan(read_record(EXAMPLES / "stable.json"), ON, protocol).to_dict()
    number = replace(protocol.parameter("annual_mri_months"), value=6)
    signature = SignOff("LFT-01", "Dr Invented", ON, "Guide")
    others = [
        load_protocol("eu"),
        replace(protocol, version="9"),
        replace(protocol, parameters={**protocol.parameters, "annual_mri_months": number}),
        replace(protocol, signed={"LFT-01": signature}),
    ]
    names = {basis(other) for other in others}
    assert len(names) == len(others)
    assert all(is_stale(stored, ON, other) for other in others)
    assert not is_stale(stored, ON, load_protocol("uk"))


def test_the_order_in_which_a_protocols_numbers_stand_is_no_part_of_the_basis() -> None:
    protocol = load_protocol("uk")
    turned = replace(protocol, parameters=dict(reversed(protocol.parameters.items())))
    assert basis(turned) == basis(protocol)


def test_the_names_and_contents_of_the_files_are_part_of_the_basis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    names = []
    for name, content in (("care/a.py", "1"), ("care/a.py", "2"), ("record/a.py", "2"), ("notes/a.py", "2")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
        with monkeypatch.context() as patch:
            patch.setattr("natalizumab.care.basis.files", lambda _: tmp_path)
            _package.cache_clear()
            names.append(basis(load_protocol("eu")))
        _package.cache_clear()
    assert len(set(names[:3])) == 3
    assert names[3] == names[2]


@pytest.mark.parametrize("missing", ["basis", "valid_until"])
def test_a_plan_without_its_basis_or_end_is_stale(missing: str) -> None:
    protocol = load_protocol("eu")
    stored = plan(read_record(EXAMPLES / "stable.json"), ON, protocol).to_dict()
    del stored[missing]
    assert is_stale(stored, ON, protocol)


def test_what_is_neither_code_nor_numbers_is_no_part_of_the_basis(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text("1")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "numbers.toml").write_text("2")
    before = _contents(tmp_path, "care")
    (tmp_path / "notes.txt").write_text("3")
    assert _contents(tmp_path, "care") == before == [("care/inner/numbers.toml", b"2"), ("care/rules.py", b"1")]


@pytest.mark.parametrize("changed", ["care/dosing.py", "record/dates.py", "evidence/data/dosing.toml"])
def test_another_code_or_number_is_another_basis(tmp_path: Path, changed: str) -> None:
    package = Path(natalizumab.__file__).parent
    copy = tmp_path / "natalizumab"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("clinic", "pharmacology", "__pycache__"))
    asked = "from natalizumab.care import load_protocol; from natalizumab.care.basis import basis; "
    command = [sys.executable, "-c", asked + "print(basis(load_protocol('eu')))"]

    def answer() -> str:
        environment = {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout

    before = answer()
    with (copy / changed).open("a") as file:
        file.write("\n# another line\n")
    assert answer() != before
