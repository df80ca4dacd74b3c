"""Puts the invented clinic into an empty database: a nurse, eighty people, every entry of their courses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from natalizumab.clinic.chain import FIRST
from natalizumab.clinic.demo.accounts import ADMINISTRATOR, NURSE, PRESCRIBER, member, own_pages
from natalizumab.clinic.demo.cast import SEED, Character
from natalizumab.clinic.demo.course import Event, working_day
from natalizumab.clinic.demo.infusions import book
from natalizumab.clinic.entries import Head, build
from natalizumab.clinic.loading.lots import write_new
from natalizumab.clinic.models import Clinic, ClinicDetails, Entry, Person, Role, Source, User
from natalizumab.clinic.plans import person_plan

_MORNING = time(10, 30)
_DECIDED_DAYS_AGO = 21
_LETTERHEAD = {
    "name": "Invented clinic",
    "address": "Level 3, Invented Hospital\n12 Quay Street\nHarbourtown",
    "phone": "01234 567 890",
    "emergency": "call 999, or come to the emergency department, and show the alert card.",
    "sender": "Priya Prescriber (invented)\nConsultant neurologist",
}


@transaction.atomic
def make_clinic(today: date, cast: Sequence[Character]) -> Clinic:
    """A clinic of these people; the same for the same day and cast, ids included."""
    clinic = Clinic.objects.create(name="Invented clinic")
    nurse = member(clinic, NURSE, "Nora", "Nurse (invented)", Role.NURSE)
    prescriber = member(clinic, PRESCRIBER, "Priya", "Prescriber (invented)", Role.PRESCRIBER)
    member(clinic, ADMINISTRATOR, "Ali", "Administrator (invented)", Role.ADMINISTRATOR)
    ClinicDetails(clinic=clinic, by=prescriber, at=_moment(today - timedelta(days=1)), **_LETTERHEAD).save()
    rng = random.Random(SEED)  # noqa: S311
    people = [_person(clinic, character, rng) for character in cast]
    by_person: dict[Person, list[Entry]] = {}
    for character, person in zip(cast, people, strict=True):
        own = _entries(character.course.events, person, nurse, today, rng)
        own += _decisions(character, person, own, prescriber, today, rng)
        by_person[person] = own
    write_new(list(by_person.items()), today)
    book(today, by_person, nurse, rng)
    own_pages(zip((character.story for character in cast), people, strict=True), _moment(today))
    return clinic


def _person(clinic: Clinic, character: Character, rng: random.Random) -> Person:
    return Person(
        id=_uuid(rng),
        clinic=clinic,
        number=character.number,
        name=character.name,
        born=character.born,
        sex=character.sex,
    )


def _entries(events: list[Event], person: Person, by: User, today: date, rng: random.Random) -> list[Entry]:
    """One entry per event in the order of their days; a story's own labels become the ids of entries."""
    by_label: dict[str, Entry] = {}
    entries: list[Entry] = []
    for event in sorted(events, key=lambda e: ("corrects" in e, e["on"])):
        day = date.fromisoformat(event["on"][:10])
        entry = build(
            person,
            event,
            head=_head(entries),
            by=by,
            source=Source.DEMO,
            corrects=by_label[event["corrects"]] if "corrects" in event else None,
            id=_uuid(rng),
            entered_at=_moment(min(day, today) + timedelta(days=2 * ("corrects" in event))),
        )
        if "id" in event:
            by_label[event["id"]] = entry
        entries.append(entry)
    return entries


def _decisions(
    character: Character, person: Person, entries: list[Entry], by: User, today: date, rng: random.Random
) -> list[Entry]:
    """The prescriber's answers that the story tells of, each naming the entries behind the reason it answers."""
    if not character.course.answered:
        return []
    reasons: list[dict[str, Any]] = person_plan(person, entries, today).today["reasons"]
    made: list[Entry] = []
    for reason in (r for r in reasons if r["rule"] in character.course.answered):
        latest = max((entry.day for entry in entries if entry.day and str(entry.pk) in reason["facts"]), default=today)
        day = max(latest, working_day(today - timedelta(days=_DECIDED_DAYS_AGO)))
        event = {
            "kind": "decision",
            "on": day.isoformat(),
            "rule": reason["rule"],
            "choice": "acknowledged",
            "answers": reason["facts"],
            "reason": "Highly active before; talked over, and staying on natalizumab is the wish.",
            "by": by.get_full_name(),
        }
        head, moment = _head([*entries, *made]), _moment(day)
        made.append(build(person, event, head=head, by=by, source=Source.DEMO, id=_uuid(rng), entered_at=moment))
    return made


def _head(entries: list[Entry]) -> Head:
    return Head(entries[-1].sequence, entries[-1].hash) if entries else Head(0, FIRST)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _MORNING))


def _uuid(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
