"""Trials of usual size drawn from a great virtual one: against the normal and the exact binomial distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from natalizumab.cohort import Arm, Equivalence, Trial, alike, alike_arms, run
from natalizumab.errors import ModelError


def test_the_share_of_trials_within_the_margin_is_that_of_two_normal_means() -> None:
    rng = np.random.default_rng(3)
    first, other = (np.bincount(rng.poisson(rate, 200_000), minlength=60) for rate in (4.0, 4.4))
    asked = Equivalence("new_t2", margin=1.0, people_per_arm=120)
    found = alike(asked, first.tolist(), other.tolist(), seed=1)
    error = math.sqrt((4.0 + 4.4) / 120)
    half = norm.ppf(0.975) * error
    expected = norm.cdf((1.0 - half - 0.4) / error) - norm.cdf((-1.0 + half - 0.4) / error)
    assert found.share == pytest.approx(expected, abs=0.03)
    assert found.difference == pytest.approx(0.4, abs=0.02)
    assert found.seen == pytest.approx((0.4 - 1.645 * error, 0.4 + 1.645 * error), abs=0.03)


def test_a_trial_of_two_people_is_what_the_binomial_distribution_says() -> None:
    asked = Equivalence("relapses", margin=1.5, people_per_arm=2, confidence=0.5)
    found = alike(asked, [50, 50], [50, 50], seed=2)
    # Each arm sees 0, 1 or 2 relapses with 1/4, 1/2, 1/4; half the interval is 0.674 errors, at most 0.674 * 0.71.
    assert found.share == pytest.approx(1.0)
    strict = alike(Equivalence("relapses", margin=0.4, people_per_arm=2, confidence=0.5), [50, 50], [50, 50], seed=2)
    # Within 0.4 only where both arms saw the same and neither varies: 2 * (1/4)^2.
    assert strict.share == pytest.approx(2 / 16, abs=0.015)


def test_the_same_arms_differ_by_nothing_and_the_same_seed_gives_the_same_answer() -> None:
    asked = Equivalence("new_t2", margin=0.5, people_per_arm=100)
    assert alike(asked, [10, 5, 2], [10, 5, 2], seed=4).difference == 0
    assert alike(asked, [10, 5, 2], [9, 5, 3], seed=4) == alike(asked, [10, 5, 2], [9, 5, 3], seed=4)
    assert alike(asked, [10, 5, 2], [9, 5, 3], seed=4) != alike(asked, [10, 5, 2], [9, 5, 3], seed=5)


def test_a_trial_that_asks_gets_an_answer_for_every_arm_but_the_first() -> None:
    arms = (Arm("a"), Arm("b"), Arm("c", mg=0))
    asked = Equivalence("new_t2", margin=1, people_per_arm=100)
    found = alike_arms(run(Trial("t", arms, people=200, weeks=52, equivalence=asked), others=()))
    assert list(found) == ["b", "c"]
    assert found["b"].share > 0.5 > found["c"].share
    assert alike_arms(run(Trial("t", arms, people=10, weeks=4), others=())) == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": "cost"}, "'cost' is none; there are new_t2"),
        ({"margin": 0}, "margin 0 must be above 0"),
        ({"margin": math.nan}, "margin nan"),
        ({"people_per_arm": 1}, "people_per_arm 1 is outside"),
        ({"confidence": 1}, "confidence 1 is outside"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, float], said: str) -> None:
    plain: dict[str, object] = {"outcome": "new_t2", "margin": 1.0, "people_per_arm": 100}
    with pytest.raises(ModelError, match=said):
        Equivalence(**{**plain, **given})  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="give two or more"):
        Trial("t", (Arm("a"),), people=1, weeks=4, equivalence=Equivalence("new_t2", 1, 100))
