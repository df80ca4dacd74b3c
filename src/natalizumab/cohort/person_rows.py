"""One row per person: who they are, and what becomes of them in each arm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from natalizumab.cohort.population import People

PersonRows: TypeAlias = dict[str, NDArray[np.generic]]
"""Columns of equal length, by name; an outcome's is named ``arm|outcome``."""

BANDS = np.array(["at most 0.9", "at most 1.5", "above 1.5"])


def person_rows(
    who: People, by_arm: Mapping[str, Mapping[str, NDArray[np.float64]]], part: NDArray[np.bool_]
) -> PersonRows:
    """Of those who take part."""
    columns: PersonRows = {
        "person": who.block.first + np.flatnonzero(part),
        "age": who.age[part],
        "weight_kg": who.kg[part],
        "female": who.female[part],
        "jcv_positive_from_day": who.positive_from[part],
        "jcv_index": BANDS[who.band[part]],
        "prior_immunosuppressant": who.prior[part],
    }
    for arm, outcomes in by_arm.items():
        columns |= {f"{arm}|{name}": numbers[part] for name, numbers in outcomes.items()}
    return columns
