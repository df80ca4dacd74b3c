"""Invented people and how to enter what happened to them, for the tests of the clinic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.test import Client

from natalizumab.clinic.entries import append, append_all
from natalizumab.clinic.models import (
    AccessKind,
    Allowed,
    Clinic,
    ClinicDetails,
    Entry,
    Letter,
    Membership,
    Person,
    PersonAccess,
    Role,
    Source,
    User,
    WorkItem,
)


def member(clinic: Clinic, username: str, role: str) -> User:
    user = User.objects.create_user(username=username, password="only for tests")
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def own_account(person: Person, username: str) -> User:
    """The person's own account."""
    user = User.objects.create_user(username=username, password="only for tests")
    PersonAccess.objects.create(user=user, person=person, kind=AccessKind.SELF)
    return user


def carer_account(person: Person, username: str, *allows: str) -> User:
    """A carer's, who may all that a carer can be allowed unless less is said."""
    user = User.objects.create_user(username=username, password="only for tests")
    granted = list(allows or Allowed.values)
    PersonAccess.objects.create(user=user, person=person, kind=AccessKind.CARER, allows=granted)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(clinic: Clinic, number: str, name: str, events: list[dict[str, Any]], sex: str = "female") -> Person:
    made = Person.objects.create(clinic=clinic, number=number, name=name, born=date(1988, 3, 2), sex=sex)
    append_all(made, events, by=None, source=Source.FORM)
    return made


def enter(person: Person, event: Mapping[str, Any], corrects: Entry | None = None) -> Entry:
    return append(person, event, by=None, source=Source.FORM, corrects=corrects)


LETTERHEAD = {
    "name": "Harbour clinic (invented)",
    "address": "12 Quay Street\nHarbourtown",
    "phone": "01234 567 890",
    "emergency": "call 999",
    "sender": "Dr Petra Prescriber (invented)",
    "calendar_title": "Appointment",
}


def letterhead(clinic: Clinic, by: User, **other: str) -> ClinicDetails:
    """Everything that letters need to be sent."""
    return ClinicDetails.objects.create(clinic=clinic, by=by, **{**LETTERHEAD, **other})


def kept_letter(person: Person) -> Letter:
    """A letter about somebody that says next to nothing; one for each person."""
    found = Letter.objects.filter(person=person).first()
    if found is not None:
        return found
    by, _ = User.objects.get_or_create(username="writer")
    Membership.objects.get_or_create(user=by, clinic=person.clinic, defaults={"role": Role.PRESCRIBER})
    return Letter.objects.create(
        person=person,
        kind="gp",
        day=date(2026, 10, 12),
        recipient="Dr George Practice (invented)",
        document='<article class="letter"><p>Dear Doctor,</p></article>',
        asked='{"events":[],"kind":"gp","on":"2026-10-12","recipient":"","tell_holds":false,"words":{}}',
        hash="0" * 64,
        facts_hash="0" * 64,
        last_sequence=Entry.objects.filter(person=person).count(),
        by=by,
        key=f"kept for {person.pk}",
    )


def thing_of(who: Person | None) -> str:
    """The key of something that is to be done for somebody; for nobody, of nothing."""
    found = WorkItem.objects.filter(person=who, prompt=False).exclude(rule="").first()
    return found.key if found else "0" * 20


def doses(*days: str) -> list[dict[str, Any]]:
    return [{"kind": "dose", "on": day, "dose_mg": 300, "route": "iv", "product": "Tysabri"} for day in days]


ADA: list[dict[str, Any]] = [
    {"kind": "diagnosis", "on": "2019-05-01", "name": "multiple sclerosis"},
    {"kind": "weight", "on": "2024-01-05", "kg": 68},
    {"kind": "jcv", "on": "2024-01-03", "result": "positive", "index": 2.1, "assay": "STRATIFY"},
    {"kind": "mri", "on": "2026-04-20", "protocol": "full", "new_t2": 0, "gd": 0},
    *doses("2024-01-15", "2026-09-14", "2026-10-12"),
    {"kind": "concentration", "on": "2026-10-12", "mg_per_l": 14.2},
]
BEN: list[dict[str, Any]] = [
    {"kind": "diagnosis", "on": "2025-05-01", "name": "multiple sclerosis"},
    {"kind": "therapy", "on": "2025-06-01", "name": "dimethyl fumarate", "until": "2026-07-01"},
    {"kind": "relapse", "on": "2026-03-01"},
    {"kind": "weight", "on": "2026-07-01", "kg": 80},
    {"kind": "mri", "on": "2026-07-20", "protocol": "full", "new_t2": 2, "gd": 1},
    {"kind": "jcv", "on": "2026-07-20", "result": "negative", "assay": "STRATIFY"},
    {"kind": "lab", "on": "2026-10-01", "test": "ALT", "value": 22, "unit": "U/L", "upper_limit": 45},
    {"kind": "form", "on": "2026-07-20", "name": "alert card"},
    {"kind": "form", "on": "2026-07-20", "name": "initiation"},
    *doses("2026-08-10", "2026-09-07", "2026-10-05"),
]
