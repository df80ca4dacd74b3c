"""Days written out, as letters have them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
}
_IN_FULL = {
    "Jan.": "Januar",
    "Feb.": "Februar",
    "Apr.": "April",
    "Aug.": "August",
    "Sept.": "September",
    "Okt.": "Oktober",
    "Nov.": "November",
    "Dez.": "Dezember",
}
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SHORT_GERMAN = re.compile(rf"(?<=\d\. )({'|'.join(map(re.escape, _IN_FULL))})(?= \d{{4}}\b)")


def long_day(day: date, language: str) -> str:
    """2 November 2026, or 2. November 2026; KeyError for a language that nobody has."""
    stop = "." if language == "de" else ""
    return f"{day.day}{stop} {_MONTHS[language][day.month - 1]} {day.year}"


def long_days(text: str, language: str) -> str:
    """A text with its days written out, be they 2026-11-02 or 2. Nov. 2026."""
    text = _ISO.sub(lambda found: _written_out(found[0], language), text)
    return _SHORT_GERMAN.sub(lambda found: _IN_FULL[found[1]], text) if language == "de" else text


def _written_out(iso: str, language: str) -> str:
    try:
        return long_day(date.fromisoformat(iso), language)
    except ValueError:
        return iso
