"""``--plot FILE``: what is written, what is refused, and that nothing is ever half replaced."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import click
import pytest
from click.testing import CliRunner

from natalizumab import cli
from natalizumab.commands.plotting import check_place, plot_option, write_chart
from natalizumab.errors import ModelError
from natalizumab.pharmacology import Regimen, look
from natalizumab.pharmacology.charts import Chart
from natalizumab.pharmacology.simulated import simulate

SIMULATE = ("simulate", "--route", "iv", "--interval", "6", "--doses", "2", "--people", "20")


@pytest.fixture(scope="module")
def chart() -> Chart:
    return simulate(Regimen("iv", 6, 2), 20).chart()


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["natalizumab", *arguments])
    try:
        cli.main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def test_a_png_is_a_picture_of_twice_the_density(chart: Chart, tmp_path: Path) -> None:
    write_chart(chart, tmp_path / "course.PNG")
    content = (tmp_path / "course.PNG").read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(content[16:20]) > 2 * look.WIDTH


def test_an_svg_has_its_description_and_light_colours(chart: Chart, tmp_path: Path) -> None:
    write_chart(chart, tmp_path / "course.svg")
    root = ET.parse(tmp_path / "course.svg").getroot()
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.description
    text = (tmp_path / "course.svg").read_text(encoding="utf-8")
    assert chart.title in text
    assert look.COLOURS["light"][look.LINE] in text
    assert "--chart" not in text


def test_a_page_holds_drawing_words_and_numbers_and_asks_for_nothing_else(chart: Chart, tmp_path: Path) -> None:
    write_chart(chart, tmp_path / "course.html")
    page = (tmp_path / "course.html").read_text(encoding="utf-8")
    assert f"<h1>{chart.title}</h1>" in page
    assert "<p>20 invented people of 79 ± 20 kg, seed 1</p>" in page
    assert page.count("<svg ") == 1
    assert page.count("<tr>") == 1 + len(chart.table())
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert set(re.findall(r"https?://[^\"' ]+", page)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_every_colour_of_a_page_s_drawing_follows_light_and_dark(chart: Chart, tmp_path: Path) -> None:
    write_chart(chart, tmp_path / "course.html")
    page = (tmp_path / "course.html").read_text(encoding="utf-8")
    drawing = page[page.index("<svg ") : page.index("</svg>")]
    used = set(re.findall(r'(fill|stroke)="(?!none)([^"]*)"', drawing))
    assert ("stroke", look.LINE) in used
    for part, name in used:
        assert f'[{part}="{name}"] {{ {part}: var({name}) }}' in page
    for colours in look.COLOURS.values():
        assert f"{look.LINE}: {colours[look.LINE]};" in page


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("course.pdf", 'plot: "course.pdf" must end in .png, .svg or .html'),
        ("course", 'plot: "course" must end in .png, .svg or .html'),
        ("nowhere/course.png", 'plot: "nowhere/course.png" cannot be written: the folder "nowhere" is not there'),
        ("folder.svg", 'plot: "folder.svg" is a folder; name a file'),
    ],
)
def test_a_place_that_cannot_be_is_refused_before_the_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, place: str, said: str
) -> None:
    (tmp_path / "folder.svg").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *SIMULATE, "--plot", place) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"natalizumab: {said}\n")


def test_a_folder_that_may_not_be_written_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(ModelError, match="does not let you"):
        check_place(tmp_path / "course.png")


def test_a_failure_at_the_last_step_leaves_the_older_file_as_it_was(
    chart: Chart, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "course.svg").write_text("older")
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(ModelError, match=r"cannot be written \(No space left on device\)"):
        write_chart(chart, tmp_path / "course.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["course.svg"]
    assert (tmp_path / "course.svg").read_text() == "older"


def test_an_older_file_is_replaced_also_behind_a_link(chart: Chart, tmp_path: Path) -> None:
    (tmp_path / "real.svg").write_text("older")
    (tmp_path / "link.svg").symlink_to(tmp_path / "real.svg")
    write_chart(chart, tmp_path / "link.svg")
    assert (tmp_path / "link.svg").is_symlink()
    assert (tmp_path / "real.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert len(list(tmp_path.iterdir())) == 2


def test_without_vl_convert_the_refusal_names_the_extra(
    chart: Chart, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ModelError, match=r"a picture needs vl_convert, .* pip install vl-convert-python"):
        write_chart(chart, tmp_path / "course.png")
    assert list(tmp_path.iterdir()) == []


def test_the_numbers_are_printed_as_without_the_picture(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, *SIMULATE, "--json") == 0
    plain = capsys.readouterr().out
    assert run(monkeypatch, *SIMULATE, "--json", "--plot", str(tmp_path / "course.html")) == 0
    told = capsys.readouterr()
    assert told.out == plain
    assert json.loads(plain)["trough"]["p5"] > 0
    assert told.err == f"The chart is in {tmp_path / 'course.html'}\n"
    assert "20 invented people" in (tmp_path / "course.html").read_text(encoding="utf-8")


def test_any_command_can_take_the_option(tmp_path: Path) -> None:
    @click.command()
    @plot_option
    def command(plot: Path | None) -> None:
        click.echo(repr(plot))

    assert CliRunner().invoke(command).output == "None\n"
    wanted = tmp_path / "x.png"
    assert CliRunner().invoke(command, ["--plot", str(wanted)]).output == f"{wanted!r}\n"


def test_a_folder_that_takes_no_file_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(ModelError, match=r'plot: ".*course.svg" cannot be written \(Permission denied\)'):
        check_place(tmp_path / "course.svg")


def test_looking_whether_a_file_can_be_written_leaves_nothing_and_harms_nothing(tmp_path: Path) -> None:
    check_place(tmp_path / "course.svg")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "course.svg").write_text("older")
    check_place(tmp_path / "course.svg")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["older"]


@pytest.mark.parametrize("place", ["none/chart.svg", "chart.pdf"])
def test_validate_looks_at_the_place_of_its_picture_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setattr("natalizumab.pharmacology.validation.validate", lambda *_: pytest.fail("it has begun"))
    assert run(monkeypatch, "validate", "--part", "calibration", "--plot", str(tmp_path / place)) == 1
    assert "natalizumab: plot: " in capsys.readouterr().err


def test_on_a_narrow_screen_the_page_says_that_the_drawing_goes_on(chart: Chart, tmp_path: Path) -> None:
    write_chart(chart, tmp_path / "course.html")
    page = (tmp_path / "course.html").read_text(encoding="utf-8")
    assert '<p class="wider">The drawing is wider than this screen: move it sideways.</p>' in page
    assert '<figure tabindex="0">' in page
