"""What a form needs to know of a field: our words for it, and what the core says that it may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import msgspec
from django.utils.formats import date_format
from msgspec import inspect

from natalizumab.record import KINDS
from natalizumab.record.allowed import allowed, known
from natalizumab.record.limits import MAX_TEXT


@dataclass(frozen=True)
class Field:
    """A field of a kind in our words. ``words`` names the vocabulary whose names are proposed while one types.

    ``choices`` are words for the core's choices, or (``proposals``) texts that are proposed and not prescribed.
    ``usual``: a new form begins with what this person's last entry of the kind said.
    """

    name: str
    label: str
    unit: str = ""
    help: str = ""
    words: str = ""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    proposals: tuple[str, ...] = ()
    usual: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of entry as a form. ``timed``: the hour may matter; ``planned``: it may be intended and not yet done."""

    name: str
    fields: tuple[Field, ...]
    help: str = ""
    timed: bool = False
    planned: bool = False
    offered: bool = True


@dataclass(frozen=True)
class Shape:
    """What the core says of a field: how it is put in, whether it must be, and what it allows, in words."""

    input: str
    required: bool
    options: tuple[str, ...]
    allowed: str
    type: Any


@cache
def shapes(kind: str) -> dict[str, Shape]:
    """What the core says of the fields that only entries of this kind have, by name."""
    common = {"on", "id", "note", "planned", "corrects", "entered"}
    fields = {found.encode_name: found for found in msgspec.structs.fields(KINDS[kind])}
    return {name: _shape(found) for name, found in fields.items() if name not in common}


@cache
def note_shape() -> Shape:
    """What the core says of the note that every entry may have."""
    fields = {found.encode_name: found for found in msgspec.structs.fields(KINDS["weight"])}
    return _shape(fields["note"])


def _shape(found: msgspec.structs.FieldInfo) -> Shape:
    whole = inspect.type_info(found.type)
    inner = known(whole)
    return Shape(_input(inner), found.required, _options(inner), allowed(whole), found.type)


def _input(kind: inspect.Type) -> str:
    match kind:
        case inspect.LiteralType():
            return "choice"
        case inspect.BoolType():
            return "yes_no"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.DateType():
            return "date"
        case inspect.VarTupleType():
            return "several"
        case inspect.DictType():
            return "answers"
        case inspect.StrType() if kind.max_length == MAX_TEXT:
            return "text"
        case _:
            return "line"


def _options(kind: inspect.Type) -> tuple[str, ...]:
    return tuple(map(str, kind.values)) if isinstance(kind, inspect.LiteralType) else ()


def written(day: date) -> str:
    """A day as the pages write it: 2 Nov 2026."""
    return date_format(day, "SHORT_DAY")
