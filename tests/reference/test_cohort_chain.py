"""What virtual trials add to the counted events: disability, fatigue, PML that scans find, and what nobody knows."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from natalizumab.cohort import WHAT, Arm, Found, Trial, population, rows
from natalizumab.cohort.arms import Span, dosing
from natalizumab.cohort.harms import MONTH, pml, scenario, seen_before
from natalizumab.cohort.outcomes import lot, outcomes
from natalizumab.cohort.population import HIGH, People, people
from natalizumab.cohort.unknowns import Unknowns, best, spread
from natalizumab.disease.model import Block, Parameters, course, edss, fatigue, scores_at_start, start_values, untreated
from natalizumab.disease.model.disability import least_rises
from natalizumab.disease.model.parameters import fitted
from natalizumab.disease.model.pools import cells

Numbers = NDArray[np.float64]

YEAR, MANY = 365.25, 40_000


def followed(parameters: Parameters, days: float, count: int, mg_per_l: float | None = None):  # type: ignore[no-untyped-def]
    before = untreated(Block(5, 0, count), parameters, np.full(count, 40.0), 0.0, days)
    level = None if mg_per_l is None else np.full((count, cells(days)), mg_per_l)
    return course(before, level)


def test_a_relapse_raises_the_edss_and_leaves_on_average_what_was_published() -> None:
    # One relapse a year of its own for everybody, no progression beside, so late that all but what stays is gone.
    alone = start_values().with_values({"progression": 0.0, "relapses_per_lesion": 0.0, "relapse_shape": 1e6})
    for mg_per_l, left, rise in ((None, 0.28, 1.09), (1e6, 0.06, 0.77)):
        happened = followed(alone, 2 * YEAR, MANY, mg_per_l)
        begun = np.full(MANY, 2.5)
        person = np.concatenate([kind.person for kind in happened.relapses])
        day = np.concatenate([kind.day for kind in happened.relapses])
        long_after = edss(happened, begun, 2 * YEAR + 400) - begun
        saturation = float(happened.saturation[-1, 0]) if mg_per_l else 0.0
        assert long_after.sum() / len(day) == pytest.approx(
            0.28 + saturation * (0.06 - 0.28), abs=4 * 0.4 / math.sqrt(len(day))
        )
        assert saturation == pytest.approx(0.0 if mg_per_l is None else 1.0, abs=0.1)
        first = int(np.argmin(day))
        risen = edss(happened, begun, float(day[first]))[person[first]] - 2.5
        assert risen == pytest.approx(1.09 + saturation * (0.77 - 1.09))
        assert rise == pytest.approx(risen, abs=0.05)
        assert left == pytest.approx(0.28 + saturation * (0.06 - 0.28), abs=0.02)


def test_a_progression_raises_the_edss_by_the_least_rise_that_counts() -> None:
    alone = start_values().with_values({"progression": 0.2, "relapse_rate": 0.0, "relapses_per_lesion": 0.0})
    happened = followed(alone, 2 * YEAR, 2000)
    begun = np.resize([0.0, 1.0, 5.5, 6.0], 2000)
    events = np.bincount(happened.progressions.person, minlength=2000)
    risen = edss(happened, begun, 2 * YEAR)
    assert risen.tolist() == np.clip(begun + events * np.resize([1.5, 1.0, 1.0, 0.5], 2000), 0, 10).tolist()
    assert least_rises(np.array([0.5, 5.5, 9.5])).tolist() == [1.5, 1.0, 0.5]
    assert (edss(happened, begun, 0.0) == begun).all()


def test_scores_at_the_start_are_half_points_within_the_scale() -> None:
    scores = scores_at_start(Block(3, 0, 20_000))
    assert (scores * 2 == np.rint(scores * 2)).all()
    assert 0 <= scores.min() < scores.max() <= 6.5
    assert scores.mean() == pytest.approx(2.5, abs=0.1)


def test_fatigue_is_less_by_what_was_seen_after_twelve_weeks_if_all_of_it_is_the_drugs() -> None:
    full = start_values().with_values({"least_trafficking_shape": 1e6})
    happened = followed(full, YEAR, MANY, 1e9)
    change = fatigue(happened, 1.0, 84.0)
    saturated = float(happened.saturation[-1, 0])
    assert saturated > 0.9
    assert change.mean() == pytest.approx(-14.9, abs=4 * 17.1 / math.sqrt(MANY) + 0.25)
    assert change.std() == pytest.approx(17.1, rel=0.03)
    assert (fatigue(happened, 0.0, 84.0) == 0).all()
    assert fatigue(happened, 0.5, 84.0) == pytest.approx(0.5 * change)
    assert np.abs(fatigue(happened, 1.0, 0.0)).max() < 1e-12
    assert np.abs(fatigue(followed(full, YEAR, 50), 1.0, YEAR)).max() < 1e-12


def certain(ratio: float = 1.0, scan_days: tuple[float, ...] = ()):  # type: ignore[no-untyped-def]
    one = np.ones(1)
    who = People(
        Block(1, 0, 1), 40 * one, 70 * one, np.array([True]), -np.inf * one, np.array([HIGH]), np.array([False])
    )
    return pml(who, np.inf * one, np.zeros(1), 0.0, 72 * MONTH, ratio, scan_days)


def test_scans_every_four_months_find_all_pml_early_and_none_find_none() -> None:
    often, never = certain(scan_days=tuple(4 * MONTH * n for n in range(-1, 18))), certain()
    assert often.chance == never.chance
    assert often.without_symptoms == pytest.approx(often.chance)
    assert never.without_symptoms == 0
    assert often.deaths == pytest.approx(often.chance * (1 - 0.967))
    assert never.deaths == pytest.approx(never.chance * (1 - 0.754))
    yearly = certain(scan_days=tuple(12 * MONTH * n for n in range(6)))
    share = float(yearly.without_symptoms[0] / yearly.chance[0])
    assert share == pytest.approx(4 / 12, abs=0.01)


@pytest.mark.parametrize(
    ("scans", "share"),
    [((), 0), ((0.0,), 1), ((-60.0,), 61.75 / 100), ((50.0,), 0.5), ((50.0, 60.0), 0.5), ((100.0,), 0), ((-200.0,), 0)],
)
def test_the_share_of_days_on_which_a_scan_has_shown_it(scans: tuple[float, ...], share: float) -> None:
    assert seen_before(scans, 0.0, 100.0) == pytest.approx(share, abs=1e-4)


def test_what_nobody_knows_is_spread_as_its_published_interval_says() -> None:
    assumed = scenario("primary")
    guesses = spread(4096, assumed)
    ratios = np.array([guess.hazard_ratio for guess in guesses])
    assert np.quantile(ratios, (0.025, 0.5, 0.975)) == pytest.approx([0.01, 0.06, 0.22], rel=0.02)
    shares = np.sort([guess.fatigue_share for guess in guesses])
    assert shares == pytest.approx((np.arange(4096) + 0.5) / 4096, abs=1e-3)
    assert best(assumed) == Unknowns(0.06, 0.5)
    assert {guess.hazard_ratio for guess in spread(30, scenario("none"))} == {1.0}
    assert spread(0, assumed) == ()
    upper = np.log(np.array([0.22, 0.06])) @ [1, -1] / norm.ppf(0.975)
    assert np.std(np.log(ratios[ratios > 0.06] / 0.06)) == pytest.approx(upper * math.sqrt(1 - 2 / math.pi), rel=0.02)


def test_everybody_has_the_same_run_in_whatever_an_arm_gives_later() -> None:
    skin = Arm("skin", route="sc", mg=600, weeks=6)
    trial = Trial("t", (Arm("vein"), skin), people=50, weeks=4, run_in=26, population=population(own={"late": 3}))
    of = lot(trial, fitted(), Block(1, 0, 50))
    from natalizumab.cohort.outcomes import _given, _levels

    before = of.before.days < trial.start
    levels = [_levels(of, arm, _given(of, arm))[:, :-1][:, before] for arm in trial.arms]
    assert np.allclose(levels[0], levels[1], rtol=1e-5)
    assert levels[0].min(where=levels[0] > 0, initial=np.inf) > 0


def test_an_arm_may_look_for_pml_more_often_and_only_that_changes() -> None:
    seldom = Arm("seldom")
    often = replace(seldom, name="often", pml_scan_months=3)
    trial = Trial("t", (seldom, often), people=40, weeks=104)
    of = lot(trial, fitted(), Block(1, 0, 40))
    first, second = outcomes(of, seldom), outcomes(of, often)
    different = {name for name in first if not np.array_equal(first[name], second[name])}
    assert different == {"pml_early_per_1000", "pml_deaths_per_1000"}
    assert second["pml_early_per_1000"].sum() > first["pml_early_per_1000"].sum()
    assert (first["pml_early_per_1000"] <= first["pml_per_1000"]).all()


def test_run_in_doses_are_told_from_the_arms_own() -> None:
    who = people(Block(1, 0, 5), population())
    given = dosing(Arm("x", weeks=6), who, population(), Span(84.0, 168.0, 4.0, 5.0))
    assert given.run_in == 3
    assert given.days.shape[1] == 3 + 2
    assert dosing(Arm("none", mg=0), who, population(), Span(0.0, 84.0, 4.0, 5.0)).run_in == 0


def test_lymphocytes_at_the_end_are_those_of_the_whole_course() -> None:
    trial = Trial("t", (Arm("x"),), people=30, weeks=60)
    of = lot(trial, fitted(), Block(1, 0, 30))
    from natalizumab.cohort.outcomes import _given, _levels

    arm = trial.arms[0]
    whole = course(of.before, _levels(of, arm, _given(of, arm))[:, :-1]).lymphocytes[-1]
    assert outcomes(of, arm)["lymphocytes"] == pytest.approx(2.1 * whole, rel=1e-9)


def test_the_range_of_the_model_is_how_far_other_sets_move_the_same_people() -> None:
    trial = Trial("t", (Arm("a"), Arm("b", weeks=8)), people=10, weeks=4)

    def sums(people: float, relapses: float) -> dict[str, list[float]]:
        names = [f"{arm}|{name}{end}" for arm in "ab" for name in WHAT for end in ("", "|difference")]
        return {"people": [people, 0.0]} | {name: [relapses, relapses] for name in names}

    # All ten people have 5, the first four 3; with the other sets those four have 4 and 1.
    found = Found(trial, sums(10, 5), (sums(4, 3), sums(4, 4), sums(4, 1)))
    first = next(row for row in rows(found) if row.outcome == "relapses")
    assert first.average.mean == 0.5
    assert first.ensemble == (0.5 - 0.5, 0.5 + 0.25)
    assert next(rows(Found(trial, sums(10, 5), (sums(4, 3), sums(4, 4))))).ensemble == (0.5, 0.75)
    assert next(rows(Found(trial, sums(10, 5), (sums(4, 3),)))).ensemble is None
