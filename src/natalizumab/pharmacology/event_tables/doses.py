"""The dose of a row, with the additional ones that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables.convention import Convention
from natalizumab.pharmacology.event_tables.rows import Row
from natalizumab.pharmacology.regimen import (
    FARTHEST_DAY,
    LARGEST_AMOUNT_MG,
    LONGEST_INFUSION_MINUTES,
    MOST_DOSES,
    SHORTEST_INFUSION_MINUTES,
    Input,
    Route,
)

DURATIONS = ("DUR", "TINF")
MODELLED = (-1, -2)
AN_INFUSION = (
    f"RATE (mg per unit of time) or DUR, for {SHORTEST_INFUSION_MINUTES:g} to {LONGEST_INFUSION_MINUTES:g} minutes"
)


@dataclass(frozen=True, slots=True)
class DoseReader:
    """Reads doses by a convention; ``infusion_minutes`` is for infusions of which the table does not say how long."""

    convention: Convention
    infusion_minutes: float | None = None

    def __post_init__(self) -> None:
        minutes = self.infusion_minutes
        if minutes is not None and not SHORTEST_INFUSION_MINUTES <= minutes <= LONGEST_INFUSION_MINUTES:
            allowed = f"{SHORTEST_INFUSION_MINUTES:g} to {LONGEST_INFUSION_MINUTES:g}"
            raise ModelError(f"infusion_minutes: {minutes:g} is no duration of an infusion. Allowed: {allowed}.")

    def doses(self, row: Row) -> Iterator[Input]:
        """The dose of the row, then its additional ones. Raises ModelError for what the model cannot represent."""
        amount = _amount(row)
        route = self._route(row)
        if route == "sc":
            _refuse_a_duration(row)
        minutes = self._minutes(row, amount) if route == "iv" else None
        return (Input(day, float(amount), route, minutes) for day in self._days(row))

    def _route(self, row: Row) -> Route:
        depot, central = self.convention.depot, self.convention.central
        found = self.convention.route(row.key("CMT"))
        if found is None:
            raise row.refusal(
                "CMT",
                "does not say where the dose went",
                f"{depot} (depot, under the skin) or {central} (central, intravenous), as the arguments depot and "
                "central say",
            )
        return found

    def _minutes(self, row: Row, amount: Decimal) -> float:
        column, duration = _duration(row, amount)
        if duration is None:
            if self.infusion_minutes is None:
                instead = f"{AN_INFUSION}; or pass infusion_minutes for all such doses"
                raise row.refusal(column, "makes an intravenous dose in no time", instead)
            return self.infusion_minutes
        minutes = self.convention.minutes(duration)
        if not SHORTEST_INFUSION_MINUTES <= minutes <= LONGEST_INFUSION_MINUTES:
            raise row.refusal(column, f"makes an infusion of {minutes:g} minutes", AN_INFUSION)
        return minutes

    def _days(self, row: Row) -> list[float]:
        time, additional, interval = row.number("TIME"), _additional(row), row.number("II") or Decimal(0)
        assert time is not None, "the row's time has been read before"
        if interval < 0:
            raise row.refusal("II", "is negative", "an interval above 0, in the unit of TIME")
        if additional and not interval:
            raise row.refusal("II", "is no interval for additional doses", "an interval above 0, in the unit of TIME")
        days = [self.convention.day(time + number * interval) for number in range(additional + 1)]
        if days[-1] > FARTHEST_DAY:
            raise row.refusal("II", "leads beyond every calendar", f"doses up to day {FARTHEST_DAY:g}")
        return days


def _amount(row: Row) -> Decimal:
    amount = row.number("AMT")
    if amount is None or not 0 < float(amount) <= LARGEST_AMOUNT_MG:
        raise row.refusal("AMT", "is no amount of a dose", f"above 0, at most {LARGEST_AMOUNT_MG:g} (mg)")
    return amount


def _duration(row: Row, amount: Decimal) -> tuple[str, Decimal | None]:
    """The column that says how long the infusion took, and what it says."""
    rate = _not_modelled(row, "RATE")
    said = [(column, duration) for column in DURATIONS if (duration := _not_modelled(row, column))]
    if len(said) + bool(rate) > 1:
        raise row.refusal(said[-1][0], "repeats or contradicts another column", "one of RATE, DUR and TINF in a row")
    if rate:
        return "RATE", amount / rate
    return said[0] if said else ("RATE", None)


def _not_modelled(row: Row, column: str) -> Decimal | None:
    number = row.number(column)
    if number in MODELLED:
        raise row.refusal(column, "asks the model for the rate or duration, which it has none of", AN_INFUSION)
    if number is not None and number < 0:
        raise row.refusal(column, "is negative", AN_INFUSION)
    return number or None


def _refuse_a_duration(row: Row) -> None:
    for column in ("RATE", *DURATIONS):
        if row.number(column):
            raise row.refusal(column, "is an infusion under the skin, which the model has none of", "0 or '.'")


def _additional(row: Row) -> int:
    number = row.number("ADDL") or Decimal(0)
    if not 0 <= number < MOST_DOSES or number != int(number):
        raise row.refusal("ADDL", "is no number of additional doses", f"whole numbers from 0 to {MOST_DOSES - 1}")
    return int(number)
