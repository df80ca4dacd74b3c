"""Quantiles and shares of weighted numbers, against the same numbers written out as often as they weigh."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from natalizumab.pharmacology.quantiles import weighted_quantiles


def test_many_numbers_of_equal_weight_have_the_quantiles_of_their_distribution() -> None:
    values = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    found = weighted_quantiles(np.random.default_rng(1).permutation(values), np.ones(20_000))
    shares = [0.05, 0.5, 0.95]
    assert found.quantiles(shares) == pytest.approx(stats.norm.ppf(shares), abs=1e-3)
    assert found.at_least(1.0) == pytest.approx(stats.norm.sf(1.0), abs=1e-4)


def test_weights_count_as_so_many_equal_numbers() -> None:
    values = np.random.default_rng(2).lognormal(size=3000)
    often = np.random.default_rng(3).integers(1, 9, size=3000)
    weighted = weighted_quantiles(values, often.astype(float))
    written_out = weighted_quantiles(np.repeat(values, often), np.ones(often.sum()))
    shares = np.linspace(0.02, 0.98, 25).tolist()
    assert weighted.quantiles(shares) == pytest.approx(written_out.quantiles(shares), rel=5e-3)
    assert weighted.at_least(1.0) == pytest.approx(written_out.at_least(1.0), abs=2e-3)


def test_the_scale_of_the_weights_is_no_matter() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 1.0])
    one, other = weighted_quantiles(values, weights), weighted_quantiles(values, 1000 * weights)
    assert one.values.tolist() == [1, 2, 3]
    assert one.below == pytest.approx(other.below)
    assert one.below == pytest.approx([0.25, 0.625, 0.875])


def test_beyond_all_numbers_a_share_is_all_or_nothing() -> None:
    found = weighted_quantiles(np.array([1.0, 2.0]), np.ones(2))
    assert (found.at_least(0.5), found.at_least(2.5)) == (1, 0)


def test_what_weighs_next_to_nothing_is_left_out() -> None:
    found = weighted_quantiles(np.array([1.0, 2.0, 1e9]), np.array([1.0, 1.0, 1e-12]))
    assert found.quantiles([0.999]).tolist() == [2.0]


def test_nothing_that_weighs_anything_has_no_quantiles() -> None:
    with pytest.raises(ValueError, match="no value weighs anything"):
        weighted_quantiles(np.array([1.0, 2.0]), np.zeros(2))
