"""Fatigue of virtual people, on a visual analogue scale of 0 to 100: it follows the drive of inflammation.

    change = share A (1 - E) / (1 - E at 12 weeks)        A differs between people, as it did in ENER-G

Nobody has compared it with people without the drug: ``share`` says how much of the change is the drug's, from nothing
to all, and a trial carries that whole range forward.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from natalizumab.disease.model.chance import keys, uniform
from natalizumab.disease.model.course import Course
from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.pools import at
from natalizumab.evidence import value
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK

Numbers = NDArray[np.float64]


def fatigue(course: Course, share: float, day: float) -> Numbers:
    """The change since the first day (people,), less than 0 where fatigue is less."""
    before = course.untreated
    block = before.block
    z = ndtri(uniform(keys(block.seed, "fatigue", block.first, block.count)))
    of_each = value("disease.fatigue.ener_g_vas").value + value("courses.fatigue.sd").value * z
    people = np.arange(block.count)
    drive = at(course.drive, before.start, np.full(block.count, float(day)), people)
    return np.asarray(share * of_each * (1 - drive) / (1 - _drive_then(before.parameters)))


def _drive_then(parameters: Parameters) -> float:
    """The drive after the weeks of the study, if the drug had saturated all from the first day on."""
    days, least = DAYS_PER_WEEK * value("courses.fatigue.after").value, parameters.least_trafficking
    fast, slow = (math.exp(-days / tau) for tau in (parameters.fast_days, parameters.slow_days))
    left = (1 - parameters.slow_share) * fast + parameters.slow_share * slow
    return least + (1 - least) * left
