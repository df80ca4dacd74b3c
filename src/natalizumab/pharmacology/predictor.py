"""From the effects between people to the concentrations that the equations give, under each hypothesis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.antibodies import Hypothesis
from natalizumab.pharmacology.going_on import Standing
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
        hypotheses = np.broadcast_to(which, z.shape[:-1]).reshape(-1)
        people = people_with(z.reshape(-1, 3), self.weight_kg)
        found = solve(self.changes.of(hypotheses), people, days, accuracy="rough").concentration
        return straightened(found).reshape(*z.shape[:-1], len(days))

    def each(self, wanted: Sequence[tuple[Numbers, int]], days: Sequence[float]) -> Iterator[tuple[Numbers, Standing]]:
        """The same of several lots of people: their effects (n, 3), all under one hypothesis, with what is known of
        them on the last of the days. They are solved at once.
        """
        lengths = [len(z) for z, _ in wanted]
        hypotheses = np.repeat([which for _, which in wanted], lengths)
        people = people_with(np.concatenate([z for z, _ in wanted]), self.weight_kg)
        found = solve(self.changes.of(hypotheses), people, days, accuracy="rough", remains=True)
        there, last, first = straightened(found.concentration), int(np.argmax(days)), 0
        for length, (_, which) in zip(lengths, wanted, strict=True):
            its, first = slice(first, first + length), first + length
            history = self.changes.of(np.array([which]))
            yield there[its], Standing(days[last], history, found.concentration[its, last], found.remains[its])


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
