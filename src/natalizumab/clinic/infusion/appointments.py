"""Appointments for doses: the newest state of each counts, and a new state is the only way to change one.

Booking and changing wait for each other within a clinic, so that two people never get one chair at one time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from natalizumab.clinic.models import Appointment, AppointmentState, AppointmentStatus, Clinic, Person, User
from natalizumab.errors import Refusal

OPEN = (AppointmentStatus.PLANNED, AppointmentStatus.ARRIVED)
"""Nothing has become of it yet."""

DAYS_OF_A_WEEK = 7

# What latest() says, narrowed to one person. Every person's page asks it, and putting it together anew each time took
# ten times as long as answering it.
_NEXT_OPEN = """
SELECT state.* FROM clinic_appointmentstate AS state
JOIN clinic_appointment AS appointment ON appointment.id = state.appointment_id
WHERE appointment.person_id = %s AND state.day >= %s AND state.status IN (%s, %s) AND NOT EXISTS (
    SELECT 1 FROM clinic_appointmentstate AS newer
    WHERE newer.appointment_id = state.appointment_id AND newer.number > state.number
)
ORDER BY state.day, state.time, state.id LIMIT 1
"""


class BookingRefused(Refusal):
    """The appointment can't be made so, and why; ``field`` is the one to change."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


class ChangedMeanwhile(Refusal):
    """Somebody else changed the appointment after the page was made; ``now`` is how it stands."""

    def __init__(self, now: AppointmentState) -> None:
        super().__init__(f"Somebody else changed it meanwhile: {told(now)}.")
        self.now = now


@dataclass(frozen=True, slots=True)
class Slot:
    """When, where and by which route."""

    day: date
    time: time | None
    chair: str
    route: str


def latest() -> QuerySet[AppointmentState]:
    """The newest state of every appointment, with the person."""
    newer = AppointmentState.objects.filter(appointment=OuterRef("appointment"), number__gt=OuterRef("number"))
    return AppointmentState.objects.filter(~Exists(newer)).select_related("appointment__person", "by")


def of_day(clinic: Clinic, day: date) -> list[AppointmentState]:
    """The appointments of a day in the order of time and chair, without those cancelled."""
    found = latest().filter(appointment__clinic=clinic, day=day).exclude(status=AppointmentStatus.CANCELLED)
    return sorted(found, key=lambda state: (state.time or time.max, state.chair, state.appointment.person.number))


def counts(clinic: Clinic, first: date) -> Counter[date]:
    """How many appointments there are on each of the seven days from ``first``."""
    days = (first, first + timedelta(days=DAYS_OF_A_WEEK - 1))
    found = latest().filter(appointment__clinic=clinic, day__range=days).exclude(status=AppointmentStatus.CANCELLED)
    return Counter(dict(found.values_list("day").annotate(Count("pk")).order_by()))


def coming(person: Person, on: date) -> list[AppointmentState]:
    """A person's appointments from that day on which still stand, the next first; of the day itself also those done."""
    found = latest().filter(appointment__person=person, day__gte=on).exclude(status=AppointmentStatus.CANCELLED)
    return [state for state in found.order_by("day", "time", "pk") if state.day == on or state.status in OPEN]


def next_open(person: Person, on: date) -> AppointmentState | None:
    """The first appointment from that day on which is still to come, without the people that it names."""
    key = Person._meta.pk.get_db_prep_value(person.pk, connection)
    return next(iter(AppointmentState.objects.raw(_NEXT_OPEN, [key, on, *OPEN])), None)


def find(clinic: Clinic, appointment: UUID | None) -> AppointmentState | None:
    """The newest state of an appointment of this clinic; None for another clinic's and for nobody's id alike."""
    return latest().filter(appointment__clinic=clinic, appointment=appointment).first()


def book(clinic: Clinic, person: Person, slot: Slot, *, by: User | None, key: str) -> AppointmentState:
    """Make an appointment. The same form (``key``) sent again makes none: it returns what it made."""
    with _alone(clinic):
        before = latest().filter(appointment__key=key, appointment__clinic=clinic).first()
        if before is not None:
            return before
        _refuse_clash(clinic, person, slot, None)
        made = Appointment(clinic=clinic, person=person, made_by=by, key=key)
        made.save()
        return _add(made, 1, AppointmentStatus.PLANNED, slot, "", by)


def walk_in(person: Person, slot: Slot, status: str, reason: str, *, by: User | None, key: str) -> AppointmentState:
    """The appointment of somebody who came without one, as it stands now; the same form makes no second one."""
    before = latest().filter(appointment__key=key, appointment__person=person).first()
    if before is not None:
        return before
    made = Appointment(clinic=person.clinic, person=person, made_by=by, key=key)
    made.save()
    return _add(made, 1, status, slot, reason, by)


def move(state: AppointmentState, slot: Slot, *, by: User | None) -> AppointmentState:
    """Give it another day, time, chair or route; ``state`` is how the page showed it."""
    with _alone(state.appointment.clinic):
        if slot_of(state) == slot:
            return state
        _refuse_clash(state.appointment.clinic, state.appointment.person, slot, state.appointment)
        return _follow(state, AppointmentStatus.PLANNED, slot, "", by)


def become(state: AppointmentState, status: str, reason: str = "", *, by: User | None) -> AppointmentState:
    """Say what became of it; ``state`` is how the page showed it. Said twice, it is written once."""
    with _alone(state.appointment.clinic):
        return _follow(state, status, slot_of(state), reason, by)


def slot_of(state: AppointmentState) -> Slot:
    return Slot(state.day, state.time, state.chair, state.route)


def told(state: AppointmentState) -> str:
    """How an appointment stands, in words."""
    when = f"{state.day} {state.time:%H:%M}" if state.time else f"{state.day}"
    who = f" ({state.by.get_full_name() or state.by.username})" if state.by else ""
    return f"{state.get_status_display()}, {when}{f', {state.chair}' if state.chair else ''}{who}"


@contextmanager
def _alone(clinic: Clinic) -> Iterator[None]:
    """One after the other within a clinic. SQLite has one writer anyway, and ignores the lock."""
    with transaction.atomic():
        Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
        yield


def _follow(state: AppointmentState, status: str, slot: Slot, reason: str, by: User | None) -> AppointmentState:
    now = latest().get(appointment=state.appointment)
    if (now.status, slot_of(now)) == (status, slot):
        return now
    if now.number != state.number:
        raise ChangedMeanwhile(now)
    return _add(state.appointment, now.number + 1, status, slot, reason, by)


def _add(
    appointment: Appointment, number: int, status: str, slot: Slot, reason: str, by: User | None
) -> AppointmentState:
    state = AppointmentState(
        appointment=appointment,
        number=number,
        status=status,
        day=slot.day,
        time=slot.time,
        chair=slot.chair,
        route=slot.route,
        reason=reason,
        by=by,
    )
    state.save()
    return state


def _refuse_clash(clinic: Clinic, person: Person, slot: Slot, own: Appointment | None) -> None:
    there = [state for state in of_day(clinic, slot.day) if state.status in OPEN]
    others = [state for state in there if own is None or state.appointment_id != own.pk]
    if any(state.appointment.person_id == person.pk for state in others):
        raise BookingRefused("day", f"{person.name} has an appointment on that day already.")
    for state in others:
        same_chair = slot.chair and state.chair.casefold() == slot.chair.casefold()
        if same_chair and slot.time is not None and state.time == slot.time:
            raise BookingRefused("chair", f"{slot.chair} is taken at {slot.time:%H:%M}: choose another, or a time.")
