"""When does a rise of the EDSS count as worsening that lasts?"""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from tests.unit.disease_courses import Event, course, edss, relapse

from natalizumab.disease import Worsening, worsenings
from natalizumab.disease.disability import least_rise, reference_score
from natalizumab.record import Edss, Relapse

SINCE = date(2022, 5, 10)


def found(*events: Event) -> tuple[Worsening, ...]:
    made = course(*events, start=False, on="2026-01-01")
    scores = cast("tuple[Edss, ...]", made.of("edss"))
    return worsenings(scores, SINCE, cast("tuple[Relapse, ...]", made.of("relapse")))


def told(*events: Event) -> list[tuple[float, str, str | None]]:
    """Each worsening as reference score, day of the rise, day of the confirmation."""
    return [
        (one.reference.score, str(one.first.day), str(one.confirmed.day) if one.confirmed else None)
        for one in found(*events)
    ]


@pytest.mark.parametrize(
    ("score", "rise"),
    [(0, 1.5), (0.5, 1.5), (1, 1.0), (3.5, 1.0), (5.5, 1.0), (6, 0.5), (9.5, 0.5)],
)
def test_the_least_rise_depends_on_where_it_starts(score: float, rise: float) -> None:
    assert least_rise(score) == rise


@pytest.mark.parametrize(
    ("before", "too_little", "enough"),
    [(0, 1.0, 1.5), (1, 1.5, 2.0), (5.5, 6.0, 6.5), (6, 6.0, 6.5)],
)
def test_a_smaller_rise_is_no_worsening(before: float, too_little: float, enough: float) -> None:
    start = edss("2022-05-10", before)
    assert told(start, edss("2023-01-02", too_little), edss("2023-06-01", too_little)) == []
    assert told(start, edss("2023-01-02", enough), edss("2023-06-01", enough)) == [(before, "2023-01-02", "2023-06-01")]


@pytest.mark.parametrize(
    ("later", "confirmed"),
    [("2023-03-26", None), ("2023-03-27", "2023-03-27"), ("2023-03-28", "2023-03-28")],  # 83, 84, 85 days
)
def test_it_is_confirmed_after_twelve_weeks_and_not_a_day_earlier(later: str, confirmed: str | None) -> None:
    assert told(edss("2022-05-10", 2), edss("2023-01-02", 3), edss(later, 3)) == [(2, "2023-01-02", confirmed)]


def test_a_rise_that_falls_back_before_its_confirmation_is_none() -> None:
    assert told(edss("2022-05-10", 2), edss("2023-01-02", 3), edss("2023-02-01", 2.5), edss("2023-06-01", 2)) == []


def test_a_rise_that_falls_back_and_comes_again_counts_from_the_second_time() -> None:
    scores = [edss("2022-05-10", 2), edss("2023-01-02", 3), edss("2023-02-01", 2.5), edss("2023-04-03", 3)]
    assert told(*scores) == [(2, "2023-04-03", None)]
    assert told(*scores, edss("2023-07-03", 3.5)) == [(2, "2023-04-03", "2023-07-03")]


def test_after_a_confirmed_worsening_the_next_counts_from_there() -> None:
    scores = [edss("2022-05-10", 2), edss("2023-01-02", 3), edss("2023-06-01", 3), edss("2024-01-02", 3.5)]
    assert told(*scores) == [(2, "2023-01-02", "2023-06-01")]
    more = [edss("2024-06-03", 4), edss("2024-12-02", 4)]
    assert told(*scores, *more) == [(2, "2023-01-02", "2023-06-01"), (3, "2024-06-03", "2024-12-02")]


@pytest.mark.parametrize(
    ("attack", "confirmed"),
    [("2023-06-01", None), ("2023-05-02", None), ("2023-05-01", "2023-06-01"), ("2023-06-02", "2023-06-01")],
)
def test_a_score_within_thirty_days_after_a_relapse_confirms_nothing(attack: str, confirmed: str | None) -> None:
    scores = [edss("2022-05-10", 2), edss("2023-01-02", 3), edss("2023-06-01", 3)]
    assert told(*scores, relapse(attack)) == [(2, "2023-01-02", confirmed)]


def test_a_score_raised_by_a_relapse_is_no_reference() -> None:
    scores = [edss("2022-03-01", 2), edss("2022-05-09", 4), edss("2023-01-02", 3), edss("2023-06-01", 3)]
    assert told(*scores) == []
    assert told(*scores, relapse("2022-05-01")) == [(2, "2023-01-02", "2023-06-01")]


@pytest.mark.parametrize(
    ("days", "reference"),
    [
        (["2021-05-09", "2022-09-01", "2023-01-02"], "2022-09-01"),  # more than a year before: no reference
        (["2021-05-10", "2022-09-01"], "2021-05-10"),
        (["2021-09-01", "2022-05-10", "2022-05-11"], "2022-05-10"),
        (["2021-01-01"], None),
        ([], None),
    ],
)
def test_the_reference_is_the_last_score_of_the_year_before_else_the_first_after(
    days: list[str], reference: str | None
) -> None:
    scores = cast("tuple[Edss, ...]", course(*[edss(day, 2) for day in days], start=False).of("edss"))
    chosen = reference_score(scores, SINCE)
    assert (str(chosen.day) if chosen else None) == reference


def test_without_scores_or_with_one_alone_nothing_has_worsened() -> None:
    assert told() == []
    assert told(edss("2023-01-02", 6)) == []
