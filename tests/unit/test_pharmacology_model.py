"""The model's parts, and which way their answers must go."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natalizumab.errors import ModelError
from natalizumab.pharmacology import (
    Input,
    Regimen,
    Route,
    curve,
    draw,
    saturation,
    simulate_course,
    simulate_population,
    simulate_regimen,
    summarise,
    typical,
)
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.solver import segments
from natalizumab.pharmacology.stepper import LONGEST_STEP_DAYS, grid

ALTERNATIVES = [None, "a", "b", "c", "d"]


def trough(weight: float = 75, weeks: float = 4, factor: float = 1.0, route: Route = "iv") -> float:
    return float(simulate_regimen(Regimen(route, weeks, 3), typical(weight, factor)).trough[0])


@pytest.mark.parametrize("route", ["iv", "sc"])
def test_a_heavier_person_has_lower_concentrations(route: Route) -> None:
    found = [trough(weight, route=route) for weight in (45, 60, 75, 100, 140)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("route", ["iv", "sc"])
def test_a_longer_interval_has_a_lower_trough(route: Route) -> None:
    found = [trough(weeks=weeks, route=route) for weeks in (4, 4.5, 5, 6, 8, 12)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_faster_clearance_through_antibodies_has_a_lower_trough() -> None:
    assert trough() > trough(factor=2.45) > trough(factor=3) > 0


def test_the_typical_person_at_the_reference_weight_has_the_published_parameters() -> None:
    assert typical(75).body == published().typical


def test_weight_changes_clearance_and_central_volume_and_nothing_else() -> None:
    body, usual = typical(150).body, published().typical
    assert body.cl == pytest.approx(usual.cl * 2**0.60)
    assert body.vc == pytest.approx(usual.vc * 2**0.26)
    assert (body.vp, body.vmax, body.q, body.km, body.ka) == (usual.vp, usual.vmax, usual.q, usual.km, usual.ka)


@given(st.floats(0, 1e3), st.floats(1e-3, 100), st.sampled_from(ALTERNATIVES))
def test_saturation_rises_with_the_concentration_within_its_bounds(
    concentration: float, more: float, alternative: str | None
) -> None:
    shape = curve(alternative)
    low, high = saturation(concentration, alternative), saturation(concentration + more, alternative)
    assert shape.e0 <= low < high < shape.e0 + shape.emax


@given(st.floats(1e-3, 300), st.sampled_from(ALTERNATIVES))
def test_the_inverse_of_the_saturation_curve_gives_the_concentration_back(
    concentration: float, alternative: str | None
) -> None:
    shape = curve(alternative)
    assert shape.concentration(shape.at(concentration)) == pytest.approx(concentration, rel=1e-8)


@pytest.mark.parametrize("impossible", [-0.01, 0.95, 1.0, math.nan])
def test_a_saturation_off_the_curve_is_refused(impossible: float) -> None:
    with pytest.raises(ModelError, match="is not on the curve"):
        curve().concentration(impossible)


def test_a_curve_keeps_the_order_of_the_times_and_is_nil_until_the_first_dose() -> None:
    found = simulate_course([Input(100, 300, "iv")], 75, [128, 99, 100, 100.5, 128])
    assert found.times.tolist() == [128, 99, 100, 100.5, 128]
    assert found.concentration_mg_per_l[1:3].tolist() == [0, 0]
    assert found.concentration_mg_per_l[0] == found.concentration_mg_per_l[4]
    assert found.saturation == pytest.approx(saturation(found.concentration_mg_per_l))


def test_the_order_of_the_inputs_and_the_origin_of_the_days_change_nothing() -> None:
    inputs = [Input(0, 300, "iv"), Input(28, 300, "sc"), Input(50, 300, "iv", 30)]
    expected = simulate_course(inputs, 75, [90.0]).concentration_mg_per_l
    assert simulate_course(inputs[::-1], 75, [90.0]).concentration_mg_per_l.tolist() == expected.tolist()
    later = [Input(dose.day + 739_000, dose.amount_mg, dose.route, dose.minutes) for dose in inputs]
    assert simulate_course(later, 75, [739_090.0]).concentration_mg_per_l == pytest.approx(expected, rel=1e-7)


def test_asking_for_more_times_moves_no_answer() -> None:
    inputs = Regimen("iv", 8, 3).inputs
    few = simulate_course(inputs, 75, [168.0]).concentration_mg_per_l[0]
    many = simulate_course(inputs, 75, np.arange(0, 168.1, 0.1)).concentration_mg_per_l[-1]
    assert many == pytest.approx(few, rel=1e-6)


def test_no_dose_and_a_dose_of_nothing_give_no_drug() -> None:
    for inputs in ([], [Input(0, 0, "iv"), Input(3, 0, "sc")]):
        assert not simulate_course(inputs, 75, [0.0, 1, 30]).concentration_mg_per_l.any()


def test_no_times_give_an_empty_curve() -> None:
    assert simulate_course([Input(0, 300, "iv")], 75, []).concentration_mg_per_l.shape == (0,)


def test_the_course_is_cut_at_both_ends_of_an_infusion_and_at_the_end_of_the_lag() -> None:
    parts = segments([Input(0, 300, "iv", 144), Input(7, 200, "sc")], 0.125, 0.5, until=14)
    assert [(part.start, part.end) for part in parts] == [(0, 0.1), (0.1, 7.125), (7.125, 14)]
    assert [part.infusion for part in parts] == pytest.approx([3000, 0, 0])
    assert [part.injected for part in parts] == [0, 0, 100]


@given(st.floats(1e-6, 400), st.lists(st.floats(0.01, 0.99), max_size=5))
def test_the_steps_between_two_events_reach_every_stop_and_never_exceed_the_longest(
    days: float, stops: list[float]
) -> None:
    wanted = sorted({20_000 + days * stop for stop in stops} - {20_000, 20_000 + days})
    ends = [20_000, *grid(20_000, 20_000 + days, wanted)]
    assert ends[-1] == 20_000 + days
    assert set(wanted) <= set(ends)
    lengths = np.diff(ends)
    assert (lengths > 0).all()
    assert lengths.max() <= LONGEST_STEP_DAYS * (1 + 1e-9)


REFUSED = [
    (lambda: Input(math.nan, 300, "iv"), "day nan is not within 1e\\+07 days"),
    (lambda: Input(1e300, 300, "iv"), "day 1e\\+300 is not within"),
    (lambda: Input(0, -300, "iv"), "-300 mg is outside 0 to 3000 mg"),
    (lambda: Input(0, math.nan, "iv"), "nan mg"),
    (lambda: Input(0, 300, cast("Route", "im")), "'im' is neither iv nor sc"),
    (lambda: Input(0, 300, "iv", 0), "0 minutes is outside 1 to 1440 minutes"),
    (lambda: Input(0, 300, "iv", 1441), "1441 minutes is outside"),
    (lambda: Regimen(cast("Route", "im"), 4, 3), "'im' is neither iv nor sc"),
    (lambda: Regimen("iv", 0, 3), "0 weeks is outside 1 to 52 weeks"),
    (lambda: Regimen("iv", 53, 3), "53 weeks is outside"),
    (lambda: Regimen("iv", 4, 0), "0 is outside 1 to 500"),
    (lambda: typical(5), "5 kg is outside 20 to 300 kg"),
    (lambda: typical(500), "500 kg is outside"),
    (lambda: typical(math.nan), "nan kg is outside"),
    (lambda: typical(75, bioavailability=1.01), "1.01 must be above 0 and at most 1"),
    (lambda: typical(75, clearance_factor=0), "0 must be above 0"),
    (lambda: draw(0, 1), "people: 0 is outside"),
    (lambda: draw(10, -1), "seed: -1"),
    (lambda: draw(10, 1, 500), "500 kg is outside"),
    (lambda: simulate_course([], 75, [math.nan]), "finite numbers of days"),
    (lambda: simulate_course([], 75, [[1.0]]), "give a list"),
    (lambda: simulate_course([Input(0, 300, "iv")], 75, [1e300]), "36525 days after the first dose"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED)
def test_nonsense_is_refused_and_the_message_names_it(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        make()


def test_the_same_seed_gives_the_same_people_and_another_seed_gives_others() -> None:
    assert draw(100, 7).cl.tobytes() == draw(100, 7).cl.tobytes()
    assert draw(100, 7).weight_kg.tobytes() == draw(100, 7).weight_kg.tobytes()
    assert not (draw(100, 7).cl == draw(100, 8).cl).any()


def test_a_person_of_a_population_is_the_same_however_many_are_drawn_after() -> None:
    few, many = draw(10, 7), draw(5000, 7).part(0, 10)
    for name in ("weight_kg", "cl", "vp", "vmax"):
        assert getattr(few, name).tobytes() == getattr(many, name).tobytes()


def test_a_given_weight_leaves_the_other_differences_between_people_as_they_were() -> None:
    own, given_one = draw(50, 7), draw(50, 7, weight_kg=80)
    assert (given_one.weight_kg == 80).all()
    assert own.vmax.tobytes() == given_one.vmax.tobytes()


def test_drawn_people_have_the_stated_spread() -> None:
    people = draw(20_000, 3)
    assert people.weight_kg.min() >= 45
    assert people.weight_kg.max() <= 140
    for factors, cv in ((people.cl, 0.228), (people.vp, 0.315), (people.vmax, 0.26)):
        assert np.median(factors) == pytest.approx(1, abs=0.01)
        assert factors.std() / factors.mean() == pytest.approx(cv, rel=0.03)


def test_nobodys_course_depends_on_the_people_beside() -> None:
    people, regimen = draw(3000, 7), Regimen("iv", 8, 2)
    together = simulate_population(regimen, people)
    for number in (0, 1, 2049, 2999):
        alone = simulate_population(regimen, people.part(number, number + 1))
        assert alone.trough[0] == together.trough[number]
        assert alone.cmax[0] == together.cmax[number]


def test_one_person_and_a_population_of_typical_people_agree() -> None:
    people = draw(2, 1, weight_kg=75)
    usual = type(people)(people.weight_kg, np.ones(2), np.ones(2), np.ones(2))
    for regimen in (Regimen("iv", 4, 3), Regimen("sc", 4, 3)):
        one, two = simulate_regimen(regimen, typical(75)), simulate_population(regimen, usual)
        assert two.trough == pytest.approx(np.repeat(one.trough, 2), rel=1e-12)
        assert two.cmax == pytest.approx(np.repeat(one.cmax, 2), rel=1e-12)


def test_progress_counts_the_people_done() -> None:
    told: list[int] = []
    simulate_population(Regimen("iv", 1, 1), draw(2500, 1), progress=told.append)
    assert told == [2048, 2500]


def test_a_summary_describes_the_people_at_hand() -> None:
    found = summarise(np.array([1.0, 2.0, 3.0, 4.0, 10.0]), (2, 5))
    assert (found.mean, found.p50) == (4, 3)
    assert found.sd == pytest.approx(math.sqrt(10))
    assert (found.p5, found.p95) == pytest.approx((1.2, 8.8))
    assert found.share_at_least == {"2": 0.8, "5": 0.2}
