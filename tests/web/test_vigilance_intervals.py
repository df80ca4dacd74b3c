"""Are the intervals exact, and are the words about them true?"""

from __future__ import annotations

import subprocess
import sys

import pytest
from scipy.stats import binomtest, chi2

from natalizumab.clinic.vigilance import measuring
from natalizumab.clinic.vigilance.intervals import count_interval, share_interval
from natalizumab.clinic.vigilance.measuring import Held, Measured, Result
from natalizumab.clinic.vigilance.saying import seen, verdict
from natalizumab.clinic.vigilance.signals import DOSED, PER_1000, TREATED

SHARES = [(0, 1), (1, 1), (0, 80), (3, 80), (40, 80), (79, 80), (80, 80), (1, 20_000), (19_999, 20_000)]


@pytest.mark.parametrize(("cases", "people"), SHARES)
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_the_interval_of_a_share_is_that_of_the_binomial_test(cases: int, people: int, level: float) -> None:
    exact = binomtest(cases, people).proportion_ci(confidence_level=level, method="exact")
    assert share_interval(cases, people, level) == pytest.approx((exact.low, exact.high), abs=1e-12)


@pytest.mark.parametrize("cases", [0, 1, 2, 5, 30, 1000])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_the_interval_of_a_count_is_that_of_the_chi_squared_formula(cases: int, level: float) -> None:
    tail = (1 - level) / 2
    low = chi2.ppf(tail, 2 * cases) / 2 if cases else 0
    assert count_interval(cases, level) == pytest.approx((low, chi2.ppf(1 - tail, 2 * cases + 2) / 2), rel=1e-9)


def test_of_nobody_anything_may_be_true() -> None:
    assert share_interval(0, 0) == (0, 1)
    assert measuring.share(0, 0).seen is None
    assert measuring.rate(0, 0.0, 1000).seen is None


def test_the_page_s_modules_load_no_scipy_until_an_interval_is_asked_for() -> None:
    program = (
        "import sys; from natalizumab.clinic.vigilance import intervals, measuring, saying; "
        "assert 'scipy' not in sys.modules; intervals.count_interval(1); assert 'scipy.special' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def shown(measured: Measured, *published: tuple[float, float], unit: str = "%", among: str = DOSED) -> Result:
    held = [Held("4 %", low, high, measuring.place(measured, low, high), "primary") for low, high in published]
    return Result("a-signal", "A signal", unit, measured, held, "", "", among)


def plain(text: str) -> str:
    """With every space that must not break as an ordinary one."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_share_is_said_with_its_people_and_its_interval() -> None:
    found = shown(measuring.share(3, 80), (4, 4))
    assert plain(seen(found)) == "3 of 80 people who had a dose here: 3.8 % (95 % interval 0.78 to 11 %)."
    assert verdict(found).startswith("The interval holds the published figure")


def test_a_rate_is_said_with_its_person_years() -> None:
    found = shown(measuring.rate(2, 61.2, 1000), (2, 2), unit=PER_1000, among=TREATED)
    assert seen(found).startswith(
        "2 cases in 61 person-years on natalizumab here: 33 per 1,000 person-years (95 % interval 4.0 to 118"
    )


def test_nobody_to_count_is_said_and_nothing_follows() -> None:
    found = shown(measuring.share(0, 0), (4, 4))
    assert seen(found) == "None of it can be counted yet: there are no people who had a dose here."
    assert verdict(found) == ""


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ([(20, 20)], "Fewer than published"),
        ([(0.1, 0.1)], "More than published"),
        ([(4, 4), (20, 20)], "The published figures differ"),
        ([(12, 30)], "Fewer than published"),
        ([(1, 30)], "The interval holds the published figure:"),
        ([(4, 4), (5, 5)], "The interval holds the published figures:"),
    ],
)
def test_the_verdict_says_where_the_published_figures_lie(published: list[tuple[float, float]], words: str) -> None:
    assert verdict(shown(measuring.share(3, 80), *published)).startswith(words)
