"""Peak, time at a level and mean saturation, read off on the way, agree with a dense independent solution."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.independent import Given, Story
from tests.reference.independent_summaries import summaries
from tests.reference.stories import Told, told

from natalizumab.pharmacology import History, Input, Regimen, Window, curve, draw, solve, typical

LEVELS = st.sampled_from([0.5, 2.0, 5.0, 10.0, 40.0])
CURVES = st.sampled_from([None, "a", "b", "c", "d"])


@settings(max_examples=15)
@given(told=told(most_doses=3), level=LEVELS, alternative=CURVES, part=st.floats(0, 0.9))
def test_the_summaries_of_any_window_agree(told: Told, level: float, alternative: str | None, part: float) -> None:
    end = max(told.days)
    start, shape = part * end, curve(alternative)
    found = solve(
        told.history, told.people, told.days, window=Window(start, end, level, shape), bioavailability=told.share
    )
    peak, _, above, saturation = summaries(told.story, start, end, level, shape.at)
    assert found.peak[0] == pytest.approx(peak, rel=1e-4, abs=1e-4)
    assert found.days_above[0] == pytest.approx(above, abs=0.01)
    assert found.mean_saturation[0] == pytest.approx(saturation, abs=1e-4)


@pytest.mark.parametrize("route", ["iv", "sc"])
def test_the_summaries_of_a_usual_interval_agree_closely(route: str) -> None:
    regimen = Regimen("sc" if route == "sc" else "iv", 4, 3)
    story = Story([Given(dose.day, dose.amount_mg, dose.route) for dose in regimen.inputs])
    start, end = regimen.last_interval
    found = solve(History(regimen.inputs), typical(75), [], window=Window(start, end, 20.0))
    peak, peak_day, above, saturation = summaries(story, start, end, 20.0, curve().at)
    assert found.peak[0] == pytest.approx(peak, rel=3e-5)
    assert found.peak_day[0] == pytest.approx(peak_day, abs=0.01)
    assert found.days_above[0] == pytest.approx(above, abs=1e-3)
    assert found.mean_saturation[0] == pytest.approx(saturation, rel=1e-5)


def test_the_days_at_or_above_nothing_are_all_days_and_a_window_before_the_first_dose_is_empty() -> None:
    history = History(Regimen("iv", 4, 2).inputs)
    assert solve(history, typical(75), [], window=Window(-10, 40)).days_above.tolist() == [50]
    before = solve(history, typical(75), [], window=Window(-10, 0, 2.0))
    assert (before.peak[0], before.days_above[0]) == (0, 0)
    assert before.mean_saturation[0] == pytest.approx(curve().at(0.0))


def test_a_window_changes_no_concentration_and_times_may_lie_anywhere_about_it() -> None:
    history, times = History(Regimen("sc", 5, 4).inputs), [3.0, 35, 70, 105, 140, 200]
    bare = solve(history, typical(75), times, accuracy="fine")
    seen = solve(history, typical(75), times, window=Window(50, 120, 5.0), accuracy="fine")
    alone = solve(history, typical(75), [], window=Window(50, 120, 5.0), accuracy="fine")
    assert seen.concentration == pytest.approx(bare.concentration, rel=1e-8)
    assert seen.concentration.shape == bare.concentration.shape
    for name in ("peak", "days_above", "mean_saturation"):
        assert getattr(seen, name) == pytest.approx(getattr(alone, name), rel=1e-4)


def test_after_years_without_a_dose_the_peak_is_still_that_of_the_infusion() -> None:
    """What is left then is next to nought, and no cubic through it has a top."""
    people, once = draw(64, seed=5), History((Input(0, 300, "iv"),))
    early, late = (solve(once, people, [end], window=Window(0, end, 5.0)) for end in (100.0, 8000.0))
    assert late.peak == pytest.approx(early.peak, rel=1e-5)
    assert late.days_above == pytest.approx(early.days_above, abs=1e-3)
