"""The search for the most probable effects of a person ends where they are, however far the levels are from usual."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natalizumab.pharmacology.antibodies import Hypothesis
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.modes import MOST_STEPS, modes
from natalizumab.pharmacology.predictor import Predictor, predictor
from natalizumab.pharmacology.regimen import Regimen, Route
from natalizumab.pharmacology.washout import log_concentration

NEVER = Hypothesis("none", math.inf, math.inf, 1.0)

DRAWN, NATS = 3000, 3.0
"""So many people are drawn; nobody of them may be more probable than the mode by more than so much. A hypothesis is
left out unseen only where it is some 20 below the best.
"""


def model(weeks: float, doses: int, weight_kg: float, route: Route = "iv") -> Predictor:
    return predictor(History(Regimen(route, weeks, doses).inputs), weight_kg, (NEVER,), None)


def density(found: Predictor, levels: list[Level], z: Any) -> Any:
    """Log posterior density of effects (n, 3), but for a constant."""
    there = found.straightened(z, np.zeros(len(z), dtype=np.int64), [level.day for level in levels])
    return log_likelihood(levels, log_concentration(there)) - 0.5 * (z**2).sum(axis=1)


def draws() -> Any:
    source = np.random.default_rng(1)
    return np.concatenate([source.normal(size=(DRAWN // 2, 3)), 2 * source.normal(size=(DRAWN // 2, 3))])


measured = st.floats(0.05, 150)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(4, 10), st.integers(2, 8), st.floats(45, 140), st.sampled_from(["iv", "sc"]),
    st.lists(st.tuples(st.floats(0.05, 2.0), st.booleans()), min_size=1, max_size=8),
)  # fmt: skip
def test_nobody_is_much_more_probable_than_the_mode(
    weeks: int, doses: int, kg: float, route: Route, around: list[tuple[float, bool]]
) -> None:
    """``around``: times as much as the typical person has before each of the latest doses, measured or below it."""
    found = model(weeks, doses, kg, route)
    days = [7.0 * weeks * (doses - number) for number in range(min(len(around), doses))]
    usual = np.exp(log_concentration(found.straightened(np.zeros((1, 3)), np.array([0]), days)))[0]
    levels = [
        Level(day, float(c * times), below=below) for day, c, (times, below) in zip(days, usual, around, strict=False)
    ]
    z, _, height = modes(found, levels, np.zeros(1))
    best = max(density(found, levels, draws()).max(), density(found, levels, z)[0])
    assert height[0] >= best - NATS


@pytest.mark.parametrize("times", [0.01, 0.03, 0.1, 0.3, 1.0, 3.0])
@pytest.mark.parametrize("many", [1, 2, 4, 8])
def test_levels_that_agree_are_reached_however_low_or_high_they_are(times: float, many: int) -> None:
    """Far above a level the likelihood is flat: only looking at its slope, the search once stayed where it began."""
    found, days = model(6, 12, 90), [42.0 * number for number in range(4, 4 + many)]
    usual = np.exp(log_concentration(found.straightened(np.zeros((1, 3)), np.array([0]), days)))[0]
    levels = [Level(day, float(c * times)) for day, c in zip(days, usual, strict=True)]
    z, information, height = modes(found, levels, np.zeros(1))
    assert height[0] == pytest.approx(density(found, levels, z)[0], abs=NATS)
    assert height[0] >= density(found, levels, draws()).max() - NATS
    assert np.linalg.eigvalsh(information[0]).min() > 0


def test_the_search_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with levels that contradict each other, far from everybody."""
    found, rounds = model(4, 12, 70), 0
    straight = Predictor.straightened

    def counted(self: Predictor, *given: Any) -> Any:
        nonlocal rounds
        rounds += 1
        return straight(self, *given)

    monkeypatch.setattr(Predictor, "straightened", counted)
    modes(found, [Level(280, 0.05), Level(308, 140.0)], np.zeros(1))
    assert rounds < MOST_STEPS
