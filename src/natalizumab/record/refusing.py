"""Plain values to a record; where that fails, the first thing wrong in reading order, in words.

The conversion itself is msgspec's. Only when it refuses does this module look again, field by field, for the place, the
value and what is allowed, so the words depend on the types of the record and on no other library's messages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect
from msgspec.structs import FieldInfo

from natalizumab.errors import RecordError
from natalizumab.record.allowed import allowed, problem
from natalizumab.record.events import KINDS, AnyEvent, Event, Impossible
from natalizumab.record.record import SCHEMA, Person, Record
from natalizumab.record.words import listed, shown, suggestion

_SEVERAL_LINES = {"note", "reason", "outcome", "received"}
_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def record_from_plain(plain: Any) -> Record:
    """The record of plain values as they stand in the JSON. Raises RecordError."""
    for where, text, field in _texts("", plain, ""):
        _refuse_unprintable(where, text, field)
    try:
        return msgspec.convert(plain, Record)
    except msgspec.ValidationError as error:
        raise RecordError(_first_problem(plain) or str(error)) from None


def event_from_dict(plain: Any) -> Event:
    """One event of plain values as it stands in the JSON. Raises RecordError; the place is the field alone."""
    for where, text, field in _texts("", plain, ""):
        _refuse_unprintable(where, text, field)
    try:
        return msgspec.convert(plain, AnyEvent)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        raise RecordError(_event_problem("", plain) or str(error)) from None


def _first_problem(plain: Any) -> str | None:
    if not isinstance(plain, dict):
        return f"is {_type_name(plain)}, not a record (a JSON object with schema, person and events)"
    if "schema" not in plain:
        return f'schema: is missing (write "schema": "{SCHEMA}")'
    if plain["schema"] != SCHEMA:
        return f'schema: {shown(plain["schema"])} is not a schema this version reads (allowed: "{SCHEMA}")'
    return _fields_problem("", plain, Record, "the record") or _person_problem(plain) or _events_problem(plain)


def _person_problem(plain: dict[str, Any]) -> str | None:
    person = plain["person"]
    if not isinstance(person, dict):
        return f"person: {shown(person)} is not an object (allowed: an object with id, born, sex)"
    return _fields_problem("person", person, Person, "person") or _whole_problem("person", person, Person)


def _events_problem(plain: dict[str, Any]) -> str | None:
    events = plain["events"]
    if not isinstance(events, list):
        return f"events: {shown(events)} is not a list (allowed: a list of events)"
    found = (_event_problem(f"events[{number}]", event) for number, event in enumerate(events))
    return next((text for text in found if text), None)


def _event_problem(where: str, event: Any) -> str | None:
    prefix = f"{where}." if where else ""
    if not isinstance(event, dict):
        return f"{where or 'the event'}: {shown(event)} is not an event (an object with kind and on)"
    if "kind" not in event:
        return f"{prefix}kind: is missing; allowed: {listed(KINDS)}"
    kind = event["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        return f"{prefix}kind: {shown(kind)} is not a kind{suggestion(kind, KINDS)}; allowed: {listed(KINDS)}"
    rest = {name: value for name, value in event.items() if name != "kind"}
    return _fields_problem(where, rest, KINDS[kind], kind) or _whole_problem(where, event, KINDS[kind])


def _fields_problem(where: str, plain: dict[str, Any], cls: type[msgspec.Struct], what: str) -> str | None:
    prefix = f"{where}." if where else ""
    fields = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    for name in plain:
        if name not in fields:
            near = suggestion(name, fields)
            return f"{prefix}{_key(name)}: is not a field of {what}{near}; allowed: {listed(fields)}"
    for name, field in fields.items():
        if field.required and name not in plain:
            return f"{prefix}{name}: is missing ({what} needs it; allowed: {allowed(inspect.type_info(field.type))})"
    if cls is Record:
        return None
    found = (_field_problem(f"{prefix}{name}", value, fields[name]) for name, value in plain.items())
    return next((text for text in found if text), None)


def _field_problem(where: str, value: Any, field: FieldInfo) -> str | None:
    try:
        msgspec.convert(value, field.type)
    except msgspec.ValidationError:
        return problem(where, value, inspect.type_info(field.type))
    return None


def _whole_problem(where: str, plain: dict[str, Any], cls: type[msgspec.Struct]) -> str | None:
    """Every field is possible by itself; what is wrong is how they stand together, or a date that is none."""
    try:
        msgspec.convert(plain, cls)
    except msgspec.ValidationError as error:
        cause = error.__cause__
        prefix = f"{where}." if where else ""
        return f"{prefix}{cause}" if isinstance(cause, Impossible) else f"{prefix}{error}"
    return None


def _texts(where: str, node: Any, field: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, str):
        yield where, node, field
    elif isinstance(node, dict):
        for key, value in node.items():
            yield f"{where}.{_key(key)}" if where else _key(key), str(key), ""
            yield from _texts(f"{where}.{key}" if where else str(key), value, str(key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _texts(f"{where}[{number}]", value, field)


def _refuse_unprintable(where: str, text: str, field: str) -> None:
    """Signs that nobody sees can make one name look like another, or can't be written to a file at all."""
    if text.isascii() and text.isprintable():
        return
    for sign in text:
        if sign in "\n\t" and field in _SEVERAL_LINES:
            continue
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _OVERRIDES:
            raise RecordError(f"{where or 'the file'}: {shown(text)} holds a control character (U+{ord(sign):04X})")


def _key(name: Any) -> str:
    """A field's name in a place: as written when it is plain, quoted when not."""
    return name if isinstance(name, str) and name.isidentifier() and len(name) < 40 else shown(name)


def _type_name(value: Any) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")
