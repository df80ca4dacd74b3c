"""``natalizumab evidence``: what it lists, what it explains, and what it says when there is nothing."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from natalizumab import cli
from natalizumab.commands.evidence import command
from natalizumab.evidence import STATUSES, value, values


def printed(*arguments: str, columns: int = 80) -> str:
    result = CliRunner(env={"COLUMNS": str(columns)}).invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def listed(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed(*arguments, "--json"))
    return found


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The line on standard error; exit status 1 and nothing on standard output are made sure of."""
    monkeypatch.setattr("sys.argv", ["natalizumab", "evidence", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    streams = capsys.readouterr()
    assert (left.value.code, streams.out) == (1, "")
    assert streams.err.count("\n") == 1
    return streams.err


def test_the_overview_counts_every_value_once_by_status_and_once_by_file() -> None:
    lines = printed().splitlines()
    assert lines[0].startswith(f"{len(values())} values in ")
    counts = [line.split() for line in lines if line.startswith(STATUSES)]
    assert {row[0]: int(row[1]) for row in counts} == Counter(v.status for v in values())
    header = next(number for number, line in enumerate(lines) if line.startswith("file "))
    rows = [line.split() for line in lines[header + 1 : lines.index("", header)]]
    assert sum(int(cell) for row in rows for cell in row[1:] if cell != "-") == len(values())
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_the_key_of_a_value_gives_it_in_full_with_its_citation() -> None:
    text = " ".join(printed("pk.cl").split())
    assert "0.164 L/day (0.155 to 0.173), secondary: seen in another party's report" in text
    assert value("pk.cl").about in text
    assert value("pk.cl").note in text
    assert "vandenberg-2025: van den Berg SPH" in text
    assert "doi 10.1002/psp4.70014" in text
    assert "pk.cv_cl" not in text


def test_a_word_finds_values_by_key_explanation_note_and_source() -> None:
    assert "pk.sc_bioavailability" in {v["key"] for v in listed("bioavailability")}
    assert {v["key"] for v in listed("Contradicted")} == {"pml.eu.middle.m25_36"}
    assert "pk.cl" in {v["key"] for v in listed("vandenberg-2025")}
    assert "pk.sc_trough_ratio_cohort" in {v["key"] for v in listed("Steenhuis")}
    assert listed("TROUGH") == listed("trough")


def test_a_status_narrows_the_list_and_needs_no_word() -> None:
    everything = listed("--status", "recalled")
    assert {v["status"] for v in everything} == {"recalled"}
    assert len(everything) == sum(v.status == "recalled" for v in values())
    some = listed("pml", "--status", "recalled")
    assert 0 < len(some) < len(everything)


def test_json_holds_every_part_of_a_value_with_its_sources_resolved() -> None:
    [found] = listed("serology.prevalence.jems")
    assert found["value"] == 57.1
    assert found["interval"] == [56.0, 58.2]
    assert found["unit"] == "%"
    assert found["sources"][0]["key"] == "jems-2014"
    assert "Bozic" in found["sources"][0]["citation"]
    assert len(listed()) == len(values())


@pytest.mark.parametrize("arguments", [(), ("pk",), ("pml",), ("--status", "recalled"), ("--help",)])
def test_every_page_fits_a_terminal_of_80_columns(arguments: tuple[str, ...]) -> None:
    assert [line for line in printed(*arguments).splitlines() if len(line) > 80] == []


def test_units_are_said_in_words_where_that_reads_better() -> None:
    assert "0.8 per 1,000, recalled" in printed("pml.eu.middle.m25_36")
    assert "2.03 per 1,000 person-years (1.55 to 2.66)" in printed("pml.alternatives.top_2020.all_people.all")


def test_help_shows_an_example() -> None:
    assert "Example: natalizumab evidence" in printed("--help")


def test_an_unknown_word_is_refused_with_keys_that_are_near(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(monkeypatch, capsys, "pk.cll")
    assert "no value mentions 'pk.cll'; near it: pk.cl," in message
    assert "near it" not in refused(monkeypatch, capsys, "qqqqqqqqqq")


def test_a_word_without_a_value_of_that_status_is_refused_and_says_which_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no recalled value mentions 'pk.cl'" in refused(monkeypatch, capsys, "pk.cl", "--status", "recalled")


def test_an_unknown_status_is_wrong_usage() -> None:
    result = CliRunner().invoke(command, ["--status", "certain"])
    assert result.exit_code == 2
