"""Days as one reads them. A page with ten years on it writes a thousand, the same as other pages do: they are kept."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

LONG, SHORT, WITHOUT_YEAR = "LONG_DAY", "SHORT_DAY", "DAY_AND_MONTH"
"""The names of forms that each language has (``clinic.formats``)."""

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def written_day(day: date, form: str) -> str:
    """A day in one of these forms, in the language of the page; a moment is that of the clinic's clock."""
    if isinstance(day, datetime):
        day = (localtime(day) if day.tzinfo else day).date()
    return _written(day, form, get_language())


def written_days(text: str) -> str:
    """A text with its dates as 2 Nov 2026; what only looks like a date stays as it is."""
    return _ISO.sub(lambda found: _if_a_day(found[0]), str(text))


def _if_a_day(text: str) -> str:
    try:
        return written_day(date.fromisoformat(text), SHORT)
    except ValueError:
        return text


@lru_cache(maxsize=50_000)
def _written(day: date, form: str, language: str | None) -> str:
    return str(date_format(day, form))
