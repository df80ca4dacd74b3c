"""Fits the exploratory disease model to table C1 to C15, and to nothing else."""

from natalizumab.disease.calibration.fitting import Fit, fit
from natalizumab.disease.calibration.report import Row, rows, toml
from natalizumab.disease.calibration.targets import Target, targets

__all__ = ["Fit", "Row", "Target", "fit", "rows", "targets", "toml"]
