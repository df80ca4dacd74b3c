"""A clinic with something of everything in it: what the walks over all addresses, forms and roles walk through."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone
from tests.web.addresses import carer_of, report
from tests.web.infusing import ON, booked
from tests.web.people import ADA, BEN, carer_account, doses, enter, kept_letter, letterhead, member, own_account, person

from natalizumab.clinic import merging
from natalizumab.clinic.accounts import links, members
from natalizumab.clinic.infusion import observing
from natalizumab.clinic.me import carers, triage
from natalizumab.clinic.models import Clinic, Person, Purpose, ReminderAddress, Role, User, WorkItem
from natalizumab.clinic.work.handling import Change, handle

TEAM = tuple(Role.values)
SICK = {"kind": "symptom", "on": "2026-10-30", "name": "clumsy right hand", "worsening": True}
"""A sign of danger: it holds the dose, so that there is something to release."""


def full_clinic(name: str, mark: str) -> tuple[Person, dict[str, User]]:
    """Its first person, and an account for each role; ``mark`` sets numbers, names and accounts apart from others'.

    The first person is ill and held, was merged with a twin, has an appointment, letters, reports, a carer, and
    things that somebody took; the second is being observed after a dose; the third waits for one; the fourth has things
    to do that nobody took.
    """
    clinic = Clinic.objects.create(name=name)
    team = {role: member(clinic, f"{mark}-{role}", role) for role in TEAM}
    who = person(clinic, f"{mark}-1", f"{mark}a Invented", [*ADA, SICK])
    nurse = team[Role.NURSE]
    _correct(who)
    _observed(person(clinic, f"{mark}-2", f"{mark}b Invented", [*BEN, *doses("2026-11-02")], sex="male"))
    booked(person(clinic, f"{mark}-3", f"{mark}c Invented", BEN), begins=time(11), chair="Chair 3")
    person(clinic, f"{mark}-4", f"{mark}d Invented", ADA)
    twin = person(clinic, f"{mark}-01", f"{mark}a Inventet", doses("2026-08-17"))
    merging.merge(who, twin, by=nurse, reason="One hospital number.")
    _around(clinic, who, team)
    return who, team | {"person": own_account(who, f"{mark}-person"), "carer": carer_account(who, f"{mark}-carer")}


def _correct(who: Person) -> None:
    weight = who.entries.get(kind="weight")
    enter(who, {"kind": "weight", "on": "2024-01-05", "kg": 69}, corrects=weight)


def _observed(who: Person) -> None:
    dose = who.entries.get(day=ON)
    begun = timezone.make_aware(datetime.combine(ON, time(9)))
    observing.begin(dose, begun, 60, 60, by=None)
    booked(who, begins=time(9), chair="Chair 2")


def _around(clinic: Clinic, who: Person, team: dict[str, User]) -> None:
    """All that is kept beside entries."""
    nurse, administrator = team[Role.NURSE], team[Role.ADMINISTRATOR]
    letterhead(clinic, nurse)
    ReminderAddress.objects.create(person=who, email="a@home.example", consent="own", by=nurse, key=new_key())
    kept_letter(who)
    booked(who)
    booked(who, day=ON + timedelta(days=3))
    item = WorkItem.objects.filter(person=who, prompt=False).exclude(rule="")[0]
    handle(
        who,
        item.key,
        Change(owner=nurse, ordered=(date(2026, 11, 1), "RX-7")),
        by=nurse,
        form=new_key(),
        seen=0,
        on=ON,
    )
    report(who)
    triage.answer(report(who), "Come at two.", by=nurse)
    carer_of(who)
    carers.invite(who, ["dates"], by=nurse)
    members.invite(clinic, Role.NURSE, by=administrator)
    links.make(Purpose.PASSWORD, clinic, by=administrator, user=nurse)


def new_key() -> str:
    """A form's own number."""
    return uuid4().hex
