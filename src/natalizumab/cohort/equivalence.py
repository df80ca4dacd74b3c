"""Would a trial of usual size find two arms alike? Many such trials, drawn from the counts of a great virtual one.

In a real trial other people are in each arm, so chance is not shared. Each drawn trial takes so many people of each arm
anew, and asks whether the confidence interval of the difference of means lies within the margin on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from natalizumab.disease.model.chance import generator
from natalizumab.errors import ModelError

Numbers = NDArray[np.float64]

DRAWN = 10_000
"""Trials; their share within the margin is right to half a percentage point."""

COUNTED = ("new_t2", "contrast", "new_contrast", "relapses", "reactions")
"""Outcomes that it can be asked of."""


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Is the difference of ``outcome`` within ``margin`` either way, at a two-sided ``confidence``, with so many people
    in each arm? Raises ModelError for what can't be.
    """

    outcome: str
    margin: float
    people_per_arm: int
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if self.outcome not in COUNTED:
            raise ModelError(f"equivalence: outcome {self.outcome!r} is none; there are {', '.join(COUNTED)}")
        if not self.margin > 0:
            raise ModelError(f"equivalence: margin {self.margin:g} must be above 0")
        if not 2 <= self.people_per_arm <= 100_000:
            raise ModelError(f"equivalence: people_per_arm {self.people_per_arm} is outside 2 to 100000")
        if not 0.5 <= self.confidence < 1:
            raise ModelError(f"equivalence: confidence {self.confidence:g} is outside 0.5 to 1")


@dataclass(frozen=True, slots=True)
class Alike:
    """``difference`` of the means of all virtual people; the share of trials that find the arms alike; and the 5 to
    95 % range of the differences that such trials see.
    """

    difference: float
    share: float
    seen: tuple[float, float]


def alike(asked: Equivalence, reference: Sequence[float], other: Sequence[float], seed: int) -> Alike:
    """From how many people of each arm have 0, 1, 2, … of the outcome."""
    drawn = [
        _trials(np.asarray(counts), asked.people_per_arm, seed, arm)
        for counts, arm in ((reference, "reference"), (other, "other"))
    ]
    (mean, error), (mean_other, error_other) = drawn
    difference = mean_other - mean
    half = ndtri(0.5 + asked.confidence / 2) * np.sqrt(error + error_other)
    within = (difference - half > -asked.margin) & (difference + half < asked.margin)
    low, high = np.quantile(difference, (0.05, 0.95)).tolist()
    return Alike(_mean(other) - _mean(reference), float(within.mean()), (low, high))


def _mean(counts: Sequence[float]) -> float:
    share = np.asarray(counts) / np.sum(counts)
    return float(share @ np.arange(len(share)))


def _trials(counts: Numbers, people: int, seed: int, arm: str) -> tuple[Numbers, Numbers]:
    """The mean of each drawn trial's arm (trials,), and its squared standard error."""
    values = np.arange(len(counts), dtype=float)
    drawn = generator(seed, f"equivalence, {arm}").multinomial(people, counts / counts.sum(), size=DRAWN)
    mean = drawn @ values / people
    variance = np.maximum(drawn @ values**2 / people - mean**2, 0.0) * people / (people - 1)
    return mean, variance / people
