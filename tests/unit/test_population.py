"""Invented people: repeatable, independent of how many are drawn, and spread as published."""

from __future__ import annotations

import numpy as np
import pytest

from natalizumab.pharmacology import History, Input, Regimen, Route, concentrations, draw, simulate_population, typical
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.summary import summarise

NAMES = ("weight_kg", "cl", "vp", "vmax")


def test_the_same_seed_gives_the_same_people_and_another_seed_gives_others() -> None:
    for name in NAMES:
        assert getattr(draw(100, 7), name).tobytes() == getattr(draw(100, 7), name).tobytes()
        assert not (getattr(draw(100, 7), name) == getattr(draw(100, 8), name)).any()


def test_a_person_is_the_same_however_many_are_drawn_after() -> None:
    few, many = draw(10, 7), draw(5000, 7).part(0, 10)
    for name in NAMES:
        assert getattr(few, name).tobytes() == getattr(many, name).tobytes()


def test_a_given_weight_leaves_the_other_differences_between_people_as_they_were() -> None:
    own, given_one = draw(50, 7), draw(50, 7, weight_kg=80)
    assert (given_one.weight_kg == 80).all()
    for name in NAMES[1:]:
        assert getattr(own, name).tobytes() == getattr(given_one, name).tobytes()


def test_drawn_people_have_the_stated_spread() -> None:
    people = draw(20_000, 3)
    assert people.weight_kg.min() >= 45
    assert people.weight_kg.max() <= 140
    for factors, cv in ((people.cl, 0.228), (people.vp, 0.315), (people.vmax, 0.26)):
        assert np.median(factors) == pytest.approx(1, abs=0.01)
        assert factors.std() / factors.mean() == pytest.approx(cv, rel=0.03)
    effects = np.log([people.cl, people.vp, people.vmax, people.weight_kg])
    assert np.abs(np.corrcoef(effects) - np.eye(4)).max() < 0.03


def test_weight_scales_clearance_and_central_volume_with_the_published_exponents() -> None:
    known = published()
    assert known.scale_of_cl(150.0) == pytest.approx(2**0.60)
    assert known.scale_of_vc(150.0) == pytest.approx(2**0.26)
    assert known.scale_of_cl(75.0) == known.scale_of_vc(75.0) == 1


def trough(weight: float = 75, weeks: float = 4, factor: float = 1.0, route: Route = "iv") -> float:
    return float(simulate_population(Regimen(route, weeks, 3), typical(weight), factor).trough[0])


@pytest.mark.parametrize("route", ["iv", "sc"])
def test_heavier_people_and_longer_intervals_have_lower_troughs(route: Route) -> None:
    for found in (
        [trough(weight, route=route) for weight in (45, 60, 75, 100, 140)],
        [trough(weeks=weeks, route=route) for weeks in (4, 4.5, 5, 6, 8, 12)],
        [trough(factor=factor, route=route) for factor in (0.8, 1.0, 2.45, 3.0)],
    ):
        assert all(np.diff(found) < 0)
        assert found[-1] > 0


def test_a_course_of_one_weight_is_that_of_the_person_who_has_it() -> None:
    inputs = (Input(0, 300, "iv"), Input(28, 300, "sc"))
    told = concentrations(History(inputs, weights=((0, 60),)), typical(75), [56.0])
    assert told.tobytes() == concentrations(History(inputs), typical(60), [56.0]).tobytes()


def test_a_summary_describes_the_people_at_hand() -> None:
    found = summarise(np.array([1.0, 2.0, 3.0, 4.0, 10.0]), (2, 5))
    assert (found.mean, found.p50) == (4, 3)
    assert found.sd == pytest.approx(10**0.5)
    assert (found.p5, found.p95) == pytest.approx((1.2, 8.8))
    assert found.share_at_least == {"2": 0.8, "5": 0.2}
