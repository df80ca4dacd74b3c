"""Plain values, as they stand in JSON, to a record."""

from __future__ import annotations

import unicodedata
from math import isfinite
from typing import Any

import msgspec

from natalizumab.errors import RecordError
from natalizumab.record.events import AnyEvent, Event
from natalizumab.record.record import Record
from natalizumab.record.tree import leaves
from natalizumab.record.words import shown

_SEVERAL_LINES = {"note", "reason", "outcome", "received"}
_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def record_from_plain(plain: Any) -> Record:
    """The record of plain values as they stand in the JSON. Raises RecordError."""
    _refuse_unreadable(plain)
    try:
        return msgspec.convert(plain, Record)
    except msgspec.ValidationError as error:
        from natalizumab.record.refusing import record_problem

        raise RecordError(record_problem(plain) or str(error)) from None


def event_from_dict(plain: Any) -> Event:
    """One event of plain values as it stands in the JSON. Raises RecordError; the place is the field alone."""
    _refuse_unreadable(plain)
    try:
        return msgspec.convert(plain, AnyEvent)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        from natalizumab.record.refusing import event_problem

        raise RecordError(event_problem("", plain) or str(error)) from None


def _refuse_unreadable(plain: Any) -> None:
    """Refuse what no field may hold: signs that nobody sees, and numbers that are none."""
    for where, field, leaf in leaves(plain):
        if isinstance(leaf, str):
            _refuse_unseen(where or "the file", leaf, field)
        elif isinstance(leaf, float) and not isfinite(leaf):
            raise RecordError(f"{where or 'the file'}: {leaf} is not a number")


def _refuse_unseen(where: str, text: str, field: str) -> None:
    """Signs that nobody sees make one name look like another, or can't be written to a file at all."""
    if text.isprintable():
        return
    for sign in text:
        if sign in "\n\r\t" and field in _SEVERAL_LINES:
            continue
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _OVERRIDES:
            raise RecordError(f"{where}: {shown(text)} holds a control character (U+{ord(sign):04X})")
