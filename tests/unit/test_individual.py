"""What one person's posterior must do whatever the numbers; its exactness is tested in ``tests/reference``."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, Input, Regimen
from natalizumab.pharmacology.individual import Plan, Posterior, posterior
from natalizumab.pharmacology.levels import AntibodyResult, Level

YEAR = History(Regimen("iv", 4, 12).inputs)
EARLY = History(Regimen("iv", 4, 2).inputs)
LAST, NEXT = 308.0, 336.0
TWO = (Level(280, 21.0), Level(LAST, 24.5))


def next_trough(found: Posterior) -> list[float]:
    one = found.predict([NEXT])
    return [float(one.p5[0]), float(one.p50[0]), float(one.p95[0])]


def test_everything_sums_to_one() -> None:
    found = posterior(YEAR, 68, TWO)
    assert sum(part.weight.sum() for part in found.parts) == pytest.approx(1)
    assert found.probabilities.sum() == pytest.approx(1)
    assert sum(found.antibodies.values()) == pytest.approx(1)
    assert found.people()[2].sum() == pytest.approx(1)


def test_without_levels_the_effects_are_those_of_the_population() -> None:
    found = posterior(YEAR, 75)
    spread = found.summary("cl")
    omega = math.sqrt(math.log1p(0.228**2))
    assert spread.p50 == pytest.approx(1, rel=0.01)
    assert (spread.p5, spread.p95) == pytest.approx(
        (math.exp(-1.645 * omega), math.exp(1.645 * omega)), rel=0.01
    )  # fmt: skip
    assert found.antibodies == pytest.approx({"none": 0.91, "transient": 0.03, "persistent": 0.06})


def test_the_order_of_the_levels_changes_nothing() -> None:
    assert next_trough(posterior(YEAR, 68, TWO)) == next_trough(posterior(YEAR, 68, TWO[::-1]))


def test_a_level_as_it_was_expected_narrows_the_band_and_hardly_moves_it() -> None:
    alone = next_trough(posterior(YEAR, 75))
    expected = float(posterior(YEAR, 75).predict([LAST]).p50[0])
    known = next_trough(posterior(YEAR, 75, [Level(LAST, expected)]))
    assert known[1] == pytest.approx(alone[1], rel=0.1)
    assert known[2] - known[0] < 0.6 * (alone[2] - alone[0])


def test_a_level_below_a_limit_lowers_the_whole_band() -> None:
    alone, low = next_trough(posterior(YEAR, 75)), next_trough(posterior(YEAR, 75, [Level(LAST, 10, below=True)]))
    assert all(below < above for below, above in zip(low, alone, strict=True))


def test_an_assay_that_reads_higher_gives_the_same_with_levels_that_much_higher() -> None:
    higher = [replace(level, mg_per_l=1.3 * level.mg_per_l, factor=1.3) for level in TWO]
    assert next_trough(posterior(YEAR, 68, higher)) == pytest.approx(next_trough(posterior(YEAR, 68, TWO)), rel=1e-6)


def test_a_test_for_antibodies_moves_their_probability_in_its_direction() -> None:
    without = posterior(EARLY, 75).antibodies_on(28)
    positive, negative = (
        posterior(EARLY, 75, (), [AntibodyResult(28, positive)]).antibodies_on(28) for positive in (True, False)
    )
    assert negative < without / 5 < 5 * without < positive


def test_a_low_early_trough_makes_antibodies_probable() -> None:
    before = posterior(EARLY, 75).antibodies_on(28)
    assert posterior(EARLY, 75, [Level(28, 2.0)]).antibodies_on(28) > 5 * before
    assert posterior(EARLY, 75, [Level(28, 12.0)]).antibodies_on(28) < before / 2


def test_antibodies_after_a_dose_that_has_not_been_given_have_not_come() -> None:
    one_dose = posterior(History((Input(0, 300, "iv"),)), 75)
    assert one_dose.antibodies_on(10) == 0
    assert one_dose.antibodies_on(20) == pytest.approx(0.09 * 0.72, rel=1e-3)
    assert one_dose.antibodies_on(10_000) < 0.09 * 0.72


def test_several_plans_at_once_say_what_each_says_alone() -> None:
    found = posterior(YEAR, 68, TWO)
    later = YEAR.then(Input(NEXT, 300, "iv"))
    plans = [Plan((NEXT,)), Plan((NEXT + 28, NEXT + 56), later), Plan((NEXT + 42,), later, sustained=True)]
    for plan, together in zip(plans, found.predict_each(plans), strict=True):
        alone = found.predict(plan.days, plan.history, sustained=plan.sustained)
        assert together.p50 == pytest.approx(alone.p50, rel=1e-3)
        assert together.at_least(2.0) == pytest.approx(alone.at_least(2.0), abs=1e-3)


@pytest.mark.parametrize(
    "levels",
    [
        [Level(LAST, 0.01)],
        [Level(LAST, 4000.0)],
        [Level(280, 0.01), Level(LAST, 4000.0)],
        [Level(28.0 * n, 4000.0 if n % 2 else 0.01) for n in range(1, 11)],
        [Level(28.0 * n, 0.01, below=True) for n in range(1, 11)],
        [Level(LAST, 4000.0, below=True)],
    ],
    ids=["nothing", "huge", "both", "ten contradicting", "ten below a low limit", "below a huge limit"],
)
def test_absurd_levels_give_finite_bands(levels: list[Level]) -> None:
    found = posterior(YEAR, 75, levels)
    band = next_trough(found)
    assert all(math.isfinite(number) and number >= 0 for number in band)
    assert band == sorted(band)
    assert sum(found.antibodies.values()) == pytest.approx(1)


def test_people_of_all_kinds_get_finite_bands() -> None:
    source = np.random.default_rng(7)
    for _ in range(12):
        weeks, count, weight = source.integers(4, 13), source.integers(1, 14), source.uniform(40, 160)
        history = History(Regimen("iv" if source.random() < 0.7 else "sc", int(weeks), int(count)).inputs)
        last = max(dose.day for dose in history.inputs)
        days = source.uniform(1, last + 60, source.integers(0, 4))
        levels = [Level(float(day), float(np.exp(source.normal(2, 1.5)))) for day in days]
        band = posterior(history, float(weight), levels).predict([last + 7 * float(weeks)])
        assert np.isfinite([band.p5, band.p50, band.p95]).all()
        assert band.p5[0] <= band.p50[0] <= band.p95[0]


def test_what_cannot_be_answered_is_refused_in_words() -> None:
    with pytest.raises(ModelError, match="no dose"):
        posterior(History(()), 75)
    with pytest.raises(ModelError, match="before the first dose"):
        posterior(YEAR, 75, [Level(-1, 20.0)])
    with pytest.raises(ModelError, match="days"):
        posterior(YEAR, 75).predict([math.nan])
