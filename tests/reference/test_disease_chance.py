"""Random numbers and processes of the disease model against closed forms, with fixed seeds and stated errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from natalizumab.disease.model.chance import exponential, keys, keys_of, uniform
from natalizumab.disease.model.lesions import cluster_size
from natalizumab.disease.model.people import Block, gamma_quantile
from natalizumab.disease.model.processes import DAYS_PER_YEAR, Candidates, candidates

Numbers = NDArray[np.float64]

MANY = 40_000
LEAST_P = 1e-3
"""A right program fails a test with this probability; the seeds are fixed, so each has passed once and for all."""


def test_numbers_depend_on_the_seed_the_person_the_purpose_and_the_number_alone() -> None:
    whole = keys(5, "anything", 0, 1000)
    assert np.concatenate([keys(5, "anything", 0, 300), keys(5, "anything", 300, 700)]).tobytes() == whole.tobytes()
    assert len({*whole.tolist(), *keys(6, "anything", 0, 1000).tolist(), *keys(5, "other", 0, 1000).tolist()}) == 3000
    numbers = uniform(whole[:, None], np.arange(7))
    assert uniform(whole[41], 3) == numbers[41, 3]
    assert numbers.min() > 0
    assert numbers.max() < 1


def test_the_first_numbers_are_these_on_every_machine() -> None:
    """Philox and SplitMix64 are exact: a change of one bit anywhere would change these."""
    assert keys(1, "clusters of lesions", 0, 2).tolist() == FIRST_KEYS
    assert uniform(np.array(FIRST_KEYS, dtype=np.uint64)).tolist() == FIRST_NUMBERS


@pytest.mark.parametrize("kind", ["people", "numbers", "purposes", "seeds", "keys of keys"])
def test_numbers_are_uniform_and_independent_in_every_direction(kind: str) -> None:
    each: dict[str, Callable[[], Numbers]] = {
        "people": lambda: uniform(keys(1, "p", 0, MANY)),
        "numbers": lambda: uniform(keys(1, "p", 3, 1), np.arange(MANY)),
        "purposes": lambda: np.array([uniform(keys(1, f"p{n}", 0, 1))[0] for n in range(4000)]),
        "seeds": lambda: np.array([uniform(keys(n, "p", 0, 1))[0] for n in range(4000)]),
        "keys of keys": lambda: uniform(keys_of(keys(1, "p", 0, 1), np.arange(MANY))),
    }
    drawn = each[kind]()
    assert stats.kstest(drawn, "uniform").pvalue > LEAST_P
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 4 / np.sqrt(len(drawn))


def test_numbers_of_two_purposes_have_nothing_to_do_with_each_other() -> None:
    one, other = (uniform(keys(1, purpose, 0, MANY)) for purpose in ("one", "other"))
    table, _, _ = np.histogram2d(one, other, bins=10)
    assert stats.chisquare(table.ravel()).pvalue > LEAST_P


def test_waiting_times_are_exponential() -> None:
    assert stats.kstest(exponential(keys(2, "w", 0, MANY)), "expon").pvalue > LEAST_P


@pytest.mark.parametrize("shape", [0.4, 1.0, 2.5])
def test_susceptibility_is_a_gamma_distribution_of_mean_1(shape: float) -> None:
    drawn = gamma_quantile(uniform(keys(3, "g", 0, MANY)), shape)
    assert stats.kstest(drawn, stats.gamma(shape, scale=1 / shape).cdf).pvalue > LEAST_P


@pytest.mark.parametrize("mean", [1.0, 2.0, 6.5])
def test_sizes_of_clusters_are_geometric(mean: float) -> None:
    drawn = cluster_size(uniform(keys(4, "s", 0, MANY)), mean)
    counts = np.bincount(drawn, minlength=41)[1:41]
    expected = stats.geom(1 / mean).pmf(np.arange(1, 41)) * MANY
    kept = expected > 5
    observed, wanted = [*counts[kept], MANY - counts[kept].sum()], [*expected[kept], MANY - expected[kept].sum()]
    assert drawn.min() == 1
    if mean > 1:
        assert stats.chisquare(observed, wanted, sum_check=False).pvalue > LEAST_P


def test_counts_of_a_process_are_poisson_and_its_days_uniform() -> None:
    found = candidates(Block(1, 0, MANY), "x", np.full(MANY, 3.0), 10.0, 10 + DAYS_PER_YEAR)
    counts = np.bincount(np.bincount(found.person, minlength=MANY), minlength=13)
    expected = stats.poisson(3).pmf(np.arange(13)) * MANY
    assert stats.chisquare([*counts[:10], counts[10:].sum()], [*expected[:10], MANY - expected[:10].sum()]).pvalue > (
        LEAST_P
    )
    assert stats.kstest((found.day - 10) / DAYS_PER_YEAR, "uniform").pvalue > LEAST_P
    assert (np.diff(found.person) >= 0).all()
    assert (np.diff(found.day)[np.diff(found.person) == 0] > 0).all()


def test_differences_between_people_make_counts_negative_binomial() -> None:
    shape, mean = 0.75, 4.0
    rates = mean * gamma_quantile(uniform(keys(9, "g", 0, MANY)), shape)
    found = candidates(Block(9, 0, MANY), "x", rates, 0.0, DAYS_PER_YEAR)
    counts = np.bincount(np.bincount(found.person, minlength=MANY).clip(max=25), minlength=26)
    law = stats.nbinom(shape, shape / (shape + mean))
    expected = np.array([*law.pmf(np.arange(25)), law.sf(24)]) * MANY
    assert stats.chisquare(counts, expected).pvalue > LEAST_P


def test_what_is_kept_of_a_process_has_the_lowered_hazard() -> None:
    """A rate that falls in a straight line from whole to nought within a year: first events have a closed form."""
    found = candidates(Block(2, 0, MANY), "x", np.full(MANY, 2.0), 0.0, DAYS_PER_YEAR)
    kept = found.kept(1 - found.day / DAYS_PER_YEAR)
    first = np.full(MANY, np.inf)
    np.minimum.at(first, kept.person, kept.day / DAYS_PER_YEAR)

    def law(year: Numbers) -> Numbers:
        return np.asarray(1 - np.exp(-2 * (year - year**2 / 2)))

    seen = first[np.isfinite(first)]
    assert stats.kstest(law(seen) / law(np.array(1.0)), "uniform").pvalue > LEAST_P
    share = float(law(np.array(1.0)))
    assert abs(len(seen) / MANY - share) < 4 * np.sqrt(share * (1 - share) / MANY)


def test_an_arm_that_lowers_more_keeps_some_of_the_same_events_and_no_others() -> None:
    found = candidates(Block(2, 0, 500), "x", np.full(500, 5.0), 0.0, DAYS_PER_YEAR)
    half, third = (set(_named(found.kept(np.full(len(found.day), share)))) for share in (0.5, 1 / 3))
    assert third < half < set(_named(found))


def test_people_without_a_rate_have_no_events_and_blocks_can_be_cut_anywhere() -> None:
    rates = np.array([0.0, 4.0, 0.0, 9.0, 1.0])
    whole = candidates(Block(1, 0, 5), "x", rates, 0.0, 400.0)
    assert not {0, 2} & set(whole.person.tolist())
    parts = [candidates(Block(1, first, 1), "x", rates[first : first + 1], 0.0, 400.0) for first in range(5)]
    assert np.concatenate([part.day for part in parts]).tobytes() == whole.day.tobytes()
    assert np.concatenate([part.key for part in parts]).tobytes() == whole.key.tobytes()
    nobody = candidates(Block(1, 0, 2), "x", np.zeros(2), 0.0, 400.0)
    assert len(nobody.day) == len(nobody.person) == len(nobody.key) == 0


def _named(found: Candidates) -> list[tuple[int, float]]:
    return list(zip(found.person.tolist(), found.day.tolist(), strict=True))


FIRST_KEYS = [11847896715365537364, 15681558842701139543]
FIRST_NUMBERS = [0.8095213543868618, 0.20711127731777973]
