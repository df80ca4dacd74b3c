"""Where mathematics knows the answer: linear elimination, the balance of mass, a body that nothing leaves."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.independent import CL, KA, KM, LAG, ON_CL, ON_VC, VC, VMAX, VP, Q

from natalizumab.pharmacology import AntibodyPeriod, History, Input, People, Route, concentrations, typical

SHARE = 0.84


def without_saturable_elimination(weight_kg: float, cl: float) -> People:
    one = np.ones(1)
    return People(np.array([weight_kg]), np.array([cl]), one, 0 * one)


def two_compartments(route: Route, days: float, weight_kg: float, cl: float) -> float:
    """The textbook's sum of exponentials: mg/L per mg, ``days`` after an hour's infusion or an injection began."""
    vc: float = VC * (weight_kg / 75) ** ON_VC
    k10, k12, k21 = cl * CL * (weight_kg / 75) ** ON_CL / vc, Q / vc, Q / VP
    total, product = k10 + k12 + k21, k10 * k21
    fast = (total + math.sqrt(total**2 - 4 * product)) / 2
    slow = product / fast
    if route == "sc":
        t = days - LAG
        terms = [
            (k21 - a) / ((b - a) * (c - a)) * math.exp(-a * t)
            for a, b, c in ((fast, slow, KA), (slow, fast, KA), (KA, fast, slow))
        ]
        return SHARE * KA / vc * math.fsum(terms)
    length, t = 1 / 24, days - 1 / 24
    terms = [
        (k21 - a) / (b - a) * (1 - math.exp(-a * length)) / a * math.exp(-a * t)
        for a, b in ((fast, slow), (slow, fast))
    ]
    return math.fsum(terms) / length / vc


@given(
    route=st.sampled_from(["iv", "sc"]),
    mg=st.floats(10, 3000),
    weight=st.floats(30, 200),
    cl=st.floats(0.2, 5),
    days=st.floats(0.3, 40),
)
def test_without_the_saturable_way_out_the_textbooks_closed_form_holds(
    route: Route, mg: float, weight: float, cl: float, days: float
) -> None:
    people = without_saturable_elimination(weight, cl)
    found = concentrations(History((Input(0, mg, route),)), people, [days], accuracy="fine")[0, 0]
    assert found == pytest.approx(mg * two_compartments(route, days, weight, cl), rel=1e-8, abs=1e-8 * 0.05)


def test_linear_courses_add_up() -> None:
    people, doses = (
        without_saturable_elimination(75, 1),
        [Input(0, 300, "iv"), Input(9, 300, "sc"), Input(20, 150, "iv")],
    )
    apart = sum(concentrations(History((dose,)), people, [60.0], accuracy="fine") for dose in doses)
    assert concentrations(History(tuple(doses)), people, [60.0], accuracy="fine") == pytest.approx(apart, rel=1e-8)


def test_all_drug_that_goes_in_is_eliminated() -> None:
    """Weight and antibodies change on the way; by the last day nothing is left."""
    history = History(
        (Input(0, 300, "iv"), Input(30, 300, "sc"), Input(50, 300, "iv", 30)),
        weights=((0, 68), (40, 90)),
        antibodies=(AntibodyPeriod(20, 45, 2.45),),
    )
    events = [0, 1 / 24, 20, 30 + LAG, 40, 45, 50, 50 + 30 / 1440, 90, 450]
    nodes, weights = np.polynomial.legendre.leggauss(10)
    times: list[float] = []
    parts: list[float] = []
    for start, end in pairwise(events):
        edges = [start, *(start + (end - start) * 0.6**power for power in range(30, -1, -1))]
        for left, right in pairwise(edges):
            times.extend((left + right) / 2 + (right - left) / 2 * nodes)
            parts.extend((right - left) / 2 * weights)
    days = np.array(times)
    concentration = concentrations(history, typical(75), days, accuracy="fine")[0]
    cl = CL * (np.where(days < 40, 68, 90) / 75) ** ON_CL * np.where((days >= 20) & (days < 45), 2.45, 1)
    eliminated = np.dot(parts, cl * concentration + VMAX * concentration / (KM + concentration))
    assert eliminated == pytest.approx(300 + SHARE * 300 + 300, rel=1e-8)


def test_what_nothing_takes_away_spreads_over_both_volumes() -> None:
    one = np.ones(1)
    closed = People(75 * one, 0 * one, one, 0 * one)
    found = concentrations(History((Input(0, 300, "iv"), Input(5, 200, "sc"))), closed, [700.0], accuracy="fine")
    assert found[0, 0] == pytest.approx((300 + SHARE * 200) / (VC + VP), rel=1e-8)
