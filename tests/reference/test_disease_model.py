"""The disease model against SciPy and closed forms: pools, oedema, lymphocytes, lesions, relapses, progression."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from scipy.integrate import solve_ivp

from natalizumab.disease.model import Block, Course, Parameters, course, neda, relapse_counts, scans, untreated
from natalizumab.disease.model.bodies import antibodies, bodies, weights
from natalizumab.disease.model.parameters import start_values
from natalizumab.disease.model.pools import CELL_DAYS, at
from natalizumab.disease.model.processes import DAYS_PER_YEAR
from natalizumab.pharmacology import History, Input, concentrations, saturation
from natalizumab.pharmacology.history import AntibodyPeriod
from natalizumab.pharmacology.schedule import AntibodiesOfMany, DosesOfMany, schedule_of_doses

Numbers = NDArray[np.float64]

PEOPLE, DAYS = 10_000, 2 * DAYS_PER_YEAR
BLOCK = Block(1, 0, PEOPLE)
ALIKE = {"susceptibility_shape": 1e6, "relapse_shape": 1e6, "least_trafficking_shape": 1e6}
"""Everybody the same: then counts have closed forms."""

ERRORS = 4.0
"""Standard errors: a right program is farther off in 1 of 16,000 cases; the seeds are fixed."""


def _untreated(**values: float) -> Course:
    parameters = start_values().with_values({**ALIKE, **values})
    return course(untreated(BLOCK, parameters, np.full(PEOPLE, 40.0), 0.0, DAYS), None)


def _mean_is(found: Numbers, expected: float) -> bool:
    error = found.std() / math.sqrt(len(found))
    return bool(abs(found.mean() - expected) <= ERRORS * max(error, 1e-12))


@pytest.mark.parametrize("doses", [(0, 28, 56, 84), (0, 26, 61, 83.3, 150)])
def test_pools_oedema_and_lymphocytes_are_those_of_a_fine_solver(doses: tuple[float, ...]) -> None:
    parameters, block, end = start_values(), Block(3, 5, 4), 220.0
    people = bodies(block, weights(block))
    before = untreated(block, parameters, np.full(4, 50.0), 0.0, end)
    history = History(tuple(Input(day, 300, "iv") for day in doses))
    found = course(before, concentrations(history, people, before.days))
    fine = np.arange(0, end + 2, 0.01)
    level = concentrations(history, people, fine + 1e-9)
    for person in range(4):
        expected = _independent(parameters, before.people.least_trafficking[person], fine, level[person])
        tissue = found.brain.water[:, person] / (parameters.oedema * min(before.people.lesions[person], 3.0)) + 1
        for day in (14.0, 50.0, 105.0, 217.0):
            cell = round(day / CELL_DAYS)
            mine = [found.pools.fast, found.pools.slow, found.lymphocytes]
            theirs = expected(day)
            assert [one[cell, person] for one in mine] == pytest.approx(theirs[:3].tolist(), abs=0.012)
            assert tissue[cell] == pytest.approx(theirs[3], abs=0.012)


def _independent(parameters: Parameters, least: float, days: Numbers, level: Numbers) -> Callable[[float], Numbers]:
    """F, R, L and W (as a share of the untreated) by SciPy, from concentrations on many days."""
    share = np.array([saturation(c) for c in level])

    def slopes(day: float, y: Numbers) -> list[float]:
        s = float(np.interp(day, days, share))
        traffic = least + (1 - least) * (1 - s) ** parameters.steepness
        drive = (1 - parameters.slow_share) * y[0] + parameters.slow_share * y[1]
        return [
            (traffic - y[0]) / parameters.fast_days,
            (traffic - y[1]) / parameters.slow_days,
            (1 / (1 - parameters.lymphocytes_kept_in * s) - y[2]) / parameters.lymphocyte_days,
            (drive - y[3]) / parameters.oedema_days,
        ]

    found = solve_ivp(slopes, (0, days[-1]), np.ones(4), rtol=1e-8, atol=1e-10, max_step=0.5, dense_output=True)
    return cast(Callable[[float], Numbers], found.sol)


def test_untreated_people_have_the_lesions_that_the_rates_say() -> None:
    found = _untreated(lesion_rate=12.0, cluster_mean=2.5, detected=0.4, enhancing_days=30.0)
    new = scans(found.lesions, PEOPLE, np.array([DAYS]), 0.0).new_t2[:, 0].astype(float)
    mean = 24 * 0.4
    assert _mean_is(new, mean)
    # A Poisson number of geometric clusters, each lesion seen or not: the variance has a closed form.
    q, m = 0.4, 2.5
    second = q * q * (m * (2 * m - 1)) + m * q * (1 - q)
    assert new.var() == pytest.approx(24 / m * second, rel=0.05)
    # None is seen: each cluster is missed whole, with the geometric distribution's generating function.
    p = 1 / m
    missed = p * (1 - q) / (1 - (1 - p) * (1 - q))
    assert _mean_is((new == 0).astype(float), math.exp(-24 / m * (1 - missed)))


def test_lesions_with_contrast_are_as_many_as_come_in_their_mean_time() -> None:
    found = _untreated(lesion_rate=12.0, enhancing_days=30.0, cluster_mean=1.0)
    shown = scans(found.lesions, PEOPLE, np.array([400.0, 428.0, DAYS]), 0.0)
    mean = 12 * 30 / DAYS_PER_YEAR
    for column in range(3):
        assert _mean_is(shown.contrast[:, column].astype(float), mean)
        assert stats.chisquare(*_poisson(shown.contrast[:, column], mean)).pvalue > 1e-3
    fresh = 12 / DAYS_PER_YEAR * 30 * (1 - math.exp(-28 / 30))
    assert _mean_is(shown.new_contrast[:, 1].astype(float), fresh)


def test_every_seen_lesion_shows_on_just_one_scan() -> None:
    found = _untreated()
    several = scans(found.lesions, PEOPLE, np.array([100.0, 101.0, 365.0, DAYS]), 50.0)
    once = scans(found.lesions, PEOPLE, np.array([DAYS]), 50.0)
    assert (several.new_t2.sum(axis=1) == once.new_t2[:, 0]).all()
    counted = np.bincount(found.lesions.person[found.lesions.seen & (found.lesions.day > 50)], minlength=PEOPLE)
    assert (once.new_t2[:, 0] == counted).all()


def test_untreated_relapses_are_poisson_with_the_sum_of_both_rates() -> None:
    found = _untreated(relapse_rate=0.3, relapses_per_lesion=0.05, lesion_rate=10.0)
    counts = relapse_counts(found, 0.0, DAYS)
    assert _mean_is(counts.astype(float), 1.6)
    assert stats.chisquare(*_poisson(counts, 1.6)).pvalue > 1e-3


def test_confirmed_progression_untreated_has_the_summed_hazard() -> None:
    found = _untreated(relapse_rate=0.5, relapses_per_lesion=0.0, progression=0.06, worsening_untreated=0.2)
    first = found.progressions.first(PEOPLE)
    hazard = 0.06 + 0.2 * 0.5
    assert _mean_is((first <= DAYS).astype(float), 1 - math.exp(-2 * hazard))
    seen = first[first <= DAYS] / DAYS_PER_YEAR
    assert stats.kstest(seen, lambda t: (1 - np.exp(-hazard * t)) / (1 - math.exp(-2 * hazard))).pvalue > 1e-3
    by_relapse = found.progressions.by_relapse.mean()
    assert by_relapse == pytest.approx(0.1 / hazard, abs=0.02)


def test_full_and_lasting_saturation_leaves_what_does_not_answer_to_it() -> None:
    parameters = start_values().with_values({**ALIKE, "least_trafficking": 0.0, "steepness": 40.0})
    before = untreated(BLOCK, parameters, np.full(PEOPLE, 40.0), 0.0, 20 * DAYS_PER_YEAR)
    found = course(before, np.full((PEOPLE, len(before.days)), 1000.0))
    late = 18 * DAYS_PER_YEAR
    assert (found.lesions.day[found.lesions.day > late]).size <= 2
    left = relapse_counts(found, late, 20 * DAYS_PER_YEAR).astype(float)
    assert _mean_is(left, 2 * parameters.relapse_rate * parameters.relapse_floor)


def test_brain_volume_untreated_falls_by_age_ms_and_lesions() -> None:
    found = _untreated()
    p = start_values()
    loss = p.loss_at_45 + p.loss_per_year_of_age * (41.0 - 45)  # in the middle of two years from 40
    loss = max(loss, p.least_loss) + p.loss_of_ms + p.loss_per_lesion * p.detected * p.lesion_rate
    assert found.brain.measured(DAYS).mean() == pytest.approx(-2 * loss, rel=0.01)


def test_nobody_is_without_activity_but_who_has_none() -> None:
    found = _untreated(lesion_rate=1.0, cluster_mean=1.0, detected=1.0, enhancing_days=1e-6)
    p = found.untreated.parameters
    shown = neda(found, 0.0, np.array([DAYS_PER_YEAR, DAYS]), DAYS)
    relapses = 2 * (p.relapse_rate + p.relapses_per_lesion)
    assert _mean_is(shown.neida.astype(float), math.exp(-2 - relapses))
    assert _mean_is(shown.neda_3.astype(float), math.exp(-2 - relapses - 2 * p.progression))


def test_the_same_arm_twice_is_the_same_and_blocks_do_not_matter() -> None:
    parameters = start_values()
    whole = course(untreated(Block(1, 0, 60), parameters, np.full(60, 40.0), 0.0, DAYS), None)
    part = course(untreated(Block(1, 20, 10), parameters, np.full(10, 40.0), 0.0, DAYS), None)
    inside = (whole.lesions.person >= 20) & (whole.lesions.person < 30)
    assert whole.lesions.day[inside].tobytes() == part.lesions.day.tobytes()
    assert whole.lesions.until[inside].tobytes() == part.lesions.until.tobytes()
    assert (whole.lesions.person[inside] - 20 == part.lesions.person).all()


def test_more_drug_never_adds_a_lesion() -> None:
    before = untreated(Block(1, 0, 2000), start_values(), np.full(2000, 40.0), 0.0, DAYS)
    low, high = (course(before, np.full((2000, len(before.days)), level)) for level in (0.5, 5.0))
    assert set(high.lesions.day.tolist()) < set(low.lesions.day.tolist())


def test_antibodies_are_as_frequent_as_published_and_their_schedule_is_that_of_histories() -> None:
    days = np.broadcast_to(28.0 * np.arange(6), (PEOPLE, 6))
    found = antibodies(BLOCK, days)
    ever = np.isfinite(found.start)
    assert _mean_is(ever.astype(float), 0.09)
    assert _mean_is((ever & np.isinf(found.end)).astype(float), 0.06)
    some = np.flatnonzero(ever)[:40]
    chosen = AntibodiesOfMany(found.start[some], found.end[some], found.factor)
    people = bodies(Block(1, 0, 40), np.full(40, 70.0))
    periods = zip(chosen.start.tolist(), chosen.end.tolist(), strict=True)
    inputs = tuple(Input(28.0 * n, 300, "iv") for n in range(6))
    histories = [History(inputs, antibodies=(AntibodyPeriod(*period, found.factor),)) for period in periods]
    times = [27.0, 100.0, 168.0, 250.0]
    mine = concentrations(schedule_of_doses(DosesOfMany(days[:40], 300), antibodies=chosen), people, times)
    assert mine.tobytes() == concentrations(histories, people, times).tobytes()


def test_people_who_never_had_the_dose_after_which_antibodies_come_get_none() -> None:
    days = np.full((PEOPLE, 3), np.nan)
    assert np.isinf(antibodies(BLOCK, days).start).all()
    days[:, 0] = 0.0
    once = np.isfinite(antibodies(BLOCK, days).start).mean()
    assert 0 < once < 0.09


def test_values_are_read_off_between_the_ends_of_cells_and_not_beyond() -> None:
    values = np.array([[0.0, 10.0], [1.0, 20.0], [3.0, 10.0]])
    days = np.array([0.0, CELL_DAYS / 2, 1.5 * CELL_DAYS, 99.0, -5.0])
    assert at(values, 0.0, days, np.zeros(5, dtype=np.int64)).tolist() == [0, 0.5, 2, 3, 0]
    assert at(values, 0.0, days, np.ones(5, dtype=np.int64)).tolist() == [10, 15, 15, 10, 10]


def _poisson(counts: NDArray[np.int64], mean: float) -> tuple[list[float], list[float]]:
    law, top = stats.poisson(mean), int(mean + 4 * math.sqrt(mean))
    seen = np.bincount(counts.clip(max=top), minlength=top + 1).tolist()
    expected = [*law.pmf(np.arange(top)).tolist(), law.sf(top - 1)]
    return seen, [PEOPLE * share for share in expected]
