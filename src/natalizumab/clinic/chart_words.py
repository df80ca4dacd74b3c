"""A picture's words, numbers and days in the reader's language. What is kept is English: one picture serves all."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format

from natalizumab.clinic.language import decimal_mark, in_their_language, language
from natalizumab.languages import ENGLISH

_WORDS = frozenset({"title", "label", "description"})
_A_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")
_FORMATS = {"%d %b %Y": "%-d. %b %Y"}
"""How an axis writes its days in English, and how the others do."""


def spoken(picture: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification for the reader: titles, labels, decimal mark, months."""
    if language() == ENGLISH:
        return picture
    said: dict[str, Any] = _spoken(picture)
    return said | {"config": said.get("config", {}) | {"locale": _locale()}}


def _spoken(part: Any, name: str = "") -> Any:
    if isinstance(part, dict):
        return {key: _spoken(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_spoken(value, name) for value in part]
    if isinstance(part, str) and name in _WORDS:
        return _day(part) if _A_DAY.fullmatch(part) else in_their_language(part)
    return _FORMATS.get(part, part) if name == "format" else part


def _day(text: str) -> str:
    return date_format(datetime.strptime(text, "%d %b %Y").date(), "SHORT_DAY")  # a day has no zone


def _locale() -> dict[str, Any]:
    """As Vega wants it: how numbers, days and months are written."""
    thousands = "." if decimal_mark() == "," else ","
    # Vega's weeks begin on Sunday, Django's on Monday.
    days, short = ([str(names[number]) for number in (6, 0, 1, 2, 3, 4, 5)] for names in (WEEKDAYS, WEEKDAYS_ABBR))
    return {
        "number": {
            "decimal": decimal_mark(),
            "thousands": thousands,
            "grouping": [3],
            "currency": ["", ""],
            "percent": "\N{NO-BREAK SPACE}%",
        },
        "time": {
            "dateTime": "%A, %-d. %B %Y, %X",
            "date": "%d.%m.%Y",
            "time": "%H:%M:%S",
            "periods": ["", ""],
            "days": days,
            "shortDays": short,
            "months": [str(name) for name in MONTHS.values()],
            "shortMonths": [str(name).capitalize() for name in MONTHS_3.values()],
        },
    }
