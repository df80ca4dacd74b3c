"""``natalizumab evaluate``: what it prints of a folder, whom it leaves out, and what it refuses."""

from __future__ import annotations

import contextlib
import io
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from invent_levels import clinic, write

from natalizumab import cli

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = ("--on", "2026-11-02")


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit status, output, and what was said beside it."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr("sys.argv", ["natalizumab", "evaluate", *arguments])
        status = 0
        try:
            cli.main()
        except SystemExit as left:
            status = int(left.code or 0)
    return status, out.getvalue(), err.getvalue()


def page(*arguments: str) -> str:
    """The page in one line, so that the places of its line breaks do not matter."""
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    return " ".join(out.split())


def answer(*arguments: str) -> dict[str, Any]:
    status, out, _ = run(*arguments, "--json")
    assert status == 0
    found: dict[str, Any] = json.loads(out)
    return found


def folder_of(tmp_path: Path, *names: str) -> Path:
    """A folder with those examples."""
    folder = tmp_path / "levels"
    folder.mkdir(parents=True)
    for name in names:
        shutil.copy(EXAMPLES / name, folder)
    return folder


def invented(number: int) -> str:
    return f"levels/invented-levels-{number:02}.json"


def changed(folder: Path, number: int, *, without: str = "", person: str = "") -> dict[str, Any]:
    """Another file with that example, without entries of one kind or with another id; returned as plain values."""
    record: dict[str, Any] = json.loads((EXAMPLES / invented(number)).read_text())
    record["events"] = [event for event in record["events"] if event["kind"] != without]
    record["person"]["id"] = person or record["person"]["id"]
    (folder / f"changed-{number}-{without or person or 'copy'}.json").write_text(json.dumps(record))
    return record


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any], str]:
    """The page, the JSON and the chart of the invented clinic."""
    chart = tmp_path_factory.mktemp("chart") / "chart.html"
    status, text, said = run(str(EXAMPLES / "levels"), *ON, "--plot", str(chart))
    assert (status, said) == (0, f"The chart is in {chart}\n")
    return text, answer(str(EXAMPLES / "levels"), *ON), chart.read_text()


def test_the_examples_are_what_the_tool_invents(tmp_path: Path) -> None:
    write(clinic(), tmp_path)
    made, kept = (
        {path.name: path.read_text() for path in folder.iterdir()} for folder in (tmp_path, EXAMPLES / "levels")
    )
    assert made == kept
    assert all("Invented person." in text for text in kept.values())


def test_the_invented_clinic_fits_and_the_page_says_so_first(whole: tuple[str, dict[str, Any], str]) -> None:
    text, found, _ = whole
    assert text.startswith("80 levels of 40 people compared.\nUp to 2026-11-02.\nDivided by: 1 (Dutch assay).\n")
    assert "\nFITS  the levels read " in text
    assert found["verdict"]["answer"] == "fits"
    assert found["left_out"] == found["levels_not_compared"] == []


def test_the_page_has_the_numbers_of_every_group_rounded(whole: tuple[str, dict[str, Any], str]) -> None:
    text, found, _ = whole
    for group in found["groups"]:
        rows = [line for line in text.splitlines() if line.split()[2:3] == [group["route"]]]
        assert len(rows) == 2
        alone, after = rows
        assert alone.split()[3:6] == [
            str(group["people"]),
            str(group["levels"]),
            f"{group['mean_error_percent']:+.1f}",
        ]
        below = group["below_limit"]
        assert f"{below['observed']}, {below['expected']:.1f} exp." in alone
        assert f"{group['factor']['value']:.2f} ({group['factor']['low']:.2f} to " in alone
        assert f"{group['from_earlier_levels_too']['rmse_mg_per_l']:.1f}" in after
        assert f"{group['normalised_errors']['sd']['value']:.2f} (" in after


def test_the_page_names_model_status_and_weaknesses(whole: tuple[str, dict[str, Any], str]) -> None:
    text = " ".join(whole[0].split())
    for words in ("van den Berg", "Status: assumed, the weakest", "tail falls too fast", "F 0.84 (label"):
        assert words in text


def test_the_json_holds_every_level_unrounded(whole: tuple[str, dict[str, Any], str]) -> None:
    found = whole[1]
    assert found["bioavailability"] == 0.84  # the label's, of which the page speaks too
    assert set(found) == {
        *("on", "bioavailability", "assay_factors", "verdict", "overall", "groups", "levels"),
        *("levels_not_compared", "left_out", "remarks", "status"),
    }
    assert len(found["levels"]) == found["overall"]["levels"] == 80
    level = found["levels"][0]
    assert (level["person"], level["assay"], level["route"]) == ("invented-levels-01", "Dutch assay", "iv")
    assert level["p5_mg_per_l"] < level["p50_mg_per_l"] < level["p95_mg_per_l"]
    assert round(level["expected_mg_per_l"], 6) != level["expected_mg_per_l"]
    assert level["expected_from_earlier_levels_too_mg_per_l"] is None
    quantified = [one for one in found["levels"] if not one["below_limit"]]
    errors = [one["measured_mg_per_l"] - one["expected_mg_per_l"] for one in quantified]
    overall = found["overall"]
    assert overall["rmse_mg_per_l"] == pytest.approx(math.sqrt(sum(e * e for e in errors) / len(errors)))
    expected = sum(one["expected_mg_per_l"] for one in quantified)
    assert overall["mean_error_percent"] == pytest.approx(100 * sum(errors) / expected)


def test_the_chart_is_a_page_with_its_numbers(whole: tuple[str, dict[str, Any], str]) -> None:
    chart = whole[2]
    assert "<h1>Measured levels and the model: fits</h1>" in chart
    assert "expected from earlier levels too, mg/L" in chart
    assert chart.count("<td>invented-levels-") == 80


def test_whoever_cannot_be_compared_is_named_with_the_reason(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, invented(1), invented(2), invented(3), "starting.json", "stable.json")
    changed(folder, 2)
    changed(folder, 4, without="weight")
    changed(folder, 5, without="concentration")
    (folder / "broken.json").write_text("{")
    (folder / "table.csv").write_text("ID,TIME\n")
    (folder / "notes.txt").write_text("Call them.")
    (folder / "older").mkdir()
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    found = answer(str(folder), *ON)
    assert {one["person"] for one in found["levels"]} == {"invented-levels-01", "invented-levels-03"}
    reasons = {(one["file"], one["person"]): one["why"] for one in found["left_out"]}
    same = "changed-2-copy.json and invented-levels-02.json name the same person"
    for file, person, why in (
        ("changed-2-copy.json", "invented-levels-02", same),
        ("invented-levels-02.json", "invented-levels-02", same),
        ("changed-4-weight.json", "invented-levels-04", "no weight is on record"),
        ("changed-5-concentration.json", "invented-levels-05", "no level that can be compared is on record"),
        ("starting.json", "invented-starting", "no dose is on record"),
        ("stable.json", "invented-stable", "no level that can be compared is on record"),
        ("broken.json", None, "is not complete JSON"),
        ("table.csv", None, "has no rows below its header"),
        ("notes.txt", None, "is neither a record (.json) nor an event table (.csv)"),
        ("older", None, "is a folder"),
    ):
        assert reasons.pop((file, person)).startswith(why)
    assert reasons == {}
    text = page(str(folder), *ON)
    assert all(f"- {one['file']}" in text for one in found["left_out"])
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_an_event_table_is_read_like_records(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "event-table.csv", invented(1))
    found = answer(str(folder), *ON)
    assert {one["person"] for one in found["levels"]} == {"1", "2", "3", "invented-levels-01"}
    assert [(one["day"], one["date"], one["route"]) for one in found["levels"] if one["person"] == "2"] == [
        (5.75, None, "sc"),
        (168.0, None, "sc"),
    ]
    assert found["verdict"]["answer"] == "too few levels to say"
    remarks = {one["text"]: one["about"] for one in found["remarks"]}
    assert remarks["Comment rows, not read: 1."] == ["event-table.csv"]
    assert [about for text, about in remarks.items() if text.startswith("No assay is named")] == [["1", "2", "3"]]


def test_two_tables_with_the_same_ids_are_not_mixed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "event-table.csv", invented(1))
    shutil.copy(EXAMPLES / "event-table.csv", folder / "second.csv")
    found = answer(str(folder), *ON)
    assert {one["person"] for one in found["levels"]} == {"invented-levels-01"}
    assert len(found["left_out"]) == 6


def test_a_table_s_columns_that_are_not_read_and_people_without_doses_or_levels_are_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    head = "ID,TIME,EVID,AMT,RATE,CMT,DV,WT,ASSAY,ASSAY_FACTOR,COLOUR"
    rows = [head, "1,0,1,300,7200,2,.,70,.,.,red", "1,28,0,.,.,2,11,70,US,1,red", "1,29,0,.,.,2,11,70,US,.,red"]
    rows += ["2,28,0,.,.,2,11,70,US,1,red", "3,0,1,300,7200,2,.,70,.,.,red"]
    (folder / "table.csv").write_text("\n".join(rows) + "\n")
    found = answer(str(folder), *ON)
    assert [(one["person"], one["why"]) for one in found["left_out"]] == [
        ("2", "no dose is on record"),
        ("3", "no level that can be compared is on record"),
    ]
    texts = " ".join(one["text"] for one in found["remarks"])
    assert "Columns not read: COLOUR." in texts
    assert "Levels by the American assay are divided by 1, as the table says, though 1.3 is known for it" in texts
    assert "Levels by the American assay are divided by 1.3 (assumed) to compare them with the model's." in texts


def test_a_stated_factor_divides_the_levels_of_its_assay_in_any_spelling(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "event-table.csv", invented(1))
    straight, divided = (
        answer(str(folder), *ON, *more)["levels"]
        for more in ((), ("--assay-factor", "unnamed=1.25", "--assay-factor", "sanquin=2"))
    )
    for one, other in zip(straight, divided, strict=True):
        factor = 2 if one["assay"] == "Dutch assay" else 1.25
        assert other["measured_mg_per_l"] == one["measured_mg_per_l"]
        assert other["corrected_mg_per_l"] == pytest.approx(one["measured_mg_per_l"] / factor)
        assert other["expected_mg_per_l"] == pytest.approx(one["expected_mg_per_l"], rel=0.02)


def test_the_factors_of_a_clinics_protocol_count_unless_others_are_stated(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "event-table.csv", invented(1))
    own = tmp_path / "here.toml"
    lines = ('"SANQUIN" = { factor = 2, source = "x" }', '"nobody\'s" = { factor = 1.1, source = "x" }')
    own.write_text("\n".join(['extends = "eu"', 'name = "here"', 'version = "1"', "[level_assays]", *lines]))
    protocol = ("--protocol", str(own))
    stated = answer(str(folder), *ON, "--assay-factor", "Dutch assay=2")
    clinics = answer(str(folder), *ON, *protocol)
    assert clinics["levels"] == stated["levels"]
    assert clinics["assay_factors"] == {"SANQUIN": 2.0, "nobody's": 1.1}
    both = answer(str(folder), *ON, *protocol, "--assay-factor", "Dutch=1.5")
    assert both["levels"] == answer(str(folder), *ON, "--assay-factor", "sanquin=1.5")["levels"]
    assert "counts for nothing" not in page(str(folder), *ON, *protocol)


def test_a_factor_for_an_assay_that_nobody_has_is_said(tmp_path: Path) -> None:
    text = page(str(folder_of(tmp_path, invented(1))), *ON, "--assay-factor", "Elsewhere=1.2")
    assert "No level compared is by the assay Elsewhere: its factor counts for nothing." in text


def test_what_happened_after_the_date_is_left_out_and_said(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, invented(1))
    levels = [one["date"] for one in answer(str(folder), *ON)["levels"]]
    earlier = answer(str(folder), "--on", levels[0])
    assert [one["date"] for one in earlier["levels"]] == levels[:1]
    assert [one["text"] for one in earlier["remarks"]] == [f"A level after {levels[0]}: left out."]


def test_a_table_in_hours_is_read_as_it_is_said_to_be(tmp_path: Path) -> None:
    """The same person in days and in hours, with other compartments, and with what the rows leave out."""
    rows = [(0, 1, 300, "."), (28, 1, 300, "."), (56, 0, ".", 12.5), (56.5, 1, 300, "."), (84, 0, ".", 15)]
    found = []
    for unit, hours, more in (("day", 1, ()), ("h", 24, ("--time-unit", "h"))):
        folder = folder_of(tmp_path / unit)
        lines = [f"1,{time * hours:g},{evid},{amt},5,{dv}" for time, evid, amt, dv in rows]
        (folder / "table.csv").write_text("\n".join(["ID,TIME,EVID,AMT,CMT,DV", *lines]) + "\n")
        said = ("--infusion-minutes", "60", "--weight-kg", "70", "--depot", "4", "--central", "5")
        found.append(answer(str(folder), *ON, *said, *more))
    for one, other in zip(*(each["levels"] for each in found), strict=True):
        assert other["measured_mg_per_l"] == one["measured_mg_per_l"]
        assert other["expected_mg_per_l"] == pytest.approx(one["expected_mg_per_l"], rel=1e-6)
    assert any("It has days and no dates" in one["text"] for one in found[0]["remarks"])


def test_a_level_is_judged_by_nothing_that_came_later(tmp_path: Path) -> None:
    levels = []
    for number, later in enumerate(((), ("positive", "positive"))):
        record = json.loads((EXAMPLES / invented(1)).read_text())
        last = max(event["on"] for event in record["events"])[:10]
        record["events"] += [
            {"kind": "antibody", "on": f"{int(last[:4]) + 1}-0{month}-01", "result": result}
            for month, result in enumerate(later, start=1)
        ]
        folder = folder_of(tmp_path / str(number))
        (folder / "record.json").write_text(json.dumps(record))
        levels.append(answer(str(folder), "--on", "2028-01-01")["levels"])
    assert levels[0] == levels[1]


def test_without_a_date_today_is_taken_and_said(tmp_path: Path) -> None:
    assert "No date was given: today, " in page(str(folder_of(tmp_path, invented(1))))


def test_less_absorbed_raises_what_subcutaneous_levels_say_of_themselves(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, invented(4), invented(8))
    label, cohort = (answer(str(folder), *ON, *more)["overall"]["factor"]["value"] for more in ((), ("--f", "0.6")))
    assert cohort > 1.2 * label
    assert "F 0.6." in page(str(folder), *ON, "--f", "0.6")


def test_nothing_depends_on_the_names_of_the_files(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, invented(1), invented(2), invented(4))
    before = answer(str(folder), *ON)
    for place, path in enumerate(sorted(folder.iterdir(), reverse=True)):
        path.rename(folder / f"{place}.json")
    assert answer(str(folder), *ON) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: is no folder; name one that holds records (.json) or event tables (.csv)"),
        (("{folder}/only.txt",), "{folder}/only.txt: is no folder; name one that holds"),
        (("{folder}",), "{folder}: there is nobody to compare with the model. Left out: empty: is a folder"),
        (("{folder}/empty",), "{folder}/empty: there is nobody to compare with the model: it holds neither records"),
        (("{levels}", "--on", "2.11.2026"), "--on: '2.11.2026' is not a date"),
        (("{levels}", "--f", "2"), "bioavailability F: 2 must be above 0 and at most 1"),
        (("{levels}", "--assay-factor", "Sanquin"), "--assay-factor: 'Sanquin' is not NAME=FACTOR"),
        (("{levels}", "--assay-factor", "Sanquin=0"), "assay factor: 0 must be above 0"),
        (("{levels}", "--plot", "chart.gif"), 'plot: "chart.gif" must end in .png, .svg or .html'),
    ],
)
def test_a_mistake_is_one_plain_line_and_exit_1(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "only.txt").write_text("")
    (tmp_path / "few").mkdir()
    shutil.copy(EXAMPLES / invented(1), tmp_path / "few")
    places = {"folder": str(tmp_path), "levels": str(tmp_path / "few")}
    status, out, err = run(*(argument.format(**places) for argument in arguments))
    assert (status, out) == (1, "")
    assert err.startswith(f"natalizumab: {said.format(**places)}")
    assert err.count("\n") == 1


def test_the_help_shows_an_example_and_loads_no_solver() -> None:
    code = (
        "import sys; from natalizumab.cli import cli\n"
        "try: cli(['evaluate', '--help'])\n"
        "except SystemExit: print([n for n in ('numba', 'numpy', 'scipy', 'altair', 'rich') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.endswith("Example: natalizumab evaluate examples/levels --on 2026-11-02\n[]\n")
