"""The questions that one asks of a record on a date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.invented import Plain, course, dose, event, half, record

from natalizumab.record import Administration, Course


def only_dose(*events: Plain) -> Administration:
    doses = course("2030-01-01", *events).doses()
    assert len(doses) == 1
    return doses[0]


# --- the date ---


def test_a_date_includes_the_whole_day_and_what_lies_later_is_left_out() -> None:
    late = dose("2024-05-06T23:59:59+02:00", id="late")
    next_day = event("relapse", "2024-05-07", id="next day")
    on_the_day = course("2024-05-06", late, next_day)
    assert [entry.ref for entry in on_the_day.events] == ["late"]
    assert [entry.ref for entry in on_the_day.left_out] == ["next day"]
    assert on_the_day.find("next day") is not None
    assert on_the_day.find("nobody") is None


def test_a_date_time_is_no_date_to_ask_about() -> None:
    with pytest.raises(TypeError, match="`on` is a date"):
        record().course(datetime(2024, 5, 6, tzinfo=UTC))


def test_an_empty_record_knows_nothing() -> None:
    nothing = course("2024-05-06")
    assert not [*nothing.events, *nothing.planned, *nothing.left_out, *nothing.doses(), *nothing.valid_jcv()]
    assert (nothing.started, nothing.start_unknown, nothing.dose_count()) == (False, False, 0)
    answers = [nothing.first_dose(), nothing.last_dose(), nothing.interval(), nothing.weight(), nothing.age()]
    assert [*answers, nothing.exposure_month(4), nothing.last("mri")] == [None] * 7


# --- doses ---


def test_two_sc_injections_on_a_day_are_one_dose() -> None:
    one = only_dose(half("2024-05-06T09:00Z", product="Tysabri"), half("2024-05-06T09:20Z"))
    assert (one.ordered_mg, one.given_mg, one.route, one.product) == (300, 300, "sc", "Tysabri")
    assert (one.at, len(one.events), one.incomplete) == (datetime(2024, 5, 6, 9, tzinfo=UTC), 2, False)


def test_two_alike_sc_injections_need_no_id() -> None:
    assert only_dose(half("2024-05-06"), half("2024-05-06")).given_mg == 300


def test_a_single_sc_injection_is_a_dose_of_what_it_holds() -> None:
    assert only_dose(half("2024-05-06")).ordered_mg == 150


def test_a_failed_second_syringe_counts_in_what_was_ordered() -> None:
    one = only_dose(half("2024-05-06", id="a"), half("2024-05-06", id="b", given_mg=0))
    assert (one.ordered_mg, one.given_mg, one.incomplete, one.amount_known) == (300, 150, True, True)


def test_a_broken_syringe_that_was_replaced_counts_for_nothing() -> None:
    broken = half("2024-05-06", id="broken", given_mg=0)
    one = only_dose(half("2024-05-06", id="a"), broken, half("2024-05-06", id="b"))
    assert (one.ordered_mg, one.given_mg, one.incomplete) == (300, 300, False)


@pytest.mark.parametrize(
    ("fields", "given_mg", "incomplete", "amount_known"),
    [
        ({}, 300, False, True),
        ({"completed": True}, 300, False, True),
        ({"given_mg": 120.5}, 120.5, True, True),
        ({"given_mg": 120.5, "completed": False}, 120.5, True, True),
        ({"completed": False}, 300, True, False),
        ({"given_mg": 450}, 450, False, True),
    ],
)
def test_what_was_given_falls_back_to_what_was_ordered(
    fields: Plain, given_mg: float, incomplete: bool, amount_known: bool
) -> None:
    one = only_dose(dose("2024-05-06", **fields))
    assert (one.ordered_mg, one.given_mg) == (300, given_mg)
    assert (one.incomplete, one.amount_known) == (incomplete, amount_known)


def test_a_dose_of_which_nothing_was_given_is_no_dose_but_stays_in_the_record() -> None:
    refused = course("2024-06-01", dose("2024-05-06", given_mg=0))
    assert refused.doses() == ()
    assert refused.started is False
    assert len(refused.of("dose")) == 1


def test_a_second_attempt_on_the_day_is_the_dose() -> None:
    one = only_dose(dose("2024-05-06T09:00Z", given_mg=0), dose("2024-05-06T14:00Z"))
    assert (one.ordered_mg, one.at) == (300, datetime(2024, 5, 6, 14, tzinfo=UTC))


def test_600_mg_is_read_so_that_a_rule_can_hold_it() -> None:
    assert only_dose(dose("2024-05-06", dose_mg=600)).ordered_mg == 600


# --- plans ---


def test_a_planned_dose_is_no_dose_and_stays_planned_when_its_day_has_passed() -> None:
    waiting = course("2024-06-01", dose("2024-05-06", planned=True))
    assert waiting.doses() == ()
    assert [planned.day for planned in waiting.planned_doses()] == [date(2024, 5, 6)]


def test_a_dose_given_on_the_day_fulfils_the_planned_one() -> None:
    events = [dose("2024-05-06", planned=True), dose("2024-05-06T10:00Z")]
    assert len(course("2024-05-05", *events).planned) == 1
    fulfilled = course("2024-05-06", *events)
    assert fulfilled.planned == ()
    assert len(fulfilled.doses()) == 1


def test_a_dose_that_was_not_given_fulfils_nothing() -> None:
    assert len(course("2024-05-06", dose("2024-05-06", planned=True), dose("2024-05-06", given_mg=0)).planned) == 1


def test_two_planned_sc_injections_are_one_planned_dose() -> None:
    planned = course("2024-05-01", half("2024-05-06", planned=True), half("2024-05-06", planned=True)).planned_doses()
    assert [dose.ordered_mg for dose in planned] == [300]


def test_a_planned_interval_weight_or_result_is_not_in_force() -> None:
    wished = course(
        "2024-06-01",
        event("interval", "2024-05-06", weeks=6, planned=True),
        event("weight", "2024-05-06", kg=70, planned=True),
        event("jcv", "2024-05-06", result="negative", assay="STRATIFY", planned=True),
    )
    assert wished.interval() is None
    assert wished.weight() is None
    assert wished.valid_jcv() == ()
    assert len(wished.planned) == 3


# --- treatment that began elsewhere ---


def elsewhere(**fields: object) -> Plain:
    return event("earlier_treatment", "2024-01-10", **fields)


def start(asked: Course) -> tuple[date | None, bool, int | None, int | None]:
    return asked.first_dose(), asked.start_unknown, asked.dose_count(), asked.exposure_month(4)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], (None, False, 0, None)),
        ([dose("2024-02-01")], (date(2024, 2, 1), False, 1, 1)),
        ([elsewhere(first_dose="2020-01-31", doses=50)], (date(2020, 1, 31), False, 50, 49)),
        ([elsewhere(first_dose="2020-01-31")], (date(2020, 1, 31), False, None, 49)),
        ([elsewhere(doses=50)], (None, True, 50, None)),
        ([elsewhere()], (None, True, None, None)),
        ([elsewhere(first_dose="2020-01-31", doses=50), dose("2024-02-01")], (date(2020, 1, 31), False, 51, 49)),
        ([elsewhere(doses=50), dose("2024-02-01")], (None, True, 51, None)),
        (
            [elsewhere(first_dose="2020-01-31", doses=50), elsewhere(first_dose="2016-01-31", doses=6)],
            (date(2016, 1, 31), False, 56, 97),
        ),
        ([elsewhere(first_dose="2020-01-31", doses=50), elsewhere()], (None, True, None, None)),
        ([dose("2019-02-01"), elsewhere(first_dose="2020-01-31", doses=3)], (date(2019, 2, 1), False, 4, 61)),
    ],
)
def test_what_is_unknown_about_the_start_stays_unknown(events: list[Plain], expected: tuple[object, ...]) -> None:
    asked = course("2024-02-28", *events)
    assert start(asked) == expected
    assert asked.started is bool(events)


def test_what_was_given_elsewhere_is_known_from_its_own_date_on() -> None:
    assert course("2024-01-09", elsewhere(first_dose="2020-01-31", doses=50)).started is False


# --- exposure ---


@pytest.mark.parametrize(
    ("on", "month"),
    [
        ("2024-01-30", None),
        ("2024-01-31", 1),
        ("2024-02-28", 1),
        ("2024-02-29", 2),
        ("2024-03-30", 2),
        ("2024-03-31", 3),
    ],
)
def test_the_exposure_month_turns_with_the_calendar_month(on: str, month: int | None) -> None:
    doses = [dose("2024-01-31"), dose("2024-02-28"), dose("2024-03-27")]
    assert course(on, *doses).exposure_month(4) == month


@pytest.mark.parametrize(("weeks", "month"), [(4, 13), (5, 14), (6, 14)])
def test_exposure_ends_one_interval_after_the_last_dose(weeks: float, month: int) -> None:
    """The last dose is on 2024-12-31: four weeks later is still month 13, five weeks later month 14."""
    assert course("2030-01-01", dose("2024-01-01"), dose("2024-12-31")).exposure_month(weeks) == month


def test_gaps_are_not_subtracted_from_exposure() -> None:
    assert course("2024-01-05", dose("2020-01-01"), dose("2024-01-01")).exposure_month(4) == 49


# --- interval, weight, age ---


def test_the_interval_in_force_is_the_last_one_prescribed_up_to_the_day() -> None:
    prescribed = [event("interval", "2024-01-01", weeks=4), event("interval", "2024-06-01", weeks=6)]
    weeks = [course(on, *prescribed).interval() for on in ("2023-12-31", "2024-05-31", "2024-06-01")]
    assert [each and each.weeks for each in weeks] == [None, 4, 6]


def test_the_weight_is_the_last_one_up_to_the_day() -> None:
    weighed = [event("weight", "2024-01-01", kg=68), event("weight", "2024-06-01", kg=71.5)]
    assert [course(on, *weighed).weight() for on in ("2023-12-31", "2024-05-31", "2024-06-01")] == [None, 68, 71.5]


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (None, "2024-05-06", None),
        ("2006-05-06", "2024-05-05", 17),
        ("2006-05-06", "2024-05-06", 18),
        ("2004-02-29", "2022-02-27", 17),
        ("2004-02-29", "2022-02-28", 18),
        ("1988-03-02", "2024-05-06", 36),
    ],
)
def test_age_in_whole_years(born: str | None, on: str, age: int | None) -> None:
    assert course(on, born=born).age() == age
