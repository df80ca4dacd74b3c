"""The solver against independent solutions of the same equations."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.independent import Given, troughs

from natalizumab.pharmacology import Input, Regimen, Route, simulate_course, simulate_regimen, stepper, typical
from natalizumab.pharmacology.equations import Body, State
from natalizumab.pharmacology.parameters import Person
from natalizumab.pharmacology.solver import states_at

LOWEST, ACCURACY = 0.05, 1e-6
"""Accuracy is stated on troughs of 0.05 mg/L and more."""

ROUTES: tuple[Route, ...] = ("iv", "sc")

doses = st.tuples(
    st.floats(5, 84), st.sampled_from([75.0, 150.0, 300.0, 450.0]), st.sampled_from(ROUTES), st.floats(5, 300)
)
"""Days since the dose before, mg, route, minutes."""


@settings(max_examples=20)
@given(
    history=st.lists(doses, min_size=1, max_size=5),
    weight=st.floats(45, 140),
    clearance=st.sampled_from([0.6, 1.0, 2.45]),
    wait=st.floats(7, 70),
)
def test_troughs_of_any_history_agree_with_radau_restarted_at_every_event(
    history: list[tuple[float, float, Route, float]], weight: float, clearance: float, wait: float
) -> None:
    day, ours, theirs = 0.0, [], []
    for gap, mg, route, minutes in history:
        day += gap
        ours.append(Input(day, mg, route, minutes))
        theirs.append(Given(day, mg, route, minutes / 60))
    days = [dose.day for dose in ours[1:]] + [day + wait]
    expected = troughs(theirs, days, weight, clearance)
    found = simulate_course(ours, weight, days, clearance).concentration_mg_per_l
    stated = expected >= LOWEST
    assert np.all(np.abs(found[stated] / expected[stated] - 1) <= ACCURACY)
    assert np.all(np.abs(found[~stated] - expected[~stated]) <= ACCURACY)


@pytest.mark.parametrize(("route", "weeks"), [("iv", 4), ("iv", 8), ("sc", 6)])
def test_a_long_regimen_agrees_with_radau_in_its_last_trough(route: Route, weeks: int) -> None:
    expected = troughs([Given(7.0 * weeks * n, 300, route) for n in range(13)], [7.0 * weeks * 13], 75)
    found = simulate_regimen(Regimen(route, weeks, 13), typical(75)).trough
    assert found == pytest.approx(expected, rel=ACCURACY)


def test_two_infusions_at_once_and_a_dose_under_the_skin_add_up() -> None:
    ours = [Input(0, 300, "iv", 120), Input(1 / 24, 300, "iv", 30), Input(1 / 48, 150, "sc"), Input(1 / 48, 150, "sc")]
    theirs = [Given(0, 300, "iv", 2), Given(1 / 24, 300, "iv", 0.5), Given(1 / 48, 300, "sc")]
    found = simulate_course(ours, 75, [42.0]).concentration_mg_per_l
    assert found == pytest.approx(troughs(theirs, [42.0], 75), rel=ACCURACY)


def test_the_highest_concentration_under_the_skin_lies_between_the_steps_and_is_found() -> None:
    days = [56 + hour / 24 for hour in range(3, 24 * 28)]
    fine = np.linspace(-0.05, 0.05, 201)
    first_look = simulate_course(Regimen("sc", 4, 3).inputs, 75, days).concentration_mg_per_l
    around = days[int(np.argmax(first_look))] + fine
    expected = simulate_course(Regimen("sc", 4, 3).inputs, 75, around).concentration_mg_per_l.max()
    found = simulate_regimen(Regimen("sc", 4, 3), typical(75)).cmax
    assert found == pytest.approx(expected, rel=1e-6)


def test_all_drug_that_went_in_is_eliminated_or_still_there() -> None:
    """The amount eliminated is summed by Gauss-Legendre panels that shrink towards each event."""
    inputs = [Input(0, 300, "iv"), Input(30, 300, "sc"), Input(50, 300, "iv", 30)]
    who = typical(68)
    events = [0, 1 / 24, 30 + who.lag_days, 50, 50 + 30 / 1440, 90]
    nodes, weights = np.polynomial.legendre.leggauss(10)
    times: list[float] = []
    parts: list[float] = []
    for start, end in pairwise(events):
        edges = [start, *(start + (end - start) * 0.6**power for power in range(30, -1, -1))]
        for left, right in pairwise(edges):
            times.extend((left + right) / 2 + (right - left) / 2 * nodes)
            parts.extend((right - left) / 2 * weights)
    concentration = np.array([state.central for state in states_at(who, inputs, times)]) / who.body.vc
    speed = who.body.cl * concentration + who.body.vmax * concentration / (who.body.km + concentration)
    remaining = sum(states_at(who, inputs, [90.0])[0])
    assert remaining + float(np.dot(parts, speed)) == pytest.approx(300 + 0.84 * 300 + 300, rel=1e-8)


def two_compartments(body: Body[float], dose: Input, day: float, share: float, lag: float) -> float:
    """Concentration after one dose where elimination is linear: the textbook's closed form."""
    k10, k12, k21 = body.cl / body.vc, body.q / body.vc, body.q / body.vp
    total, product = k10 + k12 + k21, k10 * k21
    fast = (total + math.sqrt(total**2 - 4 * product)) / 2
    slow = product / fast
    if dose.route == "sc":
        t = day - dose.day - lag
        terms = [
            (k21 - a) / ((b - a) * (c - a)) * math.exp(-a * t)
            for a, b, c in ((fast, slow, body.ka), (slow, fast, body.ka), (body.ka, fast, slow))
        ]
        return share * dose.amount_mg * body.ka / body.vc * sum(terms)
    length, t = dose.end - dose.day, day - dose.end
    terms = [
        (k21 - a) / (b - a) * (1 - math.exp(-a * length)) / a * math.exp(-a * t)
        for a, b in ((fast, slow), (slow, fast))
    ]
    return dose.amount_mg / length / body.vc * sum(terms)


def test_without_saturable_elimination_the_closed_form_of_two_compartments_holds() -> None:
    usual = typical(75)
    who = Person(usual.body._replace(vmax=0.0), usual.bioavailability, usual.lag_days)
    inputs = [Input(0, 300, "iv"), Input(28, 300, "sc"), Input(61.3, 300, "iv", 30), Input(80, 150, "sc")]
    days = [85.0, 100.0, 120.0, 150.0]
    expected = [sum(two_compartments(who.body, dose, day, 0.84, 3 / 24) for dose in inputs) for day in days]
    found = [state.central / who.body.vc for state in states_at(who, inputs, days)]
    assert found == pytest.approx(expected, rel=1e-8)


def test_the_error_of_the_method_falls_with_the_fifth_power_of_the_step() -> None:
    body, start = typical(75).body, State(0.0, 60.0, 40.0)

    def central(steps: int) -> float:
        state, slope = start, stepper.slope(start, 0.0, body)
        for _ in range(steps):
            state, slope = stepper.step(state, slope, 12.0 / steps, 0.0, body)
        return state.central

    exact = central(4096)
    errors = [abs(central(steps) - exact) for steps in (24, 48, 96)]
    orders = [math.log2(coarse / fine) for coarse, fine in pairwise(errors)]
    assert orders == pytest.approx([5, 5], abs=0.3)
