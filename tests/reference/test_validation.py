"""The validation judges rightly: its rows, their Monte Carlo errors, and that its own tests can fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from natalizumab.pharmacology import antibodies, individual, likelihood
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import posterior
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.population import draw
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.validation import calibrate, intravenous, reliability, subcutaneous
from natalizumab.pharmacology.validation.adults import Adults
from natalizumab.pharmacology.validation.calibration import Calibration
from natalizumab.pharmacology.validation.personal import longest, personal_interval
from natalizumab.pharmacology.validation.prediction import individual_prediction, predictions, true_troughs
from natalizumab.pharmacology.validation.reliability import Reliability
from natalizumab.pharmacology.validation.row import Row
from natalizumab.pharmacology.validation.sheets import number
from natalizumab.pharmacology.validation.table import rows, variants

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
TARGETS = (10.0, 5.0)


def within_chance(row: Row, errors: float = 3) -> bool:
    """Whether the number is in the accepted range, or so near it that chance explains the rest."""
    low, high = (None if end is None else end for end in row.accepted)
    slack = errors * row.monte_carlo_error
    return (low is None or row.ours >= low - slack) and (high is None or row.ours <= high + slack)


# --- The rows ---


@pytest.fixture(scope="module")
def adults() -> Adults:
    """1,000 invented people."""
    return Adults(draw(1000, seed=3), workers=2)


def test_every_row_of_a_thousand_adults_is_accepted_within_chance(adults: Adults) -> None:
    found = rows(adults)
    assert [row.row for row in found] == [1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 10]
    assert [row.quantity for row in found if not within_chance(row)] == []


@pytest.mark.slow
def test_two_troughs_bring_sixty_people_to_their_target_as_published_within_chance() -> None:
    found = individual_prediction(predictions(60, 4, TARGETS, workers=2))
    assert [row.unit for row in found] == ["%", "%", "mg/L", "mg/L"]
    assert [row.quantity for row in found if not within_chance(row)] == []


@pytest.mark.parametrize(
    "question",
    [
        intravenous.trough,
        intravenous.share_with_enough,
        intravenous.fall,
        intravenous.time_to_steady_state,
        subcutaneous.first_peak,
        subcutaneous.trough_ratio,
    ],
)
def test_the_monte_carlo_error_is_how_far_the_number_moves_when_others_are_drawn(
    question: Callable[[Adults], list[Row]],
) -> None:
    repeated = [question(Adults(draw(300, seed))) for seed in range(100, 140)]
    for same in zip(*repeated, strict=True):
        moved = np.std([row.ours for row in same], ddof=1)
        stated = np.mean([row.monte_carlo_error for row in same])
        # The spread of 40 numbers is known to 11 %.
        assert 0.65 < stated / moved < 1.5, same[0].quantity


def test_an_assumption_changes_only_what_depends_on_it_and_leaves_the_usual_adults_as_they_were(
    adults: Adults,
) -> None:
    before = [row.ours for row in rows(adults)]
    moved = {(one.assumption.split(" ")[0], one.row.row) for one in variants(adults)}
    assert {row for what, row in moved if what == "saturation"} == {7, 8}
    assert {row for what, row in moved if what == "F"} == {9, 10}
    assert {row for what, row in moved if what == "the"} == {1, 2, 3, 6, 8}
    assert [row.ours for row in rows(adults)] == before


def test_antibodies_in_some_move_the_mean_by_their_share_of_the_difference(adults: Adults) -> None:
    usual, all_of_them = (adults.assuming(with_antibodies=n, clearance_factor=2.45) for n in (0, 1000))
    some = adults.assuming(with_antibodies=60, clearance_factor=2.45)
    here, there, mixed = (one.steady("iv", 4).trough for one in (usual, all_of_them, some))
    assert mixed.mean() == pytest.approx((940 * here[60:].mean() + 60 * there[:60].mean()) / 1000)
    assert there.mean() < 0.3 * here.mean()


# --- Brute force for a few people ---


def brute_trough(kg: float, effects: NDArray[np.float64], weeks: float, doses: int) -> float:
    """The trough (mg/L) after so many doses, from the equations typed out anew; amounts in mg, days."""
    cl, vp, vmax = 0.164 * (kg / 75) ** 0.6 * effects[0], 3.48 * effects[1], 2.86 * effects[2]
    vc = 3.48 * (kg / 75) ** 0.26

    def changes(rate: float) -> Callable[[float, NDArray[np.float64]], list[float]]:
        def right(_t: float, y: NDArray[np.float64]) -> list[float]:
            c, there = y[0] / vc, 0.4 * (y[0] / vc - y[1] / vp)
            return [rate - cl * c - vmax * c / (0.875 + c) - there, there]

        return right

    y = np.zeros(2)
    for _ in range(doses):
        for rate, length in ((300 * 24, 1 / 24), (0, 7 * weeks - 1 / 24)):
            y = solve_ivp(changes(rate), (0, length), y, method="LSODA", rtol=1e-8, atol=1e-10).y[:, -1]
    return float(y[0] / vc)


def test_each_person_s_personal_interval_is_the_longest_with_its_trough_at_the_target() -> None:
    people = draw(4, seed=8)
    found = longest(Adults(people), 2.0)
    for who in range(4):
        effects = np.array([people.cl[who], people.vp[who], people.vmax[who]])

        def trough(weeks: float, kg: float = people.weight_kg[who], effects: NDArray[np.float64] = effects) -> float:
            return brute_trough(kg, effects, weeks, round(104 / weeks))

        weeks = int(found[who])
        assert trough(weeks) >= 2 > trough(weeks + 1)


def test_the_mean_personal_interval_is_that_of_the_people(adults: Adults) -> None:
    interval, saved = personal_interval(adults)
    whole = longest(adults, 2.0)
    assert interval.ours == pytest.approx(whole.mean())
    assert saved.ours == pytest.approx(100 - 100 * np.mean([4 / weeks for weeks in whole]))


def test_the_predicted_interval_is_where_the_posterior_s_median_is_the_target() -> None:
    (found,) = predictions(3, 6, [5.0])
    again = predictions(5, 6, [5.0])[0]
    assert again.weeks[:3] == pytest.approx(found.weeks)
    people = draw(3, seed=6)
    assert true_troughs(people, found.weeks) == pytest.approx(found.true)
    for who in range(3):
        effects = np.array([people.cl[who], people.vp[who], people.vmax[who]])
        weeks = float(found.weeks[who])
        assert found.true[who] == pytest.approx(
            brute_trough(people.weight_kg[who], effects, weeks, round(52 / weeks)), rel=1e-4
        )
    assert found.predicted == pytest.approx([5.0] * 3, rel=0.02)


def test_at_the_predicted_interval_a_posterior_asked_anew_has_the_target_as_its_median() -> None:
    from natalizumab.pharmacology.validation.prediction import _intervals

    history = History(Regimen("iv", 4, 8).inputs)
    known = posterior(history, 70, [Level(168, 24.0), Level(196, 31.0)])
    for (weeks, predicted), target in zip(_intervals(known, TARGETS), TARGETS, strict=True):
        kept_up = Regimen("iv", weeks, round(52 / weeks))
        there = known.predict([kept_up.last_interval[1]], History(kept_up.inputs), sustained=True)
        assert predicted == pytest.approx(target, rel=0.02)
        assert there.p50[0] == pytest.approx(predicted, rel=1e-6)


# --- Calibration ---


@pytest.fixture(scope="module")
def calibrated() -> Calibration:
    """1,000 invented people, those of the page."""
    return calibrate(1000, seed=1, workers=2)


@pytest.mark.slow
def test_ranks_of_a_thousand_truths_are_even_and_nine_bands_in_ten_hold_theirs(calibrated: Calibration) -> None:
    assert len(calibrated) == 1000
    assert calibrated.p_value >= 0.01
    assert 0.87 <= calibrated.coverage <= 0.93
    assert calibrated.passed
    assert calibrated.below.sum() > 20


@pytest.mark.slow
def test_a_posterior_that_believes_half_the_residual_error_fails_the_calibration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = likelihood.residual_error() / 2
    monkeypatch.setattr(likelihood, "residual_error", lambda: wrong)
    assert not calibrate(250, seed=1, workers=2).passed


def test_what_a_calibration_says_follows_from_its_ranks() -> None:
    ranks = (np.arange(1000) + 0.5) / 1000
    even = Calibration(ranks, np.abs(ranks - 0.5) < 0.45, np.zeros(1000, bool))
    assert even.counts.tolist() == [50] * 20
    assert (even.chi_square, even.p_value, even.coverage) == (0, 1, 0.9)
    assert even.passed
    assert even.accepted == pytest.approx((0.87, 0.93))
    assert not Calibration(ranks**1.3, even.held, even.below).passed
    assert not Calibration(ranks, np.abs(ranks - 0.5) < 0.43, even.below).passed


# --- Reliability ---


@pytest.fixture(scope="module")
def hidden() -> Reliability:
    """The page's."""
    return reliability(20_000, 1000, seed=1, workers=2)


@pytest.mark.slow
def test_of_those_to_whom_80_per_cent_was_stated_about_80_per_cent_have_antibodies(hidden: Reliability) -> None:
    assert hidden.passed
    (bin_of_80,) = (one for one in hidden.bins if one.low < 0.8 < one.high)
    assert bin_of_80.people > 80
    assert 0.75 < bin_of_80.stated < 0.85
    assert bin_of_80.interval[0] <= bin_of_80.stated <= bin_of_80.interval[1]
    assert sum(one.people for one in hidden.bins) == len(hidden.stated) == 1000


@pytest.mark.slow
def test_a_posterior_that_believes_in_three_times_as_many_antibodies_is_found_unreliable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = antibodies.hypotheses

    def wrong(days: list[float]) -> tuple[antibodies.Hypothesis, ...]:
        none, *others = right(days)
        more = [antibodies.Hypothesis(one.kind, one.start, one.end, 3 * one.prior) for one in others]
        rest = 1 - sum(one.prior for one in more)
        return antibodies.Hypothesis(none.kind, none.start, none.end, rest), *more

    monkeypatch.setattr(individual, "hypotheses", wrong)
    assert not reliability(6000, 300, seed=1, workers=2).passed


def test_what_a_reliability_says_follows_from_what_was_stated_and_what_was_there() -> None:
    source = np.random.default_rng(4)
    stated = source.random(2000)
    there = source.random(2000) < stated
    assert Reliability(stated, there, 2000).passed
    assert not Reliability(np.sqrt(stated), there, 2000).passed
    assert [one.people for one in Reliability(stated, there, 2000).bins] == np.histogram(
        stated, [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]
    )[0].tolist()


# --- The committed page ---


def page_table(columns: int, beginning: str) -> list[list[str]]:
    """The rows of the page's first table whose heading begins so."""
    after = PAGE.read_text(encoding="utf-8").split(f"\n| {beginning}", 1)[1].splitlines()[2:]
    found = [line.strip("| ").split(" | ") for line in after[: next(n for n, line in enumerate(after) if not line)]]
    assert {len(row) for row in found} == {columns}
    return found


@pytest.mark.slow
def test_the_page_s_table_is_what_20_000_adults_have() -> None:
    committed = [row for row in page_table(7, "# | quantity") if row[0] != "11"]
    found = rows(Adults(draw(20_000, seed=1), workers=2))
    for row, one in zip(committed, found, strict=True):
        assert float(row[4]) == pytest.approx(float(number(one.ours)), rel=5e-3), one.quantity
        assert row[1].startswith(one.quantity)
        assert row[6].startswith("hit" if one.hit else "MISS")


@pytest.mark.slow
def test_the_page_s_calibration_and_reliability_are_what_a_run_gives(
    calibrated: Calibration, hidden: Reliability
) -> None:
    measured = page_table(4, "measure")
    assert float(measured[1][2]) == pytest.approx(100 * calibrated.coverage, abs=0.5)
    counts = PAGE.read_text(encoding="utf-8").split("People in each bin: ")[1].split(". ")[0].split(", ")
    assert np.abs(np.array(counts, dtype=int) - calibrated.counts).sum() <= 10
    committed = page_table(5, "stated, %")
    assert len(committed) == len(hidden.bins)
    for row, one in zip(committed, hidden.bins, strict=True):
        assert int(row[1].replace(",", "")) == pytest.approx(one.people, abs=5)
        assert float(row[3]) == pytest.approx(100 * one.observed, abs=3)
