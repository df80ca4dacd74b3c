"""No evidence of disease activity, of virtual people: counted from the day of the rebaseline scan on.

NEIDA: no new T2 lesion, no lesion with contrast and no relapse. NEDA-3: and no confirmed progression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.course import Course
from natalizumab.disease.model.processes import counted
from natalizumab.disease.model.scans import scans

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neda:
    """Whether each person (people,) had none."""

    neida: NDArray[np.bool_]
    neda_3: NDArray[np.bool_]


def neda(course: Course, since: float, scan_days: Numbers, until: float) -> Neda:
    """From day ``since``, when a scan is the reference, to day ``until``, with scans on days between."""
    count = course.untreated.block.count
    shown = scans(course.lesions, count, scan_days, since)
    quiet = ~(shown.new_t2.any(axis=1) | shown.contrast.any(axis=1)) & (relapse_counts(course, since, until) == 0)
    return Neda(quiet, quiet & ~course.progressions.between(since, until, count))


def relapse_counts(course: Course, since: float, until: float) -> NDArray[np.int64]:
    """Of each person (people,), after day ``since`` up to day ``until``."""
    people = course.untreated.block.count
    return np.asarray(sum(counted(one.person, one.day, since, until, people) for one in course.relapses))
