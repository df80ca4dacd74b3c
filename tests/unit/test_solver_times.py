"""Times: any order, twice, one's own, before and at events; and asking for more of them."""

from __future__ import annotations

import numpy as np
import pytest

from natalizumab.pharmacology import (
    AntibodyPeriod,
    History,
    Input,
    Regimen,
    Removal,
    Start,
    concentrations,
    draw,
    saturation,
    simulate_course,
    typical,
)
from natalizumab.pharmacology.regimen import Route
from natalizumab.pharmacology.solver import Accuracy, solve

COURSE = History(Regimen("iv", 8, 3).inputs)
ONE = typical(75)


def test_times_may_come_in_any_order_and_twice() -> None:
    times = np.array([128.0, 3, 56, 0.02, 128, 90])
    found = concentrations(COURSE, ONE, times)[0]
    order = np.argsort(times, kind="stable")
    assert found[order].tobytes() == concentrations(COURSE, ONE, times[order])[0].tobytes()
    assert found[0] == found[4]


def test_people_may_have_times_of_their_own() -> None:
    people, rows = draw(3, seed=2), np.array([[56.0, 7.0], [3.0, 100.0], [0.01, 0.01]])
    found = concentrations(COURSE, people, rows, accuracy="fine")
    for number in range(3):
        alone = concentrations(COURSE, people.part(number, number + 1), rows[number], accuracy="fine")
        assert found[[number]].tobytes() == alone.tobytes()


@pytest.mark.parametrize(("accuracy", "within"), [("standard", 1e-5), ("fine", 1e-8)])
def test_asking_for_more_times_moves_no_answer_beyond_the_accuracy(accuracy: Accuracy, within: float) -> None:
    few = concentrations(COURSE, ONE, [168.0], accuracy=accuracy)[0, 0]
    many = concentrations(COURSE, ONE, np.arange(0, 168.01, 0.25), accuracy=accuracy)[0, -1]
    assert many == pytest.approx(few, rel=within)


def test_no_times_give_no_columns() -> None:
    assert concentrations(COURSE, draw(4, 1), []).shape == (4, 0)


def test_before_the_first_dose_and_at_its_very_moment_there_is_no_drug() -> None:
    assert concentrations(COURSE, ONE, [-1000.0, -1, 0]).tolist() == [[0, 0, 0]]


def test_no_dose_and_a_dose_of_nothing_give_no_drug() -> None:
    for inputs in ((), (Input(0, 0, "iv"), Input(3, 0, "sc"))):
        assert not concentrations(History(inputs), ONE, [0.0, 1, 30]).any()


def test_at_the_moment_of_a_plasma_exchange_the_concentration_is_that_before_it() -> None:
    history = History((Input(0, 300, "iv"),), removals=(Removal(10, 0.6),))
    before, just_after = concentrations(history, ONE, [10, 10 + 1e-9])[0]
    assert just_after == pytest.approx(0.4 * before, rel=1e-6)


def test_at_a_known_start_the_concentration_is_the_known_one_from_then_on() -> None:
    found = concentrations(History(start=Start(5, 40, 10)), ONE, [4, 5, 5 + 1e-9])[0]
    assert found[0] == 0
    assert found[1:] == pytest.approx([40, 40], rel=1e-8)


def test_a_dose_on_the_day_of_a_known_start_comes_on_top_of_it() -> None:
    history = History((Input(5, 300, "iv", minutes=1),), start=Start(5, 40, 40))
    at_once, after = concentrations(history, ONE, [5, 5 + 1 / 1440])[0]
    assert at_once == pytest.approx(40, rel=1e-8)
    assert after == pytest.approx(40 + 300 / 3.48, rel=1e-2)


@pytest.mark.parametrize("people", [64, 1024])
@pytest.mark.parametrize("route", ["iv", "sc"])
def test_decades_after_the_last_dose_no_number_is_too_small_to_reckon_with(route: Route, people: int) -> None:
    """Numbers below 2e-308 would take a hundred times as long: a record with a gap of years would seem to hang."""
    doses = History((Input(0, 300, route), Input(56, 300, route)))
    for years in (10, 20, 40, 90):
        found = solve(doses, draw(people, 5), [365.25 * years], remains=True)
        numbers = np.concatenate([found.concentration.ravel(), found.remains.ravel()])
        assert ((numbers == 0) | (numbers > 1e-300)).all()
        assert (numbers < 1e-20).all()


@pytest.mark.parametrize("people", [64, 1024])
@pytest.mark.parametrize("route", ["iv", "sc"])
def test_a_dose_after_decades_is_as_the_first(route: Route, people: int) -> None:
    late = 365.25 * 30
    once, again = History((Input(0, 300, route),)), History((Input(0, 300, route), Input(late, 300, route)))
    days, who = np.array([0.1, 7, 28, 56]), draw(people, 5)
    first, second = concentrations(once, who, days), concentrations(again, who, late + days)
    np.testing.assert_allclose(second, first, rtol=3e-5, atol=1e-4)


def test_a_peripheral_concentration_that_is_not_known_is_taken_to_be_the_central_one() -> None:
    unknown, known = (concentrations(History(start=start), ONE, [30.0]) for start in (Start(0, 40), Start(0, 40, 40)))
    assert unknown.tobytes() == known.tobytes()


def test_a_change_of_weight_moves_the_volume_and_not_the_amount() -> None:
    history = History((Input(0, 300, "iv"),), weights=((0, 60), (10, 120)))
    before, just_after = concentrations(history, ONE, [10, 10 + 1e-9])[0]
    assert just_after == pytest.approx(before / 2**0.26, rel=1e-6)


def test_the_order_in_which_events_are_told_changes_no_bit() -> None:
    inputs = (Input(0, 300, "iv"), Input(28, 300, "sc"), Input(28, 100, "iv"), Input(50, 300, "iv", 30))
    weights = ((0, 60), (40, 80), (45, 90))
    antibodies = (AntibodyPeriod(20, 70, 2.0), AntibodyPeriod(30, 60, 3.0), AntibodyPeriod(30, 40, 4.0))
    removals = (Removal(51, 0.5), Removal(5, 0.3))
    told = History(inputs, weights, antibodies, removals)
    backwards = History(inputs[::-1], weights[::-1], antibodies[::-1], removals[::-1])
    times = [10.0, 35, 45, 55, 65, 90]
    assert concentrations(told, ONE, times).tobytes() == concentrations(backwards, ONE, times).tobytes()


def test_the_origin_of_the_days_matters_no_more_than_rounding_does() -> None:
    inputs = (Input(0, 300, "iv"), Input(28, 300, "sc"), Input(50, 300, "iv", 30))
    later = tuple(Input(dose.day + 739_000, dose.amount_mg, dose.route, dose.minutes) for dose in inputs)
    expected = concentrations(History(inputs), ONE, [90.0], accuracy="fine")
    assert concentrations(History(later), ONE, [739_090.0], accuracy="fine") == pytest.approx(expected, rel=1e-7)


def test_a_curve_keeps_the_order_of_its_times_and_has_their_saturation() -> None:
    found = simulate_course([Input(100, 300, "iv")], 75, [128, 99, 100.5])
    assert found.times.tolist() == [128, 99, 100.5]
    assert found.concentration_mg_per_l[1] == 0
    assert found.saturation == pytest.approx(saturation(found.concentration_mg_per_l))
