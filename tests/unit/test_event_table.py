"""Event tables: what is read, what is refused and in which words, and what is written."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables import (
    Subject,
    event_table_text,
    read_event_table,
    subject_from,
    write_event_table,
)
from natalizumab.pharmacology.event_tables.meaning import CHANGE_THE_MEANING, READ
from natalizumab.pharmacology.history import AntibodyPeriod, History, Removal, Start
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.regimen import Input, Regimen

EXAMPLE = Path(__file__).parents[2] / "examples" / "event-table.csv"

HEADER = "ID,TIME,EVID,AMT,RATE,CMT,DV,WT"
DOSE = "1,0,1,300,7200,2,.,70"
LEVEL = "1,28,0,0,0,2,11.5,70"


def table(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines]) + "\n"


def row(event: str, changes: Mapping[str, str]) -> str:
    """A table of that one row with some cells changed or added."""
    cells = dict(zip(HEADER.split(","), event.split(","), strict=True)) | dict(changes)
    return table(",".join(cells.values()), header=",".join(cells))


def one(text: str, **arguments: Any) -> Subject:
    (subject,) = read_event_table(text, **arguments)
    return subject


def refusal(text: str | Path, **arguments: Any) -> str:
    with pytest.raises(ModelError) as refused:
        read_event_table(text, **arguments)
    return str(refused.value)


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


# What is changed in a row that is right, the column that the refusal names, and words of it.
REFUSED_DOSES: list[tuple[dict[str, str], str, str]] = [
    ({"AMT": "-300"}, "AMT", "at most 3000 (mg)"),
    ({"AMT": "0"}, "AMT", "above 0"),
    ({"AMT": "."}, "AMT", "above 0"),
    ({"AMT": "3000.1"}, "AMT", "at most 3000 (mg)"),
    ({"AMT": "1e-999"}, "AMT", "above 0"),
    ({"AMT": "NaN"}, "AMT", "finite number"),
    ({"AMT": "inf"}, "AMT", "finite number"),
    ({"AMT": "1e9999"}, "AMT", "finite number"),
    ({"AMT": "300 mg"}, "AMT", "finite number"),
    ({"AMT": "3_00"}, "AMT", "finite number"),
    ({"AMT": "٣٠٠"}, "AMT", "finite number"),
    ({"TIME": "."}, "TIME", "days from any origin"),
    ({"TIME": "8:30"}, "TIME", "decimal point"),
    ({"TIME": "2024-05-06"}, "TIME", "decimal point"),
    ({"TIME": "10000001"}, "TIME", "1e+07 days"),
    ({"TIME": "-1e999"}, "TIME", "1e+07 days"),
    ({"CMT": "3"}, "CMT", "1 (depot, under the skin) or 2 (central, intravenous)"),
    ({"CMT": "."}, "CMT", "where the dose went"),
    ({"CMT": "-2"}, "CMT", "where the dose went"),
    ({"CMT": "muscle"}, "CMT", "where the dose went"),
    ({"RATE": "0"}, "RATE", "infusion_minutes"),
    ({"RATE": "."}, "RATE", "infusion_minutes"),
    ({"RATE": "1e-999"}, "RATE", "inf minutes"),
    ({"RATE": "-1"}, "RATE", "asks the model"),
    ({"RATE": "-2"}, "RATE", "asks the model"),
    ({"RATE": "-2.0"}, "RATE", "asks the model"),
    ({"RATE": "-3"}, "RATE", "is negative"),
    ({"RATE": "299"}, "RATE", "1 to 1440 minutes"),
    ({"RATE": "432001"}, "RATE", "1 to 1440 minutes"),
    ({"RATE": "0", "DUR": "1.01"}, "DUR", "1 to 1440 minutes"),
    ({"RATE": "0", "DUR": "60"}, "DUR", "86400 minutes"),
    ({"RATE": "0", "DUR": "-1"}, "DUR", "asks the model"),
    ({"DUR": "0.0416"}, "DUR", "one of RATE, DUR and TINF"),
    ({"CMT": "1"}, "RATE", "infusion under the skin"),
    ({"CMT": "1", "RATE": "0", "DUR": "0.5"}, "DUR", "infusion under the skin"),
    ({"CMT": "1", "RATE": "-2"}, "RATE", "infusion under the skin"),
    ({"ADDL": "2"}, "II", "an interval above 0"),
    ({"ADDL": "2", "II": "0"}, "II", "an interval above 0"),
    ({"ADDL": "2", "II": "."}, "II", "an interval above 0"),
    ({"ADDL": "2", "II": "-28"}, "II", "an interval above 0"),
    ({"ADDL": "0", "II": "-28"}, "II", "an interval above 0"),
    ({"ADDL": "-1", "II": "28"}, "ADDL", "from 0 to 499"),
    ({"ADDL": "1.5", "II": "28"}, "ADDL", "whole numbers"),
    ({"ADDL": "500", "II": "28"}, "ADDL", "from 0 to 499"),
    ({"ADDL": "1e999", "II": "28"}, "ADDL", "from 0 to 499"),
    ({"ADDL": "499", "II": "1000000"}, "II", "day 1e+07"),
    ({"ADDL": "1", "II": "1e-20", "TIME": "5"}, "ADDL", "one dose at a time"),
    ({"SS": "1"}, "SS", "steady state"),
    ({"SS": "2"}, "SS", "steady state"),
    ({"DVID": "2"}, "DVID", "other measurements"),
    ({"ADM": "2"}, "ADM", "say it by CMT"),
    ({"DATE": "2024-05-06"}, "DATE", "is no number"),
    ({"DAT1": "20240506"}, "DAT1", "the whole time into TIME"),
    ({"CONT": "1"}, "CONT", "one row"),
    ({"CALL": "2"}, "CALL", "NONMEM"),
    ({"MDV": "0"}, "MDV", "1, or a row of its own"),
    ({"MDV": "2"}, "MDV", "1, 0"),
    ({"DV": "11.5"}, "DV", "a row of its own for a level"),
    ({"EVID": "5"}, "EVID", "0 (level), 1 (dose), 2 (other"),
    ({"EVID": "101"}, "EVID", "0 (level), 1 (dose), 2 (other"),
    ({"EVID": "1.5"}, "EVID", "0 (level), 1 (dose), 2 (other"),
    ({"EVID": "."}, "EVID", "0 (level), 1 (dose), 2 (other"),
    ({"EVID": "0"}, "AMT", "EVID 1 for a dose"),
    ({"EVID": "2"}, "AMT", "EVID 1 for a dose"),
    ({"EVID": "2", "AMT": "0", "RATE": "0", "CMT": "-2"}, "CMT", "switches a compartment off"),
    ({"EVID": "2", "AMT": "0", "RATE": "0", "DV": "4"}, "DV", "a row of its own for a level"),
    ({"EVID": "2", "AMT": "0", "RATE": "0", "ADDL": "3"}, "ADDL", "EVID 1 for a dose"),
    ({"WT": "."}, "WT", "at least one row"),
    ({"WT": "0"}, "WT", "20 to 300 (kg)"),
    ({"WT": "5"}, "WT", "20 to 300 (kg)"),
    ({"WT": "500"}, "WT", "20 to 300 (kg)"),
    ({"ID": "."}, "ID", "a number, or printable text"),
    ({"ID": "nan"}, "ID", "a number, or printable text"),
    ({"ID": "a\u00a0b"}, "ID", "a number, or printable text"),
    ({"C": "1"}, "C", "C for a row to pass over"),
]

REFUSED_LEVELS: list[tuple[dict[str, str], str, str]] = [
    ({"DV": "."}, "DV", "MDV 1"),
    ({"DV": "0"}, "DV", "CENS 1 with the limit in DV"),
    ({"DV": "-1"}, "DV", "at most 5000 (mg/L)"),
    ({"DV": "5000.1"}, "DV", "at most 5000 (mg/L)"),
    ({"DV": "nan"}, "DV", "finite number"),
    ({"DV": "<0.5"}, "DV", "finite number"),
    ({"DV": "1e-999"}, "DV", "CENS 1 with the limit in DV"),
    ({"CMT": "1"}, "CMT", "2 (central), 0 or '.'"),
    ({"CMT": "3"}, "CMT", "2 (central), 0 or '.'"),
    ({"RATE": "7200"}, "RATE", "EVID 1 for a dose"),
    ({"CENS": "-1"}, "CENS", "0, 1"),
    ({"CENS": "1", "DV": "."}, "DV", "the limit"),
    ({"CENS": "1", "DV": "0"}, "DV", "the limit"),
    ({"CENS": "1", "LLOQ": "0.5"}, "DV", "0, '.' or LLOQ"),
    ({"CENS": "1", "LLOQ": "-0.5"}, "LLOQ", "mg/L"),
    ({"CENS": "1", "DV": "5", "LIMIT": "1"}, "LIMIT", "interval"),
    ({"BLQ": "1"}, "LLOQ", "the limit"),
    ({"BLQ": "1", "LLOQ": "0"}, "LLOQ", "the limit"),
    ({"BLQ": "1", "LLOQ": "0.5"}, "DV", "any value up to LLOQ"),
    ({"BLQ": "2", "LLOQ": "0.5"}, "BLQ", "0, 1"),
    ({"BLQ": "0", "CENS": "1"}, "BLQ", "1, as CENS says"),
    ({"BLQ": "1", "CENS": "0"}, "BLQ", "0, as CENS says"),
    ({"LLOQ": "12"}, "DV", "12 or more"),
    ({"ASSAY_FACTOR": "0"}, "ASSAY_FACTOR", "at most 10"),
    ({"ASSAY_FACTOR": "11"}, "ASSAY_FACTOR", "at most 10"),
    ({"MDV": "0.5"}, "MDV", "0, 1"),
]


@pytest.mark.parametrize(
    ("event", "cells", "column", "words"),
    [(DOSE, *case) for case in REFUSED_DOSES] + [(LEVEL, *case) for case in REFUSED_LEVELS],
)
def test_what_cannot_be_represented_is_refused_with_its_place_its_value_and_what_is_allowed(
    event: str, cells: dict[str, str], column: str, words: str
) -> None:
    text = row(event, cells)
    whole = dict(zip(*(line.split(",") for line in text.splitlines()), strict=True))
    said = refusal(text)
    value = repr(whole[column]) if column in whole else "the table has no such column"
    assert said.startswith(f"the table, line 2, column {column}: {value}")
    assert ". Allowed: " in said
    assert words in said


@pytest.mark.parametrize(
    ("header", "line", "column"),
    [
        ("ID,TIME,EVID,AMT,RATE,WT", "1,0,1,300,7200,70", "CMT"),
        ("ID,TIME,EVID,RATE,CMT,WT", "1,0,1,7200,2,70", "AMT"),
        ("ID,TIME,EVID,AMT,CMT,WT", "1,0,1,300,2,70", "RATE"),
        ("ID,TIME,EVID,AMT,RATE,CMT", "1,0,1,300,7200,2", "WT"),
        ("ID,TIME,EVID,WT", "1,0,0,70", "DV"),
    ],
)
def test_a_column_that_is_needed_and_absent_is_named(header: str, line: str, column: str) -> None:
    said = refusal(table(line, header=header))
    assert said.startswith(f"the table, line 2, column {column}: the table has no such column")


@pytest.mark.parametrize(
    ("lines", "start", "words"),
    [
        ([LEVEL, DOSE], "line 3, column TIME: '0'", "before line 2"),
        ([DOSE, "2" + DOSE[1:], LEVEL], "line 4, column ID: '1'", "ended on line 2"),
        ([DOSE, "1.0" + LEVEL[1:]], "line 3, column ID: '1.0'", "line 2. Allowed: 1."),
        ([DOSE, DOSE], "line 3, column TIME: '0'", "line 2 has put one already. Allowed: one dose at a time"),
        ([DOSE, "1,0,1,150,0,1,.,70"], "line 3, column TIME: '0'", "one dose at a time"),
        ([DOSE, LEVEL, "1,28,2,0,0,2,.,71"], "line 4, column WT: '71'", "70"),
        ([DOSE, "1,28,3,0,0,2,.,70"], "line 3, column EVID: '3'", "first row"),
        ([DOSE, "1,28,4,300,7200,2,.,70"], "line 3, column EVID: '4'", "first row"),
        ([DOSE, "1,28"], "line 3: 2 cells", "8, as in the header on line 1"),
        ([DOSE, LEVEL + ",9"], "line 3: 9 cells", "8, as in the header on line 1"),
        ([DOSE, '1,28,0,0,0,2,"11.5,70'], "line 3: ", "a quoted cell ends on its line"),
        ([DOSE, "1,28,0,0,0,2,11,5,70"], "line 3: 9 cells", "8"),
        ([DOSE, '1,28,0,0,0,2,"11,5",70'], "line 3, column DV: '11,5'", "decimal point"),
        (["h,days,,mg,mg/d,,mg/L,kg"], "line 2, column TIME: 'days'", "decimal point"),
        (["x" * 200_000], "line 2: ", "cells separated by commas"),
    ],
)
def test_rows_that_do_not_fit_together_are_refused_with_their_line(lines: list[str], start: str, words: str) -> None:
    said = refusal(table(*lines))
    assert said.startswith(f"the table, {start}")
    assert words in said


def test_an_additional_dose_that_meets_another_is_refused_on_the_later_row() -> None:
    lines = ["1,0,1,300,0,1,.,70,2,28", "1,28,1,300,0,1,.,70,0,0"]
    said = refusal(table(*lines, header=HEADER + ",ADDL,II"))
    assert said.startswith("the table, line 3, column TIME: '28' puts a dose on day 28, where line 2")
    lines = ["1,0,1,300,0,1,.,70,2,28", "1,14,1,300,0,1,.,70,1,14"]
    said = refusal(table(*lines, header=HEADER + ",ADDL,II"))
    assert said.startswith("the table, line 3, column ADDL: '1' puts a dose on day 28, where line 2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("# only\n@ comments\n", "is empty"),
        (HEADER + "\n", "no rows below its header"),
        (HEADER + "\n# nothing\n", "no rows below its header"),
        (HEADER.replace(",", ";") + "\n", "separated by semicolons. Allowed: commas"),
        (HEADER.replace(",", "\t") + "\n", "separated by tabs. Allowed: commas"),
        (HEADER.replace(",", " ") + "\n", "separated by blanks. Allowed: commas"),
        (f"{DOSE}\n{LEVEL}\n", "is no header"),
        ("SUBJECT,TIME\n1,0\n", "no column ID"),
        ("ID,DAY\n1,0\n", "no column TIME"),
        ("ID,TIME,Wt,WT\n1,0,70,70\n", "the name WT stands there twice"),
        ("ID,TIME,WT,\n1,0,70,\n", "a column has no name"),
    ],
)
def test_a_table_without_rows_or_a_header_that_can_be_read_is_refused(text: str, words: str) -> None:
    said = refusal(text)
    assert words in said
    assert "Allowed: " in said


def test_a_file_is_named_and_one_that_cannot_be_read_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "levels.csv"
    path.write_text(row(DOSE, {"AMT": "-1"}))
    assert refusal(path).startswith("levels.csv, line 2, column AMT: '-1'")
    assert refusal(str(path)) == refusal(path)
    path.write_bytes((HEADER + "\n" + DOSE).encode() + b"\n\xff")
    assert refusal(path).startswith("levels.csv, line 3: this is not text in UTF-8")
    for absent in (tmp_path / "none.csv", tmp_path, HEADER, "x" * 5000, "a\0b"):
        assert "cannot be read" in refusal(absent)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_kind_of_line_end_and_a_byte_order_mark_are_read(tmp_path: Path, end: str, mark: str) -> None:
    text = mark + table(DOSE, LEVEL).replace("\n", end)
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert read_event_table(tmp_path / "a.csv") == read_event_table(text) == [one(table(DOSE, LEVEL))]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"time_unit": "week"}, "time_unit: 'week'"),
        ({"depot": 2}, "depot and central: 2 and 2"),
        ({"depot": 0}, "depot and central: 0 and 2"),
        ({"weight_kg": 5}, "5 kg"),
        ({"weight_kg": float("nan")}, "nan kg"),
        ({"infusion_minutes": 0}, "infusion_minutes: 0"),
        ({"infusion_minutes": float("nan")}, "infusion_minutes: nan"),
    ],
)
def test_an_impossible_argument_is_refused(arguments: dict[str, Any], words: str) -> None:
    assert words in refusal(table(DOSE), **arguments)


def test_what_is_written_reads_as_pharmacometricians_write_it() -> None:
    history = History((Input(0, 300, "iv"), Input(28.25, 300, "sc")), ((0, 70), (40, 66.5)))
    subject = subject_from("7", history, [Level(28.25, 11.5), Level(56, 0.5, below=True)])
    assert event_table_text([subject]).splitlines() == [
        "ID,TIME,EVID,MDV,AMT,RATE,CMT,DV,CENS,WT",
        "7,0,1,1,300,7200,2,.,0,70",
        "7,28.25,0,0,0,0,2,11.5,0,70",
        "7,28.25,1,1,300,0,1,.,0,70",
        "7,40,2,1,0,0,2,.,0,66.5",
        "7,56,0,0,0,0,2,0.5,1,66.5",
    ]
    hours = event_table_text([subject], time_unit="h", depot=2, central=1).splitlines()
    assert hours[1] == "7,0,1,1,300,300,1,.,0,70"
    assert hours[3] == "7,678,1,1,300,0,2,.,0,70"


def test_assays_have_columns_only_where_there_are_any() -> None:
    text = event_table_text(
        [subject_from("7", History(), [Level(0, 5, assay="A, B", factor=1.3), Level(1, 5)], weight_kg=70)]
    )
    assert text.splitlines()[0].endswith(",WT,ASSAY,ASSAY_FACTOR")
    assert text.splitlines()[1].endswith(',70,"A, B",1.3')
    assert one(text).observations == (Level(0, 5, assay="A, B", factor=1.3), Level(1, 5))


def test_the_example_is_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    people = read_event_table(EXAMPLE)
    write_event_table(people, tmp_path / "again.csv")
    assert read_event_table(tmp_path / "again.csv") == people


def test_a_history_is_brought_into_the_one_form_that_a_table_gives_back() -> None:
    history = History(
        (Input(28, 300, "sc", 10), Input(14, 0, "iv"), Input(0, 300, "iv")), ((9, 71), (5, 71), (40, 71), (50, 70))
    )
    subject = subject_from("7", history, [Level(30, 5), Level(20, 6)])
    assert subject.history.inputs == (Input(0, 300, "iv", 60), Input(28, 300, "sc"))
    assert subject.weights == ((0, 71), (50, 70))
    assert [level.day for level in subject.observations] == [20, 30]
    assert subject_from("7", subject.history, subject.observations) == subject


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (History(antibodies=(AntibodyPeriod(0, 9, 2.45),)), "cannot say antibodies"),
        (History(removals=(Removal(1, 0.7),)), "cannot say plasma exchange"),
        (History(start=Start(0, 20)), "cannot say a known start"),
        (History((Input(0, 300, "iv"), Input(0, 150, "sc")), ((0, 70),)), "two doses on day 0"),
        (History((), ((0, 70), (0, 71))), "two weights on day 0"),
        (History((Input(0, 300, "iv"),)), "no weight is known"),
    ],
)
def test_what_a_table_cannot_say_is_not_written(history: History, words: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=words):
        write_event_table([Subject("7", history)], tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", ".", "NA", "C", "#1", "@a", " 1", "a\nb", "nan", "-Infinity"])
def test_an_id_that_a_table_would_not_give_back_names_nobody(name: str) -> None:
    with pytest.raises(ModelError, match="cannot name a person"):
        Subject(name, History())


def test_writing_refuses_nobody_doubles_odd_assays_and_a_place_that_is_none(tmp_path: Path) -> None:
    subject = subject_from("7", History(), [Level(0, 5)], weight_kg=70)
    odd = subject_from("8", History(), [Level(0, 5, assay="a\nb")], weight_kg=70)
    same = subject_from("7.0", History(), weight_kg=70)
    for subjects, words in (
        ([], "nobody to write"),
        ([subject, subject], "7: two people"),
        ([subject, same], "7: two people"),
        ([odd], "fits no cell"),
    ):
        with pytest.raises(ModelError, match=words):
            event_table_text(subjects)
    with pytest.raises(ModelError, match="cannot be written"):
        write_event_table([subject], tmp_path)


def test_reading_and_writing_need_neither_pandas_nor_polars() -> None:
    code = f"""
import sys
from natalizumab.pharmacology.event_tables import event_table_text, read_event_table
event_table_text(read_event_table({str(EXAMPLE)!r}))
sys.exit(bool({{"pandas", "polars"}} & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
