"""Warnings about levels, in plain words. All people are invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from scipy.stats import chi2

from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import posterior
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.plausibility import _share_beyond, share_below, warnings_about
from natalizumab.pharmacology.regimen import Input

FIRST = date(2025, 1, 6)
YEAR = History(tuple(Input(28.0 * number, 300, "iv") for number in range(12)))
TROUGH = 28.0 * 11


def said(levels: Sequence[Level]) -> str:
    return " ".join(warnings_about(posterior(YEAR, 75, levels), lambda day: FIRST + timedelta(days=day)))


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
