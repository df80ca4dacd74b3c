"""When something happened: a date, or a date-time with an offset, kept as it was written.

The day is the one that was written, never converted: 00:30 with offset +02:00 is that day, though it is still
yesterday in UTC. Only the order of timed events on one day looks at the instant.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from natalizumab.record.limits import FIRST_YEAR, LAST_YEAR, MAX_OFFSET_HOURS

DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT_PATTERN = DAY_PATTERN + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"

DAY_ALLOWED = "YYYY-MM-DD"
YEARS_ALLOWED = f"is outside the years {FIRST_YEAR} to {LAST_YEAR}"
INSTANT_ALLOWED = "a date-time with an offset such as 2024-02-28T09:30+01:00"

_REMEMBERED = 8192
"""So many texts are read once: the days of a clinic's records are few, and each stands in them many times."""

_DAY = re.compile(DAY_PATTERN)
_INSTANT = re.compile(INSTANT_PATTERN)
_WITHOUT_OFFSET = re.compile(DAY_PATTERN + "[T ][0-9:.]+")


def read_day(text: str) -> date:
    """The date that ``text`` spells. Raises ValueError with a plain sentence for anything else."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"is not a date ({DAY_ALLOWED})")
    if not in_years(day):
        raise ValueError(YEARS_ALLOWED)
    return day


@lru_cache(_REMEMBERED)
def read_instant(text: str) -> datetime:
    """The date-time with offset that ``text`` spells. Raises ValueError with a plain sentence for anything else."""
    if _WITHOUT_OFFSET.fullmatch(text):
        raise ValueError(f"is a date-time without an offset (allowed: {INSTANT_ALLOWED})")
    try:
        instant = datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
    except ValueError:
        instant = None
    if instant is None:
        raise ValueError(f"is not {INSTANT_ALLOWED}")
    if not in_years(instant):
        raise ValueError(YEARS_ALLOWED)
    if abs(instant.utcoffset() or timedelta()) > timedelta(hours=MAX_OFFSET_HOURS):
        raise ValueError(f"has an offset of more than {MAX_OFFSET_HOURS} hours")
    return instant


@lru_cache(_REMEMBERED)
def read_moment(text: str) -> date | datetime:
    """The date, or date-time with offset, that ``text`` spells. Raises ValueError with a plain sentence otherwise."""
    if _INSTANT.fullmatch(text) or _WITHOUT_OFFSET.fullmatch(text):
        return read_instant(text)
    if not _DAY.fullmatch(text):
        raise ValueError(f"is not a date ({DAY_ALLOWED}, or {INSTANT_ALLOWED})")
    return read_day(text)


def day_of(moment: date | datetime) -> date:
    """The day as it was written."""
    return moment.date() if isinstance(moment, datetime) else moment


def in_years(day: date) -> bool:
    """Whether the year is one in which something can have happened to a person, or be planned."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
