"""Rows 1 to 5: peaks and troughs of 4- and 6-weekly infusions."""

from __future__ import annotations

import numpy as np

from natalizumab.evidence import value
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Adults, Numbers
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.row import Row, accepted, around, from_, published

EXTENDED_WEEKS = 6

ENOUGH_MG_PER_L = 10.0
"""Row 3 counts the people from here on."""


def peak(adults: Adults) -> list[Row]:
    """Row 1: the mean steady-state peak."""
    found = adults.steady("iv", STANDARD_WEEKS).cmax
    return [
        Row(
            1, "Mean steady-state peak, intravenous, 4-weekly", "mg/L",
            published("cmax_iv.published"), around("cmax_iv"), float(found.mean()), standard_error(np.mean, found),
        )
    ]  # fmt: skip


def trough(adults: Adults) -> list[Row]:
    """Row 2: the mean steady-state trough."""
    found = adults.steady("iv", STANDARD_WEEKS).trough
    key = "trough_4_weekly"
    return [
        Row(
            2, "Mean steady-state trough, intravenous, 4-weekly", "mg/L",
            published(f"{key}.published"), accepted(f"{key}.accept"), float(found.mean()),
            standard_error(np.mean, found),
        )
    ]  # fmt: skip


def share_with_enough(adults: Adults) -> list[Row]:
    """Row 3: how many people have a trough of 10 mg/L or more."""
    enough = 100.0 * (adults.steady("iv", STANDARD_WEEKS).trough >= ENOUGH_MG_PER_L)
    return [
        Row(
            3, "People with a 4-weekly trough of 10 mg/L or more", "%",
            published("share_from_10.published"), around("share_from_10"), float(enough.mean()),
            standard_error(np.mean, enough),
        )
    ]  # fmt: skip


def fall(adults: Adults) -> list[Row]:
    """Row 4: how much lower the mean trough is at 6 weeks."""
    standard, extended = (adults.steady("iv", weeks).trough for weeks in (STANDARD_WEEKS, EXTENDED_WEEKS))

    def lower(longer: Numbers, usual: Numbers) -> float:
        return float(100 * (1 - longer.mean() / usual.mean()))

    return [
        Row(
            4, "Mean trough at 6 weeks, lower than at 4 by", "%",
            published("fall_6_weekly.published"), accepted("fall_6_weekly.accept"), lower(extended, standard),
            standard_error(lower, extended, standard),
        )
    ]  # fmt: skip


def time_to_steady_state(adults: Adults) -> list[Row]:
    """Row 5: how much of the mean steady-state trough is reached at the published time."""
    weeks = value("validation.steady_state.published")
    early = adults.ended(Regimen("iv", STANDARD_WEEKS, round(weeks.value / STANDARD_WEEKS))).trough
    late = adults.steady("iv", STANDARD_WEEKS).trough

    def reached(early: Numbers, late: Numbers) -> float:
        return float(100 * early.mean() / late.mean())

    return [
        Row(
            5, "Share of the mean steady-state trough reached by the published time to it", "%",
            float(weeks.value), from_("steady_state.accept_from"), reached(early, late),
            standard_error(reached, early, late), published_unit=weeks.unit,
        )
    ]  # fmt: skip
