"""What the entries of one person say by themselves, whatever the protocol: the same on every day until the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natalizumab.care.names import Named, named_by_kind, named_tests, within
from natalizumab.record import (
    Administration,
    Course,
    Diagnosis,
    EarlierTreatment,
    Event,
    Followup,
    Interval,
    Mri,
    Procedure,
    Serology,
    Stop,
    Therapy,
)
from natalizumab.record.known import Known


@dataclass(frozen=True, slots=True)
class Entries:
    """What ``Case`` has under the same names, worked out once for all days between two entries (``Course.once``)."""

    named: Known[type[Event], tuple[Named, ...]]
    first_dose: date | None
    last_dose: Administration | None
    stop: Stop | None
    follow_up_ended: Followup | None
    start_facts: tuple[Event, ...]
    interval: Interval | None
    pml_on_record: tuple[Diagnosis, ...]
    treatments: tuple[Named, ...]
    prior_immunosuppressants: tuple[Named, ...]
    full_scans: tuple[Mri, ...]


def entries(course: Course) -> Entries:
    """Ask it by ``course.once(entries)``."""
    named, last_dose = _named(course), course.last_dose()
    treatments = named[Therapy] + named[Procedure]
    return Entries(
        named=named,
        first_dose=course.first_dose(),
        last_dose=last_dose,
        stop=_stop(course, last_dose),
        follow_up_ended=_follow_up_ended(course, last_dose),
        start_facts=_start_facts(course),
        interval=course.interval(),
        pml_on_record=_pml(named[Diagnosis]),
        treatments=treatments,
        prior_immunosuppressants=_prior_immunosuppressants(treatments, last_dose),
        full_scans=tuple([scan for scan in course.all(Mri) if scan.protocol == "full"]),
    )


def _named(course: Course) -> Known[type[Event], tuple[Named, ...]]:
    each = course.each
    return Known(lambda kind: each(str(kind.__struct_config__.tag), named_tests if kind is Serology else named_by_kind))


def _stop(course: Course, last_dose: Administration | None) -> Stop | None:
    stops = course.all(Stop)
    if not stops or (last_dose is not None and last_dose.day > stops[-1].day):
        return None
    return stops[-1]


def _follow_up_ended(course: Course, last_dose: Administration | None) -> Followup | None:
    ends = course.all(Followup)
    if not ends:
        return None
    if ends[-1].status != "died" and last_dose is not None and last_dose.day > ends[-1].day:
        return None
    return ends[-1]


def _start_facts(course: Course) -> tuple[Event, ...]:
    return course.all(EarlierTreatment) or tuple(event for dose in course.doses()[:1] for event in dose.events)


def _pml(diagnoses: tuple[Named, ...]) -> tuple[Diagnosis, ...]:
    return tuple(f.event for f in within(diagnoses, "pml") if f.event.status in (None, "confirmed", "history"))


def _prior_immunosuppressants(treatments: tuple[Named, ...], last_dose: Administration | None) -> tuple[Named, ...]:
    return tuple(
        n
        for n in treatments
        if n.term.attributes.get("prior_immunosuppressant") in ("counts", "undefined")
        and (last_dose is None or n.event.day < last_dose.day)
    )
