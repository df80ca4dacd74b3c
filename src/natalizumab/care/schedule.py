"""When a thing to do is upcoming, due, overdue or blocked, and when that changes next."""

from __future__ import annotations

from datetime import date

from natalizumab.care.findings import Item
from natalizumab.record.dates import ONE_DAY, add_days


def status(item: Item, on: date, upcoming_days: int) -> str:
    """``upcoming`` before the window (or so many days before the last day), ``due`` until the last, then ``overdue``.

    ``blocked`` while it can't validly be done. A prompt is never overdue.
    """
    if item.not_before is not None and on < item.not_before:
        return "blocked"
    if on > _last_day(item):
        return "due" if item.prompt else "overdue"
    return "due" if on >= _first_day(item, upcoming_days) else "upcoming"


def changes_on(item: Item, now: str, upcoming_days: int) -> date | None:
    """The next day on which the status will be another one than ``now``; None where it stays what it is."""
    if now == "blocked":
        return item.not_before
    if now == "upcoming":
        return min(_first_day(item, upcoming_days), _last_day(item) + ONE_DAY)
    return None if now == "overdue" or item.prompt else _last_day(item) + ONE_DAY


def days_late(item: Item, on: date) -> int:
    """Days since the last day, or since the item could first be done, whichever is later; 0 if not late."""
    return max((on - _last_day(item)).days, 0)


def _first_day(item: Item, upcoming_days: int) -> date:
    return item.window_from or add_days(item.due, -upcoming_days)


def _last_day(item: Item) -> date:
    """Nobody is late with what couldn't validly be done."""
    return max(item.due, item.not_before) if item.not_before else item.due
