"""What nobody knows beside the model's fitted parameters: each set of those is run with another guess at it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr

from natalizumab.cohort.harms import Scenario
from natalizumab.evidence import value
from natalizumab.pharmacology.evenly import evenly

HALF_WIDTH = 1.959963984540054
"""Of a 95 % interval, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Unknowns:
    """The hazard ratio of PML at extended intervals, and the share of less fatigue that is the drug's."""

    hazard_ratio: float
    fatigue_share: float


def best(scenario: Scenario) -> Unknowns:
    """As published."""
    return Unknowns(scenario.ratio, float(value("courses.fatigue.drug_share").value))


def spread(count: int, scenario: Scenario) -> tuple[Unknowns, ...]:
    """So many guesses, evenly over what is left open."""
    low, high = value("courses.fatigue.drug_share").interval or (0.0, 1.0)
    each = evenly(max(count, 1))[:count, :2].tolist()
    return tuple(Unknowns(_ratio(scenario, z), low + (high - low) * float(ndtr(other))) for z, other in each)


def _ratio(scenario: Scenario, z: float) -> float:
    """A hazard ratio so many standard deviations from the published one; its published interval holds 95 %.

    On a scale of logarithms, and of its own width on either side: published intervals are not symmetric.
    """
    low, high = scenario.interval
    end = high if z > 0 else low
    return scenario.ratio * math.exp(abs(z) / HALF_WIDTH * math.log(end / scenario.ratio))
