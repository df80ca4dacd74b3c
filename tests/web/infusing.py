"""How the tests of the infusion day fill in its forms: as a browser would, with the page's hidden fields."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any
from uuid import uuid4

from django.test import Client

from natalizumab.clinic.infusion import appointments
from natalizumab.clinic.infusion.appointments import Slot
from natalizumab.clinic.models import AppointmentState, Entry, Person

ON = date(2026, 11, 2)
NOON = "12:00"
NO_TO_ALL = {f"checklist-{name}": "no" for name in ("new_or_worsening", "immune_condition", "other_drug")}
GIVE = {
    "give-route": "iv",
    "give-product": "Tysabri",
    "give-batch": "B1",
    "give-dose_mg": "300",
    "give-start": NOON,
    "give-minutes": "60",
    "give-observe": "60",
}


def place(person: Person) -> str:
    return f"/people/{person.pk}/infusion/"


def opened(client: Client, person: Person) -> dict[str, str]:
    """The hidden fields of the page: which entry was the last, and a number for the form."""
    page = client.get(place(person)).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert seen
    assert key
    return {"seen": seen[1], "key": key[1]}


def fill(
    client: Client, person: Person, step: str, fields: dict[str, Any], hidden: dict[str, str] | None = None
) -> Any:
    """Send a form, of a page opened just now unless its hidden fields are given."""
    hidden = opened(client, person) if hidden is None else hidden
    return client.post(place(person), {**hidden, "step": step, **fields})


def done(response: Any) -> bool:
    """Whether the form was saved: the browser is sent on."""
    return bool(response.status_code == 302)


def kinds(person: Person) -> list[str]:
    return list(Entry.objects.filter(person=person).order_by("sequence").values_list("kind", flat=True))


def booked(person: Person, day: date = ON, begins: time = time(10, 30), chair: str = "Chair 1") -> AppointmentState:
    return appointments.book(person.clinic, person, Slot(day, begins, chair, "iv"), by=None, key=str(uuid4()))
