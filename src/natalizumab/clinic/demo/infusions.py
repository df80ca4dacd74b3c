"""Appointments of the invented clinic: today, the days around it, and what became of those that are over.

Whoever's dose is due about that day comes then, so that the page shows what a clinic's day shows. Nobody's course is
changed for it: an appointment before today stands for a dose that is on record.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from natalizumab.clinic.demo.course import working_day
from natalizumab.clinic.models import Appointment, AppointmentState, AppointmentStatus, Entry, Person, User
from natalizumab.clinic.plans import PersonPlan, plan_of

CHAIRS = ("Chair 1", "Chair 2", "Chair 3", "Room 4")
FIRST, EVERY = time(9, 0), timedelta(minutes=45)
PAST_DAYS, COMING_DAYS, EARLY_DAYS, MOST_A_DAY = 10, 14, 4, 9


def book(today: date, people: Mapping[Person, Sequence[Entry]], by: User, rng: random.Random) -> None:
    """Every appointment with its states."""
    booked: dict[date, int] = {}
    made: list[Appointment] = []
    states: list[AppointmentState] = []
    for person, entries in people.items():
        for day, status, route in _visits(person, entries, today):
            place = booked.get(day, 0)
            if place >= MOST_A_DAY:
                continue
            booked[day] = place + 1
            one = _appointment(person, by, today, rng)
            made.append(one)
            states += _states(one, day, place, status, route)
    Appointment.objects.bulk_create(made)
    AppointmentState.objects.bulk_create(states)


def _visits(person: Person, entries: Sequence[Entry], today: date) -> Iterator[tuple[date, str, str]]:
    """The day of the last dose, if it was lately, and that on which the next is booked, if it is soon."""
    plan = plan_of(person, entries, today)
    if plan.route is None:
        return
    given = max((entry.day for entry in entries if entry.day and entry.kind == "dose"), default=today)
    if 0 < (today - given).days <= PAST_DAYS:
        yield given, AppointmentStatus.GIVEN, plan.route
    coming = _coming(plan, today)
    if coming is not None:
        yield coming, AppointmentStatus.PLANNED, plan.route


def _coming(plan: PersonPlan, today: date) -> date | None:
    """The day on which the dose is due, or today where it is late; none after a gap or an end.

    Whoever the plan asks something of comes a few days early, so that there is time to answer it.
    """
    due = plan.today["next_dose"]["due"]
    if due is None or plan.gap or plan.ended:
        return None
    early = timedelta(days=0 if plan.today["decision"] == "allow" else EARLY_DAYS)
    day = max(working_day(max(date.fromisoformat(due) - early, today)), today)
    return day if (day - today).days <= COMING_DAYS else None


def _appointment(person: Person, by: User, today: date, rng: random.Random) -> Appointment:
    number = UUID(int=rng.getrandbits(128), version=4)
    at = timezone.make_aware(datetime.combine(today - timedelta(days=PAST_DAYS + COMING_DAYS), FIRST))
    return Appointment(id=number, clinic=person.clinic, person=person, made_by=by, made_at=at, key=str(number))


def _states(one: Appointment, day: date, place: int, status: str, route: str) -> Iterator[AppointmentState]:
    begins = datetime.combine(day, FIRST) + EVERY * (place // len(CHAIRS)) + timedelta(minutes=10 * (place % 2))
    chair = CHAIRS[place % len(CHAIRS)]
    for number, said in enumerate(dict.fromkeys((AppointmentStatus.PLANNED, status)), start=1):
        at = one.made_at if number == 1 else timezone.make_aware(begins)
        yield AppointmentState(
            appointment=one,
            number=number,
            status=said,
            day=day,
            time=begins.time(),
            chair=chair,
            route=route,
            by=one.made_by,
            at=at,
        )
