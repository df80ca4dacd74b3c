"""Natalizumab itself, and everything else that was given or done."""

from __future__ import annotations

from datetime import date
from typing import Literal

from natalizumab.record.events.base import Event, Impossible, not_before, not_planned
from natalizumab.record.limits import Cvx, DoseCount, DoseMg, FreeText, GivenMg, Minutes, Name, Place, Weeks

GIVEN_FIELDS = ("given_mg", "completed", "tolerated")


class Dose(Event, frozen=True, kw_only=True, tag="dose"):
    """A dose as ordered, and what of it was given. Two SC doses of 150 mg on one day are one dose."""

    dose_mg: DoseMg
    given_mg: GivenMg | None = None
    route: Literal["iv", "sc"]
    product: Name | None = None
    batch: Name | None = None
    minutes: Minutes | None = None
    second_injection_minutes: Minutes | None = None
    place: Place | None = None
    completed: bool | None = None
    tolerated: bool | None = None

    def check(self) -> None:
        for field in GIVEN_FIELDS:
            if self.planned and getattr(self, field) is not None:
                raise Impossible(field, "is not allowed beside planned: true (a planned dose has not been given yet)")


class EarlierTreatment(Event, frozen=True, kw_only=True, tag="earlier_treatment"):
    """What was given elsewhere before this record begins. What is absent is unknown."""

    first_dose: date | None = None
    doses: DoseCount | None = None
    interval_weeks: Weeks | None = None

    def check(self) -> None:
        not_planned(self, "it has been given already")
        if self.first_dose is not None and self.first_dose > self.day:
            raise Impossible("first_dose", f'"{self.first_dose}" is after the event itself ({self.day})')


class Interval(Event, frozen=True, kw_only=True, tag="interval"):
    """The interval between doses that is prescribed from that day on."""

    weeks: Weeks


class Stop(Event, frozen=True, kw_only=True, tag="stop"):
    """Natalizumab was stopped."""

    reason: FreeText | None = None


class Therapy(Event, frozen=True, kw_only=True, tag="therapy"):
    """Any other drug. ``until`` is its last day; absent: not known to have ended."""

    name: Name
    until: date | None = None
    accelerated_elimination: bool | None = None

    def check(self) -> None:
        not_before(self, "until", self.until)


class Procedure(Event, frozen=True, kw_only=True, tag="procedure"):
    """Something done on a day, such as plasma exchange or immunoglobulins."""

    name: Name


class Vaccine(Event, frozen=True, kw_only=True, tag="vaccine"):
    """A vaccine, given or (``planned``) ordered."""

    name: Name
    cvx: Cvx | None = None
