"""What a field of an entry is called, and what it says, in a table of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from natalizumab.clinic.entering.field import Field, written
from natalizumab.clinic.entering.kinds import FORMS
from natalizumab.clinic.entering.proposed import as_said, offered
from natalizumab.clinic.event_words import QUESTIONS
from natalizumab.clinic.language import in_their_language, to_be_typed

_LABELS = {"on": "Date", "note": "Note", "planned": "Planned", "rule": "Rule", "choice": "Decision"}
_LABELS |= {"answers": "Answers", "reason": "Why", "by": "By"}


def label(kind: str, name: str) -> str:
    """What a field is called."""
    field = _field(kind, name)
    return field.label if field else _LABELS.get(name, name.replace("_", " ").capitalize())


def in_form_order(kind: str, names: Iterable[str]) -> list[str]:
    """The names of fields in the order of the form: the date first, the note last."""
    own = [field.name for field in FORMS[kind].fields] if kind in FORMS else []
    order = ["on", "planned", *own]
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name == "note", name))


def words(payload: Mapping[str, Any], name: str) -> str:
    """What an entry says in a field, for the reader; nothing where it says nothing."""
    if name not in payload:
        return ""
    if name == "choice":
        return in_their_language(str(payload[name]))
    field = _field(payload["kind"], name)
    text = _text(payload[name], field)
    return f"{text} {in_their_language(field.unit)}" if field and field.unit and text else text


def _text(value: Any, field: Field | None) -> str:
    if isinstance(value, bool):
        return in_their_language("Yes" if value else "No")
    if isinstance(value, Mapping):
        asked = [f"{QUESTIONS.get(name, name.replace('_', ' '))}: {answer}" for name, answer in value.items()]
        return "; ".join(map(in_their_language, asked))
    known = offered(field) if field else ()
    if isinstance(value, list):
        said = ", ".join(as_said(known, str(entry)) for entry in value)
        return said if field else in_their_language(f"{len(value)} entries")
    text = str(value)
    if field and text in field.choices:
        return in_their_language(field.choices[text])
    if isinstance(value, float):
        return to_be_typed(value)
    if text in known:
        return as_said(known, text)
    return _day(text)


def _day(text: str) -> str:
    """A text that begins with a date, with the date as the pages write it."""
    try:
        return written(date.fromisoformat(text[:10])) + text[10:].replace("T", ", ")
    except ValueError:
        return text


def _field(kind: str, name: str) -> Field | None:
    own = FORMS[kind].fields if kind in FORMS else ()
    return next((field for field in own if field.name == name), None)
