"""How probable antibodies are comes from the pharmacology, as a number that a plan is given (NAB-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tests.spec.spec import Event, dose, doses, event

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.care.why import why
from natalizumab.errors import Refusal
from natalizumab.record import Record

GIVEN = doses("2026-01-05", 4)  # until 2026-03-30
LEVEL = event("concentration", "2026-03-30", mg_per_l=4)


def record(events: Sequence[Event]) -> Record:
    """An invented person's."""
    person = {"id": "invented", "born": "1990-01-01"}
    return Record.from_dict({"schema": "natalizumab-record/1", "person": person, "events": [*events]})


def planned(events: Sequence[Event], probability: float | None, on: str = "2026-04-10") -> Plan:
    return plan(record(events), date.fromisoformat(on), load_protocol("eu"), antibodies=probability)


def asked(made: Plan) -> list[date]:
    """The last days of what NAB-01 asks for."""
    return [item.due for item in made.items if item.rule == "NAB-01"]


@pytest.mark.parametrize(
    ("probability", "asks"), [(None, False), (0.0, False), (0.2, False), (0.21, True), (1.0, True)]
)
def test_more_than_twenty_percent_ask_for_a_test(probability: float | None, asks: bool) -> None:
    assert bool(asked(planned([*GIVEN, LEVEL], probability))) is asks


def test_the_test_is_due_on_the_day_of_the_last_level_and_says_how_probable_they_are() -> None:
    made = planned([*GIVEN, LEVEL], 0.6)
    (item,) = [item for item in made.items if item.rule == "NAB-01"]
    assert (item.due, item.status) == (date(2026, 3, 30), "overdue")
    assert "antibodies 60 % probable" in item.text
    assert "concentration 2026-03-30: 4 mg/L" in item.because


def test_of_several_levels_the_last_is_shown() -> None:
    made = planned([*GIVEN, event("concentration", "2026-03-02", mg_per_l=9), LEVEL], 0.43)
    assert [item.because for item in made.items if item.rule == "NAB-01"] == [("concentration 2026-03-30: 4 mg/L",)]


@pytest.mark.parametrize(
    ("events", "due"),
    [
        (GIVEN, date(2026, 3, 30)),
        ([event("earlier_treatment", "2026-01-01", first_dose="2025-01-01")], date(2026, 4, 10)),
    ],
)
def test_without_a_level_it_is_due_since_the_last_dose_or_today(events: list[Event], due: date) -> None:
    assert asked(planned(events, 0.5)) == [due]


@pytest.mark.parametrize(
    ("on", "due"), [("2026-05-13", []), ("2026-05-14", [date(2026, 5, 14)]), ("2026-05-15", [date(2026, 5, 14)])]
)
def test_a_negative_test_is_repeated_after_42_days_where_they_are_still_probable(on: str, due: list[date]) -> None:
    tested = event("antibody", "2026-04-02", result="negative")
    events = [*GIVEN, LEVEL, tested, dose("2026-04-27")]
    assert asked(planned(events, 0.5, on)) == due


def test_after_a_positive_test_nothing_more_is_asked_by_probability() -> None:
    assert asked(planned([*GIVEN, LEVEL, event("antibody", "2026-04-02", result="positive")], 0.99)) == []


@pytest.mark.parametrize("probability", [-0.01, 1.01, 50, float("nan"), float("inf")])
def test_what_is_no_probability_is_refused_in_words(probability: float) -> None:
    with pytest.raises(Refusal, match="give a number from 0 to 1"):
        planned(GIVEN, probability)


def test_the_reason_why_is_told_the_probability_too() -> None:
    told = why(record([*GIVEN, LEVEL]), date(2026, 4, 10), load_protocol("eu"), "NAB-01", antibodies=0.5)
    assert told.found
    assert not why(record([*GIVEN, LEVEL]), date(2026, 4, 10), load_protocol("eu"), "NAB-01").found


def test_the_plan_stays_the_same_until_its_end_with_a_probability_too() -> None:
    tested = event("antibody", "2026-04-02", result="negative")
    made = planned([*GIVEN, LEVEL, tested], 0.5)
    assert made.valid_until is not None
    assert made.valid_until <= date(2026, 5, 14)
