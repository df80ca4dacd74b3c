"""Event tables: what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.event_tables import DOSE, HEADER, LEVEL, refusal, row, table

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
    ({"WT": "0"}, "WT", "20 to 350 (kg)"),
    ({"WT": "5"}, "WT", "20 to 350 (kg)"),
    ({"WT": "500"}, "WT", "20 to 350 (kg)"),
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


@pytest.mark.parametrize("header", [HEADER, "ARM," + HEADER])
def test_a_person_or_an_arm_called_c_does_not_vanish_as_a_comment(header: str) -> None:
    rest = DOSE if header != HEADER else DOSE.partition(",")[2]
    said = refusal(table(f"C,{rest}", header=header))
    assert said.startswith(
        f"the table, line 2, column {header.partition(',')[0]}: 'C' is a comment's mark, or somebody"
    )


@pytest.mark.parametrize("row", ["C,28,0,0,0,2,11.5,70,9", "C,28,0,0,0,2,11.5"])
def test_numbers_after_a_c_are_data_though_a_cell_is_missing(row: str) -> None:
    assert refusal(table(DOSE, row)).startswith("the table, line 3: ")


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
