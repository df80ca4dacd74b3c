"""Event tables: what is written, and what is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.event_tables import EXAMPLE, one

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables import (
    Subject,
    event_table_text,
    read_event_table,
    subject_from,
    write_event_table,
)
from natalizumab.pharmacology.history import AntibodyPeriod, History, Removal, Start
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.regimen import Input


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
