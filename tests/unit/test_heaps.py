"""Heaps of plausible people weighed as one sample count as the whole does, and nobody by a polynomial's mistake."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from natalizumab.pharmacology import History, Regimen
from natalizumab.pharmacology import quadrature as subject
from natalizumab.pharmacology.antibodies import Hypothesis
from natalizumab.pharmacology.beyond import beyond, together
from natalizumab.pharmacology.frames import ENOUGH, Found, Frame, weighed
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.predictor import predictor
from natalizumab.pharmacology.rules import rule
from natalizumab.pharmacology.washout import log_concentration

DAY = 84.0
MODEL = predictor(History(Regimen("iv", 4, 3).inputs), 70, [Hypothesis("none", math.inf, math.inf, 1.0)], None)
LEVELS = [Level(DAY, 20.0)]
USED = rule(*subject.FINE)


def found_in(frame: Frame) -> Found:
    ((values, known),) = MODEL.each([(frame.z(USED.nodes), 0)], [DAY])
    return weighed(LEVELS, frame, USED, values, known)


WHOLE = found_in(Frame(np.zeros(3), 1.2 * np.eye(3)))
NARROW = [found_in(Frame(np.array([at, 0.0, 0.0]), np.diag([0.4, 1.0, 1.0]))) for at in (-1.0, 1.2)]


def evidence(heaps: list[Found]) -> float:
    return float(np.logaddexp.reduce([one.log_evidence for one in heaps]))


def mean(heaps: list[Found]) -> list[float]:
    weight = np.concatenate([np.exp(one.log_weight) for one in heaps])
    found: list[float] = (weight @ np.concatenate([one.z for one in heaps]) / weight.sum()).tolist()
    return found


def test_two_frames_together_count_as_one_that_holds_everybody() -> None:
    both = together(MODEL, LEVELS, 0, NARROW)
    assert evidence(both) == pytest.approx(WHOLE.log_evidence, abs=0.01)
    assert mean(both) == pytest.approx(mean([WHOLE]), abs=0.02)


def test_alone_each_of_them_misses_some_or_counts_them_twice() -> None:
    assert all(one.log_evidence < WHOLE.log_evidence - 0.02 for one in NARROW)
    assert evidence(NARROW) > WHOLE.log_evidence + 0.1


def test_those_beyond_a_frame_are_solved_and_count() -> None:
    both = together(MODEL, LEVELS, 0, NARROW)
    for one in both:
        far = beyond(one.places)
        assert np.exp(one.log_weight[far]).sum() > 0
        some = np.flatnonzero(far)[:20]
        assert one.at_levels[0, some] == pytest.approx(MODEL.straightened(one.z[some], np.array(0), [DAY])[:, 0])


def test_nobody_weighs_much_by_a_polynomials_mistake() -> None:
    """As if it gave the least probable of all exactly the measured level, and hundreds stood for him."""
    at_levels, log_weight = WHOLE.at_levels.copy(), WHOLE.log_weight.copy()
    right = np.flatnonzero(np.isfinite(log_weight))
    who, likely = right[np.argmin(log_weight[right])], np.argmax(log_weight)
    there = log_concentration(at_levels[:, [likely, who]].T)
    gained = log_likelihood(LEVELS, there) @ [1, -1]
    log_weight[who] += gained + 20
    at_levels[:, who] = at_levels[:, likely]
    spoilt = replace(WHOLE, at_levels=at_levels, log_weight=log_weight)
    assert spoilt.share < ENOUGH / 100
    place = subject._Place(subject._Group(np.array([0]), 0.0, 0, np.zeros(3)), WHOLE.frame, subject.FINE)
    ((_, mended),) = subject._solved(MODEL, LEVELS, [(place, spoilt)])
    assert mended.log_evidence == pytest.approx(WHOLE.log_evidence, abs=0.02)
    assert mended.share > ENOUGH
