"""Is the picture's chain that of the models, and does it answer to interval, route and weight as it must?"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from natalizumab.clinic.glance import making
from natalizumab.clinic.glance.asked import ROUTES, Asked, Route, all_weeks, all_weights
from natalizumab.clinic.glance.chain import PEOPLE, Chain, chain
from natalizumab.clinic.glance.picture import MOST_KEPT, Crowd, how_many, picture
from natalizumab.disease.model.parameters import fitted
from natalizumab.pharmacology import Regimen, machine_code, saturation, simulate_course
from natalizumab.pharmacology.solver import IN_STEP_FROM

pytestmark = pytest.mark.usefixtures("solver")

EXTREMES = [
    Asked(weeks, route, weight, weight)
    for weeks, route, weight in itertools.product(
        (all_weeks()[0], all_weeks()[-1]), ROUTES, (all_weights()[0], all_weights()[-1])
    )
]


def made(weeks: int = 4, route: Route = "iv", weight: int = 75) -> Chain:
    return chain(Asked(weeks, route, weight, weight))


def before_next(found: Chain) -> dict[str, float]:
    """Of the typical person, just before the next dose."""
    names = ("level", "covered", "kept_out", "guard", "inflammation")
    return {name: getattr(found, name).on(found.end)[0] for name in names}


def test_what_the_picture_needs_is_compiled_beforehand_and_never_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(5, "sc", 95, 95)
    assert 1 + PEOPLE < IN_STEP_FROM  # more would need what is not compiled for a page
    assert picture(asked, patience_seconds=0) is not None
    monkeypatch.setattr(machine_code, "_functions", {})
    monkeypatch.setattr(machine_code, "_taken_up", None)
    assert picture(asked, patience_seconds=0) is None


def test_every_picture_that_can_be_asked_for_can_be_kept() -> None:
    assert how_many() == len(set(itertools.product(all_weeks(), ("iv", "sc"), all_weights())))
    assert how_many() <= MOST_KEPT


@pytest.mark.parametrize("weeks", [4, 7, 12])
def test_the_end_of_the_year_is_the_last_whole_interval(weeks: int) -> None:
    found = made(weeks)
    assert found.end - found.last == 7 * weeks
    assert found.last < found.highest <= found.end <= 364 < found.end + 7 * weeks
    assert found.doses == tuple(float(day) for day in range(0, 365, 7 * weeks))


@pytest.mark.parametrize(("weeks", "route", "weight"), [(4, "iv", 75), (6, "sc", 110), (10, "iv", 50)])
def test_the_level_is_that_of_the_published_model(weeks: int, route: Route, weight: int) -> None:
    found = made(weeks, route, weight)
    alone = simulate_course(Regimen(route, weeks, len(found.doses)).inputs, weight, found.level.days)
    assert found.level.typical == pytest.approx(alone.concentration_mg_per_l, rel=1e-4, abs=1e-4)
    assert found.covered.typical == pytest.approx(saturation(found.level.typical))


@pytest.mark.parametrize(("weeks", "route"), [(4, "iv"), (8, "sc"), (12, "iv")])
def test_the_way_to_the_brain_is_that_of_the_exploratory_model(weeks: int, route: Route) -> None:
    """Its equations written out anew, in steps of a tenth of a day."""
    found, of_model, step = made(weeks, route), fitted(), 0.1
    days = np.arange(0, 364, step) + step / 2
    course = simulate_course(Regimen(route, weeks, len(found.doses)).inputs, 75, days)
    free = 1 - course.saturation
    through = of_model.least_trafficking + (1 - of_model.least_trafficking) * free**of_model.steepness
    fast = slow = 1.0
    drive = [1.0]
    for share in through:
        fast += step * (share - fast) / of_model.fast_days
        slow += step * (share - slow) / of_model.slow_days
        drive.append((1 - of_model.slow_share) * fast + of_model.slow_share * slow)
    mine = found.inflammation.typical
    theirs = np.asarray(drive)[np.rint(found.inflammation.days / step).astype(int)]
    assert mine == pytest.approx(theirs, abs=0.015)
    assert found.guard.typical == pytest.approx(1 - found.kept_out.typical)
    assert np.interp(200.0, days, through) == pytest.approx(
        np.interp(200.0, found.guard.days, found.guard.typical), abs=0.03
    )


def test_longer_intervals_open_the_door_and_never_close_it() -> None:
    for shorter, longer in itertools.pairwise(before_next(made(weeks)) for weeks in all_weeks()):
        assert longer["level"] < shorter["level"]
        assert longer["covered"] < shorter["covered"]
        assert longer["kept_out"] < shorter["kept_out"]
        assert longer["guard"] > shorter["guard"]
        assert longer["inflammation"] > shorter["inflammation"]


def test_the_heavier_have_less_drug_and_under_the_skin_the_peak_is_lower_and_later() -> None:
    assert before_next(made(weight=120))["level"] < before_next(made(weight=60))["level"]
    vein, skin = made(), made(route="sc")
    assert skin.level.typical.max() < vein.level.typical.max()
    assert skin.highest - skin.last > vein.highest - vein.last


def test_the_first_day_is_that_of_somebody_untreated() -> None:
    found = made()
    assert [getattr(found, name).on(0.0)[0] for name in ("level", "covered", "kept_out")] == [0, 0, 0]
    assert found.guard.on(0.0)[0] == found.inflammation.on(0.0)[0] == 1


@pytest.mark.parametrize("asked", EXTREMES, ids=str)
def test_every_curve_lies_in_its_frame_and_its_band(asked: Asked) -> None:
    found = chain(asked)
    assert found.level.high.max() <= making.TOP_MG_PER_L
    for link in (found.covered, found.kept_out, found.guard, found.inflammation):
        assert link.low.min() >= 0
        assert link.high.max() <= 1
    for link in (found.level, found.covered, found.kept_out, found.guard, found.inflammation):
        assert (link.low <= link.high).all()
    assert found.could_be[0] <= before_next(found)["inflammation"] <= found.could_be[1]


@pytest.mark.parametrize("asked", EXTREMES, ids=str)
def test_a_hundred_lymphocytes_are_always_a_hundred(asked: Asked) -> None:
    for moment in making.picture(asked).moments:
        assert moment.kept_out.count + moment.through.count == 100


@pytest.mark.parametrize(
    ("count", "height", "width"), [(0, 0, 0), (1, 0, 16), (20, 16, 0), (98, 64, 288), (100, 80, 0)]
)
def test_a_crowd_stands_in_rows_of_twenty(count: int, height: int, width: int) -> None:
    assert (Crowd(count).full_height, Crowd(count).rest_width) == (height, width)
