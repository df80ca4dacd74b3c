"""A person's concentration on very many days at once, for drawing: the posterior stood in for by plausible people.

``Posterior.predict`` is exact and takes tens of milliseconds a day, which suits a few troughs. A picture has hundreds
of days and shows no more than two digits: 8,000 people drawn evenly from the posterior do for it, in the time of a few
exact days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.marks import Band
from natalizumab.pharmacology.quadrature import people_with, predictor
from natalizumab.pharmacology.simulated import percentiles
from natalizumab.pharmacology.solver import solve

if TYPE_CHECKING:
    from natalizumab.pharmacology.individual import Posterior

Numbers = NDArray[np.float64]

PEOPLE = 8000
"""Above the target, the median is then within 1 % of what ``predict`` says, the ends of the band within some 10 %."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The true concentration (mg/L) of plausible people; ``concentration`` is of shape (days, people), unordered."""

    days: Numbers
    band: Band
    concentration: Numbers

    def at_least(self, target_mg_per_l: float) -> Numbers:
        """The probability (0-1) of a concentration at or above the target on each of the days."""
        return np.asarray((self.concentration >= target_mg_per_l).mean(axis=1))


def course(posterior: Posterior, days: Numbers) -> Course:
    """What the posterior says of those days (sorted), drawn without chance: the same again gives the same."""
    z, hypotheses, weight = posterior.people()
    # In the order of how fast they lose the drug, so that evenly drawn people are evenly spread.
    order = np.lexsort((z[:, 0] + z[:, 2], hypotheses))
    z, hypotheses, weight = z[order], hypotheses[order], weight[order]
    reached = np.cumsum(weight)
    chosen = np.searchsorted(reached, (np.arange(PEOPLE) + 0.5) / PEOPLE * reached[-1])
    people = people_with(z[chosen], posterior.weight_kg)
    model = predictor(posterior.history, posterior.weight_kg, posterior.hypotheses, posterior.bioavailability)
    found = np.ascontiguousarray(solve(model.changes.of(hypotheses[chosen]), people, days).concentration.T)
    return Course(days, Band(*percentiles(found)[0]), found)
