"""Rows 7 and 8: how much of the alpha-4 integrin is occupied."""

from __future__ import annotations

import numpy as np

from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Adults
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.row import Row, accepted, published, up_to

LITTLE_MG_PER_L = 1.0
"""Row 8 is about concentrations below this; the curve rises, so the highest saturation is the one here."""


def saturation_at_trough(adults: Adults) -> list[Row]:
    """Row 7: the mean saturation at a 4-weekly trough."""
    trough = adults.steady("iv", STANDARD_WEEKS).trough / adults.assay_factor
    found = 100 * adults.saturation_curve.at(trough)
    key = "saturation_at_trough"
    return [
        Row(
            7, "Mean saturation at a 4-weekly trough", "%",
            published(f"{key}.published"), accepted(f"{key}.accept"), float(found.mean()),
            standard_error(np.mean, found),
        )
    ]  # fmt: skip


def saturation_below_1(adults: Adults) -> list[Row]:
    """Row 8: the highest saturation below 1 mg/L. No people are drawn for it."""
    found = 100 * adults.saturation_curve.at(LITTLE_MG_PER_L / adults.assay_factor)
    key = "saturation_below_1.published"
    return [Row(8, "Saturation at 1 mg/L, the highest below it", "%", published(key), up_to(key), found, 0.0)]
