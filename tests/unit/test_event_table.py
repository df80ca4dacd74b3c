"""Event tables: what is read of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.event_tables import DOSE, EXAMPLE, HEADER, LEVEL, one, refusal, row, table

from natalizumab.pharmacology.event_tables import read_event_table
from natalizumab.pharmacology.event_tables.meaning import CHANGE_THE_MEANING, READ
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.regimen import Input, Regimen


def inputs(text: str, **arguments: Any) -> tuple[Input, ...]:
    return one(text, **arguments).history.inputs


def level(changes: Mapping[str, str]) -> Level:
    (found,) = one(row(LEVEL, changes)).observations
    return found


def test_doses_levels_and_weights_are_read_from_their_rows() -> None:
    subject = one(table(DOSE, LEVEL, "1,30,2,0,0,0,.,66.5", "1,56,1,150,0,1,.,66.5"))
    assert subject.id == "1"
    assert subject.history.inputs == (Input(0, 300, "iv", 60), Input(56, 150, "sc"))
    assert subject.observations == (Level(28, 11.5),)
    assert subject.weights == ((0, 70), (30, 66.5))


def test_the_example_holds_three_invented_people() -> None:
    people = read_event_table(EXAMPLE)
    assert [subject.id for subject in people] == ["1", "2", "3"]
    assert people.comments == 1
    assert people.ignored == ()
    first, second, third = people
    assert [dose.day for dose in first.history.inputs] == [0, 28, 56, 84, 112, 154, 196]
    assert first.weights == ((0, 68), (84, 71.5))
    assert {dose.route for dose in second.history.inputs} == {"sc"}
    assert third.observations == (Level(28, 1.2), Level(56, 0.5, below=True))


BASELINE = [
    ("1,-1,0,0,0,2,11.5,70", "1: the level on day -1 was taken before any dose, where there can be none: check "),
    ("1,0,0,0,0,2,11.5,70", "1: the level on day 0 was taken before any dose, where there can be none: check "),
]


@pytest.mark.parametrize(("line", "said"), BASELINE)
def test_a_level_before_any_dose_is_read_and_named(line: str, said: str) -> None:
    people = read_event_table(table(line, DOSE, LEVEL))
    assert [level.mg_per_l for level in people[0].observations] == [11.5, 11.5]
    (warning,) = people.warnings
    assert warning.startswith(said)


def test_a_level_below_the_limit_before_any_dose_is_named_without_reproach() -> None:
    people = read_event_table(table("1,-1,0,0,0,2,0.5,70,1", DOSE + ",0", header=HEADER + ",CENS"))
    assert people.warnings == ("1: the level on day -1 was taken before any dose.",)


def test_where_no_dose_is_there_every_level_is_named_and_where_all_is_well_none() -> None:
    assert len(read_event_table(table("1,0,0,0,0,2,11.5,70", "1,9,0,0,0,2,1.5,70")).warnings) == 2
    assert read_event_table(table(DOSE, LEVEL)).warnings == ()


def test_additional_doses_are_those_of_the_regimen() -> None:
    read = inputs(table("1,0,1,300,7200,2,.,70,4,28", header=HEADER + ",ADDL,II"))
    assert [(dose.day, dose.amount_mg) for dose in read] == [
        (dose.day, dose.amount_mg) for dose in Regimen("iv", 4, 5).inputs
    ]


def test_additional_doses_may_run_on_beside_later_rows() -> None:
    read = inputs(table("1,0,1,300,0,1,.,70,2,28", "1,14,1,150,0,1,.,70,0,0", header=HEADER + ",ADDL,II"))
    assert [(dose.day, dose.amount_mg) for dose in read] == [(0, 300), (14, 150), (28, 300), (56, 300)]


def test_columns_may_stand_in_any_order_and_case_and_unknown_ones_are_named() -> None:
    text = "wt, dv ,Cmt,rate,amt,evid,time,id,Sex,TAD\n70,.,2,7200,300,1,0,1,F,0\n70,11.5,2,0,0,0,28,1,F,28\n"
    read = read_event_table(text)
    assert read == [one(table(DOSE, LEVEL))]
    assert read.ignored == ("SEX", "TAD")


@pytest.mark.parametrize("missing", [".", "", "NA", " . "])
def test_a_full_stop_an_empty_cell_and_na_mean_missing(missing: str) -> None:
    text = table(f"1,0,1,300,7200,2,{missing},70", f"1,28,0,{missing},{missing},{missing},11.5,{missing}")
    assert one(text) == one(table(DOSE, LEVEL))


def test_comment_rows_are_passed_over_and_counted_and_blank_ones_passed_over() -> None:
    lines = ["# it's \"open", "@,1", "C,anything", f"C,{DOSE}", "", ",,,,,,,,", f".,{DOSE}", f".,{LEVEL}"]
    read = read_event_table("# before\n" + table(*lines, header="C," + HEADER))
    assert list(read) == [one(table(DOSE, LEVEL))]
    assert read.comments == 5
    assert read.ignored == ()


def test_a_comment_is_marked_in_a_column_c_wherever_that_stands() -> None:
    read = read_event_table(table(f"{DOSE},.", f"{LEVEL},C", header=HEADER + ",C"))
    assert read.comments == 1
    assert read[0].observations == ()


def test_hours_are_the_same_moments_as_days() -> None:
    hours = table("1,0,1,300,300,2,.,70,2,672", "1,672,0,0,0,2,11.5,70,.,.", header=HEADER + ",ADDL,II")
    days = table("1,0,1,300,7200,2,.,70,2,28", "1,28,0,0,0,2,11.5,70,.,.", header=HEADER + ",ADDL,II")
    assert one(hours, time_unit="h") == one(days)
    assert one(row(LEVEL, {"TIME": "1"}), time_unit="h").observations[0].day == 1 / 24


@pytest.mark.parametrize(
    ("cmt", "arguments", "route"),
    [
        ("2", {}, "iv"),
        ("2.0", {}, "iv"),
        ("central", {}, "iv"),
        ("1", {}, "sc"),
        ("depot", {}, "sc"),
        ("1", {"depot": 2, "central": 1}, "iv"),
        ("3", {"depot": 3, "central": 1}, "sc"),
    ],
)
def test_the_compartment_of_a_dose_is_its_route(cmt: str, arguments: dict[str, int], route: str) -> None:
    text = row(DOSE, {"CMT": cmt, "RATE": "." if route == "sc" else "7200"})
    assert [dose.route for dose in inputs(text, **arguments)] == [route]


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        ({"RATE": "7200"}, 60),
        ({"RATE": "14400"}, 30),
        ({"RATE": "300"}, 1440),
        ({"RATE": "432000"}, 1),
        ({"RATE": ".", "DUR": "0.0625"}, 90),
        ({"RATE": "0", "TINF": "0.0625"}, 90),
        ({"RATE": "7200", "DUR": "."}, 60),
    ],
)
def test_an_infusion_lasts_as_long_as_rate_or_duration_say(cells: dict[str, str], minutes: float) -> None:
    assert [dose.minutes for dose in inputs(row(DOSE, cells))] == [minutes]


@pytest.mark.parametrize("rate", [".", "0"])
def test_an_infusion_without_its_duration_takes_the_one_that_is_passed(rate: str) -> None:
    assert inputs(row(DOSE, {"RATE": rate}), infusion_minutes=45) == (Input(0, 300, "iv", 45),)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, Level(28, 11.5)),
        ({"DV": "5000"}, Level(28, 5000)),
        ({"CENS": "0", "LLOQ": "11.5"}, Level(28, 11.5)),
        ({"CENS": "1"}, Level(28, 11.5, below=True)),
        ({"CENS": "1", "LLOQ": "11.5"}, Level(28, 11.5, below=True)),
        ({"CENS": "1", "LLOQ": "0.5", "DV": "0"}, Level(28, 0.5, below=True)),
        ({"CENS": "1", "LLOQ": "0.5", "DV": "."}, Level(28, 0.5, below=True)),
        ({"CENS": "1", "LLOQ": ".", "DV": "0.5"}, Level(28, 0.5, below=True)),
        ({"BLQ": "1", "LLOQ": "0.5", "DV": "."}, Level(28, 0.5, below=True)),
        ({"BLQ": "1", "LLOQ": "0.5", "DV": "0.25"}, Level(28, 0.5, below=True)),
        ({"BLQ": "1", "LLOQ": "0.5", "DV": "0.5"}, Level(28, 0.5, below=True)),
        ({"BLQ": "0", "LLOQ": "0.5"}, Level(28, 11.5)),
        ({"BLQ": "1", "CENS": "1", "LLOQ": "0.5", "DV": "0.5"}, Level(28, 0.5, below=True)),
        ({"ASSAY": "ours", "ASSAY_FACTOR": "1.3"}, Level(28, 11.5, assay="ours", factor=1.3)),
        ({"ASSAY": "US", "ASSAY_FACTOR": "."}, Level(28, 11.5, assay="US", factor=1.3)),
        ({"ASSAY": "US", "ASSAY_FACTOR": "1"}, Level(28, 11.5, assay="US", factor=1.0)),
        ({"ASSAY": "nobody's", "ASSAY_FACTOR": "."}, Level(28, 11.5, assay="nobody's", factor=1.0)),
        ({"CMT": "0"}, Level(28, 11.5)),
        ({"CMT": "central"}, Level(28, 11.5)),
        ({"MDV": "0", "SS": "0", "DVID": "1", "LIMIT": "0"}, Level(28, 11.5)),
    ],
)
def test_a_level_is_a_value_or_a_limit_of_quantification(cells: dict[str, str], expected: Level) -> None:
    assert level(cells) == expected


def test_a_row_with_mdv_1_is_no_level_and_its_weight_still_counts() -> None:
    subject = one(table(DOSE + ",1", "1,28,0,0,0,2,11.5,75,1", header=HEADER + ",MDV"))
    assert subject.observations == ()
    assert subject.weights == ((0, 70), (28, 75))


def test_without_evid_an_amount_makes_a_dose_and_mdv_something_else() -> None:
    header = "ID,TIME,AMT,RATE,CMT,DV,MDV,WT"
    lines = ["1,0,300,7200,2,.,1,70", "1,28,.,.,2,11.5,0,70", "1,30,.,.,2,.,1,75"]
    subject = one(table(*lines, header=header))
    assert subject.history.inputs == (Input(0, 300, "iv", 60),)
    assert subject.observations == (Level(28, 11.5),)
    assert subject.weights == ((0, 70), (30, 75))


@pytest.mark.parametrize(("evid", "doses"), [("3", 0), ("4", 1)])
def test_a_reset_on_a_persons_first_row_resets_nothing(evid: str, doses: int) -> None:
    amount = {"AMT": "0", "RATE": "0"} if evid == "3" else {}
    assert len(inputs(row(DOSE, {"EVID": evid} | amount))) == doses


def test_a_missing_weight_is_the_one_before_and_nobodys_is_the_one_passed() -> None:
    assert one(table(DOSE, "1,28,0,0,0,2,11.5,.")).weights == ((0, 70),)
    assert one(table("1,0,1,300,7200,2,.,.", LEVEL)).weights == ((0, 70),)
    assert one(row(DOSE, {"WT": "."}), weight_kg=80).weights == ((0, 80),)
    assert one(row(DOSE, {}), weight_kg=80).weights == ((0, 70),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_kind_of_line_end_and_a_byte_order_mark_are_read(tmp_path: Path, end: str, mark: str) -> None:
    text = mark + table(DOSE, LEVEL).replace("\n", end)
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert read_event_table(tmp_path / "a.csv") == read_event_table(text) == [one(table(DOSE, LEVEL))]


def test_the_page_names_every_column_and_its_example_runs() -> None:
    page = (EXAMPLE.parents[1] / "docs" / "event-tables.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[A-Z]+[0-9]?(?:_[A-Z]+)?", page)) | {"DAT2"}
    assert READ | CHANGE_THE_MEANING.keys() <= words
    code = page.split("```python\n")[1].split("```")[0]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=EXAMPLE.parents[1], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("columns not read: () · comment rows: 1\n")
    said = page.split("names file, line, column and value, and says what is allowed:\n\n    event-table.csv, line 5, ")[
        1
    ]
    text = table(DOSE, LEVEL, "1,56,1,300,7200,2,.,70", "1,84,1,300,-2,2,.,70")
    assert refusal(text).startswith(f"the table, line 5, {said.split(' …')[0]}")
