"""Warnings about levels, in plain words. All people are invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from scipy.stats import chi2

from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import posterior
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.plausibility import Doubts, Unlikely, _share_beyond, doubts_about, share_below, without
from natalizumab.pharmacology.regimen import Input

FIRST = date(2025, 1, 6)
YEAR = History(tuple(Input(28.0 * number, 300, "iv") for number in range(12)))
TROUGH = 28.0 * 11


def doubts(levels: Sequence[Level], tests: Sequence[AntibodyResult] = ()) -> Doubts:
    return doubts_about(posterior(YEAR, 75, levels, tests), lambda day: FIRST + timedelta(days=day), tests)


def said(levels: Sequence[Level]) -> str:
    return " ".join(doubts(levels).sentences)


def test_ordinary_levels_are_not_doubted() -> None:
    assert said([Level(28.0 * 6, 22), Level(TROUGH, 27)]) == ""


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level(TROUGH, 110), "so high that hardly any plausible person"),
        (Level(TROUGH, 0.001), "so low that hardly any plausible person"),
        (Level(TROUGH + 0.05, 0.5), "Check the time of the sample"),
    ],
)
def test_a_level_that_nobody_has_is_doubted_with_its_date(level: Level, words: str) -> None:
    text = said([level])
    assert words in text
    assert "2025-11-10" in text


def test_levels_that_nobody_has_are_named_as_those_that_nothing_should_rest_on() -> None:
    usual, high, low = Level(28.0 * 6, 22), Level(TROUGH, 110), Level(28.0 * 9, 0.001)
    assert doubts([usual, high, low]).unlikely == (Unlikely(low, "low"), Unlikely(high, "high"))
    assert doubts([usual]).unlikely == ()
    assert doubts([]) == Doubts((), ())


def test_beside_a_level_that_nobody_has_the_others_are_not_said_to_contradict_it() -> None:
    text = said([Level(28.0 * 9, 12), Level(TROUGH, 900)])
    assert "The level of 900 mg/L" in text
    assert "contradicts" not in text


@pytest.mark.parametrize(
    ("positive", "doubted"), [((True, True), False), ((True,), False), ((False, False), True), ((), True)]
)
def test_a_low_level_is_not_doubted_where_tests_have_found_antibodies(
    positive: tuple[bool, ...], doubted: bool
) -> None:
    tests = [AntibodyResult(200.0 + 80 * number, result) for number, result in enumerate(positive)]
    assert bool(doubts([Level(TROUGH, 0.01, below=True)], tests).unlikely) is doubted


def test_a_high_level_is_doubted_whatever_the_tests_for_antibodies_say() -> None:
    tests = [AntibodyResult(200.0, True), AntibodyResult(280.0, True)]
    assert doubts([Level(TROUGH, 110)], tests).unlikely == (Unlikely(Level(TROUGH, 110), "high"),)


def test_a_low_level_below_the_limit_of_quantification_is_doubted_only_for_being_low() -> None:
    assert said([Level(TROUGH, 500, below=True)]) == ""
    assert "below 0.01 mg/L" in said([Level(TROUGH, 0.01, below=True)])


def test_levels_that_contradict_each_other_are_named() -> None:
    text = said([Level(28.0 * 9, 60), Level(28.0 * 10, 60), Level(TROUGH, 6)])
    assert "contradicts the other levels" in text


def test_a_person_unlike_the_population_is_named() -> None:
    assert "levels and the population disagree" in said(
        [Level(28.0 * 9, 110), Level(28.0 * 10, 118), Level(TROUGH, 114)]
    )


def test_the_share_below_the_median_level_is_about_a_half_in_a_spread_that_is_nearly_even() -> None:
    alone = posterior(YEAR, 75)
    assert share_below(alone, Level(TROUGH, float(alone.predict([TROUGH]).p50[0]))) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("squared", [0.1, 1.0, 4.0, 11.34, 30.0])
def test_the_share_beyond_is_that_of_chi_square_with_three_degrees(squared: float) -> None:
    assert _share_beyond(squared) == pytest.approx(chi2.sf(squared, 3), rel=1e-9)


@pytest.mark.parametrize("gap", [700, 1000, 1500, 2000, 3000, 5000])
@pytest.mark.parametrize("mg_per_l", [0.1, 0.6, 3.0, 10.0, 1000.0])
def test_a_level_years_after_a_dose_is_too_high_whatever_it_is(gap: int, mg_per_l: float) -> None:
    """As before a restart, or where a year is mistyped: no drug is left, and nobody is near such a level."""
    doses = tuple(Input(day, 300, "iv") for day in (0.0, 28.0, 28.0 + gap, 56.0 + gap))
    long_after = Level(28.0 + gap, mg_per_l)
    known = posterior(History(doses), 70, [long_after])
    found = doubts_about(known, lambda day: date(2026, 1, 1))
    assert [(one.level, one.said) for one in found.unlikely] == [(long_after, "high")]
    alone = posterior(History(doses), 70)
    left = without(known, found.unlikely, ())
    assert left.predict([84.0 + gap]).p50 == pytest.approx(alone.predict([84.0 + gap]).p50, rel=1e-6)
