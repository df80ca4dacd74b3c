"""When a thing to do is upcoming, due, overdue or blocked, and when that changes next."""

from __future__ import annotations

from datetime import date, timedelta

from natalizumab.care.findings import Item

_DAY = timedelta(days=1)


def status(item: Item, on: date, upcoming_days: int) -> str:
    """``upcoming`` before the window (or so many days before the last day), ``due`` until the last, then ``overdue``.

    ``blocked`` while it can't validly be done. A prompt is never overdue.
    """
    return _status(item, on, _first_day(item, upcoming_days), _last_day(item))


def changes_on(item: Item, on: date, upcoming_days: int) -> date | None:
    """The next day on which the status will be another one; None where it stays what it is."""
    first, last = _first_day(item, upcoming_days), _last_day(item)
    if on > last:
        return None  # overdue, or a prompt that stays due
    now = _status(item, on, first, last)
    days = (first, item.not_before, None if item.prompt else last + _DAY)
    ahead = [day for day in days if day is not None and day > on and _status(item, day, first, last) != now]
    return min(ahead) if ahead else None


def days_late(item: Item, on: date) -> int:
    """Days since the last day, or since the item could first be done, whichever is later; 0 if not late."""
    return max((on - _last_day(item)).days, 0)


def _status(item: Item, on: date, first: date, last: date) -> str:
    if item.not_before is not None and on < item.not_before:
        return "blocked"
    if on > last:
        return "due" if item.prompt else "overdue"
    return "due" if on >= first else "upcoming"


def _first_day(item: Item, upcoming_days: int) -> date:
    return item.window_from or item.due - timedelta(days=upcoming_days)


def _last_day(item: Item) -> date:
    """Nobody is late with what couldn't validly be done."""
    return max(item.due, item.not_before) if item.not_before else item.due
