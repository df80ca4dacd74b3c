"""Entries of which not all can be true: refused in one line that names them, and cured by a correction."""

from __future__ import annotations

from typing import Any

import pytest
from tests.invented import Plain, course, dose, event, half, record

from natalizumab.errors import RecordError

DOSES_ALLOWED = "allowed: one dose a day, or two SC doses of 150 mg); correct or withdraw the wrong one"
DAY = "2024-02-28"


def refusal(*events: Plain, **person: Any) -> str:
    with pytest.raises(RecordError) as caught:
        record(*events, **person)
    return str(caught.value)


@pytest.mark.parametrize(
    ("events", "line"),
    [
        (
            [dose(DAY), dose(DAY, batch="B2")],
            f"events[1]: a second dose on {DAY}, beside events[0] (300 mg iv and 300 mg iv; {DOSES_ALLOWED}",
        ),
        (
            [dose(f"{DAY}T09:00Z"), event("relapse", "2024-01-01"), half(DAY)],
            f"events[2]: a second dose on {DAY}, beside events[0] (300 mg iv and 150 mg sc; {DOSES_ALLOWED}",
        ),
        (
            [half(f"{DAY}T09:20Z"), half(f"{DAY}T09:00Z"), half(DAY)],
            (
                f"events[1]: a second dose on {DAY}, beside events[0] "
                f"(150 mg sc and 150 mg sc and 150 mg sc; {DOSES_ALLOWED}"
            ),
        ),
        (
            [dose(DAY, batch=str(number)) for number in range(100)],
            (
                f"events[1]: a second dose on {DAY}, beside events[0] "
                f"(300 mg iv and 300 mg iv and 300 mg iv and 97 more; {DOSES_ALLOWED}"
            ),
        ),
        (
            [half(DAY), half(DAY, dose_mg=300)],
            f"events[1]: a second dose on {DAY}, beside events[0] (150 mg sc and 300 mg sc; {DOSES_ALLOWED}",
        ),
        (
            [dose(DAY, planned=True), dose(DAY, planned=True, batch="B2")],
            f"events[1]: a second planned dose on {DAY}, beside events[0] (300 mg iv and 300 mg iv; {DOSES_ALLOWED}",
        ),
    ],
)
def test_two_doses_on_a_day_are_refused(events: list[Plain], line: str) -> None:
    assert refusal(*events) == line


@pytest.mark.parametrize(
    "events",
    [
        [dose(DAY), dose(DAY, planned=True)],
        [half(DAY), half(DAY)],
        [half(DAY, planned=True), half(DAY, planned=True)],
        [dose(DAY, given_mg=0), dose(DAY)],
    ],
)
def test_what_is_one_dose_a_day_is_read(events: list[Plain]) -> None:
    assert len(record(*events).events) == 2


def test_a_repeated_event_is_refused_whatever_its_note() -> None:
    line = "events[1]: repeats events[0] (relapse on 2024-02-28); give each an id if both happened"
    assert refusal(event("relapse", DAY), event("relapse", DAY, note="again")) == line


def test_68_and_68_point_0_are_one_number() -> None:
    line = "events[1]: repeats events[0] (weight on 2024-02-28); give each an id if both happened"
    assert refusal(event("weight", DAY, kg=68), event("weight", DAY, kg=68.0)) == line


def test_two_alike_events_with_ids_both_happened() -> None:
    assert len(course(DAY, event("relapse", DAY, id="a"), event("relapse", DAY, id="b")).of("relapse")) == 2


def test_one_id_for_two_events_is_refused() -> None:
    line = 'events[1].id: "a" is already the id of events[0]'
    assert refusal(event("relapse", DAY, id="a"), event("weight", DAY, kg=68, id="a")) == line


def test_an_id_that_another_event_derives_from_its_content_is_refused() -> None:
    ref = record(event("relapse", DAY)).events[0].ref
    line = f'events[1].id: "{ref}" is already the id of events[0]'
    assert refusal(event("relapse", DAY), event("weight", DAY, kg=68, id=ref)) == line


def test_an_unknown_id_is_refused_and_the_nearest_suggested() -> None:
    line = 'events[1].corrects: "mri-2" is no entry of this record (did you mean mri-1?)'
    assert refusal(event("relapse", DAY, id="mri-1"), event("withdrawal", DAY, corrects="mri-2")) == line


@pytest.mark.parametrize(
    ("chain", "line"),
    [
        ([("a", "a")], 'events[0].corrects: "a" closes a circle of corrections'),
        ([("a", "b"), ("b", "a")], 'events[0].corrects: "b" closes a circle of corrections'),
        ([("a", "b"), ("b", "c"), ("c", "b")], 'events[0].corrects: "b" closes a circle of corrections'),
    ],
)
def test_corrections_in_a_circle_are_refused(chain: list[tuple[str, str]], line: str) -> None:
    assert refusal(*(event("relapse", DAY, id=ref, corrects=target) for ref, target in chain)) == line


def test_two_corrections_of_one_entry_are_refused() -> None:
    line = 'events[2].corrects: "a" is corrected by "b" (events[1]) and "c" (events[2]); withdraw all but one of them'
    first = event("weight", DAY, kg=68, id="b", corrects="a")
    second = event("weight", DAY, kg=69, id="c", corrects="a")
    assert refusal(event("weight", DAY, kg=86, id="a"), first, second) == line


@pytest.mark.parametrize(("first", "second"), [(4, 6), (6, 4)])
def test_two_intervals_from_one_moment_are_refused(first: int, second: int) -> None:
    line = (
        f"events[1].weeks: {second} weeks, but events[0] says {first} weeks from the same moment (2024-02-28); "
        "give each a time, or correct one of them"
    )
    assert refusal(event("interval", DAY, weeks=first), event("interval", DAY, weeks=second)) == line


def test_of_two_intervals_the_one_entered_later_is_in_force() -> None:
    later = event("interval", DAY, weeks=6, entered="2024-02-28T15:00Z")
    earlier = event("interval", DAY, weeks=4, entered="2024-02-28T09:00Z")
    in_force = course(DAY, later, earlier).interval()
    assert in_force is not None
    assert in_force.weeks == 6


def test_what_happened_before_birth_is_refused() -> None:
    line = 'person.born: "2024-02-29" is after events[0] (dose on 2024-02-28)'
    assert refusal(dose(DAY), born="2024-02-29") == line
    line = 'person.born: "1990-01-02" is after events[0] (earlier_treatment on 1990-01-01)'
    assert refusal(event("earlier_treatment", DAY, first_dose="1990-01-01"), born="1990-01-02") == line


def test_a_date_before_birth_is_cured_by_a_correction() -> None:
    wrong = dose("1924-02-28", id="typo")
    right = dose("2024-02-28", id="right", corrects="typo")
    assert [d.day.year for d in course("2025-01-01", wrong, right, born="1990-01-01").doses()] == [2024]


def test_two_doses_on_a_day_are_cured_by_a_withdrawal() -> None:
    first, second = dose(DAY, id="a"), dose(DAY, id="b")
    withdrawal = event("withdrawal", "2024-03-01", corrects="b")
    assert [entry.ref for entry in course(DAY, first, second, withdrawal).of("dose")] == ["a"]
