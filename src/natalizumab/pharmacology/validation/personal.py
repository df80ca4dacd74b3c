"""Row 6: the interval that suits each person, and the infusions it saves.

Each virtual adult gets the longest interval whose sustained trough, after two years of it, is at or above the target.
Intervals are whole weeks, as clinics plan them; the same in fractions of weeks stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.parameters import published as parameters
from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Adults, Numbers
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.row import Row, around, published

LONGEST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Intervals:
    """Each person's longest interval, in whole weeks and in fractions of weeks; shape (people,)."""

    whole: NDArray[np.int64]
    fractional: Numbers


def personal_interval(adults: Adults) -> list[Row]:
    """Both of its figures, for whole weeks."""
    whole = longest(adults, float(value("pk.target_trough").value)).whole.astype(np.float64)
    return [
        Row(
            6, "Mean personalised interval for a trough of 2 mg/L, whole weeks", "week",
            published("personal_interval.published"), around("personal_interval"), float(whole.mean()),
            standard_error(np.mean, whole),
        ),
        Row(
            6, "Infusions saved by it against 4-weekly dosing", "%",
            published("infusions_saved.published"), around("infusions_saved"), saved(whole),
            standard_error(saved, whole),
        ),
    ]  # fmt: skip


def longest(adults: Adults, target_mg_per_l: float) -> Intervals:
    """The longest intervals with a sustained trough at or above the target, as the people's assay reads it.

    Troughs fall as intervals grow, so weeks are tried one after the other until nobody is left above the target.
    """
    troughs = []
    for weeks in range(1, LONGEST_WEEKS + 1):
        troughs.append(adults.steady("iv", weeks).trough)
        if (troughs[-1] < target_mg_per_l).all():
            break
    by_week = np.array(troughs)
    whole = np.logical_and.accumulate(by_week >= target_mg_per_l).sum(axis=0)
    return Intervals(whole, whole + fraction(by_week, whole, target_mg_per_l))


def saved(weeks: Numbers) -> float:
    """Per cent fewer infusions in the same time than with the standard interval, over all people."""
    return float(100 * (1 - (STANDARD_WEEKS / weeks).mean()))


def fraction(by_week: Numbers, whole: NDArray[np.int64], target: float) -> Numbers:
    """How far into the next week the trough stays above the target; between two weeks C/Km + log C is a straight line,
    which is what saturated elimination makes of it.
    """
    who = np.arange(by_week.shape[1])
    km = parameters().km
    here, next_ = (
        by_week[np.clip(week - 1, 0, len(by_week) - 1), who] for week in (whole, np.minimum(whole + 1, len(by_week)))
    )
    last, after, aim = (c / km + np.log(c) for c in (here, next_, np.float64(target)))
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (last - aim) / (last - after)
    return np.asarray(np.where((whole > 0) & (whole < len(by_week)), part, 0.0))
