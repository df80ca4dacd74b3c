"""From a record to one person's own curve, with and without what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from natalizumab.errors import ModelError
from natalizumab.pharmacology.assays import without_level
from natalizumab.pharmacology.exchanges import bears_on_concentration
from natalizumab.pharmacology.extrapolation import outside_of_studies
from natalizumab.pharmacology.individual import Posterior, posterior
from natalizumab.pharmacology.parameters import check_bounds
from natalizumab.pharmacology.patient import NO_FACTORS, Patient, patient
from natalizumab.pharmacology.plausibility import Unlikely, doubts_about, without
from natalizumab.record import Course, Record

if TYPE_CHECKING:
    from natalizumab.pharmacology.drawing import Chart

COUNT = frozenset({"dose", "earlier_treatment", "weight", "concentration", "antibody"})
"""Kinds of entries on which a concentration rests, whatever they say."""


@dataclass(frozen=True, repr=False)
class Individual:
    """A person on a date: the record as the model takes it, and what it says with and without levels and tests.

    ``warnings`` are whole sentences about what is doubtful. ``unlikely`` are the levels that hardly any plausible
    person would have, or none who has the others: ``with_levels`` takes them as they stand, ``relied_on`` leaves them
    out.
    """

    course: Course
    patient: Patient
    with_levels: Posterior
    warnings: tuple[str, ...]
    unlikely: tuple[Unlikely, ...] = ()

    def __repr__(self) -> str:
        measured = f"{len(self.patient.levels)} levels, {len(self.unlikely)} of them to be checked"
        return f"Individual({self.course.person.id} on {self.on}; {measured})"

    @cached_property
    def relied_on(self) -> Posterior:
        """What is known without the levels that need checking first: what an advice may rest on."""
        return without(self.with_levels, self.unlikely, self.patient.antibody_results)

    @cached_property
    def of_antibodies(self) -> Posterior:
        """What says how probable antibodies are: a level that needs checking may be so low because of them."""
        if not any(one.said == "low" for one in self.unlikely):
            return self.relied_on
        today = self.patient.day(self.on)
        return max((self.with_levels, self.relied_on), key=lambda known: known.antibodies_arisen(today))

    @property
    def antibodies_today(self) -> float:
        """The probability that there are antibodies on that date, or soon will be after the infusions given."""
        return self.of_antibodies.antibodies_arisen(self.patient.day(self.on))

    @cached_property
    def without_levels(self) -> Posterior:
        """What is known from weight and doses alone; made when it is first asked for."""
        measured = self.patient.levels or self.patient.antibody_results
        return self.with_levels.unmeasured() if measured else self.with_levels

    @property
    def on(self) -> date:
        """The date asked about."""
        return self.course.on

    def chart(self, *, log: bool = True) -> Chart:
        """The concentration of the year before that date and of 12 weeks after it (``charts.band_chart``)."""
        from natalizumab.pharmacology.band_chart import band_chart

        return band_chart(self, log=log)

    def date_of(self, day: float) -> date:
        """The date of a day of the history."""
        return self.patient.origin + timedelta(days=int(day // 1))


def individualise(
    record: Record,
    on: date,
    *,
    known_at: datetime | None = None,
    assay_factors: Mapping[str, float] = NO_FACTORS,
    bioavailability: float | None = None,
) -> Individual:
    """What doses, weight, levels and antibody tests of the record say of the person on that date.

    ``assay_factors`` say by the assay's name how many times as high as the model's it reads; ``bioavailability``
    replaces the label's share of a subcutaneous dose. Raises ModelError, which says why, where something that the
    concentration depends on is not on record, and for what is no record or no date.
    """
    if not isinstance(record, Record):
        raise ModelError(
            f"individualise: {record!r} is not a record; read one with natalizumab.record.read_record(path)"
        )
    if type(on) is not date:  # a date-time would be a date, too
        raise ModelError(f"individualise: {on!r} is not a date; give a datetime.date, such as date(2026, 11, 2)")
    return individualise_course(record.course(on, known_at), assay_factors, bioavailability)


def individualise_course(
    course: Course, assay_factors: Mapping[str, float] = NO_FACTORS, bioavailability: float | None = None
) -> Individual:
    """The same for a course, which is a record on a date."""
    who = patient(course, assay_factors)
    if bioavailability is not None:
        check_bounds("bioavailability F", bioavailability, 0.0, 1.0)
    known = posterior(who.history, who.weight_kg, who.levels, who.antibody_results, bioavailability=bioavailability)
    found = Individual(course, who, known, ())
    doubts = doubts_about(known, found.date_of, who.antibody_results)
    who = replace(who, warnings=(*who.warnings, *_for_nothing(assay_factors, who)))
    who = replace(who, warnings=(*who.warnings, *_left_out(course)))
    warnings = (*doubts.sentences, *outside_of_studies(who), *who.warnings)
    return replace(found, patient=who, warnings=warnings, unlikely=doubts.unlikely)


def _left_out(course: Course) -> Iterator[str]:
    """Entries after the date asked about that would otherwise have counted."""
    counted = (event for event in course.left_out if event.kind in COUNT or bears_on_concentration(event))
    later = [" ".join((event.kind, str(event.day))) for event in counted]
    if later:
        yield f"Left out, because dated after the date asked about: {', '.join(later)}."


def _for_nothing(stated: Mapping[str, float], who: Patient) -> Iterator[str]:
    for name in without_level(stated, who.levels):
        yield f"No level that counts is by the assay {name}: its factor counts for nothing."
