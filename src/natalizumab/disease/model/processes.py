"""Events that come at random: exactly, and the same ones in every arm of a trial.

Each person's candidates come at the rate that they would have untreated. An arm keeps each with the share to which it
lowers the rate on that day (thinning: P. A. W. Lewis, G. S. Shedler. Nav Res Logist Q 1979;26:403-413). So nothing is
decided by steps in time, and two arms differ in just those events that one keeps and the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.chance import Keys, exponential, keys, keys_of, uniform
from natalizumab.disease.model.people import Block

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

TOGETHER = 8
"""So many waiting times are drawn at once."""

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Candidates:
    """By person and then by day; arrays of shape (events,). ``person`` counts within the block; ``key`` is for what
    belongs to the event.
    """

    person: Indices
    day: Numbers
    key: Keys
    kept_below: Numbers

    def kept(self, share: Numbers) -> Candidates:
        """Those that stay where the rate is so large a share (events,) of the untreated."""
        which = self.kept_below < share
        return Candidates(self.person[which], self.day[which], self.key[which], self.kept_below[which])


def candidates(block: Block, purpose: str, per_year: Numbers, start: float, end: float) -> Candidates:
    """Events at constant rates (people,), from day ``start`` to day ``end``."""
    key, rate = keys(block.seed, purpose, block.first, block.count), per_year / DAYS_PER_YEAR
    awake = np.flatnonzero(rate > 0)
    reached, number = np.full(len(awake), float(start)), 0
    people, days, numbers = [], [], []
    while len(awake):
        waiting = exponential(key[awake, None], np.arange(number, number + TOGETHER)) / rate[awake, None]
        day = reached[:, None] + np.cumsum(waiting, axis=1)
        row, column = np.nonzero(day < end)
        people.append(awake[row])
        days.append(day[row, column])
        numbers.append(column + number)
        going = day[:, -1] < end
        awake, reached, number = awake[going], day[going, -1], number + TOGETHER
    if not people:
        nothing = np.empty(0)
        return Candidates(nothing.astype(np.int64), nothing, nothing.astype(np.uint64), nothing)
    person, day, which = (np.concatenate(column) for column in (people, days, numbers))
    order = np.lexsort((day, person))
    person, day, own = person[order], day[order], keys_of(key[person[order]], which[order])
    return Candidates(person, day, own, uniform(own))


def counted(person: Indices, day: Numbers, since: float, until: float, people: int) -> Indices:
    """How many events each of so many people has after one day, up to and with another; shape (people,)."""
    return np.bincount(person[(day > since) & (day <= until)], minlength=people)


def first_days(person: Indices, day: Numbers, people: int) -> Numbers:
    """The day of each one's first event, shape (people,); infinite where there is none."""
    days = np.full(people, np.inf)
    np.minimum.at(days, person, day)
    return days
