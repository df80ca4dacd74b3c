"""Two nurses at once on a real database of its own, for test_infusion_two_nurses.py: prints what came of each round.

A program of its own, because the tests' SQLite database lies in memory, where two writers do not wait for each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connections
from django.test import Client
from tests.web import infusing
from tests.web.people import BEN, member, person, signed_in

from natalizumab.clinic.auditing import verify
from natalizumab.clinic.infusion import appointments
from natalizumab.clinic.models import Appointment, Clinic, Entry, Observation, Person, Role

ROUNDS = 8
Said = dict[str, Any]
EARLY = {**infusing.GIVE, "give-start": "00:00"}


def at_once(sends: Sequence[Callable[[], Any]]) -> list[int]:
    """The statuses of requests that are sent at one moment, each from a thread with a connection of its own."""
    together = Barrier(len(sends))

    def send(one: Callable[[], Any]) -> int:
        together.wait()
        try:
            return int(one().status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sends)) as pool:
        return sorted(pool.map(send, sends))


def give(nurses: Sequence[Client], who: Person, *, one_form: bool) -> Said:
    """Both give the dose: from a page each, or the same page sent twice."""
    pages = [infusing.opened(nurses[0], who)] * 2 if one_form else [infusing.opened(one, who) for one in nurses]
    # A default per lambda: each keeps its own nurse and page.
    sends = [
        lambda nurse=nurse, page=page: infusing.fill(nurse, who, "give", EARLY, page)
        for nurse, page in zip(nurses, pages, strict=True)
    ]
    statuses = at_once(sends)
    return {
        "statuses": statuses,
        "doses": Entry.objects.filter(person=who, kind="dose").count() - BEN_DOSES,
        "observations": Observation.objects.filter(person=who).count(),
        "states": [state.status for state in appointments.coming(who, infusing.ON)],
    }


def book(nurses: Sequence[Client], people: Sequence[Person], *, one_form: bool) -> Said:
    """Both book the same chair at the same time: for two people, or the same form sent twice."""
    keys = [str(uuid4())] * 2 if one_form else [str(uuid4()), str(uuid4())]
    who = [people[0]] * 2 if one_form else people
    sends = [
        lambda nurse=nurse, key=key, one=one: nurse.post("/infusions/", slot(one, key, people[0].number))
        for nurse, key, one in zip(nurses, keys, who, strict=True)
    ]
    statuses = at_once(sends)
    return {"statuses": statuses, "booked": Appointment.objects.filter(person__in=people).count()}


def slot(who: Person, key: str, chair: str) -> dict[str, str]:
    when = {"day": "2026-11-05", "time": "10:30", "chair": chair, "route": "iv"}
    return {"step": "book", "key": key, "who": who.number, **when}


BEN_DOSES = sum(event["kind"] == "dose" for event in BEN)


def main() -> None:
    call_command("migrate", verbosity=0)
    mark = uuid4().hex[:6]
    clinic = Clinic.objects.create(name=f"Invented {mark}")
    nurses = [signed_in(member(clinic, f"{name}-{mark}", Role.NURSE)) for name in ("nora", "nils")]
    rounds: dict[str, list[Said]] = {"two pages": [], "one page": [], "two bookings": [], "one booking": []}
    for number in range(ROUNDS):
        people = [person(clinic, f"{number:02}{mark[:4]}-{part}", "Invented", BEN) for part in "abcdef"]
        for who in people[:2]:
            infusing.fill(nurses[0], who, "checklist", infusing.NO_TO_ALL)
        rounds["two pages"].append(give(nurses, people[0], one_form=False))
        rounds["one page"].append(give(nurses, people[1], one_form=True))
        rounds["two bookings"].append(book(nurses, people[2:4], one_form=False))
        rounds["one booking"].append(book(nurses, people[4:6], one_form=True))
    print(json.dumps({"rounds": rounds, "problems": [problem.what for problem in verify().problems]}))
