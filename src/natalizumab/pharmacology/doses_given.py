"""The doses of a record as the model's inputs, each known to the day or to the minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from natalizumab.errors import ModelError
from natalizumab.pharmacology.regimen import Input, Route
from natalizumab.pharmacology.timeline import Timeline
from natalizumab.record import Administration, Course


@dataclass(frozen=True, slots=True)
class DayOfDose:
    """When on a day of the calendar the dose was: where it lies, and whether its clock time is on record."""

    day: float
    timed: bool


def doses_given(course: Course, origin: date) -> tuple[Input, ...]:
    """The doses on record as inputs, in their order; days count from the midnight with which ``origin`` begins.

    A dose of which only the date is known is taken at the evidence's hour; a duration that is not on record is the
    label's. Doses given elsewhere are not among them. Raises ModelError for a dose of unknown amount.
    """
    return given(course, Timeline(course, origin))


def given(course: Course, timeline: Timeline) -> tuple[Input, ...]:
    """The same on a timeline that is there already."""
    return tuple(_input(dose, timeline) for dose in course.doses())


def days_of_doses(course: Course, timeline: Timeline) -> dict[date, DayOfDose]:
    """The dose of each day on which one was given."""
    return {d.day: DayOfDose(timeline.day(d.day, d.at), d.at is not None) for d in course.doses()}


def _input(dose: Administration, timeline: Timeline) -> Input:
    if not dose.amount_known:
        raise ModelError(
            f"Cannot say: the dose of {dose.day} was broken off, and how much was given is not on record (given_mg)."
        )
    # Nobody infuses in no time: 0 minutes is an empty field of a form. Under the skin a duration means nothing.
    minutes = next((event.minutes for event in dose.events if event.minutes), None) if dose.route == "iv" else None
    try:
        return Input(timeline.day(dose.day, dose.at), dose.given_mg, cast("Route", dose.route), minutes)
    except ModelError as error:
        raise ModelError(f"{dose.day}: {error}") from None
