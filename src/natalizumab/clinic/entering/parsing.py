"""From what was typed into one field to the value that the record holds; what can't be read is said in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from natalizumab.clinic.entering.field import Shape
from natalizumab.clinic.language import decimal_mark
from natalizumab.errors import Refusal
from natalizumab.record.allowed import problem

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,15})?")
_COULD_BE_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}[.,][0-9]{3}")
_YES_NO = {"yes": True, "no": False}
_SEPARATORS = re.compile(r"[;\n]")


class Wrong(Refusal):
    """What was typed is no value of the field."""


def parsed(typed: Sequence[str], shape: Shape) -> Any:
    """The value, or None where nothing was typed. Raises Wrong."""
    read = _READERS.get(shape.input, _text)
    found = read(typed)
    if found is None or found == []:
        return None
    try:
        msgspec.convert(found, shape.type)
    except msgspec.ValidationError as error:
        wrong = problem("", found, inspect.type_info(shape.type)) or f": {error}"
        raise Wrong(plain(wrong.partition(": ")[2])) from None
    return found


def plain(text: str) -> str:
    """A refusal of the core as a form says it."""
    text = text.replace("beside planned: true", "for what is planned").replace("planned: true", "“Planned”")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def _text(typed: Sequence[str]) -> str | None:
    return "\n".join(typed).replace("\r\n", "\n").strip() or None


def _number(typed: Sequence[str]) -> int | float | None:
    text = "".join(typed).strip().replace("−", "-")
    if not text:
        return None
    if _COULD_BE_THOUSANDS.fullmatch(text) and decimal_mark() not in text:
        raise Wrong(_could_be_thousands(text))
    if not _NUMBER.fullmatch(text):
        raise Wrong(_no_number(text[:40]))
    text = text.replace(",", ".")
    return float(text) if "." in text else int(text)


def number(typed: str) -> int | float | None:
    """A number as one types it in the reader's language; None where nothing was typed. Raises Wrong."""
    return _number([typed])


def _could_be_thousands(text: str) -> str:
    """A mark that stands before decimals in one language and between thousands in the other is nobody's to guess."""
    plain = text.replace(",", "").replace(".", "")
    if decimal_mark() == ".":
        point = text.replace(",", ".")
        return f"“{text}” could be {point} or {plain}: write the one that is meant, without a comma."
    return f"Is it {plain}, or a number with decimals? Write it without a point, or with a comma before decimals."


def _no_number(text: str) -> str:
    if decimal_mark() == ".":
        return f"“{text}” is not a number. Write digits, with a point before decimals."
    return f"“{text}” is not a number. Write digits, with a comma before decimals."


def _yes_no(typed: Sequence[str]) -> Any:
    text = _text(typed)
    return _YES_NO.get(text, text) if text else None


def _several(typed: Sequence[str]) -> list[str]:
    parts = (part.strip() for text in typed for part in _SEPARATORS.split(text.replace("\r\n", "\n")))
    return list(dict.fromkeys(part for part in parts if part))


_READERS: dict[str, Callable[[Sequence[str]], Any]] = {
    "number": _number,
    "yes_no": _yes_no,
    "several": _several,
}
