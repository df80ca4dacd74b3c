"""Drawn event histories, each told twice: to the package and to the independent solution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from tests.reference.independent import Given, Story

from natalizumab.pharmacology import AntibodyPeriod, History, Input, People, Removal, Start

LONGEST_WAIT_DAYS = 90.0
SDS = {"cl": 0.2252, "vp": 0.3077, "vmax": 0.2557}
"""Standard deviations of the logarithms, from the published 22.8, 31.5 and 26 %: sqrt(ln(1 + CV²))."""


def days(least: float, most: float) -> st.SearchStrategy[float]:
    """Times to a millionth of a day; clocks are no better."""
    return st.floats(least, most).map(lambda day: round(day, 6))


weights_kg = st.floats(30, 200)
gaps = st.one_of(days(0, 84), st.sampled_from([0.0, 1 / 48, 28.0]))
"""Days since the dose before; often none, or so few that infusions overlap."""

amounts = st.one_of(st.floats(0.001, 3000), st.sampled_from([0.0, 150.0, 300.0]))
minutes = st.one_of(st.floats(1, 1440), st.sampled_from([1.0, 30.0, 60.0, 1440.0]))
routes = st.sampled_from(["iv", "iv", "sc"])
factors = st.one_of(st.floats(0.3, 10), st.just(2.45))


@dataclass(frozen=True)
class Told:
    """One story in both tongues, and the days that are asked about."""

    history: History
    people: People
    share: float
    story: Story
    days: list[float]


@st.composite
def told(draw: st.DrawFn, most_doses: int = 6) -> Told:
    """Doses at any distance, weights, antibodies, plasma exchanges, a known start; in any order."""
    share = draw(st.one_of(st.just(0.84), st.floats(0.05, 1)))
    doses: list[tuple[float, float, str, float]] = []
    day = 0.0
    for _ in range(draw(st.integers(1, most_doses))):
        day += draw(gaps)
        doses.append((day, draw(amounts), draw(routes), draw(minutes)))
    end = day + draw(days(0.01, LONGEST_WAIT_DAYS))
    within = st.one_of(days(0, end), st.sampled_from([dose[0] for dose in doses]))
    weights = draw(st.lists(st.tuples(within, weights_kg), min_size=1, max_size=3, unique_by=lambda pair: pair[0]))
    antibodies = draw(st.lists(periods(within), max_size=3))
    exchanges = draw(st.lists(st.tuples(within, st.floats(0, 1)), max_size=2))
    levels = st.one_of(st.just(0.0), st.floats(1e-6, 400))  # of numbers next to nought SciPy's steps are none
    known = draw(st.one_of(st.none(), st.tuples(st.just(0.0), levels, levels)))
    effects = {name: math.exp(sd * draw(st.floats(-3, 3))) for name, sd in SDS.items()}
    asked = [*draw(st.lists(st.one_of(within, days(-1, end)), max_size=4)), end]
    order: Any = draw(st.permutations(doses))
    history = History(
        inputs=tuple(Input(*dose) for dose in order),
        weights=tuple(weights),
        antibodies=tuple(AntibodyPeriod(*period) for period in antibodies),
        removals=tuple(Removal(*exchange) for exchange in exchanges),
        start=Start(*known) if known else None,
    )
    person = People(np.array([75.0]), *(np.array([effects[name]]) for name in ("cl", "vp", "vmax")))
    given = [Given(when, mg, route, minutes, share) for when, mg, route, minutes in doses]
    return Told(history, person, share, Story(given, weights, antibodies, exchanges, known, **effects), asked)


@st.composite
def periods(draw: st.DrawFn, within: st.SearchStrategy[float]) -> tuple[float, float, float]:
    """A time with antibodies, some of them for good."""
    start = draw(within)
    end = start + draw(days(0, 100)) if draw(st.booleans()) else math.inf
    return start, end, draw(factors)
