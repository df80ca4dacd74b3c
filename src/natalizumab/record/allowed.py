"""What a field allows and how a value misses it, in words. Both come from the field's type."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from msgspec import inspect

from natalizumab.record.moments import (
    DAY_ALLOWED,
    INSTANT_ALLOWED,
    INSTANT_PATTERN,
    read_day,
    read_instant,
    read_moment,
)
from natalizumab.record.tree import within
from natalizumab.record.words import shown, suggestion

Number = inspect.IntType | inspect.FloatType


def allowed(kind: inspect.Type) -> str:
    """The values that a type allows: ``0 to 10``, ``"iv" or "sc"``, ``a date (YYYY-MM-DD)``."""
    kind = known(kind)
    match kind:
        case inspect.IntType() | inspect.FloatType():
            return _number(kind)
        case inspect.LiteralType():
            return " or ".join(shown(word) for word in kind.values)
        case inspect.BoolType():
            return "true or false"
        case inspect.DateType():
            return DAY_ALLOWED
        case inspect.StrType():
            return _text(kind)
        case inspect.VarTupleType():
            return "a list"
        case _:
            return "an object"


def problem(where: str, value: Any, kind: inspect.Type) -> str | None:
    """How ``value`` misses the type, with its place; None where it does not."""
    kind = known(kind)
    match kind:
        case inspect.IntType() | inspect.FloatType():
            wrong = _number_problem(value, kind)
        case inspect.LiteralType():
            wrong = None if value in kind.values else f"is not allowed{suggestion(value, map(str, kind.values))}"
        case inspect.DateType():
            wrong = _moment_problem(value, read_day)
            return f"{where}: {shown(value)} {wrong}" if wrong else None
        case inspect.StrType() if kind.pattern and INSTANT_PATTERN in kind.pattern:
            wrong = _moment_problem(value, _reader(kind))
            return f"{where}: {shown(value)} {wrong}" if wrong else None
        case inspect.StrType():
            wrong = _text_problem(value, kind)
        case inspect.VarTupleType() if isinstance(value, list):
            items = (problem(f"{where}[{n}]", item, kind.item_type) for n, item in enumerate(value))
            return next((text for text in items if text), None)
        case inspect.DictType() if isinstance(value, dict):
            return _object_problem(where, value, kind)
        case _:
            wrong = f"is not {allowed(kind)}"
            return f"{where}: {shown(value)} {wrong}"
    return f"{where}: {shown(value)} {wrong} (allowed: {allowed(kind)})" if wrong else None


def known(kind: inspect.Type) -> inspect.Type:
    """The type of a field without its "or unknown". A number is an int or a float: the float says as much as both."""
    if isinstance(kind, inspect.Metadata):
        return known(kind.type)
    if isinstance(kind, inspect.UnionType):
        return known([member for member in kind.types if not isinstance(member, inspect.NoneType)][-1])
    return kind


def _number(kind: Number) -> str:
    low = f"{kind.ge}" if kind.ge is not None else f"above {kind.gt},"
    whole = "a whole number, " if isinstance(kind, inspect.IntType) else ""
    steps = f" in steps of {kind.multiple_of:g}" if kind.multiple_of else ""
    return f"{whole}{low} {'up ' if kind.ge is None else ''}to {kind.le}{steps}"


def _number_problem(value: Any, kind: Number) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "is not a number"
    if isinstance(kind, inspect.IntType) and isinstance(value, float):
        return "is not a whole number"
    if kind.le is not None and value > kind.le:
        return f"is above {kind.le}"
    if kind.ge is not None and value < kind.ge:
        return f"is below {kind.ge}"
    if kind.gt is not None and value <= kind.gt:
        return f"is not above {kind.gt}"
    return f"is not a step of {kind.multiple_of:g}" if kind.multiple_of and value % kind.multiple_of else None


def _text(kind: inspect.StrType) -> str:
    if kind.pattern and INSTANT_PATTERN in kind.pattern:
        return INSTANT_ALLOWED if _reader(kind) is read_instant else f"{DAY_ALLOWED}, or {INSTANT_ALLOWED}"
    if kind.pattern and "[0-9]" in kind.pattern:
        return 'one to three digits as a text, such as "03"'
    return f"a text of {kind.min_length or 0} to {kind.max_length} characters"


def _text_problem(value: Any, kind: inspect.StrType) -> str | None:
    if not isinstance(value, str):
        return "is not a text"
    if kind.max_length is not None and len(value) > kind.max_length:
        return "is too long"
    if not value.strip():
        return "is empty"
    return "is not allowed" if kind.pattern and not re.search(kind.pattern, value) else None


def _reader(kind: inspect.StrType) -> Callable[[str], Any]:
    return read_instant if kind.pattern == f"^{INSTANT_PATTERN}$" else read_moment


def _moment_problem(value: Any, read: Callable[[str], Any]) -> str | None:
    try:
        read(value if isinstance(value, str) else "")
    except ValueError as error:
        return str(error)
    return None


def _object_problem(where: str, value: dict[str, Any], kind: inspect.DictType) -> str | None:
    keys = (problem(where, key, kind.key_type) for key in value)
    answers = (problem(within(where, key), answer, kind.value_type) for key, answer in value.items())
    return next((text for text in chain(keys, answers) if text), None)
