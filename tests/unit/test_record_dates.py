"""The calendar: a month later is the same day of the month, or its last day."""

from __future__ import annotations

from datetime import date

import pytest

from natalizumab.record.dates import add_months, add_weeks, full_months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-01-15", 1, "2024-02-15"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-12-31", 1, "2025-01-31"),
        ("2024-05-06", 0, "2024-05-06"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_months_keep_the_day_or_take_the_last(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-01-15", "2024-01-15", 0),
        ("2024-01-15", "2024-02-14", 0),
        ("2024-01-15", "2024-02-15", 1),
        ("2024-01-15", "2024-02-16", 1),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-01-15", "2024-01-14", -1),
    ],
)
def test_full_months_are_counted_to_the_day(start: str, end: str, months: int) -> None:
    assert full_months(date.fromisoformat(start), date.fromisoformat(end)) == months


@pytest.mark.parametrize(
    ("weeks", "later"), [(4, "2024-06-03"), (6, "2024-06-17"), (4.5, "2024-06-06"), (4.4, "2024-06-05")]
)
def test_weeks_are_whole_days_and_a_part_of_a_day_does_not_count(weeks: float, later: str) -> None:
    assert add_weeks(date(2024, 5, 6), weeks) == date.fromisoformat(later)
