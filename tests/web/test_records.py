"""Do entries, and nothing else, make the record that the core reasons about?"""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from tests.strategies import Plain, records
from tests.web.people import ADA, enter

from natalizumab.clinic.chain import canonical
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.records import record_of
from natalizumab.errors import RecordError
from natalizumab.record import Record, Weight
from natalizumab.record.reading import record_from_own_json


def entries_of(person: Person) -> list[Entry]:
    return list(Entry.objects.filter(person=person).order_by("sequence"))


def test_every_entry_is_one_event_with_the_id_of_its_entry(ada: Person) -> None:
    entries = entries_of(ada)
    record = record_of(ada, entries)
    assert [event.ref for event in record.events] == [str(entry.pk) for entry in entries]
    assert [event.kind for event in record.events] == [event["kind"] for event in ADA]


def test_the_payload_is_kept_as_canonical_text_exactly(ada: Person) -> None:
    event = {"on": "2026-10-20", "kind": "weight", "kg": 68, "note": "in shoes – 1 kg"}
    entry = enter(ada, event)
    entry.refresh_from_db()
    assert entry.payload == '{"kg":68,"kind":"weight","note":"in shoes – 1 kg","on":"2026-10-20"}'
    assert canonical(json.loads(entry.payload)) == entry.payload


def test_a_correction_replaces_the_entry_that_it_names(ada: Person) -> None:
    first = enter(ada, {"kind": "weight", "on": "2026-10-20", "kg": 86})
    enter(ada, {"kind": "weight", "on": "2026-10-20", "kg": 68}, corrects=first)
    course = record_of(ada, entries_of(ada)).course(date(2026, 11, 2))
    weights = [event.kg for event in course.of("weight") if isinstance(event, Weight)]
    assert weights == [68, 68]
    assert course.weight() == 68


def test_a_record_says_when_each_event_became_known(ada: Person) -> None:
    entry = enter(ada, {"kind": "relapse", "on": "2026-10-20"})
    event = record_of(ada, entries_of(ada)).events[-1]
    assert event.entered == entry.entered_at


def test_a_person_without_a_date_of_birth_has_a_record_too(ada: Person) -> None:
    ada.born = None
    assert record_of(ada, entries_of(ada)).person.born is None


def test_a_dose_with_a_time_keeps_the_day_as_it_was_written(ada: Person) -> None:
    entry = enter(ada, {"kind": "concentration", "on": "2026-10-20T00:30:00+02:00", "mg_per_l": 12})
    assert entry.day == date(2026, 10, 20)


def own_json(plain: Plain) -> str:
    return json.dumps(plain, ensure_ascii=False)


@given(plain=records())
def test_a_record_of_our_own_is_read_as_a_file_is(plain: Plain) -> None:
    try:
        expected: Record | str = Record.from_json(own_json(plain).encode())
    except RecordError as refusal:
        expected = str(refusal)
    try:
        found: Record | str = record_from_own_json(own_json(plain))
    except RecordError as refusal:
        found = str(refusal)
    assert found == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("note", "seen\u202eneesnu"),
        ("note", "\u0000"),
        ("note", "\u2028"),
        ("name", "two\nlines"),
        ("name", ""),
        ("colour", "blue"),
        ("on", "2026-02-30"),
        ("planned", "yes"),
    ],
)
def test_what_a_file_may_not_say_our_own_record_may_not_either(field: str, value: str) -> None:
    event = {"kind": "diagnosis", "on": "2026-10-20", "name": "melanoma", field: value}
    plain = {"schema": "natalizumab-record/1", "person": {"id": "a"}, "events": [event]}
    with pytest.raises(RecordError) as file:
        Record.from_json(own_json(plain).encode())
    with pytest.raises(RecordError) as own:
        record_from_own_json(own_json(plain))
    assert str(own.value) == str(file.value)
