"""From the effects between people to the concentrations that the equations give, under each hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.antibodies import Hypothesis
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.parameters import published
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.schedule import Schedule, schedule
from natalizumab.pharmacology.solver import solve
from natalizumab.pharmacology.washout import straightened

Numbers = NDArray[np.float64]

FARTHEST = 12.0
"""Nobody is so many standard deviations from the typical person; a search for an absurd level ends here."""


@dataclass(frozen=True, slots=True)
class Predictor:
    """The concentrations of people with effects z, under each of several hypotheses about antibodies."""

    changes: Schedule
    weight_kg: float

    def straightened(self, z: Numbers, which: NDArray[np.int64], days: Sequence[float]) -> Numbers:
        """As ``washout`` has them, shape (..., days), of z with shape (..., 3) under hypotheses ``which`` (...)."""
        flat = z.reshape(-1, 3)
        hypotheses = np.broadcast_to(which, z.shape[:-1]).reshape(-1)
        found = solve(
            self.changes.of(hypotheses), people_with(flat, self.weight_kg), days, accuracy="rough"
        ).concentration
        return straightened(found).reshape(*z.shape[:-1], len(days))


def predictor(
    history: History, weight_kg: float, assumed: Sequence[Hypothesis], bioavailability: float | None
) -> Predictor:
    """For one history, whose antibodies are those that each hypothesis assumes."""
    periods = [(one.start, one.end) for one in assumed]
    different = list(dict.fromkeys(periods))
    histories = [assumed[periods.index(period)].applied(history) for period in different]
    changes = schedule(histories, bioavailability)
    return Predictor(changes.of(np.array([different.index(period) for period in periods])), weight_kg)


def people_with(z: Numbers, weight_kg: float) -> People:
    """People of one weight with the effects z, shape (people, 3)."""
    cl, vp, vmax = np.exp(np.clip(z, -FARTHEST, FARTHEST) * published().omegas).T
    return People(np.full(len(z), weight_kg), cl, vp, vmax)
