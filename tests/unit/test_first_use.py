"""The first use on a machine says on standard error that it compiles; later ones say nothing."""

from __future__ import annotations

import contextlib

import pytest

from natalizumab import cli
from natalizumab.commands import first_use
from natalizumab.pharmacology import machine_code

SIMULATE = ("natalizumab", "simulate", "--route", "iv", "--interval", "4", "--doses", "1")


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    monkeypatch.setattr("sys.argv", [*SIMULATE, *more])
    with contextlib.suppress(SystemExit):
        cli.main()
    return capsys.readouterr().err


def test_the_first_use_says_so_once_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine_code, "are_kept", lambda *_: False)
    assert said(monkeypatch, capsys) == f"{first_use.NOTICE}\n"


def test_later_uses_say_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said(monkeypatch, capsys)  # in memory, at least, it is kept from now on
    assert said(monkeypatch, capsys) == ""


@pytest.mark.parametrize(("people", "needed"), [("511", {"march"}), ("512", {"march", "lockstep"})])
def test_very_many_people_need_more_than_few(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], people: str, needed: set[str]
) -> None:
    asked: set[str] = set()

    def kept(*names: str) -> bool:
        asked.update(names)
        return "lockstep" not in names

    monkeypatch.setattr(machine_code, "are_kept", kept)
    assert ("Compiling" in said(monkeypatch, capsys, "--people", people)) == ("lockstep" in needed)
    assert asked == needed


def test_where_nothing_can_be_kept_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine_code, "are_kept", lambda *_: False)
    monkeypatch.setattr(machine_code, "cache_folder", lambda: None)
    assert "NATALIZUMAB_CACHE names a folder" in said(monkeypatch, capsys)


@pytest.mark.parametrize("nonsense", [("--f", "1.5"), ("--weight", "5"), ("--people", "0")])
def test_a_refusal_comes_before_the_compiler(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nonsense: tuple[str, str]
) -> None:
    monkeypatch.setattr(machine_code, "are_kept", lambda *_: False)
    assert "Compiling" not in said(monkeypatch, capsys, *nonsense)
