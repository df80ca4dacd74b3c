"""Whether somebody was ever given natalizumab about every 4 weeks for a year, by the doses themselves.

An interval that is prescribed says nothing of the doses that were given. What trials know of a longer interval they
know of people who had such a year before it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from natalizumab.care.case import Case
from natalizumab.care.protocol import Protocol
from natalizumab.record import EarlierTreatment
from natalizumab.record.dates import add_months


def had_standard_year(case: Case, p: Protocol, *, now: bool) -> bool:
    """Whether there was such a year since the last restart; ``now``: the year that ends with the latest dose.

    In it doses were on average nearer to the labelled interval than to the longer one, and none was missed.
    """
    days = _dose_days(case, p)
    first = max(len(days) - 1, 0) if now else _first_since_restart(days, p)
    return any(_standard_until(days, end, case.on, p) for end in range(first, len(days)))


def _standard_until(days: list[date], end: int, on: date, p: Protocol) -> bool:
    """Whether the year up to the dose after that one was such a year, or up to when that one counts as missed."""
    last = min(days[end] + timedelta(weeks=p["missed_after_weeks"]), on, *days[end + 1 : end + 2])
    first = bisect_right(days, add_months(last, -p["extended_standard_months"])) - 1
    if first < 0:
        return False
    apart = [(after - before).days for before, after in zip(days[first:end], days[first + 1 : end + 1], strict=True)]
    longest = 7 * (p["interval_weeks"] + p["extended_interval_weeks"]) / 2
    return bool(apart) and sum(apart) < longest * len(apart) and max(apart) < 7 * p["missed_after_weeks"]


def _first_since_restart(days: list[date], p: Protocol) -> int:
    """The number of the first dose after the last gap that makes the next dose a restart."""
    restarts = [
        number for number in range(1, len(days)) if days[number] - days[number - 1] > timedelta(weeks=p["latest_weeks"])
    ]
    return restarts[-1] if restarts else 0


def _dose_days(case: Case, p: Protocol) -> list[date]:
    """All days of doses, rising; those given elsewhere at the interval told of them, or the labelled one."""
    here = [dose.day for dose in case.course.doses()]
    elsewhere: list[date] = []
    for entry in case.all(EarlierTreatment):
        day = entry.first_dose
        until = min([entry.day, *here])
        while day is not None and day < until and (entry.doses is None or len(elsewhere) < entry.doses):
            elsewhere.append(day)
            day += timedelta(weeks=entry.interval_weeks or p["interval_weeks"])
    return sorted({*elsewhere, *here})
