"""Invented records and clinics for the tests of what the clinic's page counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from tests.web.people import doses

from natalizumab.care import load_protocol
from natalizumab.clinic import projection
from natalizumab.clinic.entries import build, head_of
from natalizumab.clinic.models import Clinic, Entry, Person, PersonFacts, Source
from natalizumab.clinic.vigilance.counting import kept_sums
from natalizumab.clinic.vigilance.facts import facts_of
from natalizumab.clinic.vigilance.keeping import read, refresh_stale
from natalizumab.clinic.vigilance.shape import Facts
from natalizumab.clinic.vigilance.tally import added_by
from natalizumab.record import Record

EU = load_protocol("eu")
ON = date(2026, 11, 2)


def record(*events: Mapping[str, Any]) -> Record:
    """The record of an invented woman."""
    about = {"id": "invented", "born": "1988-03-02", "sex": "female"}
    return Record.from_dict({"schema": "natalizumab-record/1", "person": about, "events": list(events)})


def facts(*events: Mapping[str, Any], on: date = ON) -> Facts:
    return facts_of(record(*events), on, EU)


def jcv(day: str, result: str, assay: str = "STRATIFY", **more: Any) -> dict[str, Any]:
    return {"kind": "jcv", "on": day, "result": result, "assay": assay, **more}


def reaction(day: str, *features: str, **more: Any) -> dict[str, Any]:
    return {"kind": "reaction", "on": day, "features": list(features), **more}


def diagnosis(day: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "diagnosis", "on": day, "name": name, **more}


def antibody(day: str, result: str) -> dict[str, Any]:
    return {"kind": "antibody", "on": day, "result": result}


def enter_then(person: Person, events: Iterable[Mapping[str, Any]], day: date | None = None) -> list[Entry]:
    """Enter events as known since ``day``, or each since its own day."""
    made = []
    for event in events:
        known = timezone.make_aware(datetime.combine(day or date.fromisoformat(event["on"]), time(10, 30)))
        entry = build(person, event, head=head_of(person), by=None, source=Source.FORM, entered_at=known)
        entry.save()
        made.append(entry)
    projection.refresh(person, on=ON)
    return made


def facts_now(clinic: Clinic, on: date = ON) -> list[Facts]:
    """The facts of everybody in the clinic, made where they wait; what is kept of their sums is what they add up to."""
    assert refresh_stale(clinic, on) == 0
    return kept_facts(clinic)


def kept_facts(clinic: Clinic) -> list[Facts]:
    """The facts that are kept, as they are; the sums must be theirs."""
    found = [read(row) for row in PersonFacts.objects.filter(person__clinic=clinic).order_by("person__number")]
    assert +kept_sums(clinic) == sum(map(added_by, found), Counter())
    return found


EVERY_FOUR_WEEKS = doses(*[f"2026-{month}" for month in ("06-01", "06-29", "07-27", "08-24", "09-21", "10-19")])
