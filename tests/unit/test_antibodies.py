"""Antibodies as something hidden: who has them, from when until when, and what a test says of it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

from natalizumab.evidence import value
from natalizumab.pharmacology import AntibodyPeriod, History, Input
from natalizumab.pharmacology.antibodies import (
    KINDS,
    Hypothesis,
    clearance_factor,
    hypotheses,
    periods,
    probability_of,
)
from natalizumab.pharmacology.individual import posterior
from natalizumab.pharmacology.levels import AntibodyResult

DOSES = [0.0, 28, 56, 84, 112]
DELAY = value("ada.onset_delay").value
HALF_A_YEAR = value("ada.transient_duration").value * 365.25 / 12


def prior(kind: str, found: tuple[Hypothesis, ...]) -> float:
    return sum(each.prior for each in found if each.kind == kind)


@pytest.mark.parametrize("doses", [[0.0], DOSES[:2], DOSES])
def test_the_priors_are_the_published_shares_however_many_doses_there_were(doses: list[float]) -> None:
    found = hypotheses(doses)
    assert [prior(kind, found) for kind in ("none", "transient", "persistent")] == pytest.approx([0.91, 0.03, 0.06])


@pytest.mark.parametrize(("kind", "share"), [("transient", 0.03), ("persistent", 0.06)])
def test_they_arise_after_one_of_the_first_three_infusions_in_72_18_and_10_per_cent(kind: str, share: float) -> None:
    found = [each for each in hypotheses(DOSES) if each.kind == kind]
    assert [each.start for each in found] == pytest.approx([day + DELAY for day in DOSES[:3]])
    assert [each.prior / share for each in found] == pytest.approx([0.72, 0.18, 0.10])


def test_persistent_ones_stay_and_transient_ones_end_half_a_year_after_the_first_dose() -> None:
    for each in hypotheses([day + 100 for day in DOSES])[1:]:
        assert each.end == (math.inf if each.kind == "persistent" else pytest.approx(100 + HALF_A_YEAR))


def test_nothing_ends_before_it_starts_however_late_the_doses() -> None:
    for each in hypotheses([0.0, 300.0, 600.0]):
        assert each.start <= each.end


def test_what_would_arise_after_an_infusion_not_yet_given_has_not_arisen() -> None:
    found = [each for each in hypotheses([0.0]) if each.kind == "persistent"]
    assert [each.start for each in found] == [DELAY, math.inf, math.inf]
    assert not found[1].there(1e6)


def test_the_order_of_the_doses_is_no_matter() -> None:
    assert hypotheses(DOSES[::-1]) == hypotheses(DOSES)


def test_a_hypothesis_puts_its_period_in_place_of_the_historys_own() -> None:
    history = History((Input(0, 300, "iv"),), antibodies=(AntibodyPeriod(3, 4, 2.0),))
    none, first = (hypotheses(DOSES)[number] for number in (0, 1))
    assert none.applied(history).antibodies == ()
    assert first.applied(history).antibodies == (AntibodyPeriod(first.start, first.end, 2.45),)
    assert first.applied(history).inputs == history.inputs
    assert clearance_factor() == 2.45


def test_they_are_there_from_the_start_on_and_no_more_at_the_end() -> None:
    each = Hypothesis("transient", 10, 20, 0.1)
    assert [each.there(day) for day in (9.99, 10, 19.99, 20)] == [False, True, True, False]


def test_results_multiply_and_each_is_judged_by_its_own_day() -> None:
    found, absent = (value(f"ada.test_{name}").value / 100 for name in ("sensitivity", "specificity"))
    each = Hypothesis("transient", 20, 40, 0.1)
    results = [
        AntibodyResult(5, positive=True),  # a false alarm
        AntibodyResult(25, positive=True),
        AntibodyResult(26, positive=False),  # missed
        AntibodyResult(50, positive=False),
    ]
    expected = (1 - absent) * found * (1 - found) * absent
    assert probability_of(results, each) == pytest.approx(expected)
    assert probability_of([], each) == 1


def test_between_the_infusion_and_the_rise_of_clearance_a_test_finds_them_the_more_probably_the_later() -> None:
    assert value("ada.onset_delay").value == 14
    each = Hypothesis("persistent", 14, math.inf, 0.1)
    found, absent = (value(f"ada.test_{name}").value / 100 for name in ("sensitivity", "specificity"))
    for day, there in ((-1, 0), (0, 0), (7, 0.5), (14, 1), (300, 1)):
        positive = there * found + (1 - there) * (1 - absent)
        assert probability_of([AntibodyResult(day, positive=True)], each) == pytest.approx(positive)
        assert probability_of([AntibodyResult(day, positive=False)], each) == pytest.approx(1 - positive)
    never = Hypothesis("none", math.inf, math.inf, 0.9)
    assert probability_of([AntibodyResult(1e6, positive=True)], never) == pytest.approx(1 - absent)


def test_two_tests_within_that_time_ask_for_one_and_the_same_moment() -> None:
    """Found on day 4, they are there on day 11 too: a second test misses them only as often as tests do."""
    each = Hypothesis("persistent", 14, math.inf, 0.1)
    found, absent = (value(f"ada.test_{name}").value / 100 for name in ("sensitivity", "specificity"))
    expected = (
        4 / 14 * found * (1 - found)  # arisen by day 4
        + 7 / 14 * (1 - absent) * (1 - found)  # by day 11
        + 3 / 14 * (1 - absent) * absent
    )
    results = [AntibodyResult(4, positive=True), AntibodyResult(11, positive=False)]
    assert probability_of(results, each) == pytest.approx(expected)


def test_antibodies_that_would_be_gone_before_they_arise_are_never_found() -> None:
    absent = value("ada.test_specificity").value / 100
    each = Hypothesis("transient", 200, 200, 0.1)
    assert probability_of([AntibodyResult(195, positive=True)], each) == pytest.approx(1 - absent)


def test_they_have_arisen_once_the_infusion_after_which_clearance_rises_was_given() -> None:
    each = Hypothesis("transient", 14, 180, 0.1)
    assert [each.arisen(day) for day in (-1, 0, 13, 14, 179, 180)] == [False, True, True, True, True, False]


def test_a_positive_test_soon_after_the_first_infusion_counts() -> None:
    history = History(tuple(Input(28.0 * number, 300, "iv") for number in range(3)))
    alone, early, month = (
        posterior(history, 70, [], results).antibodies_arisen(70)
        for results in ([], [AntibodyResult(10, positive=True)], [AntibodyResult(28, positive=True)])
    )
    assert alone < 0.1 < 0.6 < early < month
    one = History((Input(0.0, 300, "iv"),))
    assert posterior(one, 70, [], [AntibodyResult(10, positive=True)]).antibodies_arisen(11) > 0.6


def first_of(kind: str, results: Sequence[AntibodyResult]) -> float:
    """The probability of the results with antibodies of that kind after the first infusion, without it none."""
    return next(probability_of(results, one) for one in hypotheses(DOSES) if one.kind == kind)


def test_two_positives_six_weeks_apart_are_persistent_by_definition() -> None:
    found, absent = (value(f"ada.test_{name}").value / 100 for name in ("sensitivity", "specificity"))
    apart = value("ada.persistence_apart").value
    for days, second in ((apart, 1 - absent), (apart - 1, found)):
        twice = [AntibodyResult(60 + days, positive=True), AntibodyResult(60, positive=True)]  # in any order
        assert first_of("transient", twice) == pytest.approx(found * second)
        assert first_of("persistent", twice) == pytest.approx(found**2)
    gone = [AntibodyResult(60, positive=True), AntibodyResult(60 + apart, positive=False)]
    assert first_of("transient", gone) == pytest.approx(found * absent)
    assert first_of("persistent", gone) == pytest.approx(found * (1 - found))


def test_the_six_weeks_count_from_the_first_positive_and_a_missed_one_begins_nothing() -> None:
    found, absent = (value(f"ada.test_{name}").value / 100 for name in ("sensitivity", "specificity"))
    days = [(30, False), (60, True), (90, True), (101, True), (102, True), (150, True)]
    results = [AntibodyResult(day, positive) for day, positive in days]
    expected = (1 - found) * found**3 * (1 - absent) ** 2
    assert first_of("transient", results) == pytest.approx(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_all_answers_that_three_tests_can_give_have_the_probability_of_one(kind: str) -> None:
    days = (50, 75, 120)
    answers = itertools.product((True, False), repeat=len(days))
    assert sum(
        first_of(kind, [AntibodyResult(day, positive) for day, positive in zip(days, answer, strict=True)])
        for answer in answers
    ) == pytest.approx(1)


def test_periods_of_many_people_are_those_of_each_hypothesis() -> None:
    days = np.array([[0.0, 28.0, 61.0], [3.0, 50.0, np.nan], [10.0, np.nan, np.nan], [np.nan] * 3])
    for row in days:
        had = row[np.isfinite(row)].tolist()
        for number in range(7):
            start, end = periods(row[None, :], np.array([number]))
            one = hypotheses(had)[number] if had else hypotheses([0.0])[0]
            assert (start[0], end[0]) == (one.start, one.end)


def test_two_halves_on_one_day_are_one_infusion_after_which_antibodies_may_arise() -> None:
    whole = [Input(28.0 * number, 300, "sc") for number in range(4)]
    halves = [Input(one.day + step, 150, "sc") for one in whole for step in (0.0, 1 / 48)]
    once, in_parts = (posterior(History(tuple(inputs)), 70, []).hypotheses for inputs in (whole, halves))
    assert in_parts == once
