"""Is the model what was published, and is a person's posterior as sure as it may be?

Three parts: the table of what the pharmacology must reproduce, simulation-based calibration of the posterior, and the
reliability of what it says of hidden antibodies. All people are invented.
"""

from natalizumab.pharmacology.validation.calibration import Calibration, calibrate
from natalizumab.pharmacology.validation.reliability import Reliability, reliability
from natalizumab.pharmacology.validation.row import Row
from natalizumab.pharmacology.validation.whole import PARTS, PEOPLE, Table, Validation, table, validate

__all__ = [
    "PARTS",
    "PEOPLE",
    "Calibration",
    "Reliability",
    "Row",
    "Table",
    "Validation",
    "calibrate",
    "reliability",
    "table",
    "validate",
]
