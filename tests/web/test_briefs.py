"""What a page reads in a quicker way is what the slower way reads: entries as text, and the next open appointment."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta
from random import Random
from uuid import uuid4

import pytest
from tests.web.infusing import ON, booked
from tests.web.people import ADA, enter

from natalizumab.clinic.briefs import briefs_of
from natalizumab.clinic.infusion import appointments
from natalizumab.clinic.infusion.appointments import OPEN, BookingRefused, Slot, latest, next_open
from natalizumab.clinic.merging import entries_of, version
from natalizumab.clinic.models import AppointmentState, AppointmentStatus, Person, User
from natalizumab.clinic.records import record_json
from natalizumab.clinic.timeline import day_of, timeline

SAME = ("person_id", "sequence", "kind", "day", "payload", "source", "ref", "entered_at", "pk", "corrects_id", "erased")


@pytest.fixture
def corrected(ada: Person) -> Person:
    """With a weight that was corrected, and one that was withdrawn."""
    first = enter(ada, {"kind": "weight", "on": "2026-10-01", "kg": 68})
    enter(ada, {"kind": "weight", "on": "2026-10-01", "kg": 86, "note": "Ümläute \U0001f600 \" \\ '"}, first)
    enter(ada, {"kind": "withdrawal", "on": "2026-10-02", "reason": "not hers"}, first)
    return ada


def test_a_brief_says_of_an_entry_what_the_entry_says(corrected: Person) -> None:
    briefs, entries = briefs_of(corrected.pk), entries_of(corrected)
    assert len(entries) == len(ADA) + 3
    assert [[getattr(one, name) for name in SAME] for one in briefs] == [
        [getattr(one, name) for name in SAME] for one in entries
    ]


def test_briefs_make_the_same_record_the_same_lines_and_the_same_version(corrected: Person) -> None:
    briefs, entries = briefs_of(corrected.pk), entries_of(corrected)
    assert record_json(corrected, briefs) == record_json(corrected, entries)
    assert timeline(briefs, None) == timeline(entries, None)
    assert version(briefs) == version(entries)
    assert list(map(day_of, briefs)) == list(map(day_of, entries))


def test_briefs_are_one_persons_alone(ada: Person, ben: Person) -> None:
    assert {one.person_id for one in briefs_of(ben.pk)} == {ben.pk}
    assert len(briefs_of(ben.pk)) == ben.entries.count()
    assert briefs_of(uuid4()) == []


@pytest.mark.parametrize("seed", range(12))
def test_the_next_open_appointment_is_the_first_of_the_newest_states(seed: int, ada: Person, nora: User) -> None:
    rng = Random(seed)
    for _ in range(rng.randint(0, 6)):
        # Refused where she has one on that day already.
        with suppress(BookingRefused):
            state = booked(ada, day=_some_day(rng), begins=time(rng.randint(8, 16)))
            for _ in range(rng.randint(0, 3)):
                state = _followed(state, rng, nora)
    hers = latest().filter(appointment__person=ada, day__gte=ON, status__in=OPEN)
    assert next_open(ada, ON) == hers.order_by("day", "time", "pk").first()


def _some_day(rng: Random) -> date:
    return ON + timedelta(days=rng.randint(-9, 9))


def _followed(state: AppointmentState, rng: Random, by: User) -> AppointmentState:
    if state.status in OPEN and rng.random() < 0.6:
        slot = Slot(_some_day(rng), time(rng.randint(8, 16)), state.chair, state.route)
        return appointments.move(state, slot, by=by)
    return appointments.become(state, rng.choice(AppointmentStatus.values), "told so", by=by)
