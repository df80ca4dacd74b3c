"""The concentration and saturation of a typical person of this weight who had these doses, for picture and table.

It is not this person's own curve: nothing measured has been used to fit it, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natalizumab.errors import Refusal
from natalizumab.evidence import value
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
    """A moment of the curve: days since the first dose on record, mg/L, saturation 0–1, and whether it lies ahead."""

    day: float
    concentration: float
    saturation: float
    ahead: bool


@dataclass(frozen=True)
class Measured:
    """A level from the laboratory; ``below``: it is the limit of quantification."""

    date: date
    mg_per_l: float
    below: bool


@dataclass(frozen=True)
class Moment:
    """A row of the table: just before a dose, today, or the day on which the next one is due."""

    what: str
    date: date
    concentration: float
    saturation: float
    measured: Measured | None


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
    treated_before: bool

    @property
    def weakness(self) -> str:
        """Where the model is known to go wrong at low levels, in the evidence's words."""
        return value("pk.km").note.removeprefix("Bootstrap interval. ")


def typical_curve(course: Course, next_due: date | None) -> TypicalCurve:
    """The curve of the last year up to the next dose. Raises NoCurve where something it depends on is unknown."""
    weight = _known_weight(course)
    doses = course.doses()
    origin, start = doses[0].day, max(doses[0].day, course.on - timedelta(days=SHOWN_DAYS))
    shown = [dose.day for dose in doses if dose.day >= start]
    times = _times(origin, start, _end(course.on, next_due), shown)
    days = _days_of_table(course.on, next_due, [day for day in shown if day > origin])
    # "Today" on the day of a dose is after it; every other moment on such a day is before it.
    moments = [float((day - origin).days + (what == _TODAY and day in shown)) for what, day in days]
    curve = simulate_course([_input(dose, origin) for dose in doses], weight, [*times, *moments])
    levels = list(zip(curve.concentration_mg_per_l.tolist(), curve.saturation.tolist(), strict=True))
    end_of_today = (course.on - origin).days + 1.0
    points = [Point(t, c, s, t > end_of_today) for t, (c, s) in zip(times, levels, strict=False)]
    measured = [Measured(e.day, e.mg_per_l, bool(e.below)) for e in course.of("concentration")]  # type: ignore[attr-defined]
    by_day = {level.date: level for level in measured}
    rows = zip(days, levels[len(times) :], strict=True)
    return TypicalCurve(
        on=course.on,
        origin=origin,
        weight_kg=weight,
        points=points,
        doses=shown,
        measured=[level for level in measured if level.date >= start],
        moments=[Moment(what, day, c, s, by_day.get(day)) for (what, day), (c, s) in rows][::-1],
        treated_before=bool(course.of("earlier_treatment")),
    )


def _known_weight(course: Course) -> float:
    """The weight, if everything that the curve depends on is known."""
    doses, weight = course.doses(), course.weight()
    if not doses:
        raise NoCurve("No dose is on record, so there is nothing to draw.")
    if weight is None:
        raise NoCurve("Cannot say: no weight is on record, and the concentration depends on it.")
    if any(not dose.amount_known for dose in doses):
        raise NoCurve("Cannot say: a dose was broken off, and how much was given is not on record.")
    return weight


def _days_of_table(on: date, next_due: date | None, doses: Sequence[date]) -> list[tuple[str, date]]:
    """Before each of the last doses, today, and when the next is due."""
    days = [("Before the dose", day) for day in doses[-_TABLE_DOSES:]]
    days.append((_TODAY, on))
    if next_due and next_due > on:
        days.append(("When the next dose is due", next_due))
    return days


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
