"""The error of whole courses falls with the fifth power of the step, in the compiled code as it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.reference.independent import Given, Story
from tests.reference.independent import concentrations as independent

from natalizumab.pharmacology import History, Input, People, Start, concentrations, solver

COARSE, FINE = 2.0, 8.0
DAY = 20.0

BODIES = [(cl, vp, vmax) for cl in (0.7, 1.0, 1.5) for vp in (0.6, 1.7) for vmax in (0.8, 1.3)]
"""Multiples of the typical person's: steps follow each one's own error, so that an order shows only in the mean."""

COURSES = [
    # what, history, the same told to the independent solution
    ("a washout", History(start=Start(0, 20, 10)), Story(known=(0.0, 20.0, 10.0))),
    ("an infusion", History((Input(0, 300, "iv"),)), Story([Given(0, 300, "iv")])),
    ("an injection", History((Input(0, 300, "sc"),)), Story([Given(0, 300, "sc")])),
]


@pytest.mark.parametrize(("pace", "in_step_from"), [("own", math.inf), ("in step", 1)])
@pytest.mark.parametrize(("what", "history", "story"), COURSES, ids=[what for what, _, _ in COURSES])
def test_the_order_of_convergence_is_five(
    what: str, history: History, story: Story, pace: str, in_step_from: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "IN_STEP_FROM", in_step_from)
    told = [replace(story, cl=cl, vp=vp, vmax=vmax) for cl, vp, vmax in BODIES]
    exact = np.array([independent(one, [DAY], "DOP853")[0] for one in told])
    people = People(np.full(len(BODIES), 75.0), *np.array(BODIES).T)
    monkeypatch.setitem(solver.TOLERANCES, "standard", math.inf)  # so that nothing is done again
    errors = []
    for refinement in (COARSE, FINE):
        monkeypatch.setitem(solver.REFINEMENTS, "standard", refinement)
        errors.append(np.abs(concentrations(history, people, [DAY])[:, 0] / exact - 1))
    orders = np.log(errors[0] / errors[1]) / math.log(FINE / COARSE)
    assert np.mean(orders) == pytest.approx(5, abs=0.5), orders
