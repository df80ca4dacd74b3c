"""JSON in. What can't be read is refused in one line that names the place, the value and what is allowed."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from natalizumab.errors import RecordError
from natalizumab.record.limits import MAX_DEPTH, MAX_DIGITS, MAX_FILE_BYTES
from natalizumab.record.plain import record_from_plain
from natalizumab.record.record import Record
from natalizumab.record.tree import leaves

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_record(path: str | os.PathLike[str]) -> Record:
    """The record in the file ``path``, or on standard input for ``-``. Raises RecordError with the file's name."""
    name = "standard input" if str(path) == "-" else str(path)
    return record_from_json(_read(path, name), name)


def record_from_json(data: bytes, name: str = "") -> Record:
    """The record that ``data`` holds; ``name`` is what a refusal calls the file."""
    try:
        return record_from_plain(plain_from_json(data))
    except RecordError as error:
        raise RecordError(f"{name}: {error}" if name else str(error)) from None


def record_from_own_json(text: str) -> Record:
    """The record in JSON that this program made of values it had checked, so that no key stands twice in an object.

    Where the text has no escape and every sign can be seen, nothing hides in it, and one pass reads it. Anything else,
    and whatever is refused, is read as a file from outside is: with the same refusals.
    """
    if text.isprintable() and "\\" not in text:
        with suppress(msgspec.DecodeError):
            return _own.decode(text)
    return record_from_json(text.encode())


_own = msgspec.json.Decoder(Record)


def plain_from_json(data: bytes) -> Any:
    """The plain values in ``data``, stricter than JSON is read elsewhere: no key twice, no NaN, no endless number."""
    if len(data) > MAX_FILE_BYTES:
        raise RecordError(_too_large(len(data)))
    text = _text(data)
    parser = _Parser()
    try:
        plain = json.loads(
            text,
            object_pairs_hook=parser.object,
            parse_constant=parser.constant,
            parse_float=parser.float,
            parse_int=parser.int,
        )
    except json.JSONDecodeError as error:
        raise RecordError(_not_json(text, error)) from None
    except RecursionError:
        raise RecordError(f"is nested too deeply (allowed: {MAX_DEPTH} levels)") from None
    if parser.flawed:
        where, flaw = next((where, leaf) for where, _, leaf in leaves(plain) if isinstance(leaf, _Flaw))
        raise RecordError(f"{where or 'the file'}: {flaw.problem}")
    return plain


class _Flaw:
    """Stands in the tree where something can't be kept as it was written, until its place is known."""

    def __init__(self, problem: str) -> None:
        self.problem = problem


class _Parser:
    """Marks what JSON would let pass silently."""

    def __init__(self) -> None:
        self.flawed = False

    def flaw(self, problem: str) -> _Flaw:
        self.flawed = True
        return _Flaw(problem)

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            found[next(key for key in counts if counts[key] > 1)] = self.flaw(
                "stands twice in the same object; which of the two is right?"
            )
        return found

    def constant(self, text: str) -> _Flaw:
        return self.flaw(f"{text} is not a number")

    def float(self, text: str) -> float | _Flaw:
        number = float(text)
        return (
            self.flaw(f"{text[:20]} is too large for a number") if number in (float("inf"), -float("inf")) else number
        )

    def int(self, text: str) -> int | _Flaw:
        if len(text) > MAX_DIGITS:
            return self.flaw(f"{text[:MAX_DIGITS]}… is too long for a number ({len(text)} digits)")
        return int(text)


def _text(data: bytes) -> str:
    if data.startswith(_UTF16):
        raise RecordError("is not UTF-8 (it looks like UTF-16; save it as UTF-8)")
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordError(f"is not UTF-8 (line {line}: byte 0x{data[error.start]:02x}; save it as UTF-8)") from None
    if not text.strip():
        raise RecordError("is empty; a record is a JSON object with schema, person and events")
    return text


def _not_json(text: str, error: json.JSONDecodeError) -> str:
    where = f"line {error.lineno}, column {error.colno}"
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"is not complete JSON: it ends at {where}, in the middle of a value (truncated?)"
    return f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at {where}"


def _too_large(size: int) -> str:
    return f"is {size / 1e6:.1f} MB (allowed: up to {MAX_FILE_BYTES / 1e6:g} MB)"


def _read(path: str | os.PathLike[str], name: str) -> bytes:
    try:
        if str(path) == "-":
            if sys.stdin is None:
                raise RecordError("standard input: there is none")
            return _read_stream(sys.stdin.buffer, name)
        with Path(path).open("rb") as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_FILE_BYTES:
                raise RecordError(f"{name}: {_too_large(status.st_size)}")
            return _read_stream(stream, name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise RecordError(f"{name}: cannot be read ({reason})") from None


def _read_stream(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise RecordError(
            f"{name}: is more than {MAX_FILE_BYTES / 1e6:g} MB (allowed: up to {MAX_FILE_BYTES / 1e6:g} MB)"
        )
    return data
