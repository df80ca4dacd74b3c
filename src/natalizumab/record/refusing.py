"""The first thing wrong with plain values that are no record: its place, the value, and what is allowed.

Only looked for when the conversion has refused, field by field, so that the words depend on the types of the record
and on no other library's messages.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect
from msgspec.structs import FieldInfo

from natalizumab.record.allowed import allowed, problem
from natalizumab.record.events import KINDS, Impossible, Lab
from natalizumab.record.record import SCHEMA, Person, Record
from natalizumab.record.tree import within
from natalizumab.record.words import listed, shown, suggestion


def record_problem(plain: Any) -> str | None:
    """The first thing wrong with the plain values of a record."""
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
    return _struct_problem("person", person, Person, "person")


def _events_problem(plain: dict[str, Any]) -> str | None:
    events = plain["events"]
    if not isinstance(events, list):
        return f"events: {shown(events)} is not a list (allowed: a list of events)"
    found = (event_problem(f"events[{number}]", event) for number, event in enumerate(events))
    return next((text for text in found if text), None)


def event_problem(where: str, event: Any) -> str | None:
    """The first thing wrong with the plain values of one event that stands at ``where``."""
    prefix = f"{where}." if where else ""
    if not isinstance(event, dict):
        return f"{where or 'the event'}: {shown(event)} is not an event (an object with kind and on)"
    if "kind" not in event:
        return f"{prefix}kind: is missing; allowed: {listed(KINDS)}"
    kind = event["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        return f"{prefix}kind: {shown(kind)} is not a kind{suggestion(kind, KINDS)}; allowed: {listed(KINDS)}"
    return _struct_problem(where, event, KINDS[kind], kind)


def _struct_problem(where: str, plain: dict[str, Any], cls: type[msgspec.Struct], what: str) -> str | None:
    """What is wrong with an object by itself: one of its fields, or how possible fields stand together."""
    try:
        msgspec.convert(plain, cls)
    except msgspec.ValidationError as error:
        prefix = f"{where}." if where else ""
        if isinstance(error.__cause__, Impossible):
            return f"{prefix}{error.__cause__}"
        return _fields_problem(where, plain, cls, what) or f"{prefix}{error}"
    return None


def _fields_problem(where: str, plain: dict[str, Any], cls: type[msgspec.Struct], what: str) -> str | None:
    prefix = f"{where}." if where else ""
    fields = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    plain = {name: value for name, value in plain.items() if name != cls.__struct_config__.tag_field}
    for name in plain:
        if name not in fields:
            near = suggestion(name, fields)
            return f"{within(where, name)}: is not a field of {what}{near}; allowed: {listed(fields)}"
    for name, field in fields.items():
        if field.required and name not in plain:
            return f"{prefix}{name}: is missing ({what} needs it; allowed: {allowed(inspect.type_info(field.type))})"
    if cls is Record:
        return None
    for name, value in plain.items():
        wrong = _field_problem(f"{prefix}{name}", value, fields[name])
        if wrong:
            return f"{wrong}{_way_out(cls, name)}"
    return None


def _way_out(cls: type[msgspec.Struct], field: str) -> str:
    """How to record what the field can't hold, where there is another way."""
    if cls is Lab and field == "test":
        return (
            '; any other blood test is recorded as {"kind": "unmapped", "on": its date, "source": the laboratory, '
            '"label": the test with its value}, and a clinician is asked to decide'
        )
    return ""


def _field_problem(where: str, value: Any, field: FieldInfo) -> str | None:
    try:
        msgspec.convert(value, field.type)
    except msgspec.ValidationError:
        return problem(where, value, inspect.type_info(field.type))
    return None


def _type_name(value: Any) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")
