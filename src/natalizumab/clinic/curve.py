"""The concentration and saturation of a typical person of this weight who had these doses, for picture and table.

It is not this person's own curve: nothing measured has been used to fit it, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natalizumab.errors import Refusal
from natalizumab.pharmacology import Input, simulate_course
from natalizumab.record import Course

SHOWN_DAYS = 365
_TABLE_DOSES = 8
_AHEAD_DAYS = 84
_TODAY = "Today"


class NoCurve(Refusal):
    """The curve can't be drawn; the text says why."""


@dataclass(frozen=True)
class Point:
    """A moment of the curve: concentration in mg/L, saturation 0-1; ``ahead`` if no dose after today is assumed."""

    day: float
    date: date
    concentration: float
    saturation: float
    ahead: bool


@dataclass(frozen=True)
class Moment:
    """A row of the table: just before a dose, today, or the day on which the next one is due."""

    what: str
    date: date
    concentration: float
    saturation: float
    measured: float | None


@dataclass(frozen=True)
class Measured:
    date: date
    mg_per_l: float
    below: bool


@dataclass(frozen=True)
class TypicalCurve:
    """What the page shows: the line, the doses in view, the measurements, and the table's rows, newest first."""

    on: date
    origin: date
    weight_kg: float
    points: list[Point]
    doses: list[date]
    measured: list[Measured]
    moments: list[Moment]


def typical_curve(course: Course, next_due: date | None) -> TypicalCurve:
    """The curve of the last year up to the next dose. Raises NoCurve without a dose or a weight on record."""
    doses = course.doses()
    weight = course.weight()
    if not doses:
        raise NoCurve("No dose is on record, so there is nothing to draw.")
    if weight is None:
        raise NoCurve("Cannot say: no weight is on record, and the concentration depends on it.")
    if any(not dose.amount_known for dose in doses):
        raise NoCurve("Cannot say: a dose was broken off, and how much was given is not on record.")
    origin = doses[0].day
    shown = [dose for dose in doses if dose.day > course.on - timedelta(days=SHOWN_DAYS)]
    inputs = [_input(dose, origin) for dose in doses]
    end = _end(course.on, next_due)
    start = max(origin, course.on - timedelta(days=SHOWN_DAYS))
    times = _times(origin, start, end, [dose.day for dose in shown])
    curve = simulate_course(inputs, weight, times)
    today = (course.on - origin).days + 1.0
    points = [
        Point(t, origin + timedelta(days=int(t)), float(c), float(s), t > today)
        for t, c, s in zip(times, curve.concentration_mg_per_l, curve.saturation, strict=True)
    ]
    measured = [Measured(e.day, e.mg_per_l, bool(e.below)) for e in course.of("concentration")]  # type: ignore[attr-defined]
    return TypicalCurve(
        on=course.on,
        origin=origin,
        weight_kg=weight,
        points=points,
        doses=[dose.day for dose in shown],
        measured=[m for m in measured if m.date >= start],
        moments=_moments(course.on, next_due, shown, inputs, weight, origin, measured),
    )


def _moments(
    on: date,
    next_due: date | None,
    shown: Sequence[Any],
    inputs: list[Input],
    weight: float,
    origin: date,
    measured: Sequence[Measured],
) -> list[Moment]:
    """Before each of the last doses, today, and when the next is due."""
    days = [("Before the dose", dose.day) for dose in shown[-_TABLE_DOSES:] if dose.day > origin]
    days.append((_TODAY, on))
    if next_due and next_due > on:
        days.append(("When the next dose is due", next_due))
    dosed = {dose.day for dose in shown}
    # "Today" on the day of a dose is after it; every other moment on such a day is before it.
    times = [float((day - origin).days + (what == _TODAY and day in dosed)) for what, day in days]
    curve = simulate_course(inputs, weight, times)
    levels = {m.date: m.mg_per_l for m in measured}
    rows = [
        Moment(what, day, float(c), float(s), levels.get(day))
        for (what, day), c, s in zip(days, curve.concentration_mg_per_l, curve.saturation, strict=True)
    ]
    return rows[::-1]


def _input(dose: Any, origin: date) -> Input:
    """The model's own length of an infusion stands in where nobody wrote it down."""
    day = float((dose.day - origin).days)
    minutes = next((event.minutes for event in dose.events if event.minutes), None)
    return Input(day, dose.given_mg, dose.route, minutes) if minutes else Input(day, dose.given_mg, dose.route)


def _end(on: date, next_due: date | None) -> date:
    """Up to the next dose, or a few weeks on where none is due; never far beyond today."""
    wanted = next_due if next_due and next_due > on else on + timedelta(days=28)
    return min(wanted, on + timedelta(days=_AHEAD_DAYS))


def _times(origin: date, start: date, end: date, doses: Sequence[date]) -> list[float]:
    """Every day, and close steps after each dose, where the curve rises within the hour."""
    first, last = (start - origin).days, (end - origin).days
    times = {float(day) for day in range(first, last + 1)}
    for dose in doses:
        day = (dose - origin).days
        times |= {day + step for step in (0.05, 0.25, 0.5) if day + step < last}
    return sorted(times)
