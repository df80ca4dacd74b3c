"""What holds for every event table: what was written is read as the same, and all else is read or refused."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables import Subject, TimeUnit, event_table_text, read_event_table, subject_from
from natalizumab.pharmacology.event_tables.rows import identity
from natalizumab.pharmacology.event_tables.subject import fits_a_cell, names_a_person
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, History
from natalizumab.pharmacology.levels import LARGEST_ASSAY_FACTOR, Level
from natalizumab.pharmacology.parameters import HEAVIEST_KG, LIGHTEST_KG
from natalizumab.pharmacology.regimen import (
    FARTHEST_DAY,
    LARGEST_AMOUNT_MG,
    LONGEST_INFUSION_MINUTES,
    SHORTEST_INFUSION_MINUTES,
    Input,
)

some = settings(max_examples=150, deadline=None)

# Every number that a person can have, to the last bit, and those that people write.
days = st.one_of(st.integers(-1000, 5000).map(float), st.floats(-FARTHEST_DAY, FARTHEST_DAY))
amounts = st.one_of(st.sampled_from([0.0, 150.0, 300.0]), st.floats(0, LARGEST_AMOUNT_MG))
minutes = st.one_of(st.none(), st.integers(1, 240), st.floats(SHORTEST_INFUSION_MINUTES, LONGEST_INFUSION_MINUTES))
kilograms = st.floats(LIGHTEST_KG, HEAVIEST_KG)
concentrations = st.floats(0, LARGEST_CONCENTRATION, exclude_min=True)
factors = st.one_of(st.just(1.0), st.floats(0, LARGEST_ASSAY_FACTOR, exclude_min=True))

texts = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=8)
assays = st.one_of(st.none(), texts.filter(fits_a_cell))
ids = st.one_of(st.integers(1, 9999).map(str), texts.filter(names_a_person))

inputs = st.lists(
    st.builds(Input, days, amounts, st.sampled_from(["iv", "sc"]), minutes), max_size=8, unique_by=lambda dose: dose.day
)
weights = st.lists(st.tuples(days, kilograms), min_size=1, max_size=4, unique_by=lambda weight: weight[0])
levels = st.lists(st.builds(Level, days, concentrations, st.booleans(), assays, factors), max_size=6)
histories = st.builds(lambda doses, kg: History(tuple(doses), tuple(kg)), inputs, weights)
subjects = st.builds(subject_from, ids, histories, levels)

conventions = st.fixed_dictionaries(
    {
        "time_unit": st.sampled_from(["day", "h"]),
        "depot": st.integers(1, 9),
        "central": st.integers(10, 19),
    }
)


@some
@given(st.lists(subjects, min_size=1, max_size=3, unique_by=lambda subject: identity(subject.id)), conventions)
def test_what_was_written_is_read_as_the_same_to_the_last_bit(people: list[Subject], convention: Any) -> None:
    assert list(read_event_table(event_table_text(people, **convention), **convention)) == people


@some
@given(subjects)
def test_the_form_of_a_subject_is_its_own(subject: Subject) -> None:
    assert subject_from(subject.id, subject.history, subject.observations) == subject


@some
@given(subjects, st.randoms(use_true_random=False))
def test_neither_the_order_of_columns_nor_comments_nor_case_change_what_is_read(subject: Subject, random: Any) -> None:
    rows = list(csv.reader(io.StringIO(event_table_text([subject]), newline="")))
    order = random.sample(range(len(rows[0])), len(rows[0]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    # An assay's name may start as a comment does, so it never stands first.
    writer.writerow(["first", *(rows[0][column].lower() for column in order)])
    for row in rows[1:]:
        text.write("# a comment\n")
        writer.writerow([0, *(row[column] for column in order)])
    read = read_event_table(text.getvalue())
    assert list(read) == [subject]
    assert read.comments == len(rows) - 1
    assert read.ignored == ("FIRST",)


# A table that is right, of which some cells are changed and some columns left out.
RIGHT = """ID TIME EVID MDV AMT RATE DUR CMT DV CENS BLQ LLOQ II ADDL SS DVID WT C SEX
1 0 1 1 300 7200 0 2 . 0 0 . 28 2 0 1 70 . F
1 14 0 0 0 0 0 2 11.5 0 0 0.5 0 0 0 1 . . F
1 70 2 1 0 0 0 0 . 0 0 . 0 0 0 1 66.5 . F
2 0 1 1 150 0 0 1 . 0 0 . 0 0 0 1 90 . M
2 28 0 0 0 0 0 2 0.5 1 1 0.5 0 0 0 1 90 . M"""
WRONG = [
    "",
    *"1 2 3 4 0 -1 -2 28 300 70 0.5 1e9 1e-9 1e-999 1e400 nan inf . NA C # @ ; x 8:30 1_0 ٣ central \" '".split(),
]

units: st.SearchStrategy[TimeUnit] = st.sampled_from(["day", "h"])
places = st.tuples(st.integers(1, 5), st.integers(0, 18))


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(places, st.sampled_from(WRONG), max_size=3), st.sets(st.integers(2, 18), max_size=3), units)
def test_a_table_with_changed_cells_and_absent_columns_is_read_or_refused(
    changes: dict[tuple[int, int], str], absent: set[int], unit: TimeUnit
) -> None:
    lines = [line.split() for line in RIGHT.splitlines()]
    for (line, column), cell in changes.items():
        lines[line][column] = cell
    kept = [[cell for column, cell in enumerate(line) if column not in absent] for line in lines]
    read_or_refused("\n".join(map(",".join, kept)) + "\n", unit)


@some
@given(st.text(), units)
def test_any_text_is_read_or_refused_in_plain_words(text: str, unit: TimeUnit) -> None:
    read_or_refused(text + "\n", unit)


def read_or_refused(text: str, unit: TimeUnit) -> None:
    """Fails where anything but a refusal is raised, and where what was read can't be written and read again."""
    try:
        people = read_event_table(text, time_unit=unit, weight_kg=70, infusion_minutes=60)
    except ModelError as refusal:
        event("refused")
        if "Allowed: " not in str(refusal):
            raise
        return
    event("read")
    assert read_event_table(event_table_text(people, time_unit=unit), time_unit=unit) == people
