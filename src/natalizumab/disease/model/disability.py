"""The EDSS of virtual people: steps that stay, and what relapses add and mostly take away again.

Each confirmed progression raises the score by the least rise that counts from where the person began. A relapse raises
it at once, as much as in AFFIRM, and the rest of that goes away with a time constant; what it leaves is, on average,
what was seen there too, those relapses included that leave a confirmed progression. Scores are not rounded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.chance import keys, uniform
from natalizumab.disease.model.course import Course
from natalizumab.disease.model.people import Block
from natalizumab.disease.model.progression import Relapses
from natalizumab.evidence import value
from natalizumab.pharmacology.population import normal_within

Numbers = NDArray[np.float64]

WORST = 10.0
"""Of the scale: death from MS."""


def scores_at_start(block: Block) -> Numbers:
    """Of each person (people,), in half points."""
    mean, sd, most = (float(value(f"courses.edss.{name}").value) for name in ("start", "start_sd", "most_at_start"))
    drawn = normal_within(uniform(keys(block.seed, "EDSS", block.first, block.count)), mean, sd, 0.0, most)
    return np.asarray(np.rint(2 * drawn) / 2)


def least_rises(scores: Numbers) -> Numbers:
    """How far each must rise to count as worse."""
    lowest, rise = (np.array(value(f"disease.worsening.{name}").value, float) for name in ("from", "rise"))
    return np.asarray(rise[np.searchsorted(lowest, scores, side="right") - 1])


def edss(course: Course, begun: Numbers, day: float) -> Numbers:
    """On a day, of people with those scores on the first (people,)."""
    rise, people = least_rises(begun), len(begun)
    steps = course.progressions
    slowly = steps.person[~steps.by_relapse & (steps.day <= day)]
    raised = np.bincount(slowly, minlength=people) * rise
    came = Relapses.of(course.relapses, course.saturation, course.untreated.start, course.untreated.parameters)
    past = came.day <= day
    added = np.bincount(came.person[past], _added(came, rise, day)[past], people)
    return np.clip(begun + raised + added, 0.0, WORST)


def _added(came: Relapses, rise: Numbers, day: float) -> Numbers:
    """What each relapse (events,) adds on a day after it."""
    step, chance = rise[came.person], came.worsening
    # Those that leave no progression leave so much that all together leave what was published.
    other = (_between("left", came.saturation) - chance * step) / np.maximum(1 - chance, 1e-9)
    left = np.where(came.worsens, step, other)
    going = np.exp(-np.maximum(day - came.day, 0) / value("courses.edss.recovery").value)
    return np.asarray(left + (_between("rise", came.saturation) - left) * going)


def _between(name: str, saturation: Numbers) -> Numbers:
    """From that without the drug to that on it, as it saturates."""
    untreated, treated = (float(value(f"courses.edss.{name}_{arm}").value) for arm in ("untreated", "treated"))
    return untreated + (treated - untreated) * saturation
