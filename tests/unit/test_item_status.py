"""When a thing to do is upcoming, due, overdue or blocked, day by day, and when that changes next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from natalizumab.care.findings import Item
from natalizumab.care.schedule import changes_on, days_late, status

DUE = date(2026, 6, 30)
PLAIN = Item("scan", "A scan.", DUE)
NARROW = Item("scan", "A scan.", DUE, window_from=date(2026, 7, 5))
WINDOW = Item("scan", "A scan.", DUE, window_from=date(2026, 4, 1))
LATER = Item("test", "A test.", DUE, not_before=date(2026, 7, 10))
SOONER = Item("test", "A test.", DUE, not_before=date(2026, 6, 20))
PROMPT = Item("ask", "Ask.", DUE, prompt=True)
UPCOMING = 28


@pytest.mark.parametrize(
    ("item", "on", "now"),
    [
        (PLAIN, "2026-06-01", "upcoming"),
        (PLAIN, "2026-06-02", "due"),  # 28 days before the last one
        (PLAIN, "2026-06-30", "due"),
        (PLAIN, "2026-07-01", "overdue"),
        (WINDOW, "2026-03-31", "upcoming"),
        (WINDOW, "2026-04-01", "due"),
        (WINDOW, "2026-06-30", "due"),
        (WINDOW, "2026-07-01", "overdue"),
        (SOONER, "2026-06-19", "blocked"),
        (SOONER, "2026-06-20", "due"),
        (SOONER, "2026-07-01", "overdue"),
        (LATER, "2026-07-09", "blocked"),
        (LATER, "2026-07-10", "due"),
        (LATER, "2026-07-11", "overdue"),
        (PROMPT, "2026-06-01", "upcoming"),
        (PROMPT, "2026-07-01", "due"),
        (PROMPT, "2027-07-01", "due"),
    ],
)
def test_a_thing_to_do_has_one_status_on_each_day(item: Item, on: str, now: str) -> None:
    assert status(item, date.fromisoformat(on), UPCOMING) == now


@pytest.mark.parametrize("item", [PLAIN, WINDOW, NARROW, LATER, SOONER, PROMPT])
def test_the_next_change_is_the_first_later_day_with_another_status(item: Item) -> None:
    days = [date(2026, 2, 1) + timedelta(days=n) for n in range(240)]
    statuses = [status(item, day, UPCOMING) for day in days]
    for number, day in enumerate(days[:180]):
        other = [later for later, then in zip(days, statuses, strict=True) if later > day and then != statuses[number]]
        assert changes_on(item, statuses[number], UPCOMING) == (other[0] if other else None)


@pytest.mark.parametrize(
    ("item", "on", "late"),
    [
        (PLAIN, "2026-06-29", 0),
        (PLAIN, "2026-06-30", 0),
        (PLAIN, "2026-07-01", 1),
        (PLAIN, "2026-07-31", 31),
        (LATER, "2026-07-10", 0),
        (LATER, "2026-07-12", 2),
        (SOONER, "2026-07-01", 1),
    ],
)
def test_days_late_count_from_the_last_day_on_which_it_could_be_done_in_time(item: Item, on: str, late: int) -> None:
    assert days_late(item, date.fromisoformat(on)) == late
