"""When a thing to do is upcoming, due, overdue or blocked."""

from __future__ import annotations

from datetime import date, timedelta

from natalizumab.care.findings import Item


def status(item: Item, on: date, upcoming_days: int) -> str:
    """``upcoming`` before the window (or so many days before the last day), ``due`` until the last, then ``overdue``.

    ``blocked`` while it can't validly be done. A prompt is never overdue.
    """
    if item.not_before is not None and on < item.not_before:
        return "blocked"
    if on > _last_day(item):
        return "due" if item.prompt else "overdue"
    first = item.window_from or item.due - timedelta(days=upcoming_days)
    return "due" if on >= first else "upcoming"


def days_late(item: Item, on: date) -> int:
    """Days since the last day, or since the item could first be done, whichever is later; 0 if not late."""
    return max((on - _last_day(item)).days, 0)


def _last_day(item: Item) -> date:
    """Nobody is late with what couldn't validly be done."""
    return max(item.due, item.not_before) if item.not_before else item.due
