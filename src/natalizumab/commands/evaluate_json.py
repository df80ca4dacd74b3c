"""A clinic's levels against the model as JSON: unrounded, every level too."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from natalizumab.evidence import value
from natalizumab.pharmacology.clinic_levels import ClinicLevels
from natalizumab.pharmacology.estimates import Estimate
from natalizumab.pharmacology.evaluation import Evaluation, Group
from natalizumab.pharmacology.measured import keys_behind_levels
from natalizumab.pharmacology.observed_chart import table_of
from natalizumab.pharmacology.provenance import by_status


def as_text(
    clinic: ClinicLevels,
    found: Evaluation,
    *,
    on: date,
    share: float | None,
    assay_factors: Mapping[str, float],
) -> str:
    """The whole of it. Of an interval that the data leave open, the end is null."""
    levels = table_of(found.compared)
    plain = {
        "on": on.isoformat(),
        "bioavailability": _absorbed(found, share),
        "assay_factors": dict(assay_factors),
        "verdict": asdict(found.overall.verdict),
        "overall": _group(found.overall),
        "groups": [_group(group) for group in found.groups],
        "levels": [dict(zip(levels.columns, row, strict=True)) for row in levels.rows()],
        "levels_not_compared": [{**asdict(one), "on": one.on and one.on.isoformat()} for one in found.uncompared],
        "left_out": [asdict(one) for one in clinic.left_out],
        "remarks": [asdict(one) for one in clinic.remarks],
        "status": next(iter(by_status(keys_behind_levels({one.route for one in found.compared})))),
    }
    return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False)


def _absorbed(found: Evaluation, share: float | None) -> float | None:
    """The share of a subcutaneous dose that was taken to arrive: what was asked for, else the label's; null without."""
    if share is None and any(one.route == "sc" for one in found.compared):
        return float(value("pk.sc_bioavailability").value)
    return share


def _group(group: Group) -> dict[str, Any]:
    return {
        "assay": group.assay,
        "route": group.route,
        "people": group.people,
        "levels": group.levels,
        "mean_error_percent": group.error_percent,
        "rmse_mg_per_l": group.rmse,
        "from_earlier_levels_too": {
            "levels": group.levels_after_earlier,
            "mean_error_percent": group.error_percent_after_earlier,
            "rmse_mg_per_l": group.rmse_after_earlier,
        },
        "normalised_errors": {
            "mean": _estimate(group.score_mean),
            "sd": _estimate(group.score_sd),
            "extreme": group.extreme,
        },
        "below_limit": {"observed": group.below, "expected": group.below_expected},
        "factor": _estimate(group.factor),
        "verdict": asdict(group.verdict),
    }


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    return {name: number if math.isfinite(number) else None for name, number in asdict(estimate).items()}
