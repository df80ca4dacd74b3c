"""Corrections and withdrawals: which entries stand, on every date, and as known at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.invented import Plain, course, dose, event, record

from natalizumab.errors import RecordError

A = event("weight", "2024-01-01", kg=86, id="A")
B = event("weight", "2024-01-01", kg=68, id="B", corrects="A")
C = event("weight", "2024-01-01", kg=69, id="C", corrects="B")
C_OF_A = event("weight", "2024-01-01", kg=69, id="C", corrects="A")


def withdraw(target: str, ref: str = "W", on: str = "2024-06-01") -> Plain:
    return event("withdrawal", on, corrects=target, id=ref)


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        ([A], ["A"]),
        ([A, B], ["B"]),
        ([A, B, C], ["C"]),
        ([A, withdraw("A")], []),
        ([A, B, withdraw("B")], ["A"]),
        ([A, B, withdraw("A", "W")], None),
        ([A, B, C, withdraw("C")], ["B"]),
        ([A, B, C_OF_A], None),
        ([A, B, C_OF_A, withdraw("B")], ["C"]),
        ([A, B, C_OF_A, withdraw("B"), withdraw("C", "V")], ["A"]),
        ([A, withdraw("A"), withdraw("W", "V")], ["A"]),
        ([A, withdraw("A"), withdraw("W", "V"), withdraw("V", "U")], []),
        ([A, withdraw("A"), withdraw("A", "V")], []),
        ([A, withdraw("A"), withdraw("A", "V"), withdraw("V", "U")], []),
        ([A, B, withdraw("B"), event("weight", "2024-01-01", kg=70, id="D", corrects="W")], ["D"]),
    ],
)
def test_which_entries_stand(events: list[Plain], standing: list[str] | None) -> None:
    for ordered in (events, events[::-1]):
        if standing is None:
            with pytest.raises(RecordError, match=r"is corrected by .* and .*; withdraw all but one of them"):
                record(*ordered)
        else:
            assert [entry.ref for entry in course("2030-01-01", *ordered).events] == standing


def test_a_wrong_entry_is_wrong_on_every_date_even_before_it_was_corrected() -> None:
    correction = event("weight", "2024-03-01", kg=68, id="B", corrects="A")
    assert course("2024-02-01", A, correction).weight() is None
    assert course("2024-03-01", A, correction).weight() == 68


def test_what_is_left_out_because_it_lies_later_names_no_withdrawal() -> None:
    later = course("2024-02-01", A, dose("2024-05-01", id="later"), withdraw("A"))
    assert [entry.ref for entry in later.left_out] == ["later"]


def test_a_correction_may_be_of_another_kind() -> None:
    foreign = event("unmapped", "2024-01-01", source="laboratory A", label="JCV Ab", received="1.2 pos", id="u")
    matched = event("jcv", "2024-01-01", result="positive", index=1.2, assay="STRATIFY", corrects="u")
    matched_course = course("2024-02-01", foreign, matched)
    assert matched_course.of("unmapped") == ()
    assert len(matched_course.of("jcv")) == 1


def test_an_entry_without_an_id_is_corrected_by_its_derived_reference() -> None:
    wrong = event("weight", "2024-01-01", kg=86)
    ref = record(wrong).events[0].ref
    assert course("2024-02-01", wrong, event("weight", "2024-01-01", kg=68, corrects=ref)).weight() == 68


def test_two_alike_syringes_cannot_be_told_apart_by_a_correction() -> None:
    syringe = {"kind": "dose", "on": "2024-01-01", "dose_mg": 150, "route": "sc"}
    ref = record(syringe).events[0].ref
    with pytest.raises(RecordError, match="names two entries that are alike; give each an id of its own"):
        record(syringe, syringe, withdraw(ref))


def test_the_entries_that_do_not_stand_are_kept_and_name_what_replaced_them() -> None:
    kept = record(A, B, withdraw("B"))
    assert [entry.ref for entry in kept.events] == ["A", "B", "W"]
    assert {ref: by.ref for ref, by in kept.replaced().items()} == {"B": "W"}


def test_what_was_entered_later_was_not_known_then() -> None:
    first = {**A, "entered": "2024-01-01T10:00Z"}
    corrected = {**B, "entered": "2024-01-05T10:00Z"}
    both = record(first, corrected)
    on = date(2024, 2, 1)
    assert both.course(on, datetime(2024, 1, 1, 9, 59, tzinfo=UTC)).weight() is None
    assert both.course(on, datetime(2024, 1, 1, 10, 0, tzinfo=UTC)).weight() == 86
    assert both.course(on, datetime(2024, 1, 5, 9, 59, tzinfo=UTC)).weight() == 86
    assert both.course(on, datetime(2024, 1, 5, 10, 0, tzinfo=UTC)).weight() == 68
    assert both.course(on).weight() == 68


def test_what_does_not_say_when_it_was_entered_was_always_known() -> None:
    assert record(A).course(date(2024, 2, 1), datetime(1999, 1, 1, tzinfo=UTC)).weight() == 86


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(RecordError) as refusal:
        record(A).course(date(2024, 2, 1), datetime(2024, 1, 1))
    assert str(refusal.value) == "known_at: 2024-01-01T00:00:00 has no offset; write one, such as +01:00"


def test_what_contradicted_itself_then_is_refused_for_then_only() -> None:
    twice = [
        dose("2024-01-01", id="a", entered="2024-01-01T10:00Z"),
        dose("2024-01-01", id="b", entered="2024-01-02T10:00Z"),
        {**withdraw("b"), "entered": "2024-01-03T10:00Z"},
    ]
    read = record(*twice)
    on = date(2024, 2, 1)
    assert len(read.course(on).doses()) == 1
    assert len(read.course(on, datetime(2024, 1, 1, 12, tzinfo=UTC)).doses()) == 1
    with pytest.raises(RecordError, match=r"^as known at 2024-01-02T12:00:00\+00:00: events\[1\]: a second dose"):
        read.course(on, datetime(2024, 1, 2, 12, tzinfo=UTC))
