"""The calendar of the plan: months keep the day of the month, or take the last day of a shorter month."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)

EVERY_MONTH_HAS = 28
"""Days. A plan adds months hundreds of times, and only the days after this one need the calendar."""


_DAYS_KEPT = 16384
"""The same days and months come again in every rule and record."""


@lru_cache(maxsize=_DAYS_KEPT)
def add_months(day: date, months: int) -> date:
    """``months`` after ``day``: the same day of the month, or its last day (31 January gives 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= EVERY_MONTH_HAS:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=_DAYS_KEPT)
def add_days(day: date, days: float) -> date:
    """``days`` after ``day``. A part of a day that is left over does not count."""
    return day + timedelta(days=days)


def full_months(start: date, end: date) -> int:
    """How many whole months lie between ``start`` and ``end``: the largest n with add_months(start, n) <= end.

    Negative when ``end`` is earlier: the day before ``start`` lies in month -1.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def add_weeks(day: date, weeks: float) -> date:
    """``weeks`` after ``day``. A part of a day that is left over does not count."""
    return day + timedelta(days=int(weeks * 7))


def iso(day: date | None) -> str | None:
    """The day as text, YYYY-MM-DD; None where there is none."""
    return day.isoformat() if day else None
