"""Makes a person's own curve for the page (``own_curve``). Importing it loads the solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from natalizumab.clinic.charts import saturation_picture
from natalizumab.clinic.own_curve import Measured, Moment, NoCurve, OwnCurve, Pictures, Plausible
from natalizumab.errors import Refusal
from natalizumab.evidence import value
from natalizumab.pharmacology import saturation, targets
from natalizumab.pharmacology.band_chart import band_chart
from natalizumab.pharmacology.individual import Posterior
from natalizumab.pharmacology.individualised import Individual, individualise_course
from natalizumab.pharmacology.patient import Patient
from natalizumab.record import Concentration, Course

SHOWN_DAYS = 365
_TABLE_DOSES = 6
_AHEAD_DAYS = 84
_BEFORE, _LEVEL, _TODAY, _NEXT = "Before the dose", "Level taken", "Today", "Next dose due"
_JUST_BEFORE_MIDNIGHT = 1 - 1e-6


def individual(course: Course, assay_factors: Mapping[str, float]) -> Individual:
    """The person's posterior. Raises NoCurve, which says why, where something that it depends on is unknown."""
    if not course.doses():
        raise NoCurve("No dose is on record, so there is nothing to draw.")
    try:
        return individualise_course(course, assay_factors)
    except Refusal as refusal:
        raise NoCurve(str(refusal)) from refusal


def curve(individual: Individual, next_due: date | None) -> OwnCurve:
    """The numbers and words of the page."""
    patient = individual.patient
    target = targets()[0]
    moments = _moments(individual, next_due, target)
    named = {moment.what: moment for moment in moments}
    antibodies = individual.antibodies_today
    first = (_first(individual) - patient.origin).days
    drawn = {level.below for level in patient.levels if level.day >= first}
    return OwnCurve(
        weight_kg=patient.weight_kg,
        target=target,
        moments=moments[::-1],
        today=named[_TODAY],
        next=named.get(_NEXT),
        known=_known(individual),
        without=_without(individual),
        levels_drawn=False in drawn,
        limits_drawn=True in drawn,
        antibodies=antibodies,
        antibodies_likely=antibodies > float(value("interval.antibodies_first").value) / 100,
        tested_for_antibodies=bool(patient.antibody_results),
        doubts=individual.warnings[: len(individual.warnings) - len(patient.warnings)],
        left_out=bool(individual.unlikely),
        remarks=patient.warnings,
        weakness=value("pk.km").note.removeprefix("Bootstrap interval. "),
    )


def pictures(individual: Individual, next_due: date | None) -> Pictures:
    """Both pictures: concentration with band, doses and levels, and saturation below it."""
    chart = band_chart(individual, start=_first(individual), end=_end(individual.on, next_due), target=targets()[0])
    return {
        "concentration": chart.for_page(),
        "saturation": saturation_picture(chart.table(), individual.on, targets()[0]),
    }


def _moments(individual: Individual, next_due: date | None, target: float) -> list[Moment]:
    """Before each of the last doses, at each level, today, and when the next is due; oldest first."""
    patient = individual.patient
    rows = sorted(_days_of_table(patient, individual.on, next_due), key=lambda row: row[2])
    days = [day for *_, day in rows]
    known = _plausible(individual.relied_on, days, target)
    alone: Iterable[Plausible | None] = [None] * len(rows)
    if _without(individual):
        alone = _plausible(individual.without_levels, days, target)
    measured = _measured(individual.course)
    return [
        Moment(what, when, mine, others, saturation(mine.p50), tuple(measured.pop(when, ())))
        for (what, when, _), mine, others in zip(rows, known, alone, strict=True)
    ]


def _days_of_table(patient: Patient, on: date, next_due: date | None) -> list[tuple[str, date, float]]:
    """What, when, and the day of the history. "Today" on the day of a dose is after it."""
    given = [(_date(patient, dose.day), dose.day) for dose in patient.history.inputs[1:]]
    first = on - timedelta(days=SHOWN_DAYS)
    rows = [(_BEFORE, when, day) for when, day in given if when >= first][-_TABLE_DOSES:]
    there = {when for _, when, _ in rows} | {on}
    levels = {_date(patient, level.day): level.day for level in patient.levels}
    rows += [(_LEVEL, when, day) for when, day in levels.items() if when >= first and when not in there]
    treated_today = any(dose.day >= (on - patient.origin).days for dose in patient.history.inputs)
    evening = (on - patient.origin).days + _JUST_BEFORE_MIDNIGHT
    rows.append((_TODAY, on, evening if treated_today else patient.day(on)))
    if next_due and next_due > on:
        rows.append((_NEXT, next_due, patient.day(next_due)))
    return rows


def _plausible(posterior: Posterior, days: Sequence[float], target: float) -> list[Plausible]:
    found = posterior.predict(days)
    columns = (found.p5, found.p50, found.p95, found.at_least(target))
    return [Plausible(*map(float, numbers)) for numbers in zip(*columns, strict=True)]


def _measured(course: Course) -> dict[date, list[Measured]]:
    """By date."""
    found: dict[date, list[Measured]] = {}
    for event in cast("tuple[Concentration, ...]", course.of("concentration")):
        found.setdefault(event.day, []).append(Measured(event.mg_per_l, bool(event.below)))
    return found


def _known(individual: Individual) -> str:
    """What the curve rests on beside doses and weight."""
    levels, tests = _counts(individual)
    measured = f"{levels} measured level" if levels == 1 else f"{levels} measured levels"
    tested = f"{tests} antibody test" if tests == 1 else f"{tests} antibody tests"
    return " and ".join(said for said, count in ((measured, levels), (tested, tests)) if count)


# By the number of levels and of tests; two stand for several.
_SHORT = {
    (0, 0): "",
    (1, 0): "the level",
    (2, 0): "the levels",
    (0, 1): "the test",
    (0, 2): "the tests",
    (1, 1): "the level and test",
    (1, 2): "the level and tests",
    (2, 1): "the levels and test",
    (2, 2): "the levels and tests",
}


def _without(individual: Individual) -> str:
    """The same in short: "the levels", "the levels and tests"."""
    levels, tests = _counts(individual)
    return _SHORT[min(levels, 2), min(tests, 2)]


def _counts(individual: Individual) -> tuple[int, int]:
    """Levels on which the curve rests, and tests for antibodies."""
    return len(individual.relied_on.levels), len(individual.patient.antibody_results)


def _date(patient: Patient, day: float) -> date:
    return patient.origin + timedelta(days=int(day // 1))


def _first(individual: Individual) -> date:
    return max(individual.on - timedelta(days=SHOWN_DAYS), individual.patient.origin)


def _end(on: date, next_due: date | None) -> date:
    """Up to the next dose and a little further, or a few weeks on where none is due; never far beyond today."""
    wanted = next_due + timedelta(days=14) if next_due and next_due > on else on + timedelta(days=42)
    return min(wanted, on + timedelta(days=_AHEAD_DAYS))
