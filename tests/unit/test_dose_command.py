"""``natalizumab dose``: what it prints, what it weighs beside the concentration, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from natalizumab import cli
from natalizumab.evidence import value

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = ("--on", "2026-11-02")

Printed = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["natalizumab", "dose", *arguments])
        try:
            cli.main()
        except SystemExit as left:
            return int(left.code or 0)
    return 0


def answer(capsys: Printed, *arguments: str) -> dict[str, Any]:
    assert run(*arguments, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def changed(tmp_path: Path, name: str, *more: dict[str, Any], without: str = "") -> str:
    """An example with further entries, and without those of one kind."""
    record = json.loads((EXAMPLES / f"{name}.json").read_text())
    record["events"] = [event for event in record["events"] if event["kind"] != without] + list(more)
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    return str(path)


@pytest.fixture(scope="module")
def stable() -> dict[str, Any]:
    """The answer for a person of the examples who has no levels."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "natalizumab", "dose", str(EXAMPLES / "stable.json"), *ON, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_json_has_the_shape_that_others_build_upon(stable: dict[str, Any]) -> None:
    assert set(stable) >= {"posterior", "intervals", "advice"}
    assert [one["weeks"] for one in stable["intervals"]] == list(range(4, 13))
    for one in stable["intervals"]:
        for trough in (one["trough"], one["next_trough"]):
            assert list(trough) == ["p5", "p50", "p95"]
            assert 0 < trough["p5"] < trough["p50"] < trough["p95"]
        assert 0 <= one["probability_at_target"] <= 1
    assert set(stable["advice"]) >= {"weeks", "text"}
    assert sum(stable["posterior"]["antibodies"].values()) == pytest.approx(1)
    assert stable["posterior"]["cl"]["p50"] == pytest.approx(1, abs=0.01)
    assert stable["target"] == 2
    assert stable["status"] == next(iter(stable["evidence"])) == "assumed"
    named = {key: status for status, keys in stable["evidence"].items() for key in keys}
    assert all(value(key).status == status for key, status in named.items())
    assert {"pk.target_trough", "interval.probability", "interval.antibodies_first", "pk.cl"} <= set(named)


def test_the_page_says_the_advice_first_and_marks_it_in_the_table(capsys: Printed, stable: dict[str, Any]) -> None:
    assert run(str(EXAMPLES / "stable.json"), *ON) == 0
    page = capsys.readouterr().out
    weeks = stable["advice"]["weeks"]
    assert page.index(f"{weeks} weeks: the trough at or above 2 mg/L") < page.index("The intervals")
    assert f"\n* {weeks} " in page
    assert "No protocol was given: eu is taken." in page
    assert "It advises; a clinician decides." in page


def test_relapse_and_pregnancy_are_said_beside_the_advice(capsys: Printed, tmp_path: Path) -> None:
    record = changed(
        tmp_path,
        "stable",
        {"kind": "relapse", "on": "2026-09-20"},
        {"kind": "pregnancy", "on": "2026-10-20", "gestation_weeks": 8},
    )
    said = answer(capsys, record, *ON)["advice"]["text"]
    assert "Recent disease activity: a relapse within 12 months." in said
    assert "Pregnancy is on record (2026-10-20)" in said


def test_a_pregnancy_that_has_ended_is_not_said(capsys: Printed, tmp_path: Path) -> None:
    pregnancy = {"kind": "pregnancy", "on": "2026-03-20", "gestation_weeks": 8, "ended": "2026-10-20"}
    assert "Pregnancy" not in answer(capsys, changed(tmp_path, "stable", pregnancy), *ON)["advice"]["text"]


def test_somebody_who_has_just_started_stays_on_the_labelled_interval(capsys: Printed, tmp_path: Path) -> None:
    days = ("08-10", "09-07", "10-05")
    doses = [{"kind": "dose", "on": f"2026-{day}", "dose_mg": 300, "route": "iv"} for day in days]
    tests = [{"kind": "antibody", "on": f"2026-{day}", "result": "negative"} for day in ("09-20", "10-20")]
    level = {"kind": "concentration", "on": "2026-10-30", "mg_per_l": 35, "assay": "Sanquin"}
    found = answer(capsys, changed(tmp_path, "stable", *doses, *tests, level, without="dose"), *ON)
    assert found["advice"]["longest_by_concentration"] > 4
    assert found["advice"]["weeks"] == 4
    assert "not yet 12 months of 4-weekly dosing" in found["advice"]["text"]


def test_who_is_on_six_weeks_already_is_not_asked_for_the_year_again(capsys: Printed) -> None:
    found = answer(capsys, str(EXAMPLES / "six-weekly.json"), *ON)
    assert "not yet" not in found["advice"]["text"]


def test_who_must_never_have_it_again_is_advised_no_interval(capsys: Printed, tmp_path: Path) -> None:
    pml = {"kind": "diagnosis", "on": "2026-10-20", "name": "PML"}
    found = answer(capsys, changed(tmp_path, "stable", pml), *ON)["advice"]
    assert found["weeks"] is None
    said = "No interval is advised: the plan stops natalizumab (CON-02, PML-02). PML is on record:"
    assert found["text"].startswith(said)


def test_while_the_plan_holds_for_suspected_pml_no_interval_is_advised(capsys: Printed) -> None:
    record = str(EXAMPLES / "suspected-pml.json")
    found = answer(capsys, record, *ON)
    assert found["advice"]["weeks"] is None
    said = "No interval is advised: the plan allows no dose (PML-01). PML is suspected: clumsy right hand"
    assert found["advice"]["text"].startswith(said)
    assert [one["weeks"] for one in found["intervals"]] == list(range(4, 13))
    assert run(record, *ON) == 0
    page = capsys.readouterr().out
    assert page.index(said[:60]) < page.index("The intervals")
    assert "* advised" not in page


def test_a_scan_that_is_overdue_holds_beside_the_advice(capsys: Printed) -> None:
    found = answer(capsys, str(EXAMPLES / "high-index.json"), *ON)["advice"]
    assert found["weeks"] is not None
    assert found["beside"][0].startswith("The plan holds a dose on 2026-11-02 (MRI-07): The scan due on 2026-09-02")


@pytest.mark.parametrize("mg_per_l", [90, 900])
def test_a_level_that_nobody_has_changes_no_number_and_is_said_first(
    capsys: Printed, tmp_path: Path, mg_per_l: float
) -> None:
    level = {"kind": "concentration", "on": "2026-09-14", "mg_per_l": mg_per_l}
    without = answer(capsys, str(EXAMPLES / "six-weekly.json"), *ON)
    found = answer(capsys, changed(tmp_path, "six-weekly", level), *ON)
    assert found["intervals"] == without["intervals"]
    assert found["posterior"] == without["posterior"] | {"levels_to_check": 1}
    assert found["advice"]["weeks"] == without["advice"]["weeks"]
    assert found["advice"]["text"].startswith(f"Check the level first. The level of {mg_per_l} mg/L on 2026-09-14")
    assert run(changed(tmp_path, "six-weekly", level), *ON) == 0
    assert "1 level (1 to be checked left out)" in capsys.readouterr().out


def test_a_stop_and_a_long_gap_are_said(capsys: Printed, tmp_path: Path) -> None:
    stopped = changed(tmp_path, "stable", {"kind": "stop", "on": "2026-10-30"})
    assert "was stopped on 2026-10-30: a dose would be a restart" in answer(capsys, stopped, *ON)["advice"]["text"]
    late = answer(capsys, str(EXAMPLES / "stable.json"), "--on", "2027-06-01")["advice"]["text"]
    assert "more than 12 weeks ago: the next one would be a restart" in late


def test_an_assay_factor_that_the_clinic_knows_is_used(capsys: Printed, tmp_path: Path) -> None:
    level = {"kind": "concentration", "on": "2026-10-01", "mg_per_l": 40.0, "assay": "House ELISA"}
    record = changed(tmp_path, "stable", level)
    as_it_stands = answer(capsys, record, *ON)
    divided = answer(capsys, record, *ON, "--assay-factor", "house elisa=1.3")
    assert any("House ELISA is not known here" in said for said in as_it_stands["warnings"])
    assert [said for said in divided["warnings"] if "House ELISA" in said] == [
        "Levels by the House ELISA are divided by 1.3, as was stated, to be like the model's."
    ]
    assert divided["posterior"]["cl"]["p50"] > as_it_stands["posterior"]["cl"]["p50"]


def test_the_factors_of_a_clinics_protocol_divide_levels_unless_others_are_stated(
    capsys: Printed, tmp_path: Path
) -> None:
    level = {"kind": "concentration", "on": "2026-10-01", "mg_per_l": 40.0, "assay": "house-ELISA"}
    record, own = changed(tmp_path, "stable", level), tmp_path / "here.toml"
    lines = [
        f'"{name}" = {{ factor = {factor}, source = "x" }}' for name, factor in (("House ELISA", 1.3), ("no", 1.2))
    ]
    own.write_text("\n".join(['extends = "eu"', 'name = "here"', 'version = "1"', "[level_assays]", *lines]))
    stated = answer(capsys, record, *ON, "--assay-factor", "House ELISA=1.3")
    clinics = answer(capsys, record, *ON, "--protocol", str(own))
    assert clinics["intervals"] == stated["intervals"]
    assert clinics["warnings"] == stated["warnings"]
    other = answer(capsys, record, *ON, "--protocol", str(own), "--assay-factor", "HOUSE elisa=1.1")
    assert other["intervals"] == answer(capsys, record, *ON, "--assay-factor", "house-elisa=1.1")["intervals"]
    assert other["intervals"] != clinics["intervals"]


REFUSED = [
    (("--target", "0"), "target: 0 mg/L must be above 0"),
    (("--target", "nan"), "target: nan"),
    (("--probability", "90"), "probability: 90 must lie between 0 and 1"),
    (("--f", "1.5"), "bioavailability F: 1.5"),
    (("--on", "2026-02-30"), "--on: '2026-02-30' is not a date"),
    (("--protocol", "narnia"), "protocol 'narnia' is not known"),
    (("--assay-factor", "1.3"), "--assay-factor: '1.3' is not NAME=FACTOR"),
    (("--assay-factor", "A=0"), "assay factor: 0"),
    (
        ("--assay-factor", "US assay=1.3", "--assay-factor", "american-assay=1"),
        "'american-assay' names the same assay as 'US assay'; say it once",
    ),
    (("--assay-factor", "A=1", "--assay-factor", "A=2"), "'A' names the same assay as 'A'; say it once"),
    (("--plot", "chart.pdf"), "must end in .png, .svg or .html"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_a_mistake_is_refused_in_one_sentence(capsys: Printed, arguments: tuple[str, ...], said: str) -> None:
    assert run(str(EXAMPLES / "stable.json"), *ON, *arguments) == 1
    refusal = capsys.readouterr().err
    assert refusal.startswith("natalizumab: ")
    assert said in refusal
    assert "Traceback" not in refusal


@pytest.mark.parametrize(("without", "said"), [("weight", "no weight is on record"), ("dose", "no dose is on record")])
def test_without_weight_or_dose_there_is_no_number(capsys: Printed, tmp_path: Path, without: str, said: str) -> None:
    assert run(changed(tmp_path, "stable", without=without), *ON) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_a_level_of_nought_is_refused_with_its_place_and_the_way_to_write_it(capsys: Printed, tmp_path: Path) -> None:
    level = {"kind": "concentration", "on": "2026-10-01", "mg_per_l": 0}
    assert run(changed(tmp_path, "stable", level), *ON) == 1
    said = capsys.readouterr().err
    assert "2026-10-01: level: 0 mg/L is no measurement" in said
    assert "write the limit of quantification as mg_per_l, with below: true" in said


@pytest.mark.parametrize("kg", [20, 350])
def test_every_weight_that_a_record_may_hold_is_taken(capsys: Printed, tmp_path: Path, kg: float) -> None:
    record = changed(tmp_path, "stable", {"kind": "weight", "on": "2026-10-01", "kg": kg})
    assert answer(capsys, record, *ON)["posterior"]["weight_kg"] == kg


def test_a_factor_for_an_assay_that_no_level_has_is_said_to_count_for_nothing(capsys: Printed, tmp_path: Path) -> None:
    level = {"kind": "concentration", "on": "2026-10-01", "mg_per_l": 20.0, "assay": "House ELISA"}
    record = changed(tmp_path, "stable", level)
    factors = ("--assay-factor", "nolab=1.5", "--assay-factor", "house elisa=1.3")
    said = [one for one in answer(capsys, record, *ON, *factors)["warnings"] if "counts for nothing" in one]
    assert said == ["No level that counts is by the assay nolab: its factor counts for nothing."]


def test_the_picture_is_written_and_said(capsys: Printed, tmp_path: Path) -> None:
    path = tmp_path / "intervals.svg"
    assert run(str(EXAMPLES / "stable.json"), *ON, "--plot", str(path)) == 0
    assert f"The chart is in {path}" in capsys.readouterr().err
    drawn = path.read_text()
    assert drawn.startswith("<svg")
    assert "weeks between doses" in drawn
