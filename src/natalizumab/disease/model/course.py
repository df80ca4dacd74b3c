"""The whole chain for a block of people: from concentrations to what happens to them in one arm of a trial."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.blood import lymphocytes
from natalizumab.disease.model.brain import Brain, brain
from natalizumab.disease.model.lesions import Lesions, clusters, lesions
from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.people import Block, Susceptibility, susceptibility
from natalizumab.disease.model.pools import Pools, cells, middles, pools, trafficking
from natalizumab.disease.model.processes import Candidates
from natalizumab.disease.model.progression import Progressions, gradual, progressions
from natalizumab.disease.model.relapses import relapses, untreated_relapses
from natalizumab.pharmacology.saturation import SaturationCurve, curve

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Untreated:
    """What a block of people brings into every arm: who they are, and all that would happen to them untreated.

    Days run from ``start`` to ``end``; ``age`` (people,) is that on day ``start``, in years.
    """

    block: Block
    parameters: Parameters
    start: float
    end: float
    age: Numbers
    people: Susceptibility
    clusters: Candidates
    relapses: tuple[Candidates, Candidates]
    progression: Candidates

    @property
    def days(self) -> Numbers:
        """On which saturation must be known: the middles of cells."""
        return middles(self.start, self.end - self.start)


@dataclass(frozen=True)
class Course:
    """What happens to a block of people in one arm; ``saturation`` (cells, people) is that in the middle of cells."""

    untreated: Untreated
    saturation: Numbers
    pools: Pools
    drive: Numbers
    lesions: Lesions
    relapses: tuple[Candidates, Candidates]
    progressions: Progressions

    @cached_property
    def brain(self) -> Brain:
        """Brain volume since day ``start``."""
        before = self.untreated
        return brain(self.drive, before.start, before.age, before.people, before.parameters)

    @cached_property
    def lymphocytes(self) -> Numbers:
        """Multiples of the untreated count at the ends of cells (cells + 1, people)."""
        return lymphocytes(self.saturation, self.untreated.parameters)


def untreated(block: Block, parameters: Parameters, age: Numbers, start: float, end: float) -> Untreated:
    """Draw everything that no arm of a trial changes."""
    people = susceptibility(block, parameters)
    return Untreated(
        block, parameters, start, end, age, people,
        clusters(block, people, parameters, start, end),
        untreated_relapses(block, people, parameters, start, end),
        gradual(block, parameters, start, end),
    )  # fmt: skip


def course(before: Untreated, concentration: Numbers | None, used: SaturationCurve | None = None) -> Course:
    """Under concentrations (people, days) in mg/L on ``before.days``; None is no drug at all."""
    parameters, count = before.parameters, before.block.count
    if concentration is None:
        saturation = np.zeros((cells(before.end - before.start), count))
    else:
        saturation = np.ascontiguousarray((used or curve()).at(concentration).T)
    traffic = trafficking(saturation, before.people.least_trafficking, parameters.steepness)
    both = pools(traffic, before.start, parameters)
    drive = both.drive()
    came = relapses(before.relapses, both, drive, parameters)
    return Course(
        before, saturation, both, drive,
        lesions(before.clusters, both, drive, parameters),
        came,
        progressions(before.progression, came, saturation, before.start, parameters),
    )  # fmt: skip
