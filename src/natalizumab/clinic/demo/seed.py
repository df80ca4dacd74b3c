"""Puts the invented clinic into an empty database: a nurse, eighty people, every entry of their courses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from natalizumab.clinic.demo.cast import SEED, Character
from natalizumab.clinic.demo.course import Event, working_day
from natalizumab.clinic.entries import build
from natalizumab.clinic.models import Clinic, Entry, Membership, Person, Role, Source, User
from natalizumab.clinic.plans import person_plan

NURSE = "demo-nurse"
PRESCRIBER = "demo-prescriber"

_MORNING = time(10, 30)
_DECIDED_DAYS_AGO = 21


@transaction.atomic
def make_clinic(today: date, cast: Sequence[Character]) -> Clinic:
    """A clinic of these people; the same for the same day and cast, ids included."""
    clinic = Clinic.objects.create(name="Invented clinic")
    nurse = _member(clinic, NURSE, "Nora", "Nurse (invented)", Role.NURSE)
    prescriber = _member(clinic, PRESCRIBER, "Priya", "Prescriber (invented)", Role.PRESCRIBER)
    rng = random.Random(SEED)  # noqa: S311
    people = Person.objects.bulk_create(_person(clinic, character, rng) for character in cast)
    entries: list[Entry] = []
    for character, person in zip(cast, people, strict=True):
        own = _entries(character.course.events, person, nurse, today, rng)
        own += _decisions(character, person, own, prescriber, today, rng)
        entries += own
    Entry.objects.bulk_create(entries, batch_size=500)
    return clinic


def _member(clinic: Clinic, username: str, first: str, last: str, role: str) -> User:
    user = User(username=username, first_name=first, last_name=last)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


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
        entry = build(
            person,
            event,
            sequence=len(entries) + 1,
            by=by,
            source=Source.DEMO,
            corrects=by_label[event["corrects"]] if "corrects" in event else None,
        )
        entry.id = _uuid(rng)
        entry.entered_at = _moment(min(entry.day, today) + timedelta(days=2 * ("corrects" in event)))
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
        latest = max((entry.day for entry in entries if str(entry.pk) in reason["facts"]), default=today)
        event = {
            "kind": "decision",
            "on": max(latest, working_day(today - timedelta(days=_DECIDED_DAYS_AGO))).isoformat(),
            "rule": reason["rule"],
            "choice": "acknowledged",
            "answers": reason["facts"],
            "reason": "Highly active before; talked over, and staying on natalizumab is the wish.",
            "by": by.get_full_name(),
        }
        entry = build(person, event, sequence=len(entries) + len(made) + 1, by=by, source=Source.DEMO)
        entry.id = _uuid(rng)
        entry.entered_at = _moment(entry.day)
        made.append(entry)
    return made


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _MORNING))


def _uuid(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
