"""From a form that was sent to an event: every field by itself, then all of them together, as the core reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from natalizumab.clinic.entering.field import Field, Kind, Shape, note_shape, shapes, written
from natalizumab.clinic.entering.parsing import Wrong, parsed, plain
from natalizumab.clinic.entering.proposed import as_listed, offered, questions
from natalizumab.clinic.language import to_be_typed
from natalizumab.errors import RecordError
from natalizumab.record import event_from_dict
from natalizumab.record.moments import read_day

ANSWERS = "answers."
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_OF_A_FIELD = re.compile(r"([a-z_0-9]+)[^: ]*: (.+)", re.DOTALL)
_NEEDED = "This is needed."
_SECONDS = 16
"""Characters of a date-time up to its minutes."""

Values = dict[str, list[str]]
Problems = dict[str, str]


@dataclass(frozen=True)
class Typed:
    """What was typed, as it was typed; the event that it makes; and by field what is wrong with it.

    ``missing`` are fields that must be filled in and are empty: nothing is wrong with them while somebody still types.
    """

    values: Values
    event: dict[str, Any]
    problems: Problems
    missing: frozenset[str]

    @property
    def right(self) -> bool:
        return not self.problems and not self.missing


def read(kind: Kind, data: QueryDict, today: date, old: Mapping[str, Any] | None = None) -> Typed:
    """What a form says. ``old`` is the entry that it corrects, of which the form may not show everything."""
    values = {name: data.getlist(name) for name in data}
    event: dict[str, Any] = {"kind": kind.name}
    problems: Problems = {}
    _put(event, problems, "on", lambda: _moment(values, old))
    for name, shape in all_shapes(kind).items():
        _put(event, problems, name, lambda name=name, shape=shape: _value(kind, name, shape, values, old))
    if may_be_planned(kind, old) and values.get("planned", [""])[-1] == "yes":
        event["planned"] = True
    missing = frozenset(name for name, shape in all_shapes(kind).items() if shape.required and name not in event)
    missing = frozenset(name for name in missing | ({"on"} - set(event)) if name not in problems)
    if not problems and not missing:
        problems = _together(event)
    if "on" in event and "on" not in problems:
        problems |= _in_the_future(event, today, kind)
    return Typed(values, event, problems, missing)


def needed(typed: Typed) -> Problems:
    """All problems, with those of empty fields, as they are said when somebody wants to save."""
    return typed.problems | dict.fromkeys(typed.missing, _NEEDED)


def may_be_planned(kind: Kind, old: Mapping[str, Any] | None) -> bool:
    """Whether the form asks if it is planned: where the kind can be, or the entry that it corrects was."""
    return kind.planned or bool(old and old.get("planned"))


def all_shapes(kind: Kind) -> dict[str, Shape]:
    """The fields of a form in their order, the note last."""
    own = shapes(kind.name)
    return {field.name: own[field.name] for field in kind.fields} | {"note": note_shape()}


def values_of(event: Mapping[str, Any]) -> Values:
    """An event as a form shows it."""
    values: Values = {}
    for name, value in event.items():
        if name == "answers":
            values |= {f"{ANSWERS}{question}": [answer] for question, answer in value.items()}
        else:
            values[name] = _shown(value)
    moment = str(event["on"])
    values["on"], values["on_time"] = [moment[:10]], [moment[11:_SECONDS]]
    return values


def asked(kind: Kind, values: Mapping[str, list[str]]) -> dict[str, str]:
    """The questions of a check; an old entry may have answered others."""
    others = [name.removeprefix(ANSWERS) for name in values if name.startswith(ANSWERS)]
    return questions(kind.name) | {name: name for name in others if name not in questions(kind.name)}


def _shown(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, float):
        return [to_be_typed(value)]
    return [str(part) for part in value] if isinstance(value, (list, tuple)) else [str(value)]


def _put(event: dict[str, Any], problems: Problems, name: str, make: Any) -> None:
    try:
        found = make()
    except Wrong as wrong:
        problems[name] = str(wrong)
        return
    if found is not None:
        event[name] = found


def _value(kind: Kind, name: str, shape: Shape, values: Values, old: Mapping[str, Any] | None) -> Any:
    if shape.input == "answers":
        return _answers(kind, values) or None
    found = parsed(values.get(name, []), shape)
    known = next((offered(field) for field in kind.fields if field.name == name), ())
    if isinstance(found, list):
        return list(dict.fromkeys(as_listed(known, text) for text in found))
    return as_listed(known, found) if isinstance(found, str) else found


def _answers(kind: Kind, values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in asked(kind, values):
        answer = "".join(values.get(f"{ANSWERS}{question}", []))
        if answer not in ("", "yes", "no"):
            raise Wrong(f"“{answer[:40]}” is no answer: yes or no, or leave it open.")
        if answer:
            found[question] = answer
    return found


def _moment(values: Values, old: Mapping[str, Any] | None) -> str | None:
    """The day, with its time where one was given. What was not touched stays as it was written, offset and all."""
    day, time = ("".join(values.get(name, [])).strip() for name in ("on", "on_time"))
    before = str(old["on"]) if old else ""
    if (day, time) == (before[:10], before[11:_SECONDS]) and day:
        return before
    if not day:
        if time:
            raise Wrong("The time needs a date.")
        return None
    try:
        found = read_day(day)
    except ValueError as error:
        raise Wrong(f"“{day[:40]}” {error}.") from None
    if not time:
        return found.isoformat()
    if not _TIME.fullmatch(time):
        raise Wrong(f"“{time[:40]}” is no time. Write it as 09:30.")
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{time}")).isoformat(timespec="minutes")


def _together(event: dict[str, Any]) -> Problems:
    """What the core finds wrong with the fields together."""
    try:
        event_from_dict(event)
    except RecordError as refusal:
        found = _OF_A_FIELD.fullmatch(str(refusal))
        name, text = (found[1], found[2]) if found else ("on", str(refusal))
        return {name if name in event else "on": plain(text)}
    return {}


def _in_the_future(event: Mapping[str, Any], today: date, kind: Kind) -> Problems:
    day = date.fromisoformat(str(event["on"])[:10])
    if day <= today or event.get("planned"):
        return {}
    way = "tick “Planned” if it is still to come, or correct the date." if kind.planned else "correct the date."
    return {"on": f"{written(day)} is after today ({written(today)}): {way}"}


def fields(kind: Kind) -> Iterator[Field]:
    """The fields of a form, the note last."""
    yield from kind.fields
    yield Field("note", "Note")
