"""What a form proposes: names of the vocabularies, questions of the checks, and what is usual for this person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from natalizumab.care import load_protocol
from natalizumab.clinic.entering.field import Field, Kind
from natalizumab.clinic.language import in_their_language
from natalizumab.evidence import value, values, vocabulary
from natalizumab.record import Record

_BEFORE_A_DOSE = ("new_or_worsening", "immune_condition", "other_drug")


@cache
def names(book: str) -> tuple[str, ...]:
    """The names of a vocabulary, in the order of the alphabet."""
    return tuple(sorted(listed(book), key=str.casefold))


def listed(book: str) -> tuple[str, ...]:
    """The names of a vocabulary in its own order, which puts the grave ones first."""
    return tuple(term.name for term in vocabulary(book).terms)


@cache
def questions(kind: str) -> dict[str, str]:
    """What is asked, by the name of its answer."""
    if kind == "checklist":
        return {name: str(value(f"checklist.{name}.question").value) for name in _BEFORE_A_DOSE}
    topics = [found.key.rpartition(".")[2] for found in values("checklist.selfcheck")]
    return {topic: topic.capitalize() for topic in topics}


def usual(kind: Kind, record: Record | None, on: date, protocol: str, by: str) -> dict[str, Any]:
    """What a new form begins with, as an event: today, and what the person's last entry of this kind said."""
    found: dict[str, Any] = {"kind": kind.name, "on": on.isoformat()}
    if kind.name == "dose":
        found["dose_mg"] = load_protocol(protocol)["dose_mg"]
    if kind.name == "review":
        found["by"] = by
    last = _last(kind, record, on)
    return found | {field.name: last[field.name] for field in kind.fields if field.usual and field.name in last}


def _last(kind: Kind, record: Record | None, on: date) -> Mapping[str, Any]:
    if record is None:
        return {}
    event = record.course(on).last(kind.name)
    return event.fields() if event else {}


def offered(field: Field) -> tuple[str, ...]:
    """What a field proposes while one types, as the record has it."""
    return names(field.words) if field.words else field.proposals


def as_listed(listed_names: Iterable[str], text: str) -> str:
    """The listed name that the reader's language calls so; the text itself where there is none, or more than one."""
    known = tuple(listed_names)
    if any(name.casefold() == text.casefold() for name in known):
        return text
    meant = [name for name in known if in_their_language(name).casefold() == text.casefold()]
    return meant[0] if len(meant) == 1 else text


def as_said(listed_names: Iterable[str], text: str) -> str:
    """A listed name in the reader's language; any other text as it was typed."""
    return in_their_language(text) if text in listed_names else text


def unknown_name(field: Field, text: str) -> bool:
    """Whether a name is in no list, so that the plan will ask somebody to decide."""
    return bool(field.words) and vocabulary(field.words).find(text) is None
