"""Concentrations of any history agree with independent solutions of the same equations, as exactly as is stated."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from tests.reference.independent import Given, Method, Story, troughs
from tests.reference.independent import concentrations as independent
from tests.reference.stories import Told, told

from natalizumab.pharmacology import (
    AntibodyPeriod,
    History,
    Input,
    People,
    Regimen,
    Removal,
    Route,
    Start,
    Window,
    concentrations,
    draw,
    solve,
    solver,
    typical,
)
from natalizumab.pharmacology.solver import Accuracy

Pace = Literal["own", "in step"]
PACES: tuple[Pace, ...] = ("own", "in step")

FROM_MG_PER_L = 0.05
"""Accuracies are relative, and stated for concentrations from here on."""

HONEST, SMALL = 5.0, 2e-6
"""So many times the estimated error the true one is at most, wherever it is large enough to matter: the errors of steps
have signs, and what they come to can pass through nought."""


def worst_error(found: np.ndarray, expected: np.ndarray) -> float:
    return float((np.abs(found - expected) / np.maximum(expected, FROM_MG_PER_L)).max())


@contextmanager
def at(pace: Pace) -> Iterator[None]:
    """Whoever has a history with nobody else goes in step too, or nobody does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "IN_STEP_FROM", 1 if pace == "in step" else math.inf)
        yield


@pytest.mark.parametrize("pace", PACES)
@settings(max_examples=20)
@given(told(most_doses=4))
def test_any_history_agrees_with_radau_restarted_at_every_event(pace: Pace, told: Told) -> None:
    with at(pace):
        found = concentrations(told.history, told.people, told.days, bioavailability=told.share)[0]
    assert worst_error(found, independent(told.story, told.days, "Radau")) <= 1e-5


@pytest.mark.parametrize("pace", PACES)
@settings(max_examples=40)
@given(told(most_doses=5))
def test_the_fine_accuracy_holds_against_a_method_of_order_eight(pace: Pace, told: Told) -> None:
    with at(pace):
        found = concentrations(told.history, told.people, told.days, bioavailability=told.share, accuracy="fine")[0]
    assert worst_error(found, independent(told.story, told.days, "DOP853")) <= 1e-8


@pytest.mark.parametrize("pace", PACES)
@settings(max_examples=40)
@given(told(most_doses=4))
def test_the_estimated_error_is_honest(pace: Pace, told: Told) -> None:
    with at(pace):
        found = solve(told.history, told.people, told.days, bioavailability=told.share)
    error = worst_error(found.concentration[0], independent(told.story, told.days, "DOP853"))
    assert found.estimate[0] <= 1e-5
    assert error <= max(HONEST * found.estimate[0], SMALL)


@pytest.mark.parametrize(("accuracy", "method", "stated"), [("standard", "Radau", 1e-5), ("fine", "DOP853", 1e-8)])
@pytest.mark.parametrize(("route", "weeks"), [("iv", 8), ("sc", 6)])
def test_the_last_trough_of_a_long_regimen_agrees(
    route: Route, weeks: int, accuracy: Accuracy, method: Method, stated: float
) -> None:
    day = 7.0 * weeks * 8
    expected = independent(Story([Given(7.0 * weeks * n, 300, route) for n in range(8)]), [day], method)
    found = concentrations(History(Regimen(route, weeks, 8).inputs), typical(75), [day], accuracy=accuracy)[0]
    assert worst_error(found, expected) <= stated


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize(("route", "weeks"), [("iv", 4), ("iv", 8), ("iv", 12), ("sc", 4)])
def test_hardly_anybody_is_solved_again(
    route: Route, weeks: int, pace: Pace, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Steps foresee what becomes of their errors until the next trough: to solve somebody twice costs more."""
    course, days = History(Regimen(route, weeks, 6).inputs), 7.0 * weeks * np.arange(1, 7)
    asked = solver.TOLERANCES["standard"]
    monkeypatch.setitem(solver.TOLERANCES, "standard", np.inf)
    with at(pace):
        estimates = solve(course, draw(512, seed=2), days).estimate
    assert np.mean(estimates > asked) <= (0.02 if pace == "own" else 0.03)
    if pace == "own":  # nor are steps shorter than they need be; in step the shortest of many is taken
        assert np.quantile(estimates, 0.98) > 0.2 * asked


@pytest.mark.parametrize(("route", "weeks"), [("iv", 4), ("iv", 6), ("iv", 12), ("sc", 6)])
def test_a_whole_population_in_step_agrees_with_everybody_at_their_own_pace(route: Route, weeks: int) -> None:
    """Blocks are of all kinds of people: whatever becomes of one of them, the others are none the worse for it."""
    course, days, people = History(Regimen(route, weeks, 8).inputs), 7.0 * weeks * np.arange(1, 9), draw(20_000, seed=1)
    with at("in step"):
        found = concentrations(course, people, days)
    with at("own"):
        assert worst_error(found, concentrations(course, people, days)) <= 1.5e-5


def test_a_step_that_is_too_long_for_somebody_is_noticed() -> None:
    """Pilots choose their steps without regard to who has an elimination of another kind: nobody's error is hidden."""
    course, days = History(Regimen("iv", 4, 6).inputs), 28.0 * np.arange(1, 7)
    bodies = [(cl, vp, vmax) for cl in (0.2, 1.0, 40.0) for vp in (0.05, 1.0, 20.0) for vmax in (0.0, 1.0, 30.0)]
    people = People(np.full(len(bodies), 75.0), *np.array(bodies).T)
    with at("in step"):
        found = concentrations(course, people, days)
    with at("own"):
        exact = concentrations(course, people, days, accuracy="fine")
    assert worst_error(found, exact) <= 1e-5


UNLIKE_ALL = [
    # what, weight kg, and multiples of cl, vp and vmax; history, day
    ("a fast eliminator, every 12 weeks", (122, 1.85, 0.84, 15), History(Regimen("iv", 12, 4).inputs), 336.0),
    ("a very fast clearance, one infusion", (105, 6.0, 0.84, 3.9), History((Input(0, 300, "iv"),)), 200.0),
    ("little room, a known start", (60, 8.0, 0.1, 12), History(start=Start(0, 30, 10)), 150.0),
]


@pytest.mark.parametrize("accuracy", ["standard", "fine"])
@pytest.mark.parametrize(("what", "body", "history", "day"), UNLIKE_ALL, ids=[case[0] for case in UNLIKE_ALL])
def test_nobody_unlike_the_pilots_ends_below_nought_with_a_small_estimate(
    what: str, body: tuple[float, ...], history: History, day: float, accuracy: Accuracy
) -> None:
    """Below nought the equations come to rest, and an error carried along such a course fades to nothing."""
    people, window = People(*np.array([body]).T), Window(day / 2, day, 5.0)
    with at("in step"):
        found = solve(history, people, [day], window=window, accuracy=accuracy)
    with at("own"):
        exact = solve(history, people, [day], window=window, accuracy="fine")
    assert worst_error(found.concentration, exact.concentration) <= 1e-5
    assert found.peak == pytest.approx(exact.peak, rel=1e-4, abs=1e-5)
    assert found.days_above == pytest.approx(exact.days_above, abs=0.01)


def test_a_course_that_goes_astray_between_two_outputs_is_noticed() -> None:
    """A plasma exchange that leaves nothing takes the error with it, but not what was seen of the days before."""
    doses = (Input(28, 0.01, "iv"), Input(299.8786, 0.01, "iv"), Input(299.9, 300, "iv", 30))
    history = History(
        (*doses, Input(499.8948, 1293.2, "iv", 1)),
        weights=((28.0, 91.0),),
        antibodies=(AntibodyPeriod(299.9, 361.247, 3.25),),
        removals=(Removal(499.8948, 1.0),),
    )
    people, window = People(*np.array([(91, 6.91, 1.472, 0.4445)]).T), Window(28, 515, 0.0)
    with at("in step"):
        found = solve(history, people, [514.9], window=window)
    with at("own"):
        exact = solve(history, people, [514.9], window=window)
    assert found.mean_saturation == pytest.approx(exact.mean_saturation, rel=1e-4)


def test_injections_into_people_who_are_slow_to_eliminate_agree() -> None:
    """What is under the skin is absorbed within a step that is short for the rest: its own error counts."""
    bodies = [(kg, cl, vp, vmax) for kg in (75, 200) for cl in (0.3, 0.5) for vp in (0.5, 2) for vmax in (0.3, 1)]
    people, course = People(*np.array(bodies, dtype=float).T), History(Regimen("sc", 4, 2).inputs)
    for pace in PACES:
        with at(pace):
            found = concentrations(course, people, [28.0, 56, 60, 100])
        with at("own"):
            assert worst_error(found, concentrations(course, people, [28.0, 56, 60, 100], accuracy="fine")) <= 1e-5


def test_two_infusions_at_once_and_two_injections_together_add_up() -> None:
    ours = (Input(0, 300, "iv", 120), Input(1 / 24, 300, "iv", 30), Input(1 / 48, 150, "sc"), Input(1 / 48, 150, "sc"))
    theirs = [Given(0, 300, "iv", 120), Given(1 / 24, 300, "iv", 30), Given(1 / 48, 300, "sc")]
    found = concentrations(History(ours), typical(75), [42.0])[0]
    assert worst_error(found, troughs(theirs, [42.0])) <= 1e-5


def test_an_infusion_right_after_another_takes_up_where_it_ended() -> None:
    parts = History((Input(3, 100, "iv", 20), Input(3 + 20 / 1440, 200, "iv", 40)))
    whole = History((Input(3, 300, "iv", 60),))
    found = concentrations(parts, typical(75), [3.5, 31], accuracy="fine")
    assert found == pytest.approx(concentrations(whole, typical(75), [3.5, 31], accuracy="fine"), rel=1e-8)
