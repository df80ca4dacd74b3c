"""Confirmed progression of disability: with a constant hazard that treatment hardly moves, and after some relapses.

hazard h_P a year; each relapse leaves a confirmed progression with the probability p_w, which falls with saturation
from that of the untreated to that of the treated
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.chance import uniform
from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.people import Block
from natalizumab.disease.model.pools import CELL_DAYS
from natalizumab.disease.model.processes import Candidates, candidates, counted, first_days

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

WORSENING = 1
"""Which number of a relapse's key says whether it leaves something."""


@dataclass(frozen=True, slots=True)
class Progressions:
    """Onsets of confirmed progression by person and then by day (events,), and whether a relapse did it."""

    person: Indices
    day: Numbers
    by_relapse: NDArray[np.bool_]

    def first(self, people: int) -> Numbers:
        """The day of each person's first, shape (people,); infinite where there is none."""
        return first_days(self.person, self.day, people)

    def between(self, since: float, until: float, people: int) -> NDArray[np.bool_]:
        """Whether each of so many people has one after one day, up to and with another."""
        return counted(self.person, self.day, since, until, people) > 0


def gradual(block: Block, parameters: Parameters, start: float, end: float) -> Candidates:
    """Progression without relapses; the same in every arm."""
    return candidates(block, "progression", np.full(block.count, parameters.progression), start, end)


def progressions(
    slowly: Candidates, relapses: tuple[Candidates, ...], saturation: Numbers, start: float, parameters: Parameters
) -> Progressions:
    """All that come under treatment; ``saturation`` (cells, people) is that in the middle of cells, which begin on
    day ``start``.
    """
    came = Relapses.of(relapses, saturation, start, parameters)
    left = came.worsens
    whose, when = np.concatenate([slowly.person, came.person[left]]), np.concatenate([slowly.day, came.day[left]])
    order = np.lexsort((when, whose))
    by_relapse = np.repeat([False, True], [len(slowly.person), int(left.sum())])
    return Progressions(whose[order], when[order], by_relapse[order])


@dataclass(frozen=True, slots=True)
class Relapses:
    """Of both kinds together (events,): whose, the day, the saturation on it, the probability that one leaves a
    confirmed progression, and whether it does.
    """

    person: Indices
    day: Numbers
    saturation: Numbers
    worsening: Numbers
    worsens: NDArray[np.bool_]

    @classmethod
    def of(
        cls, relapses: tuple[Candidates, ...], saturation: Numbers, start: float, parameters: Parameters
    ) -> Relapses:
        """``saturation`` (cells, people) is that in the middle of cells, which begin on day ``start``."""
        person = np.concatenate([relapse.person for relapse in relapses])
        day = np.concatenate([relapse.day for relapse in relapses])
        chance = np.concatenate([uniform(relapse.key, WORSENING) for relapse in relapses])
        cell = np.clip(((day - start) / CELL_DAYS).astype(np.int64), 0, len(saturation) - 1)
        there = saturation[cell, person]
        untreated, treated = parameters.worsening_untreated, parameters.worsening_treated
        worsening = untreated + (treated - untreated) * there
        return cls(person, day, there, worsening, chance < worsening)
