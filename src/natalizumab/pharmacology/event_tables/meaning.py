"""What a row is: a dose, a level, or neither; and the columns that would give it a meaning that the model has not."""

from __future__ import annotations

from typing import Literal

from natalizumab.pharmacology.event_tables.doses import DURATIONS
from natalizumab.pharmacology.event_tables.rows import Row

Kind = Literal["dose", "level", "other"]

OBSERVATION, DOSE, OTHER, RESET, RESET_AND_DOSE = range(5)

READ = frozenset(
    "ID TIME AMT RATE EVID CMT DV MDV II ADDL WT CENS BLQ LLOQ ASSAY ASSAY_FACTOR C".split() + list(DURATIONS)
)

OF_A_DOSE = ("AMT", "RATE", *DURATIONS, "ADDL")

# Each with the numbers that leave a row's meaning as it is, why others do not, and what to do instead.
CHANGE_THE_MEANING: dict[str, tuple[tuple[int, ...], str, str]] = {
    "SS": (
        (0,),
        "asks for steady state, which the model reaches only by doses",
        "; write the doses before, by ADDL and II",
    ),
    "DVID": ((0, 1), "is a measurement of something else", "; leave out the rows of other measurements"),
    "YTYPE": ((0, 1), "is a measurement of something else", "; leave out the rows of other measurements"),
    "LIMIT": ((0,), "censors a level to an interval, which the model cannot", "; leave the column out"),
    "CALL": ((0,), "is an instruction to NONMEM", "; leave the column out"),
    "CONT": ((0,), "continues on the next row", "; write each event on one row"),
    "ADM": ((0,), "names the route in Monolix's way", "; say it by CMT"),
    **dict.fromkeys(
        ("DATE", "DAT1", "DAT2", "DAT3"),
        ((0,), "splits the time over two columns", "; write the whole time into TIME"),
    ),
}

A_RESET = "resets the person, which nothing does to people"


def ignored(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that are not read."""
    return tuple(column for column in columns if column not in READ and column not in CHANGE_THE_MEANING)


def kind(row: Row, *, first: bool) -> Kind:
    """What the row says; ``first``: it is the person's first. Raises ModelError where its columns disagree."""
    for column, (allowed, why, instead) in CHANGE_THE_MEANING.items():
        if column in row.cells:
            row.one_of(column, *allowed, why=why, instead=instead)
    if row.text("C"):
        raise row.refusal("C", "is no mark of a comment", "C for a row to pass over, '.' for all others")
    event = _event(row, first=first)
    missing = row.one_of("MDV", int(event != OBSERVATION), int(event == OBSERVATION), why="does not say 0 or 1")
    if event in (DOSE, RESET_AND_DOSE):
        _refuse_a_value(row, missing=missing)
        return "dose"
    _refuse_parts_of_a_dose(row)
    if event == OBSERVATION:
        return "other" if missing else "level"
    _refuse_a_value(row, missing=missing)
    if row.text("CMT").startswith("-"):
        raise row.refusal("CMT", "switches a compartment off", "a compartment's number, 0 or '.'")
    return "other"


def _event(row: Row, *, first: bool) -> int:
    if "EVID" not in row.cells:
        return _event_by_the_rest(row)
    number = row.number("EVID")
    if number in (RESET, RESET_AND_DOSE) and not first:
        raise row.refusal("EVID", A_RESET, "0, 1, 2; 3 and 4 only on a person's first row")
    if number is None or number not in range(RESET_AND_DOSE + 1):
        raise row.refusal("EVID", "is no kind of event", "0 (level), 1 (dose), 2 (other, such as a change of weight)")
    return int(number)


def _event_by_the_rest(row: Row) -> int:
    """As NONMEM does: a row with an amount is a dose, one without a value to be read is something else."""
    if row.number("AMT"):
        return DOSE
    return OTHER if row.number("MDV") == 1 else OBSERVATION


def _refuse_parts_of_a_dose(row: Row) -> None:
    for column in OF_A_DOSE:
        if row.number(column):
            raise row.refusal(column, "belongs to a dose, and this row is none", "0 or '.'; or EVID 1 for a dose")


def _refuse_a_value(row: Row, *, missing: int) -> None:
    """MDV 0 beside a dose is a contradiction; a value beside one is lost only where MDV itself says so."""
    if not missing:
        raise row.refusal(
            "MDV", "says that there is a level, and EVID or AMT that there is none", "1, or a row of its own"
        )
    if row.number("MDV") is None and row.number("DV"):
        raise row.refusal("DV", "stands beside an event that is no level", "0 or '.'; a row of its own for a level")
