"""A record is written as it was read: no value lost, none changed, always the same bytes."""

from __future__ import annotations

from natalizumab.record import Record

WRITTEN = """{
  "schema": "natalizumab-record/1",
  "person": {
    "id": "invented",
    "born": "1988-03-02",
    "sex": "female"
  },
  "events": [
    {
      "kind": "weight",
      "on": "2024-05-06",
      "kg": 68
    },
    {
      "kind": "weight",
      "id": "zweite Messung – ä",
      "on": "2024-05-05T23:30:00-05:00",
      "kg": 68.0,
      "corrects": "weight-2024-05-06-202506476f",
      "entered": "2024-05-06T09:30:00.250Z",
      "note": "first line\\n\\"second\\""
    },
    {
      "kind": "reaction",
      "on": "2024-05-06T10:00Z",
      "features": [
        "rash",
        "headache"
      ],
      "hypersensitivity": false
    },
    {
      "kind": "dose",
      "on": "2024-06-03T09:00+01:00",
      "dose_mg": 300,
      "route": "iv",
      "planned": true
    }
  ]
}
"""


def test_the_canonical_file_is_written_as_it_was_read() -> None:
    assert Record.from_json(WRITTEN.encode()).to_json().decode() == WRITTEN


def test_spacing_key_order_and_nulls_do_not_matter() -> None:
    loose = b"""{"events":[{"note":null,"kg":68,"kind":"weight","on":"2024-05-06"}],
        "person":{"sex":null,"id":"invented"},"schema":"natalizumab-record/1"}"""
    tidy = b"""{"schema":"natalizumab-record/1","person":{"id":"invented"},
        "events":[{"kind":"weight","on":"2024-05-06","kg":68}]}"""
    assert Record.from_json(loose).to_json() == Record.from_json(tidy).to_json()


def test_a_moment_keeps_the_text_in_which_it_was_written() -> None:
    record = Record.from_json(WRITTEN.encode())
    assert [event.on_text for event in record.events] == [
        "2024-05-06",
        "2024-05-05T23:30:00-05:00",
        "2024-05-06T10:00Z",
        "2024-06-03T09:00+01:00",
    ]


def test_a_derived_reference_never_changes() -> None:
    """People write these references into ``corrects`` and ``answers``: a change would orphan their entries."""
    assert Record.from_json(WRITTEN.encode()).events[0].ref == "weight-2024-05-06-202506476f"
