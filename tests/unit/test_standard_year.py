"""A year of about 4-weekly dosing, by the doses given, held against the same said otherwise. People are invented."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.invented import course, dose, event

from natalizumab.care import Protocol, load_protocol
from natalizumab.care.case import Case
from natalizumab.care.standard_year import had_standard_year
from natalizumab.record.dates import add_months

EU = load_protocol("eu")
START = date(2024, 1, 8)
MISSED, LATEST = EU["missed_after_weeks"], EU["latest_weeks"]


def asked(days: list[date], on: date, *more: dict[str, Any], now: bool) -> bool:
    case = Case(course(str(on), *(dose(str(day)) for day in days), *more), EU)
    return had_standard_year(case, EU, now=now)


def said_otherwise(days: list[date], on: date, p: Protocol, *, now: bool) -> bool:
    """For every dose: is there a year behind it without a gap that is too long, whose gaps are short on average?"""
    ends = range(len(days))
    restarts = [n for n in ends if n and (days[n] - days[n - 1]).days > 7 * p["latest_weeks"]]
    wanted = [len(days) - 1] if now else [n for n in ends if n >= max(restarts, default=0)]
    for end in wanted if days else ():
        over = [on, days[end] + timedelta(weeks=p["missed_after_weeks"])] + ([days[end + 1]] if end + 1 in ends else [])
        begun = [n for n in ends if days[n] <= add_months(min(over), -p["extended_standard_months"])]
        gaps = [(days[n + 1] - days[n]).days for n in range(begun[-1], end)] if begun else []
        middle = (p["interval_weeks"] + p["extended_interval_weeks"]) * 7 / 2
        if gaps and all(gap < 7 * p["missed_after_weeks"] for gap in gaps) and sum(gaps) / len(gaps) <= middle:
            return True
    return False


def joined(parts: list[list[int]]) -> list[int]:
    return [*chain.from_iterable(parts)]


gaps = st.sampled_from([21, 27, 28, 29, 34, 35, 36, 42, 49, 7 * MISSED - 1, 7 * MISSED, 7 * LATEST, 7 * LATEST + 1])
regular = st.lists(st.sampled_from([28, 35]), min_size=8, max_size=14)
histories = st.lists(st.one_of(regular, st.lists(gaps, max_size=3)), max_size=4).map(joined)


@given(histories, st.integers(0, 120), st.booleans())
def test_it_is_the_same_said_otherwise(apart: list[int], later: int, now: bool) -> None:
    days = [START + timedelta(days=sum(apart[:number])) for number in range(len(apart) + 1)]
    on = days[-1] + timedelta(days=later)
    assert asked(days, on, now=now) == said_otherwise(days, on, EU, now=now)


def test_nobody_without_a_dose_had_such_a_year() -> None:
    assert not asked([], START, now=True)
    assert not asked([], START, now=False)
    assert not asked([START], START + timedelta(days=800), now=True)


WEEKS = [START + timedelta(weeks=4 * number) for number in range(3)]


@pytest.mark.parametrize(
    ("given", "until", "had"),
    [
        ({"doses": 12}, None, True),  # 44 weeks and the gap, and 8 weeks here
        ({"doses": 11}, None, False),  # the gap before the first dose here is a missed dose
        ({}, None, True),
        ({"interval_weeks": 5, "doses": 10}, None, True),
        ({"interval_weeks": 6, "doses": 8}, None, False),
        ({"doses": 12}, 49, False),  # the entry says what was until its own day
    ],
)
def test_doses_given_elsewhere_count_as_they_are_told(given: dict[str, Any], until: int | None, had: bool) -> None:
    begun = START - timedelta(weeks=48)
    on = START - timedelta(days=1 if until is None else until)
    elsewhere = event("earlier_treatment", str(on), first_dose=str(begun), **given)
    assert asked(WEEKS, WEEKS[-1] + timedelta(days=7), elsewhere, now=True) == had


def test_now_is_the_year_that_ends_with_the_latest_dose_and_ever_is_any_since_the_last_restart() -> None:
    year = [START + timedelta(weeks=4 * number) for number in range(14)]
    missed = [*year, year[-1] + timedelta(weeks=MISSED)]
    assert not asked(missed, missed[-1] + timedelta(days=7), now=True)
    assert asked(missed, missed[-1] + timedelta(days=7), now=False)
    restarted = [*year, year[-1] + timedelta(days=7 * LATEST + 1)]
    assert not asked(restarted, restarted[-1] + timedelta(days=7), now=False)


def test_a_year_ends_with_the_next_dose_though_that_came_soon() -> None:
    """Nine gaps of 35 days and one of 42: up to the last of them it is no year, and with it they are too long."""
    days = [START + timedelta(days=35 * number) for number in range(10)]
    days.append(days[-1] + timedelta(days=42))
    assert not asked(days, START + timedelta(days=400), now=False)


def test_doses_elsewhere_end_before_the_first_one_here() -> None:
    begun = START - timedelta(weeks=48)
    elsewhere = event("earlier_treatment", str(START - timedelta(days=1)), first_dose=str(begun))
    six_weekly = [START + timedelta(weeks=6 * number) for number in range(10)]
    assert not asked(six_weekly, six_weekly[-1] + timedelta(days=7), elsewhere, now=True)


def test_the_day_of_the_entry_itself_is_no_dose() -> None:
    begun = START - timedelta(weeks=48)
    elsewhere = event("earlier_treatment", str(START - timedelta(weeks=4)), first_dose=str(begun))
    assert not asked(WEEKS, WEEKS[-1] + timedelta(days=7), elsewhere, now=True)
