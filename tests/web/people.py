"""Invented people and how to enter what happened to them, for the tests of the clinic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.test import Client

from natalizumab.clinic.entries import append
from natalizumab.clinic.models import Clinic, Entry, Membership, Person, Source, User


def member(clinic: Clinic, username: str, role: str) -> User:
    user = User.objects.create_user(username=username, password="only for tests")
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(clinic: Clinic, number: str, name: str, events: list[dict[str, Any]], sex: str = "female") -> Person:
    made = Person.objects.create(clinic=clinic, number=number, name=name, born=date(1988, 3, 2), sex=sex)
    for event in events:
        enter(made, event)
    return made


def enter(person: Person, event: Mapping[str, Any], corrects: Entry | None = None) -> Entry:
    return append(person, event, by=None, source=Source.FORM, corrects=corrects)


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
