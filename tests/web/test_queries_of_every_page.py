"""No page asks the database more often because a clinic or a record is larger: every address there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.addresses import ADDRESSES, confirm, filled, report
from tests.web.full_clinic import full_clinic, new_key
from tests.web.infusing import ON, booked
from tests.web.people import ADA, BEN, LETTERHEAD, carer_account, doses, enter, kept_letter, member, person, signed_in

from natalizumab.clinic import merging, plans
from natalizumab.clinic.accounts import members
from natalizumab.clinic.me import carers, triage
from natalizumab.clinic.models import (
    ClinicDetails,
    Handling,
    Letter,
    Person,
    PersonChange,
    Reading,
    Role,
    User,
    WorkItem,
)
from natalizumab.clinic.permissions import MAY, PUBLIC, SIGNED_IN
from natalizumab.clinic.work.handling import Change, handle

pytestmark = pytest.mark.usefixtures("solver")

MOST = 12
TIMES = 10
"""The large clinic has so many times as much of everything."""


LOOKS = 6
"""What is kept in tables is worked out by who looks first, so much at a time: after so many looks it is all there."""

Asked = dict[tuple[str, str], list[int]]


def questions(clients: Mapping[str, Client], who: Person, small: Asked | None = None) -> Asked:
    """By role and address: how many questions the page asked, look after look, until it asked as few as ``small``."""
    found: Asked = {}
    for (role, client), (name, place) in product(clients.items(), ADDRESSES.items()):
        roles = MAY[name].get("GET", frozenset())
        if role in roles or roles is PUBLIC or roles is SIGNED_IN:
            page = role, name
            found[page] = looks(client, filled(place, who), small[page][-1] if small else 0)
    return found


def looks(client: Client, place: str, wanted: int) -> list[int]:
    """The questions of one look after another, none of them with plans that the process remembers."""
    found: list[int] = []
    while len(found) < (LOOKS if wanted else 2) and (not found or found[-1] > wanted):
        plans.forget()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(place)
            answer.getvalue()
        assert answer.status_code < 500, place
        found.append(len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]))
    return found


def grow(who: Person, accounts: dict[str, User]) -> None:
    """Ten times as many people, entries, letters, reports, colleagues, and all the rest."""
    clinic, nurse = who.clinic, accounts[Role.NURSE]
    for number in range(3 * TIMES):
        one = person(clinic, f"N-{number:03}", f"Person {number} Invented", ADA if number % 2 else BEN)
        booked(one, begins=time(8 + number % 10), chair=f"Chair {10 + number}")
        report(one)
        if number < TIMES:
            twin = person(clinic, f"T-{number:03}", f"Person {number} Inventet", doses("2026-08-18"))
            merging.merge(one, twin, by=nurse, reason="One hospital number.")
    _grow_record(who, nurse)
    for number in range(TIMES):
        member(clinic, f"more-{number}", Role.NURSE)
        carer_account(who, f"carer-{number}")
        carers.invite(who, ["dates"], by=nurse)
        members.invite(clinic, Role.NURSE, by=accounts[Role.ADMINISTRATOR])
        ClinicDetails.objects.create(clinic=clinic, by=nurse, **LETTERHEAD | {"phone": f"0123 {number}"})
        triage.answer(report(who), "Come at two.", by=nurse)


def _grow_record(who: Person, nurse: User) -> None:
    for number in range(TIMES * who.entries.count()):
        enter(who, {"kind": "weight", "on": str(date(2024, 2, 1) + timedelta(days=number)), "kg": 68})
    old = kept_letter(who)
    for number in range(TIMES):
        booked(who, day=ON + timedelta(days=10 + number))
        copied = {
            name: getattr(old, name) for name in ("person", "kind", "recipient", "document", "asked", "hash", "by")
        }
        more = {"facts_hash": old.facts_hash, "last_sequence": old.last_sequence, "day": ON, "key": new_key()}
        Letter.objects.create(**copied, **more)
        PersonChange.objects.create(person=who, by=nurse, changed={"name": ["A", "B"]}, key=new_key())
    Reading.objects.bulk_create(Reading(person=who, user=nurse, what="person") for _ in range(20 * TIMES))
    for item in WorkItem.objects.filter(person=who, prompt=False).exclude(rule=""):
        for number in range(TIMES):
            order = Change(ordered=(date(2026, 10, 1 + number), f"RX-{number}"))
            seen = Handling.objects.filter(person=who, key=item.key).count()
            handle(who, item.key, order, by=nurse, form=new_key(), seen=seen, on=ON)


def test_no_page_asks_more_of_a_larger_clinic_and_none_asks_much(db: None) -> None:
    who, accounts = full_clinic("Harbour clinic (invented)", "A")
    clients = {
        role: signed_in(accounts[role])
        for role in (Role.PRESCRIBER, Role.AUDITOR, Role.ADMINISTRATOR, "person", "carer")
    }
    for client in clients.values():
        confirm(client)
    small = questions(clients, who)
    grow(who, accounts)
    large = questions(clients, who, small)
    assert {page: (small[page], asked) for page, asked in large.items() if asked[-1] > small[page][-1]} == {}
    assert {page: asked for page, asked in large.items() if max(asked) > MOST} == {}
