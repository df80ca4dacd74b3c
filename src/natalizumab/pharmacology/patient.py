"""One person's record as the model needs it: what was given and measured, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology import exchanges, samples
from natalizumab.pharmacology.doses_elsewhere import Elsewhere, doses_elsewhere
from natalizumab.pharmacology.doses_given import days_of_doses, given
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.parameters import check_weight
from natalizumab.pharmacology.regimen import Input, Route
from natalizumab.pharmacology.timeline import HOURS_PER_DAY, Timeline
from natalizumab.record import Course, Weight
from natalizumab.record.dates import add_months

NO_FACTORS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Patient:
    """What the record says of a person up to the date asked about.

    Days count from the midnight with which ``origin``, the date of the first dose, begins; ``day`` gives that of
    a date. ``weight_kg`` is the latest weight, ``route`` that of the latest dose. ``start_unknown``: treatment began
    elsewhere, and nobody knows when. ``warnings`` are whole sentences.
    """

    history: History
    origin: date
    weight_kg: float
    levels: tuple[Level, ...]
    antibody_results: tuple[AntibodyResult, ...]
    warnings: tuple[str, ...]
    route: Route
    first_dose_day: float
    last_dose_day: float
    start_unknown: bool

    def day(self, on: date) -> float:
        """Where that date lies, at the hour at which whatever has only a date is taken to have been."""
        return (on - self.origin).days + float(value("levels.hour_when_undated").value) / HOURS_PER_DAY


def patient(course: Course, assay_factors: Mapping[str, float] = NO_FACTORS) -> Patient:
    """The person of that course. ``assay_factors`` are the caller's, by the assay's name in any spelling.

    What is planned, or lies after the date asked about, counts for nothing. Raises ModelError, which says why, where
    the concentration depends on something that is not on record: no dose, no weight, a dose of unknown amount, unknown
    treatment elsewhere that has not faded yet, exchanges without their number; and for impossible numbers.
    """
    elsewhere = doses_elsewhere(course)
    if not course.doses():
        raise ModelError("Cannot say: no dose is on record.")
    weight_kg = _latest_weight(course)
    origin = min([course.doses()[0].day, *(one.days[0] for one in elsewhere if one.days)])
    timeline = Timeline(course, origin)
    doses = days_of_doses(course, timeline)
    inputs = tuple(sorted((*_inputs(elsewhere, timeline), *given(course, timeline)), key=lambda dose: dose.day))
    exchanged = exchanges.exchanges(course, timeline, doses)
    around = samples.Around(timeline, doses, inputs, elsewhere, exchanged)
    levels, about_levels = samples.levels(course, around, assay_factors)
    results, about_results = samples.antibody_results(course, around)
    return Patient(
        history=History(inputs, _weights(course, timeline), removals=exchanges.removals(exchanged)),
        origin=origin,
        weight_kg=weight_kg,
        levels=levels,
        antibody_results=results,
        warnings=(
            *(warning for one in elsewhere for warning in one.warnings),
            *_about_weight(course),
            *exchanges.warnings(course, exchanged, origin),
            *about_levels,
            *about_results,
        ),
        route=inputs[-1].route,
        first_dose_day=inputs[0].day,
        last_dose_day=inputs[-1].day,
        start_unknown=any(one.start_unknown for one in elsewhere),
    )


def _latest_weight(course: Course) -> float:
    weight_kg = course.weight()
    if weight_kg is None:
        raise ModelError("Cannot say: no weight is on record, and the concentration depends on it.")
    check_weight(weight_kg)
    return float(weight_kg)


def _inputs(elsewhere: Sequence[Elsewhere], timeline: Timeline) -> list[Input]:
    amount_mg = float(value("dosing.dose").value)
    return [Input(timeline.day(day), amount_mg, "iv") for one in elsewhere for day in one.days]


def _weights(course: Course, timeline: Timeline) -> tuple[tuple[float, float], ...]:
    """Each weight from the beginning of its day on, so that it counts for the dose of that day."""
    events = cast("tuple[Weight, ...]", course.of("weight"))
    for one, other in pairwise(events):
        if (one.day, one.at) == (other.day, other.at) and one.kg != other.kg:
            raise ModelError(
                f"Cannot say: two weights are on record for {one.day}, {one.kg:g} and {other.kg:g} kg; correct the one "
                "that is wrong."
            )
    return tuple((timeline.midnight(event.day), float(event.kg)) for event in events)


def _about_weight(course: Course) -> Iterator[str]:
    latest = cast(Weight, course.last("weight"))
    lightest, heaviest = (value(f"pk.population_weight_{end}").value for end in ("min", "max"))
    if not lightest <= latest.kg <= heaviest:
        yield (
            f"Extrapolation: {latest.kg:g} kg is outside {lightest:g} to {heaviest:g} kg, the weights that this model "
            "is used for; the concentrations are uncertain."
        )
    months, last = int(value("individual.weight_old").value), course.doses()[-1].day
    if last > add_months(latest.day, months):
        yield (
            f"The latest weight is more than {months} months older than the latest dose: weigh again, as the "
            "concentration depends on it."
        )
