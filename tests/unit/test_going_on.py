"""Whoever goes on from a known day has what they have who are solved from the beginning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from natalizumab.pharmacology import AntibodyPeriod, History, Input, Regimen, Removal, draw
from natalizumab.pharmacology import individual as subject
from natalizumab.pharmacology.going_on import Standing
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.schedule import schedule
from natalizumab.pharmacology.solver import solve

PEOPLE = draw(5, seed=3, weight_kg=70)

HISTORIES = {
    "infusions": History(Regimen("iv", 4, 6).inputs),
    "in the middle of an infusion": History((Input(0.0, 300.0, "iv"), Input(39.98, 300.0, "iv"))),
    "under the skin, and still there": History((Input(0.0, 300.0, "sc"), Input(38.0, 300.0, "sc"))),
    "a dose on the day": History((Input(0.0, 300.0, "iv"), Input(40.0, 300.0, "iv"))),
    "weight, antibodies and an exchange before": History(
        Regimen("iv", 4, 6).inputs,
        weights=((0.0, 60.0), (20.0, 90.0)),
        antibodies=(AntibodyPeriod(30.0, 200.0, 2.5),),
        removals=(Removal(35.0, 0.5),),
    ),
    "all of that after": History(
        Regimen("iv", 4, 6).inputs,
        weights=((0.0, 60.0), (50.0, 90.0)),
        antibodies=(AntibodyPeriod(60.0, 90.0, 2.5),),
        removals=(Removal(70.0, 0.5),),
    ),
}

DAY, LATER = 40.0, [41.0, 56.0, 84.0, 150.0]


def known(history: History) -> Standing:
    found = solve(history, PEOPLE, [20.0, DAY], accuracy="fine", remains=True)
    return Standing(DAY, schedule([history]), found.concentration[:, -1], found.remains)


@pytest.mark.parametrize("name", HISTORIES)
def test_whoever_goes_on_has_the_same_later(name: str) -> None:
    history = HISTORIES[name]
    courses = known(history).courses(schedule([history]))
    assert courses is not None
    found = solve(courses, PEOPLE, LATER, accuracy="fine").concentration
    assert found == pytest.approx(solve(history, PEOPLE, LATER, accuracy="fine").concentration, rel=2e-7)


def test_another_future_may_follow() -> None:
    history = HISTORIES["infusions"]
    then = history.then(Input(170.0, 300.0, "sc"))
    courses = known(history).courses(schedule([then]))
    assert courses is not None
    found = solve(courses, PEOPLE, [180.0], accuracy="fine").concentration
    assert found == pytest.approx(solve(then, PEOPLE, [180.0], accuracy="fine").concentration, rel=2e-7)


@pytest.mark.parametrize(
    "other",
    [
        History(Regimen("iv", 6, 6).inputs),
        History(Regimen("iv", 4, 6).inputs[:1]),
        replace(HISTORIES["infusions"], antibodies=(AntibodyPeriod(10.0, 200.0, 2.5),)),
    ],
    ids=["other doses", "a dose less", "antibodies"],
)
def test_another_past_is_no_way_to_go_on(other: History) -> None:
    assert known(HISTORIES["infusions"]).courses(schedule([other])) is None
    assert known(other).courses(schedule([HISTORIES["infusions"]])) is None


def test_what_changes_the_body_or_removes_drug_on_the_very_day_is_solved_from_the_beginning() -> None:
    history = HISTORIES["infusions"]
    for then in (
        replace(history, removals=(Removal(DAY, 0.5),)),
        replace(history, antibodies=(AntibodyPeriod(DAY, 90.0, 2.5),)),
    ):
        assert known(history).courses(schedule([then])) is None


@pytest.mark.parametrize("sustained", [False, True])
def test_predictions_are_those_of_people_solved_from_the_beginning(sustained: bool) -> None:
    regimen = Regimen("iv", 4, 5)
    found = subject.posterior(History(regimen.inputs), 70, [Level(84.0, 20.0), Level(112.0, 15.0)])
    whole = replace(found, parts=tuple(replace(part, at_nodes=None) for part in found.parts))
    then = History(regimen.inputs).then(Input(147.0, 300.0, "iv"))
    for days, history in (([140.0], None), ([130.0, 200.0], then), ([100.0, 140.0], None)):
        one, other = (who.predict(days, history, sustained=sustained) for who in (found, whole))
        for name in ("p5", "p50", "p95"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), rel=5e-3)  # both are rough
