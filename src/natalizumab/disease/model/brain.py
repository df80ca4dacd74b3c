"""Brain volume, in per cent of that on the first day: tissue that is lost for good, and water that inflammation adds.

    dV/dt = -(a(age) + b_ms + c q lesion_rate g E)           per cent a year
    dW/dt = (W0 min(g, 3) E - W) / tau                        W begins in balance; a scan measures V + W

As the water goes in the first year of treatment the brain looks smaller than it has become: pseudoatrophy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.people import Susceptibility
from natalizumab.disease.model.pools import CELL_DAYS, at, follow
from natalizumab.disease.model.processes import DAYS_PER_YEAR

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Brain:
    """Changes since day ``start`` in per cent, at the ends of cells (cells + 1, people): of tissue, and of water."""

    start: float
    tissue: Numbers
    water: Numbers

    def measured(self, day: float) -> Numbers:
        """What a scan of that day shows, shape (people,)."""
        people = np.arange(self.tissue.shape[1])
        return at(self.tissue + self.water, self.start, np.full(len(people), float(day)), people)


def normal_loss(age: Numbers, parameters: Parameters) -> Numbers:
    """Per cent a year without MS, at ages in years."""
    rising = parameters.loss_at_45 + parameters.loss_per_year_of_age * (age - 45)
    return np.maximum(rising, parameters.least_loss)


def brain(drive: Numbers, start: float, age: Numbers, people: Susceptibility, parameters: Parameters) -> Brain:
    """Under a drive (cells + 1, people), of people with those ages on day ``start`` (people,)."""
    years = CELL_DAYS / DAYS_PER_YEAR
    middle = 0.5 * (drive[1:] + drive[:-1])
    tissue = np.empty_like(drive)
    tissue[0] = 0.0
    lost = tissue[1:]
    np.multiply(
        middle, parameters.loss_per_lesion * parameters.detected * parameters.lesion_rate * people.lesions, lost
    )
    for cell in range(len(lost)):
        lost[cell] += normal_loss(age + years * (cell + 0.5), parameters) + parameters.loss_of_ms
    lost *= -years
    np.cumsum(lost, axis=0, out=lost)
    most = parameters.oedema * np.minimum(people.lesions, parameters.oedema_most)
    water = follow(most * middle, most * drive[0], parameters.oedema_days)
    return Brain(start, tissue, water - water[0])
