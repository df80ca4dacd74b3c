"""``natalizumab letter``: letters without a database."""

from __future__ import annotations

from pathlib import Path

import debian
import pytest
from tests.letters import ROOT

from natalizumab import cli

CLINIC = ROOT / "examples" / "clinic.toml"
needs_pango = pytest.mark.skipif(not debian.here("letters"), reason=f"Pango is missing: {debian.advice('letters')}")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["natalizumab", "letter", *arguments, "--on", "2026-11-02"])
    try:
        cli.main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def wanted(name: str, kind: str, out: Path, clinic: Path = CLINIC) -> list[str]:
    return [str(ROOT / "examples" / f"{name}.json"), "--to", kind, "--clinic", str(clinic), "-o", str(out)]


def test_a_letter_is_written_as_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "gp.html"
    assert run(monkeypatch, *wanted("stable", "gp", out)) == 0
    assert capsys.readouterr().err == f"The letter is in {out}\n"
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Ada Example (invented)" in page
    assert "Harbour MS Clinic (invented)" in page


def test_a_letter_is_written_in_the_language_that_the_command_or_the_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clinic.toml").write_text(CLINIC.read_text() + '\nlanguage = "de"\n')
    wishes = {"file": [], "command": ["--language", "de"], "both": ["--language", "en"]}
    for name, wish in wishes.items():
        clinic = CLINIC if name == "command" else tmp_path / "clinic.toml"
        assert run(monkeypatch, *wanted("stable", "gp", tmp_path / f"{name}.html", clinic), *wish) == 0
    found = {name: (tmp_path / f"{name}.html").read_text(encoding="utf-8").split('lang="')[1][:2] for name in wishes}
    assert found == {"file": "de", "command": "de", "both": "en"}


def test_a_language_that_nobody_has_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *wanted("stable", "gp", tmp_path / "a.html"), "--language", "fr") == 1
    assert "'fr' is no language of letters; allowed: en, de" in capsys.readouterr().err


@needs_pango
def test_a_letter_is_written_as_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    assert [run(monkeypatch, *wanted("stable", "person", out)) for out in (one, two)] == [0, 0]
    assert one.read_bytes().startswith(b"%PDF-")
    assert one.read_bytes() == two.read_bytes()


def test_the_writer_is_warned_of_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *wanted("suspected-pml", "person", tmp_path / "a.html")) == 0
    assert "Mind: What holds the next dose is left out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[clinic]\nname = 'Harbour'\n",
            "it can't be sent without the clinic's address, the clinic's telephone number",
        ),
        ("[clinic]\nfax = '1'\n", "Object contains unknown field `fax`"),
        ("clinic", "[clinic] has name, address, phone, emergency, sender"),
        ("[person]\nname = 'Ada'\n", "missing required field `clinic`"),
    ],
)
def test_a_letterhead_that_does_not_do_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (tmp_path / "clinic.toml").write_text(text)
    out = tmp_path / "gp.html"
    assert run(monkeypatch, *wanted("stable", "gp", out, tmp_path / "clinic.toml")) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "kind", "file", "said"),
    [
        ("stable", "postcard", "a.html", "'postcard' is no kind of letter; allowed: gp, person, risk, adverse-event"),
        ("stable", "gp", "a.docx", "must end in .html or .pdf"),
        ("stable", "adverse-event", "a.html", "no reaction is on record"),
        ("stable", "gp", "nowhere/a.html", "is not there"),
    ],
)
def test_what_can_not_be_written_is_refused_in_plain_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    kind: str,
    file: str,
    said: str,
) -> None:
    assert run(monkeypatch, *wanted(name, kind, tmp_path / file)) == 1
    assert said in capsys.readouterr().err


def test_words_for_a_place_that_a_letter_has_not_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "clinic.toml").write_text(CLINIC.read_text() + '\nwords = { margin = "Hello" }\n')
    assert run(monkeypatch, *wanted("stable", "gp", tmp_path / "a.html", tmp_path / "clinic.toml")) == 1
    assert "'margin' is no place of this letter; allowed: salutation, opening, plan, closing" in capsys.readouterr().err
