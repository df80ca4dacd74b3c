"""Concentrations of any history agree with independent solutions of the same equations, as exactly as is stated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.reference.independent import Given, Method, Story, troughs
from tests.reference.independent import concentrations as independent
from tests.reference.stories import Told, told

from natalizumab.pharmacology import History, Input, Regimen, Route, concentrations, draw, solve, solver, typical
from natalizumab.pharmacology.solver import Accuracy

FROM_MG_PER_L = 0.05
"""Accuracies are relative, and stated for concentrations from here on."""

HONEST, SMALL = 5.0, 2e-6
"""So many times the estimated error the true one is at most, wherever it is large enough to matter: the errors of steps
have signs, and what they come to can pass through nought."""


def worst_error(found: np.ndarray, expected: np.ndarray) -> float:
    return float((np.abs(found - expected) / np.maximum(expected, FROM_MG_PER_L)).max())


@settings(max_examples=20)
@given(told(most_doses=4))
def test_any_history_agrees_with_radau_restarted_at_every_event(told: Told) -> None:
    found = concentrations(told.history, told.people, told.days, bioavailability=told.share)[0]
    assert worst_error(found, independent(told.story, told.days, "Radau")) <= 1e-5


@settings(max_examples=40)
@given(told(most_doses=5))
def test_the_fine_accuracy_holds_against_a_method_of_order_eight(told: Told) -> None:
    found = concentrations(told.history, told.people, told.days, bioavailability=told.share, accuracy="fine")[0]
    assert worst_error(found, independent(told.story, told.days, "DOP853")) <= 1e-8


@settings(max_examples=40)
@given(told(most_doses=4))
def test_the_estimated_error_is_honest(told: Told) -> None:
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


@pytest.mark.parametrize(("route", "weeks"), [("iv", 4), ("iv", 8), ("iv", 12), ("sc", 4)])
def test_hardly_anybody_is_solved_again(route: Route, weeks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps foresee what becomes of their errors until the next trough: to solve somebody twice costs more."""
    course, days = History(Regimen(route, weeks, 6).inputs), 7.0 * weeks * np.arange(1, 7)
    asked = solver.TOLERANCES["standard"]
    monkeypatch.setitem(solver.TOLERANCES, "standard", np.inf)
    estimates = solve(course, draw(512, seed=2), days).estimate
    assert 0.2 * asked < np.quantile(estimates, 0.98) <= asked


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
