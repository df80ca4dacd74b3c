"""The order of events on one day, whatever their order in the file."""

from __future__ import annotations

from tests.invented import Plain, course, dose, event, jcv

from natalizumab.record import KINDS
from natalizumab.record.order import KIND_ORDER

DAY = "2024-05-06"


def order(*events: Plain) -> list[str]:
    """The ids in canonical order; the same when the file is turned round."""
    forwards = [entry.ref for entry in course("2030-01-01", *events).events]
    assert forwards == [entry.ref for entry in course("2030-01-01", *reversed(events)).events]
    return forwards


def test_every_kind_has_its_place() -> None:
    assert sorted(KIND_ORDER) == sorted(KINDS)


def test_events_with_a_date_only_come_before_timed_ones() -> None:
    timed = event("weight", f"{DAY}T00:00Z", kg=70, id="timed")
    assert order(timed, dose(DAY, id="day only")) == ["day only", "timed"]


def test_timed_events_follow_their_instants_across_offsets() -> None:
    first = event("relapse", f"{DAY}T11:00+02:00", id="09:00 in UTC")
    second = event("relapse", f"{DAY}T10:00Z", id="10:00 in UTC")
    third = event("relapse", f"{DAY}T06:00-05:00", id="11:00 in UTC")
    assert order(third, first, second) == ["09:00 in UTC", "10:00 in UTC", "11:00 in UTC"]


def test_the_day_is_the_one_written_even_where_it_is_another_in_utc() -> None:
    late = event("relapse", "2024-05-06T23:30-05:00", id="evening of the 6th")
    early = event("relapse", "2024-05-07T01:00+02:00", id="night of the 7th, earlier in UTC")
    assert order(early, late) == ["evening of the 6th", "night of the 7th, earlier in UTC"]
    assert [entry.ref for entry in course("2024-05-06", early, late).events] == ["evening of the 6th"]


def test_a_level_dated_only_by_day_lies_before_that_days_dose() -> None:
    assert order(dose(DAY, id="dose"), event("concentration", DAY, mg_per_l=14, id="level")) == ["level", "dose"]


def test_a_reaction_lies_after_that_days_dose_and_the_stop_after_the_reaction() -> None:
    reaction = event("reaction", DAY, features=["urticaria"], id="reaction")
    assert order(event("stop", DAY, id="stop"), reaction, dose(DAY, id="dose")) == ["dose", "reaction", "stop"]


def test_of_two_alike_the_one_entered_later_is_the_last() -> None:
    first = event("weight", DAY, kg=90, id="a", entered="2024-05-06T09:00Z")
    second = event("weight", DAY, kg=70, id="b", entered="2024-05-06T09:30+01:00")
    third = event("weight", DAY, kg=80, id="c")
    assert order(first, second, third) == ["c", "b", "a"]


def test_of_two_results_that_nobody_ordered_the_graver_is_the_last() -> None:
    assert order(jcv(DAY, "positive", index=2, id="a"), jcv(DAY, "positive", index=1, id="b")) == ["b", "a"]
    assert order(jcv(DAY, "positive", id="a"), jcv(DAY, "negative", id="b")) == ["b", "a"]
    assert order(
        event("antibody", DAY, result="positive", id="a"), event("antibody", DAY, result="negative", id="b")
    ) == [
        "b",
        "a",
    ]
    suspected = event("diagnosis", DAY, name="PML", status="suspected", id="a")
    assert order(suspected, event("diagnosis", DAY, name="PML", status="excluded", id="b")) == ["b", "a"]
