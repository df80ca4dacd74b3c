"""What was measured in the blood, as the model takes it: concentrations, and tests for antibodies against the drug."""

from __future__ import annotations

import math
from dataclasses import dataclass

from natalizumab.errors import ModelError
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, check_day
from natalizumab.pharmacology.parameters import check_bounds
from natalizumab.pharmacology.regimen import check_numbers

LARGEST_ASSAY_FACTOR = 10.0
"""Beyond it a factor is a typing error, or stands for another unit."""


@dataclass(frozen=True, slots=True)
class Level:
    """A measured concentration. ``day`` counts from the history's origin; on the day of a dose it means just before it.

    ``below``: ``mg_per_l`` is the limit of quantification, and the concentration lies under it. ``factor`` is how many
    times as high as the model's assay this one reads. Raises ModelError for what is no concentration, day or factor.
    """

    day: float
    mg_per_l: float
    below: bool = False
    assay: str | None = None
    factor: float = 1.0

    def __post_init__(self) -> None:
        check_day("level", self.day)
        check_assay_factor(self.factor)
        check_numbers("level", self.mg_per_l)
        if self.mg_per_l == 0:
            if self.below:
                raise ModelError(
                    "level: 0 mg/L is no limit of quantification; write as mg_per_l what the assay can just measure"
                )
            raise ModelError(
                "level: 0 mg/L is no measurement; write the limit of quantification as mg_per_l, with below: true"
            )
        if not 0 < self.mg_per_l <= LARGEST_CONCENTRATION:  # NaN is outside of everything
            raise ModelError(f"level: {self.mg_per_l:g} mg/L is outside 0 to {LARGEST_CONCENTRATION:g} mg/L")

    @property
    def on_the_models_scale(self) -> float:
        """What the model's own assay would have read (mg/L); of a level ``below``, its limit of quantification."""
        return self.mg_per_l / self.factor


@dataclass(frozen=True, slots=True)
class AntibodyResult:
    """A test for antibodies against the drug, on a day counted like that of a level. ModelError for an absurd day.

    ``date_number`` counts dates as they are written, which a change of the clocks may shift against ``day``; None: it
    is the day's.
    """

    day: float
    positive: bool
    date_number: int | None = None

    def __post_init__(self) -> None:
        check_day("antibody result", self.day)

    def days_before(self, other: AntibodyResult) -> int:
        """From its date to that of the other."""
        return other._number - self._number

    @property
    def _number(self) -> int:
        return math.floor(self.day) if self.date_number is None else self.date_number


def check_assay_factor(factor: float) -> None:
    """Raise ModelError unless it can be how many times as high as the model's assay another one reads."""
    check_bounds("assay factor", factor, 0.0, LARGEST_ASSAY_FACTOR)
