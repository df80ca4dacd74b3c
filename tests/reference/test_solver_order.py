"""The error of whole courses falls with the fifth power of the step, in the compiled code as it is."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from tests.reference.independent import Given, Story
from tests.reference.independent import concentrations as independent

from natalizumab.pharmacology import History, Input, Start, concentrations, solver, typical

REFINEMENTS = (2.0, 4.0, 8.0)
DAY = 20.0

COURSES = [
    # what, history, the same told to the independent solution
    ("a washout", History(start=Start(0, 20, 10)), Story(known=(0.0, 20.0, 10.0))),
    ("an infusion", History((Input(0, 300, "iv"),)), Story([Given(0, 300, "iv")])),
    ("an injection", History((Input(0, 300, "sc"),)), Story([Given(0, 300, "sc")])),
]


@pytest.mark.parametrize(("what", "history", "story"), COURSES, ids=[what for what, _, _ in COURSES])
def test_the_order_of_convergence_is_five(
    what: str, history: History, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = independent(story, [DAY], "DOP853")[0]
    monkeypatch.setitem(solver.TOLERANCES, "standard", math.inf)  # so that nothing is done again
    errors = []
    for refinement in REFINEMENTS:
        monkeypatch.setitem(solver.REFINEMENTS, "standard", refinement)
        errors.append(abs(concentrations(history, typical(75), [DAY])[0, 0] / exact - 1))
    orders = [math.log2(coarse / fine) for coarse, fine in pairwise(errors)]
    assert np.mean(orders) == pytest.approx(5, abs=0.5), errors
