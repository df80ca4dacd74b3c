"""``natalizumab trial --report``: files that are written or refused, and the PDF's own ways."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import debian
import pytest
from tests.virtual_trials import TEXT, found

from natalizumab import cli
from natalizumab.cohort import running
from natalizumab.commands.trial_report import check_report, write_report
from natalizumab.commands.trial_report.methods import LABEL
from natalizumab.commands.trial_report.page import page, painted
from natalizumab.commands.trial_report.pdf import LIBRARIES, document, pdf
from natalizumab.disease.model.parameters import fitted
from natalizumab.errors import ModelError

needs_pango = pytest.mark.skipif(not debian.here("letters"), reason=f"Pango is missing: {debian.advice('letters')}")


@pytest.fixture(autouse=True)
def one_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ensemble", lambda: (fitted(),))


@pytest.fixture(scope="module")
def on_paper() -> str:
    return page(*found(), painted)


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("short.toml").write_text(TEXT)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["natalizumab", "trial", *arguments])
    try:
        cli.main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def texts(box: Any) -> Iterator[str]:
    """The words of a page as WeasyPrint laid it out."""
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from texts(child)


def test_the_numbers_are_printed_as_without_the_report(
    short: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "short.toml", "--json") == 0
    plain = capsys.readouterr().out
    assert run(monkeypatch, "short.toml", "--json", "--report", "short.html") == 0
    told = capsys.readouterr()
    assert told.out == plain
    assert json.loads(plain)["people"] == 60
    assert told.err.endswith("The report is in short.html\n")
    assert (short / "short.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("report.docx", 'report: "report.docx" must end in .html or .pdf'),
        ("report", 'report: "report" must end in .html or .pdf'),
        ("nowhere/a.html", 'report: "nowhere/a.html" cannot be written: the folder "nowhere" is not there'),
        ("folder.pdf", 'report: "folder.pdf" is a folder; name a file'),
    ],
)
def test_a_place_that_cannot_be_is_refused_before_the_work(
    short: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str, said: str
) -> None:
    (short / "folder.pdf").mkdir()
    monkeypatch.setattr(running, "one_lot", lambda *_: pytest.fail("it has begun"))
    assert run(monkeypatch, "short.toml", "--report", place) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"natalizumab: {said}\n")


@pytest.mark.parametrize(
    ("missing", "place", "said"),
    [
        ("altair", "a.html", "a chart needs altair, which is not installed: pip install altair"),
        ("vl_convert", "a.html", "a picture needs vl_convert, which is not installed: pip install vl-convert-python"),
        ("weasyprint", "a.pdf", "a report as PDF needs weasyprint, which is not installed: pip install weasyprint"),
    ],
)
def test_a_package_that_is_missing_is_named_before_the_work(
    missing: str, place: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ModelError, match=said):
        check_report(tmp_path / place)


def test_a_library_that_weasyprint_lacks_is_named_and_nothing_is_said_on_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(*_: str) -> None:
        print("could not import some external libraries")
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("natalizumab.letters.printing.imported", lacking)
    with pytest.raises(ModelError) as refused:
        check_report(tmp_path / "a.pdf")
    assert str(refused.value).endswith(f"needs Pango, which is not installed here: apt-get install {LIBRARIES}")
    assert capsys.readouterr().out == ""


def test_the_libraries_that_the_refusal_names_are_those_that_the_set_up_installs() -> None:
    assert debian.packages("letters") == LIBRARIES.split()


def test_a_failure_at_the_last_step_leaves_the_older_report(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    (short / "short.html").write_text("older")
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(ModelError, match=r"cannot be written \(No space left on device\)"):
        write_report(found()[0], Path("short.toml"), TEXT, Path("short.html"))
    assert {path.name for path in short.iterdir()} == {"short.toml", "short.html"}
    assert (short / "short.html").read_text() == "older"


def test_a_trial_that_can_be_read_but_once_gets_its_report(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    once = Path.read_text

    def read(self: Path, *arguments: Any, **named: Any) -> str:
        if self.suffix == ".toml" and "evidence" not in self.parts:
            reads.append(self)
        return once(self, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", read)
    assert run(monkeypatch, "short.toml", "--people", "20", "--report", "a.html") == 0
    assert reads == [Path("short.toml")]


@needs_pango
def test_the_same_trial_gives_the_same_pdf_with_no_date_in_it(on_paper: str) -> None:
    content = pdf(on_paper)
    assert content == pdf(on_paper)
    assert content.startswith(b"%PDF-1.7")
    assert b"/CreationDate" not in content
    assert b"/ModDate" not in content


@needs_pango
def test_a_pdf_is_written_as_a_page_is(tmp_path: Path) -> None:
    write_report(found()[0], Path("short.toml"), TEXT, tmp_path / "short.PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["short.PDF"]
    assert (tmp_path / "short.PDF").read_bytes().startswith(b"%PDF-1.7")


@needs_pango
def test_a_pdf_is_tagged_for_those_who_hear_it(on_paper: str) -> None:
    content = document(on_paper).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    for mark in (b"/MarkInfo", b"/Marked true", b"/StructTreeRoot", b"/Lang (en)", b"pdfuaid:part", b"/Table", b"/Alt"):
        assert mark in content, mark


@needs_pango
def test_every_page_of_a_pdf_says_what_it_is_and_which_page(on_paper: str) -> None:
    pages = document(on_paper).render().pages
    words = [" ".join(" ".join(texts(one._page_box)).split()) for one in pages]
    assert len(words) > 3
    for number, told in enumerate(words, start=1):
        assert LABEL in told
        assert f"Page {number} of {len(words)}" in told
    assert "Long & short" in words[0]
    everything = " ".join(words)
    for heading in ("In short", "What was asked", "Differences", "Every arm", "Methods", "To run it again"):
        assert heading in everything


@needs_pango
def test_a_pdf_fetches_nothing(on_paper: str, caplog: pytest.LogCaptureFixture) -> None:
    outside = '<html lang="en"><title>t</title><img alt="x" src="http://127.0.0.1:9/x.png"><img alt="y" src="file:///etc/hostname">'
    pdf(outside)
    said = [record.getMessage() for record in caplog.records if "disallowed protocol" in record.getMessage()]
    assert len(said) == 2
    caplog.clear()
    pdf(on_paper)
    assert [record.getMessage() for record in caplog.records if "load" in record.getMessage()] == []
