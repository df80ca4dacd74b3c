"""What a table leaves to its reader: the unit of time, and which compartment has which number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from natalizumab.errors import ModelError
from natalizumab.pharmacology.regimen import MINUTES_PER_DAY, Route

TimeUnit = Literal["day", "h"]

UNITS_PER_DAY = {"day": Decimal(1), "h": Decimal(24)}

EXACT_MINUTES_PER_DAY = Decimal(MINUTES_PER_DAY)


@dataclass(frozen=True, slots=True)
class Convention:
    """Times in days or hours; a dose into ``depot`` is under the skin, one into ``central`` intravenous.

    Times stay decimal numbers until they are days or minutes: so 1 hour is the same moment however it was written, and
    what is written in hours is read back as the very same day. Raises ModelError for an unknown unit, and for
    compartments that no table can number so.
    """

    time_unit: TimeUnit = "day"
    depot: int = 1
    central: int = 2

    def __post_init__(self) -> None:
        if self.time_unit not in UNITS_PER_DAY:
            raise ModelError(f"time_unit: {self.time_unit!r} is unknown. Allowed: 'day' or 'h'.")
        if self.depot == self.central or min(self.depot, self.central) < 1:
            raise ModelError(
                f"depot and central: {self.depot} and {self.central} are no two compartments. "
                "Allowed: two different numbers, 1 or higher."
            )

    def day(self, time: Decimal) -> float:
        """The day of a moment that is written in the table's unit."""
        return float(time / UNITS_PER_DAY[self.time_unit])

    def minutes(self, time: Decimal) -> float:
        """A duration that is written in the table's unit."""
        return float(time * EXACT_MINUTES_PER_DAY / UNITS_PER_DAY[self.time_unit])

    def time(self, day: float) -> Decimal:
        """That day in the table's unit."""
        return Decimal(float(day)) * UNITS_PER_DAY[self.time_unit]

    def duration(self, minutes: float) -> Decimal:
        """So many minutes in the table's unit."""
        return Decimal(float(minutes)) * UNITS_PER_DAY[self.time_unit] / EXACT_MINUTES_PER_DAY

    def compartment(self, route: Route) -> int:
        """Where a dose by that route goes."""
        return self.depot if route == "sc" else self.central

    def route(self, compartment: Decimal | str) -> Route | None:
        """The route of a dose into that compartment, given as a number or by the name that R packages use."""
        if compartment in (self.depot, "depot"):
            return "sc"
        return "iv" if compartment in (self.central, "central") else None
