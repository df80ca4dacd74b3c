"""Rows 9 and 10: the first dose under the skin, and its troughs beside those of infusions."""

from __future__ import annotations

import numpy as np

from natalizumab.evidence import value
from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Adults, Numbers
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.row import Row, accepted, published


def first_peak(adults: Adults) -> list[Row]:
    """Row 9: when the first dose's peak comes (median), and how high it is (mean)."""
    day, height = adults.first_peak("sc")
    return [
        Row(
            9, "Median time of the peak after a first subcutaneous dose", "day",
            published("sc_tmax.published"), accepted("sc_tmax.accept"), float(np.median(day)),
            standard_error(np.median, day),
        ),
        Row(
            9, "Mean peak after a first subcutaneous dose", "mg/L",
            published("sc_cmax.published"), accepted("sc_cmax.accept"), float(height.mean()),
            standard_error(np.mean, height),
        ),
    ]  # fmt: skip


def trough_ratio(adults: Adults) -> list[Row]:
    """Row 10: mean 4-weekly troughs under the skin over those of infusions, with either share that arrives."""
    label = value("pk.sc_bioavailability").value if adults.bioavailability is None else adults.bioavailability
    return [
        _ratio(adults, "sc_ratio_label", float(label)),
        _ratio(adults, "sc_ratio_cohort", float(value("pk.sc_bioavailability_alternative").value)),
    ]


def _ratio(adults: Adults, key: str, share: float) -> Row:
    skin = adults.steady("sc", STANDARD_WEEKS, share).trough
    vein = adults.steady("iv", STANDARD_WEEKS).trough

    def ratio(skin: Numbers, vein: Numbers) -> float:
        return float(skin.mean() / vein.mean())

    return Row(
        10, f"Subcutaneous over intravenous 4-weekly trough, F {share:.2f}", "1",
        published(f"{key}.published"), accepted(f"{key}.accept"), ratio(skin, vein),
        standard_error(ratio, skin, vein),
    )  # fmt: skip
