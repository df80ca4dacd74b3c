"""What holds for every record: bytes, order, notes, corrections, and refusals that are one line."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.strategies import DATES, Plain, days, events, records

from natalizumab.errors import RecordError
from natalizumab.record import Course, Record
from natalizumab.record.dates import add_months, full_months

few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def answers(course: Course) -> dict[str, Any]:
    """Everything that a course says, apart from notes."""
    return {
        "events": [event.ref for event in course.events],
        "planned": [event.ref for event in course.planned],
        "left out": [event.ref for event in course.left_out],
        "doses": [(d.day, d.at, d.ordered_mg, d.given_mg, d.incomplete) for d in course.doses()],
        "planned doses": [(d.day, d.ordered_mg) for d in course.planned_doses()],
        "start": (course.started, course.first_dose(), course.start_unknown, course.dose_count()),
        "exposure": course.exposure_month(4),
        "interval": (in_force := course.interval()) and in_force.ref,
        "weight": course.weight(),
        "age": course.age(),
        "jcv": [(r.event.ref, r.assay, r.valid, r.why_not, r.contradictory) for r in course.valid_jcv()],
    }


def with_events(plain: Plain, changed: list[Plain]) -> Record:
    return Record.from_dict({**plain, "events": changed})


@few
@given(records())
def test_reading_and_writing_again_gives_the_same_bytes(plain: Plain) -> None:
    once = Record.from_json(json.dumps(plain).encode()).to_json()
    assert Record.from_json(once).to_json() == once


@few
@given(records())
def test_writing_loses_no_value_and_changes_none(plain: Plain) -> None:
    assert json.loads(Record.from_dict(plain).to_json()) == plain


@few
@given(records(), days, st.integers(0, 10_000))
def test_the_order_in_the_file_changes_no_answer(plain: Plain, on: date, seed: int) -> None:
    shuffled = random.Random(seed).sample(plain["events"], len(plain["events"]))
    assert answers(with_events(plain, shuffled).course(on)) == answers(Record.from_dict(plain).course(on))


@few
@given(records(), days)
def test_notes_and_explicit_falsehoods_change_no_answer(plain: Plain, on: date) -> None:
    noted = [{"planned": False, **event, "note": "seen twice\nby the nurse"} for event in plain["events"]]
    assert answers(with_events(plain, noted).course(on)) == answers(Record.from_dict(plain).course(on))


@few
@given(records(), days)
def test_every_standing_event_is_done_left_out_or_planned_and_nothing_else_is(plain: Plain, on: date) -> None:
    record = Record.from_dict(plain)
    course = record.course(on)
    given_on = {dose.day for dose in course.doses()}
    refs = [event.ref for event in (*course.events, *course.left_out, *course.planned)]
    gone = record.replaced()
    for event in record.events:
        fulfilled = bool(event.planned) and event.kind == "dose" and event.day in given_on
        stands = event.ref not in gone and event.kind != "withdrawal" and not fulfilled
        assert refs.count(event.ref) == int(stands)
    assert all(event.day <= on for event in course.events)
    assert all(event.day > on for event in course.left_out)


@few
@given(records(), days, st.data())
def test_withdrawing_an_entry_and_then_the_withdrawal_changes_nothing(
    plain: Plain, on: date, data: st.DataObject
) -> None:
    record = Record.from_dict(plain)
    standing = [event for event in record.events if event.ref not in record.replaced() and event.kind != "withdrawal"]
    assume(standing)
    target = data.draw(st.sampled_from(standing)).ref
    w1 = {"kind": "withdrawal", "on": "2020-01-01", "id": "w1", "corrects": target}
    w2 = {"kind": "withdrawal", "on": "2020-01-01", "id": "w2", "corrects": "w1"}
    once = with_events(plain, [*plain["events"], w1])
    twice = with_events(plain, [*plain["events"], w1, w2])
    assert target in once.replaced()
    assert once.course(on).find(target) is None
    assert answers(twice.course(on)) == answers(record.course(on))


@few
@given(records(), days, st.data())
def test_a_correction_stands_in_for_its_target_whatever_is_corrected(
    plain: Plain, on: date, data: st.DataObject
) -> None:
    record = Record.from_dict(plain)
    standing = [event for event in record.events if event.ref not in record.replaced() and event.kind != "withdrawal"]
    assume(standing)
    target = data.draw(st.sampled_from(standing)).ref
    first = {"kind": "relapse", "on": "2011-05-05", "id": "b", "corrects": target}
    second = {"kind": "relapse", "on": "2011-05-06", "id": "c", "corrects": "b"}
    chain = with_events(plain, [*plain["events"], first, second])
    assert set(chain.replaced()) == set(record.replaced()) | {target, "b"}
    assert chain.course(date(2030, 1, 1)).find("c") is not None


@few
@given(records(), days, days)
def test_what_was_known_then_is_the_record_without_what_was_entered_later(plain: Plain, on: date, then: date) -> None:
    known_at = datetime(then.year, then.month, then.day, 16, tzinfo=UTC)
    known = [e for e in plain["events"] if "entered" not in e or datetime.fromisoformat(e["entered"]) <= known_at]
    try:
        alone = with_events(plain, known)
    except RecordError:
        assume(False)  # A correction that was known before the entry that it corrects.
    assert answers(Record.from_dict(plain).course(on, known_at)) == answers(alone.course(on))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@few
@given(records(), json_values, st.data())
def test_a_record_with_any_value_replaced_is_read_or_refused_in_one_line(
    plain: Plain, value: Any, data: st.DataObject
) -> None:
    assume(plain["events"])
    event = dict(data.draw(st.sampled_from(plain["events"])))
    event[data.draw(st.sampled_from([*event, "extra"]))] = value
    changed = json.dumps({**plain, "events": [event, *plain["events"]]}).encode()
    refusal = ""
    try:
        read = Record.from_json(changed)
        assert Record.from_json(read.to_json()).to_json() == read.to_json()
    except RecordError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert len(refusal) < 1000


@few
@given(json_values)
def test_what_is_no_record_is_refused_in_one_line(value: Any) -> None:
    with pytest.raises(RecordError) as refusal:
        Record.from_json(json.dumps(value).encode())
    assert "\n" not in str(refusal.value)


@few
@given(records(most=4), st.data())
def test_a_truncated_file_is_never_read(plain: Plain, data: st.DataObject) -> None:
    whole = Record.from_dict(plain).to_json().rstrip()
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(RecordError):
        Record.from_json(whole[:cut])


@few
@given(st.binary(max_size=200))
def test_bytes_that_are_no_record_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(RecordError) as refusal:
        Record.from_json(data)
    assert "\n" not in str(refusal.value)


@few
@given(events())
def test_a_reference_depends_on_the_content_alone(event: Plain) -> None:
    person = {"schema": "natalizumab-record/1", "person": {"id": "invented"}}
    plain = {name: value for name, value in event.items() if name not in ("note", "entered")}
    noted = {**dict(reversed(plain.items())), "note": "other words", "entered": "2020-01-01T00:00Z"}
    first = Record.from_dict({**person, "events": [plain]}).events[0]
    assert first.ref == Record.from_dict({**person, "events": [noted]}).events[0].ref
    moved = {name: value for name, value in plain.items() if name not in DATES} | {"on": "2030-01-01"}
    assert first.ref != Record.from_dict({**person, "events": [moved]}).events[0].ref


@given(days, st.integers(-60, 300))
def test_full_months_counts_what_add_months_adds(day: date, months: int) -> None:
    later = add_months(day, months)
    assert full_months(day, later) == months
    assert full_months(day, later - timedelta(days=1)) == months - 1
