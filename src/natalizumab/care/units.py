"""Units of blood tests brought to one per test. Conversion factors are arithmetic, not clinical values."""

from __future__ import annotations

RESULTS_KEPT = 4096
"""Results of blood tests come again in many records; what the last ones mean is not worked out anew."""

_FACTORS = {
    "U/L": {"U/L": 1.0, "[IU]/L": 1.0, "IU/L": 1.0},
    "umol/L": {"umol/L": 1.0, "µmol/L": 1.0, "mg/dL": 17.1},
    "g/L": {"g/L": 1.0, "g/dL": 10.0},
    "10*9/L": {"10*9/L": 1.0, "10^9/L": 1.0, "10*3/uL": 1.0, "10^3/uL": 1.0, "G/L": 1.0, "/uL": 0.001, "/mm3": 0.001},
}


def converted(number: float, unit: str, wanted: str) -> float | None:
    """``number`` in the unit ``wanted``; None if its unit is not known here (17.1 µmol of bilirubin are a mg/dL)."""
    factor = _FACTORS[wanted].get(unit.strip())
    return None if factor is None else number * factor
