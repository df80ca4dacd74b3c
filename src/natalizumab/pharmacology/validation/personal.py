"""Row 6: the interval that suits each person, and the infusions it saves.

Each virtual adult gets the longest interval whose sustained trough, after two years of it, is at or above the target.
Intervals are whole weeks, as clinics plan them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Adults, Numbers
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.row import Row, around, published

LONGEST_WEEKS = 52


def personal_interval(adults: Adults) -> list[Row]:
    """Both of its figures, for whole weeks."""
    whole = longest(adults, float(value("pk.target_trough").value)).astype(np.float64)
    return [
        Row(
            6, "Mean personalised interval, each of whole weeks, for a trough of 2 mg/L", "week",
            published("personal_interval.published"), around("personal_interval"), float(whole.mean()),
            standard_error(np.mean, whole),
        ),
        Row(
            6, "Infusions saved by it against 4-weekly dosing", "%",
            published("infusions_saved.published"), around("infusions_saved"), saved(whole),
            standard_error(saved, whole),
        ),
    ]  # fmt: skip


def longest(adults: Adults, target_mg_per_l: float) -> NDArray[np.int64]:
    """The longest intervals (weeks) with a sustained trough at or above the target, as the people's assay reads it.

    Troughs fall as intervals grow, so weeks are tried one after the other until nobody is left above the target.
    """
    enough = []
    for weeks in range(1, LONGEST_WEEKS + 1):
        enough.append(adults.steady("iv", weeks).trough >= target_mg_per_l)
        if not enough[-1].any():
            break
    return np.asarray(np.logical_and.accumulate(np.array(enough)).sum(axis=0))


def saved(weeks: Numbers) -> float:
    """Per cent fewer infusions in the same time than with the standard interval, over all people."""
    return float(100 * (1 - (STANDARD_WEEKS / weeks).mean()))
