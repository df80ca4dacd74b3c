"""How long somebody was under natalizumab here, and what published figures make of that time.

A day is counted when it is over: from a dose to the next one, but for no longer than a dose may be late without being a
restart (``latest_weeks``). Time elsewhere, and time after follow-up has ended, is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from natalizumab.care.antibody_status import TABLE_ASSAY, AntibodyStatus
from natalizumab.care.case import Case
from natalizumab.care.pml_risk import PER, pml_risk
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import weakest
from natalizumab.record import Course, Record
from natalizumab.record.dates import add_months, add_weeks

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12

MAY_CHANGE_RISK = ("jcv", "therapy", "procedure", "earlier_treatment", "interval", "diagnosis")
"""Entries after which another figure may fit."""


class Span(NamedTuple):
    """From one day up to another, which is no longer part of it."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Expected:
    """What the published figures add up to over the ``days`` for which there is one; ``status``: the weakest used."""

    cases: float = 0.0
    days: int = 0
    status: str | None = None


def spans(course: Course, protocol: Protocol, until: date) -> list[Span]:
    """The time under natalizumab before ``until``, a span for each dose given here."""
    given = [dose.day for dose in course.doses() if dose.day < until]
    ends = [*given, until][1:]
    latest = [add_weeks(day, protocol["latest_weeks"]) for day in given]
    return [Span(day, min(end, late, until)) for day, end, late in zip(given, ends, latest, strict=True)]


def expected_pml(record: Record, protocol: Protocol, time: Sequence[Span]) -> Expected:
    """The published yearly chance of PML, summed over the time; each piece with what was known of the person then."""
    cases, days, statuses = 0.0, 0, set[str]()
    for piece in _pieces(record, time):
        risk = pml_risk(Case(record.course(piece.start), protocol))
        if risk.per_1000 is not None and risk.status is not None:
            cases += risk.per_1000 / PER * piece.days / DAYS_PER_YEAR
            days += piece.days
            statuses.add(risk.status)
    return Expected(cases, days, weakest(*statuses) if statuses else None)


def _pieces(record: Record, time: Sequence[Span]) -> Iterator[Span]:
    """The spans, cut where another cell of the table or another column may begin."""
    if not time:
        return
    course = record.course(time[-1].end)
    cuts = {event.day for kind in MAY_CHANGE_RISK for event in course.of(kind)}
    first, year = course.first_dose(), 1
    while first and (anniversary := add_months(first, MONTHS_PER_YEAR * year)) < time[-1].end:
        cuts.add(anniversary)
        year += 1
    for span in time:
        inside = sorted(cut for cut in cuts if span.start < cut < span.end)
        yield from (Span(*both) for both in pairwise([span.start, *inside, span.end]))


def seroconversion(antibody: AntibodyStatus, since: date | None, time: Sequence[Span]) -> tuple[int, date | None]:
    """The days at risk of a first positive test on natalizumab, and the day of it.

    By tests of the one assay that the risk tables are for, from the first negative one on (or from the first dose,
    where that is later) to the first positive one, or the last negative; later tests than treatment don't count.
    """
    readings = [r for r in antibody.readings if r.valid and r.assay == TABLE_ASSAY and r.result != "indeterminate"]
    if not time or not readings or readings[0].result == "positive":
        return 0, None
    start = max(readings[0].day, since or time[0].start)
    end = start
    for reading in readings[1:]:
        if not start < reading.day <= time[-1].end:
            continue
        end = reading.day
        if reading.result == "positive":
            return (end - start).days, end
    return (end - start).days, None
