"""``plan``, ``switch`` and ``dose`` in German: the page, never the data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.german import english_left

from natalizumab.care import load_protocol
from natalizumab.cli import cli
from natalizumab.commands.dose import _advised
from natalizumab.errors import Refusal
from natalizumab.record import read_record

PLAN = ["plan", "examples/suspected-pml.json", "--on", "2026-11-02", "--protocol", "uk"]
SWITCH = ["switch", "examples/stopped.json", "--to", "ocrelizumab", "--on", "2026-09-07"]
DOSE = ["dose", "examples/six-weekly.json", "--on", "2026-11-02"]


def output(*arguments: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (PLAN, ("AUSSETZEN  Keine Gabe, bis dies geklärt ist.", "Was fällig ist", "Quelle: prac-2016 (primär)",
                "Kein zertifiziertes Medizinprodukt.", "Bis 26. Okt. 2026, 7 Tage überfällig. MRT bei PML-Verdacht",
                "invented-suspected-pml am 2. Nov. 2026, ausgesetzt. Protokoll uk")),
        (SWITCH, ("Wann Ocrelizumab beginnt", "Vom 17. Aug. 2026 bis zum 31. Aug. 2026.", "Zu bedenken",
                  "Kein Protokoll angegeben: Es gilt eu.", "0,12 pro Jahr")),
        (DOSE, ("6 Wochen: Talspiegel bei oder über 2 mg/L", "Was von dieser Person bekannt ist", "23,3 (17,8–31,3)")),
    ],
)  # fmt: skip
def test_the_page_is_german_where_that_is_asked_for(arguments: list[str], lines: tuple[str, ...]) -> None:
    page = output(*arguments, "--language", "de")
    assert [line for line in lines if line not in page] == []


@pytest.mark.parametrize("arguments", [PLAN, SWITCH, DOSE])
def test_data_stay_as_they_are_in_every_language(arguments: list[str]) -> None:
    english, german = (json.loads(output(*arguments, "--json", "--language", one)) for one in ("en", "de"))
    assert english == german


def test_english_is_what_is_taken_and_a_language_that_nobody_has_is_wrong_usage() -> None:
    assert output(*PLAN) == output(*PLAN, "--language", "en")
    result = CliRunner().invoke(cli, [*PLAN, "--language", "xx"])
    assert (result.exit_code, "'en', 'de'" in result.output) == (2, True)


@pytest.mark.parametrize("name", ["six-weekly", "stopped", "subcutaneous", "levels/invented-levels-07", "transferred"])
def test_nothing_that_is_advised_about_an_interval_stays_english(name: str) -> None:
    path = Path("examples") / f"{name}.json"
    course = read_record(path).course(date(2026, 11, 2))
    try:
        individual, advice = _advised(course, load_protocol("eu"), None, None, None, {})
        texts = [advice.text, *advice.beside, *individual.warnings]
    except Refusal as refused:
        texts = [str(refused)]
    assert english_left(texts, json.loads(path.read_text(encoding="utf-8"))) == []
