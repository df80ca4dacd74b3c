"""Files that are no record, each with the one line that says so, and what is tolerated."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from natalizumab.errors import RecordError
from natalizumab.record import Record, read_record
from natalizumab.record.limits import MAX_FILE_BYTES

GOOD = b'{"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": []}'
JCV = b'{"kind": "jcv", "on": "2024-01-01", "result": "positive", "assay": "STRATIFY", "index": 1.2}'


def with_event(event: bytes) -> bytes:
    return GOOD.replace(b"[]", b"[" + event + b"]")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "is empty; a record is a JSON object with schema, person and events"),
        (b" \n", "is empty; a record is a JSON object with schema, person and events"),
        (b"kind: dose\n", "is not JSON: expecting value at line 1, column 1"),
        (b'{"a": 1,\n"b" 2}', "is not JSON: expecting ':' delimiter at line 2, column 5"),
        (b"{'a': 1}", "is not JSON: expecting property name enclosed in double quotes at line 1, column 2"),
        (GOOD + GOOD, "is not JSON: extra data at line 1, column 79"),
        (GOOD[:-1], "is not complete JSON: it ends at line 1, column 78, in the middle of a value (truncated?)"),
        (GOOD[:40], "is not complete JSON: it ends at line 1, column 36, in the middle of a value (truncated?)"),
        (b"[" * 100_000, "is nested too deeply (allowed: 6 levels)"),
        (b'{"a": ' + b"[" * 50 + b"]" * 50 + b"}", "a[0][0][0][0][0][0]…: is nested too deeply (allowed: 6 levels)"),
        ("{}".encode("utf-16"), "is not UTF-8 (it looks like UTF-16; save it as UTF-8)"),
        (b'{\n"a": "\xe9"}', "is not UTF-8 (line 2: byte 0xe9; save it as UTF-8)"),
        (b"null", "is null, not a record (a JSON object with schema, person and events)"),
        (
            with_event(JCV.replace(b'"index": 1.2', b'"index": 1.2, "index": 0.2')),
            "events[0].index: stands twice in the same object; which of the two is right?",
        ),
        (
            GOOD[:-1] + b', "events": []}',
            "events: stands twice in the same object; which of the two is right?",
        ),
        (with_event(JCV.replace(b"1.2", b"NaN")), "events[0].index: NaN is not a number"),
        (with_event(JCV.replace(b"1.2", b"-Infinity")), "events[0].index: -Infinity is not a number"),
        (with_event(JCV.replace(b"1.2", b"1e999")), "events[0].index: 1e999 is too large for a number"),
        (
            with_event(JCV.replace(b"1.2", b"1" * 5000)),
            "events[0].index: 111111111111111111… is too long for a number (5000 digits)",
        ),
        (b" " * (MAX_FILE_BYTES + 1), "is 10.0 MB (allowed: up to 10 MB)"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(data: bytes, line: str) -> None:
    with pytest.raises(RecordError) as refusal:
        Record.from_json(data)
    assert str(refusal.value) == line


def test_a_byte_order_mark_is_tolerated() -> None:
    assert Record.from_json(b"\xef\xbb\xbf" + GOOD) == Record.from_json(GOOD)


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "anna.json"
    path.write_bytes(with_event(JCV.replace(b"1.2", b"42")))
    with pytest.raises(RecordError) as refusal:
        read_record(path)
    assert str(refusal.value) == f"{path}: events[0].index: 42 is above 10 (allowed: 0 to 10)"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as refusal:
        read_record(tmp_path / "nobody.json")
    assert str(refusal.value) == f"{tmp_path}/nobody.json: cannot be read (No such file or directory)"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as refusal:
        read_record(tmp_path)
    assert str(refusal.value) == f"{tmp_path}: cannot be read (Is a directory)"


def test_a_path_that_no_system_knows_is_refused() -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        read_record("a\x00b")


def test_a_huge_file_is_refused_by_its_size_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as stream:
        stream.truncate(40_000_000)
    monkeypatch.setattr("natalizumab.record.reading._read_stream", None)
    with pytest.raises(RecordError) as refusal:
        read_record(path)
    assert str(refusal.value) == f"{path}: is 40.0 MB (allowed: up to 10 MB)"


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD)))
    assert read_record("-").person.id == "invented"


def test_too_much_standard_input_is_refused_without_reading_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = io.BytesIO(b" " * (MAX_FILE_BYTES + 1000))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(endless))
    with pytest.raises(RecordError) as refusal:
        read_record("-")
    assert str(refusal.value) == "standard input: is more than 10 MB (allowed: up to 10 MB)"
    assert endless.tell() == MAX_FILE_BYTES + 1


def test_a_long_chain_of_corrections_is_read_without_running_out_of_stack() -> None:
    events = [{"kind": "weight", "on": "2024-01-01", "kg": 70, "id": "0"}]
    events += [
        {"kind": "weight", "on": "2024-01-01", "kg": 70, "id": str(n), "corrects": str(n - 1)} for n in range(1, 3000)
    ]
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    assert [event.ref for event in record.course(record.events[0].day).events] == ["2999"]
