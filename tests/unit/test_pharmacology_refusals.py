"""Nonsense is refused in plain words that name it, wherever it comes in; what is only unusual is not."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import (
    AntibodyPeriod,
    History,
    Input,
    People,
    Regimen,
    Removal,
    Start,
    Window,
    concentrations,
    draw,
    simulate,
    simulate_course,
    simulate_population,
    solve,
    typical,
)

ONE = np.ones(1)
DOSE = History((Input(0, 300, "iv"),))
FAR = "not within 1e\\+07 days of the origin"

Cases = list[tuple[Callable[[], Any], str]]

DOSES: Cases = [
    (lambda: Input(math.nan, 300, "iv"), f"dose: day nan is {FAR}"),
    (lambda: Input(math.inf, 300, "iv"), f"dose: day inf is {FAR}"),
    (lambda: Input(1e300, 300, "iv"), f"dose: day 1e\\+300 is {FAR}"),
    (lambda: simulate("iv"), "simulate: 'iv' is neither a Regimen nor a History"),  # type: ignore[arg-type]
    (lambda: Input(0, -300, "iv"), "-300 mg is outside 0 to 3000 mg"),
    (lambda: Input(0, 30_000, "iv"), "30000 mg is outside 0 to 3000 mg"),
    (lambda: Input(0, math.nan, "iv"), "nan mg is outside"),
    (lambda: Input(0, 300, cast("Any", "im")), "the route 'im' is neither iv nor sc"),
    (lambda: Input(0, 300, "iv", 0), "0 minutes is outside 1 to 1440 minutes"),
    (lambda: Input(0, 300, "iv", 1441), "1441 minutes is outside"),
    (lambda: Input(0, 300, "iv", math.nan), "nan minutes is outside"),
    (lambda: Regimen(cast("Any", "im"), 4, 3), "'im' is neither iv nor sc"),
    (lambda: Regimen("iv", 0, 3), "interval: 0 weeks is outside 1 to 52 weeks"),
    (lambda: Regimen("iv", 53, 3), "53 weeks is outside"),
    (lambda: Regimen("iv", math.nan, 3), "nan weeks is outside"),
    (lambda: Regimen("iv", 52, 101), "take more than a hundred years; at this interval at most 100 are allowed"),
    (lambda: Regimen("iv", 4, 0), "doses: 0 is outside 1 to 500"),
]

HISTORIES: Cases = [
    (lambda: History(weights=((0, 5),)), "weight: 5 kg is outside 20 to 350 kg"),
    (lambda: History(weights=((0, 500),)), "weight: 500 kg is outside"),
    (lambda: History(weights=((0, math.nan),)), "weight: nan kg is outside"),
    (lambda: History(weights=((math.nan, 70),)), f"weight: day nan is {FAR}"),
    (lambda: AntibodyPeriod(10, 9, 2), "the end, day 9, must not lie before the start, 10"),
    (lambda: AntibodyPeriod(math.nan, 9, 2), f"antibodies: start: day nan is {FAR}"),
    (lambda: AntibodyPeriod(0, math.nan, 2), "antibodies: the end, day nan"),
    (lambda: AntibodyPeriod(0, 9, 0), "factor on clearance: 0 must be above 0 and at most 100"),
    (lambda: AntibodyPeriod(0, 9, math.inf), "factor on clearance: inf must be"),
    (lambda: Removal(math.nan, 0.5), f"plasma exchange: day nan is {FAR}"),
    (lambda: Removal(0, 1.5), "the fraction removed, 1.5, must be from 0 to 1"),
    (lambda: Removal(0, -0.1), "the fraction removed, -0.1, must be"),
    (lambda: Removal(0, math.nan), "the fraction removed, nan, must be"),
    (lambda: Start(0, -1), "start: -1 mg/L is outside 0 to 5000 mg/L"),
    (lambda: Start(0, 20_000), "start: 20000 mg/L is outside"),
    (lambda: Start(0, math.nan), "start: nan mg/L is outside"),
    (lambda: Start(0, 10, math.inf), "start: inf mg/L is outside"),
    (lambda: Start(math.inf, 10), f"start: day inf is {FAR}"),
    (
        lambda: History((Input(0, 300, "iv"),), start=Start(1, 10)),
        "a dose or plasma exchange lies before the known start",
    ),
    (lambda: History(removals=(Removal(0, 0.5),), start=Start(1, 10)), "lies before the known start, day 1"),
]

PEOPLE: Cases = [
    (lambda: typical(5), "weight: 5 kg is outside 20 to 350 kg"),
    (lambda: typical(500), "weight: 500 kg is outside"),
    (lambda: typical(math.nan), "weight: nan kg is outside"),
    (lambda: draw(0, 1), "people: 0 is outside 1 to 1000000"),
    (lambda: draw(10, -1), "seed: -1 must be a whole number of 0 or more"),
    (lambda: draw(10, 1, 500), "weight: 500 kg is outside"),
    (lambda: People(5 * ONE, ONE, ONE, ONE), "people: weight_kg 5 kg is outside 20 to 350 kg"),
    (lambda: People(75 * ONE, -ONE, ONE, ONE), "people: cl -1 times the typical is outside"),
    (lambda: People(75 * ONE, ONE, 0 * ONE, ONE), "people: vp 0 times the typical is outside"),
    (lambda: People(75 * ONE, ONE, ONE, math.inf * ONE), "people: vmax inf times the typical is outside"),
    (lambda: People(75 * ONE, math.nan * ONE, ONE, ONE), "people: cl nan times the typical is outside"),
    (lambda: People(75 * np.ones(2), ONE, ONE, ONE), "must have one number per person each"),
    (lambda: People(cast("Any", ["heavy"]), ONE, ONE, ONE), "weight_kg must be a list of numbers"),
    (lambda: People(cast("Any", 75.0), ONE, ONE, ONE), "weight_kg must be a list of numbers"),
]

QUESTIONS: Cases = [
    (lambda: concentrations(DOSE, typical(75), [math.nan]), "give a list of finite numbers of days"),
    (lambda: concentrations(DOSE, typical(75), [math.inf]), "give a list of finite numbers of days"),
    (lambda: concentrations(DOSE, typical(75), cast("Any", ["Monday"])), "give a list of finite numbers of days"),
    (lambda: concentrations(DOSE, typical(75), cast("Any", [[1.0], [1.0, 2.0]])), "give a list of finite numbers"),
    (lambda: concentrations(DOSE, typical(75), 3.0), "give a list of finite numbers of days"),
    (lambda: concentrations(DOSE, typical(75), [[1.0], [2.0]]), "times: 2 rows for 1 people"),
    (lambda: concentrations(DOSE, typical(75), [1e6]), "day 1e\\+06 is more than 36525 days after the first dose"),
    (lambda: concentrations([DOSE] * 2, draw(3, 1), [1.0]), "history: 2 histories for 3 people"),
    (lambda: concentrations([], draw(3, 1), [1.0]), "history: 0 histories for 3 people"),
    (lambda: concentrations(DOSE, typical(75), [1.0], bioavailability=1.01), "F: 1.01 must be above 0 and at most 1"),
    (lambda: concentrations(DOSE, typical(75), [1.0], bioavailability=math.nan), "F: nan must be above 0"),
    (
        lambda: concentrations(DOSE, typical(75), [1.0], accuracy=cast("Any", "exact")),
        "'exact' is neither rough, standard nor",
    ),
    (lambda: concentrations(DOSE, typical(75), [1.0], workers=0), "workers: 0 must be 1 or more"),
    (lambda: Window(5, 5), "window: day 5 must lie after day 5"),
    (lambda: Window(0, math.inf), "window: day inf must lie after day 0, and both be finite"),
    (lambda: Window(math.nan, 3), "window: day 3 must lie after day nan"),
    (lambda: Window(0, 3, -1), "window: a level of -1 mg/L is outside 0 to 5000 mg/L"),
    (lambda: Window(0, 3, math.nan), "window: a level of nan mg/L is outside"),
    (lambda: solve(DOSE, typical(75), [], window=Window(0, 1e6)), "more than 36525 days after the first dose"),
    (lambda: simulate_course([], 75, [[1.0], [2.0]]), "times: 2 rows for 1 people"),
    (lambda: simulate_course([], 75, [1.0], clearance_factor=0), "clearance factor: 0 must be above 0"),
    (lambda: simulate_population(Regimen("iv", 4, 2), typical(75), math.nan), "clearance factor: nan must be"),
]


@pytest.mark.parametrize(("make", "said"), DOSES + HISTORIES + PEOPLE + QUESTIONS)
def test_nonsense_is_refused_and_the_message_names_it(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        make()


EXTREMES = [
    People(20 * ONE, ONE, ONE, ONE),
    People(300 * ONE, ONE, ONE, ONE),
    People(75 * ONE, 20 * ONE, 0.05 * ONE, 20 * ONE),
    People(75 * ONE, 0.05 * ONE, 20 * ONE, 0.05 * ONE),
    People(75 * ONE, 0 * ONE, 1000 * ONE, 1000 * ONE),
]


@pytest.mark.parametrize("people", EXTREMES)
def test_the_limits_of_what_is_allowed_can_be_solved(people: People) -> None:
    history = History((Input(0, 3000, "iv", 1), Input(0, 3000, "sc"), Input(28, 3000, "iv", 1440)))
    found = concentrations(history, people, [0.001, 1, 28, 56, 500])
    assert np.isfinite(found).all()
    assert (found >= 0).all()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Input("0", 300, "iv"), "dose: '0' is not a number"),  # type: ignore[arg-type]
        (lambda: Regimen("iv", "4", 3), "regimen: '4' is not a number"),  # type: ignore[arg-type]
        (lambda: Regimen("iv", 4, 2.5), "doses: 2.5 is no whole number"),  # type: ignore[arg-type]
        (lambda: draw("10", 1), "people: '10' is not a number"),  # type: ignore[arg-type]
        (lambda: draw(2.5, 1), "2.5 people and seed 1 must be whole numbers"),  # type: ignore[arg-type]
        (lambda: draw(2, 1.5), "2 people and seed 1.5 must be whole numbers"),  # type: ignore[arg-type]
    ],
)
def test_words_and_halves_are_refused_in_plain_words(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        make()
