"""Tests in time: how somebody stood at the end of each month, by the plan of that day and what was known then."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from natalizumab.care import Protocol, plan
from natalizumab.care.case import Case
from natalizumab.clinic.vigilance.facts import is_treated
from natalizumab.clinic.vigilance.shape import MonthEnd
from natalizumab.clinic.words import due_kind
from natalizumab.errors import Refusal
from natalizumab.record import Record

MONTHS = 13
"""A year, and the same month of the year before."""


def month_ends(on: date, count: int = MONTHS) -> list[date]:
    """The last days of the last so many months that are over on that day, the oldest first."""
    found: list[date] = []
    first = on.replace(day=1)
    while len(found) < count:
        found.append(first - timedelta(days=1))
        first = found[-1].replace(day=1)
    return found[::-1]


def month_end(record: Record, day: date, known_at: datetime, protocol: Protocol) -> MonthEnd:
    """How the person stood at the end of that day."""
    try:
        made = plan(record, day, protocol, known_at)
        case = Case(record.course(day, known_at), protocol)
    except Refusal:
        return MonthEnd(readable=False)
    if not is_treated(made, case):
        return MonthEnd()
    late = {due_kind(item.action) for item in made.items if item.status == "overdue" and not item.prompt}
    return MonthEnd(treated=True, overdue=tuple(sorted(late)))
