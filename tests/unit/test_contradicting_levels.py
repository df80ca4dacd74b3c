"""Levels that contradict each other: the latest low ones are never outvoted by an old high one. All are invented."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.unit.test_dose_command import Printed, answer

START, ON = date(2025, 1, 6), ("--on", "2026-01-20")
GOOD = {"kind": "concentration", "on": "2025-04-28", "mg_per_l": 25.0}


def on_dose(number: int) -> str:
    return (START + timedelta(weeks=4 * number)).isoformat()


def level(number: int, mg_per_l: float, **more: Any) -> dict[str, Any]:
    return {"kind": "concentration", "on": on_dose(number), "mg_per_l": mg_per_l, **more}


def record(folder: Path, *events: dict[str, Any]) -> str:
    """Thirteen doses, one every four weeks."""
    doses = [{"kind": "dose", "on": on_dose(number), "dose_mg": 300, "route": "iv"} for number in range(13)]
    weight = {"kind": "weight", "on": on_dose(0), "kg": 70}
    person = {"id": "invented", "born": "1988-03-02", "sex": "female"}
    path = folder / "record.json"
    path.write_text(
        json.dumps({"schema": "natalizumab-record/1", "person": person, "events": [weight, *doses, *events]})
    )
    return str(path)


LATE = [
    ("one low", [level(12, 1.0)]),
    ("three low", [level(10, 1.0), level(11, 0.8), level(12, 1.0)]),
    (
        "two low and a positive test",
        [level(11, 0.8), level(12, 1.0), {"kind": "antibody", "on": on_dose(12), "result": "positive"}],
    ),
    ("below the limit", [level(12, 0.5, below=True)]),
]


@pytest.mark.parametrize(("what", "events"), LATE, ids=[what for what, _ in LATE])
def test_late_low_levels_allow_no_interval_though_an_early_one_was_good(
    what: str, events: list[dict[str, Any]], capsys: Printed, tmp_path: Path
) -> None:
    found = answer(capsys, record(tmp_path, GOOD, *events), *ON)
    assert found["advice"]["weeks"] is None
    assert found["advice"]["text"].startswith("No interval is advised before the level")
    assert "contradicts the other levels: for them it is far too low" in found["advice"]["text"]
    assert "test for them as well" in found["advice"]["text"]
    # The others may be named too: which of them is wrong, if any, nobody can say from here.
    assert found["posterior"]["levels_to_check"] >= sum(event["kind"] == "concentration" for event in events)
    rule = "NAB-02" if "positive" in what else "NAB-01"
    assert any(said.startswith(f"The plan asks ({rule})") for said in found["advice"]["beside"])


def test_a_high_level_that_contradicts_the_others_is_left_out(capsys: Printed, tmp_path: Path) -> None:
    others = [level(number, 12.0) for number in (8, 9, 10)]
    without = answer(capsys, record(tmp_path, *others), *ON)
    found = answer(capsys, record(tmp_path, *others, level(12, 70.0)), *ON)
    assert found["advice"]["text"].startswith("Check the level first. The level of 70 mg/L")
    assert found["intervals"] == without["intervals"]
    assert found["advice"]["weeks"] == without["advice"]["weeks"]


def test_beside_an_impossible_level_two_that_contradict_each_other_are_noticed(capsys: Printed, tmp_path: Path) -> None:
    found = answer(capsys, record(tmp_path, GOOD, level(9, 900.0), level(12, 1.0)), *ON)
    assert found["advice"]["weeks"] is None
    assert found["posterior"]["levels_to_check"] == 3


def test_entries_after_the_date_are_named(capsys: Printed, tmp_path: Path) -> None:
    later = [
        level(12, 20.0),
        {"kind": "weight", "on": "2026-02-01", "kg": 60},
        {"kind": "therapy", "on": "2026-02-02", "name": "plasma exchange", "until": "2026-02-02"},
        {"kind": "therapy", "on": "2026-02-03", "name": "ibuprofen"},
    ]
    found = answer(capsys, record(tmp_path, *later), "--on", "2025-12-01")
    assert found["warnings"][-1] == (
        "Left out, because dated after the date asked about: concentration 2025-12-08, dose 2025-12-08, "
        "weight 2026-02-01, therapy 2026-02-02."
    )
    assert not any(said.startswith("Left out") for said in answer(capsys, record(tmp_path), *ON)["warnings"])


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "Test for antibodies first."),
        ("positive", "Test for antibodies first: a positive result asks for a second test."),
        ("negative", "Test for antibodies first: the latest test found none, and the levels say otherwise."),
    ],
)
def test_what_a_test_has_found_is_not_asked_for_as_if_there_were_none(
    result: str | None, words: str, capsys: Printed, tmp_path: Path
) -> None:
    tests = [{"kind": "antibody", "on": on_dose(12), "result": result}] if result else []
    found = answer(capsys, record(tmp_path, level(12, 1.0), *tests), *ON)
    assert found["advice"]["weeks"] is None
    assert words in found["advice"]["text"]


def test_a_clinics_own_shorter_limit_is_not_called_what_the_trial_showed(capsys: Printed, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "eu"\nname = "own"\ntitle = "Own (invented)"\nversion = "1"\ndate = 2026-01-01\n[parameters]\n'
        'extended_interval_weeks = { value = 5, unit = "week", source = "us" }\n'
    )
    found = answer(capsys, record(tmp_path, level(12, 45.0)), *ON, "--protocol", str(own))
    assert found["advice"]["weeks"] == 5
    assert "It is the longest that this protocol allows, and lies between the labelled 4" in found["advice"]["text"]
    assert [one["standing"] for one in found["intervals"][:4]] == ["labelled", "between", "trial", "outside"]


def test_a_last_dose_that_was_too_small_is_told_from_an_interval_that_is_too_long(
    capsys: Printed, tmp_path: Path
) -> None:
    small = {"kind": "dose", "on": "2026-01-05", "dose_mg": 300, "given_mg": 40, "route": "iv"}
    found = answer(capsys, record(tmp_path, small), *ON)
    assert found["advice"]["weeks"] is None
    assert "only the next trough falls short, after the doses as they were given" in found["advice"]["text"]
