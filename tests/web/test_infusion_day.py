"""The day's page: who comes when, booking and moving, and that nothing of another clinic is seen or touched."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils import timezone
from tests.web.infusing import ON, booked, done
from tests.web.people import BEN, enter, person

from natalizumab.clinic.infusion import appointments, observing
from natalizumab.clinic.models import (
    Appointment,
    AppointmentState,
    Clinic,
    Entry,
    Observation,
    ObservationEnd,
    Person,
)

TOMORROW = ON + timedelta(days=1)
SLOT = {"day": "2026-11-05", "time": "10:30", "chair": "Chair 1", "route": "iv"}


def chairs(client: Client, day: str = "") -> list[Any]:
    found: list[Any] = client.get(f"/infusions/?day={day}").context["page"].chairs
    return found


def book(client: Client, **fields: str) -> Any:
    return client.post("/infusions/", {"step": "book", "key": str(uuid4()), **SLOT, **fields})


def test_the_chairs_stand_in_the_order_of_time(as_nora: Client, ada: Person, ben: Person) -> None:
    booked(ada, begins=time(11, 0))
    booked(ben, begins=time(9, 15), chair="Room 2")
    assert [(chair.person, chair.state.chair) for chair in chairs(as_nora)] == [(ben, "Room 2"), (ada, "Chair 1")]


def test_a_row_says_the_decision_as_of_that_day_what_is_due_and_which_dose_it_is(as_nora: Client, ben: Person) -> None:
    booked(ben)
    booked(ben, day=ON - timedelta(days=14))
    enter(ben, {"kind": "symptom", "on": "2026-10-30", "name": "word-finding difficulty"})
    (today,), (earlier,) = chairs(as_nora), chairs(as_nora, "2026-10-19")
    assert (today.decision, today.number, today.reasons[0]["rule"]) == ("hold", 4, "PML-01")
    assert "MRI" in [task.word for task in today.tasks]
    assert "PML-01" not in [reason["rule"] for reason in earlier.reasons]


def test_the_week_counts_what_is_booked_and_not_what_was_cancelled(as_nora: Client, ada: Person, ben: Person) -> None:
    booked(ben)
    booked(ada, day=TOMORROW)
    appointments.become(booked(ben, day=TOMORROW, chair="Chair 2"), "cancelled", by=None)
    week = as_nora.get("/infusions/").context["page"].week
    assert [(one.day, one.count) for one in week][:3] == [(ON, 1), (TOMORROW, 1), (TOMORROW + timedelta(days=1), 0)]
    assert len(week) == 7


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "0001-01-01", "9999-12-31", "2026-11-02T10:00"])
def test_a_day_that_is_none_is_today(as_nora: Client, day: str) -> None:
    assert as_nora.get(f"/infusions/?day={day}").context["page"].day == ON


def test_an_appointment_is_booked_by_number_or_by_name(as_nora: Client, ada: Person, ben: Person) -> None:
    assert done(book(as_nora, who="b-2"))
    assert done(book(as_nora, who="Ada Invented", chair="Chair 2"))
    assert {state.appointment.person for state in appointments.of_day(ben.clinic, date(2026, 11, 5))} == {ada, ben}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"who": "nobody"}, "Nobody here has this number or name."),
        ({"who": "Ben Invented"}, "Several people have this name: give the number."),
        ({"who": "B-2", "day": "2026-11-01"}, "Allowed: 2026-11-02 (today) to 2028-11-01."),
        ({"who": "B-2", "day": "2126-11-01"}, "Allowed: 2026-11-02 (today)"),
        ({"who": "B-2", "day": "soon"}, "Enter a valid date."),
        ({"who": "B-2", "time": "25:00"}, "Enter a valid time."),
        ({"who": "B-2", "route": "po"}, "Select a valid choice."),
        ({"who": "B-2", "day": "2026-11-02"}, "Ben Invented has an appointment on that day already."),
        ({"who": "A-1", "day": "2026-11-02"}, "Chair 1 is taken at 10:30"),
        ({"who": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_can_not_be_booked_is_said_and_nothing_typed_is_lost(
    as_nora: Client, ada: Person, ben: Person, clinic: Clinic, fields: dict[str, str], said: str
) -> None:
    booked(ben)
    person(clinic, "B-3", "Ben Invented", BEN)
    response = book(as_nora, **{"chair": "Chair 1", **fields})
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert 'value="Chair 1"' in page
    assert Appointment.objects.count() == 1


def test_an_appointment_moves_and_its_history_stays(as_nora: Client, ben: Person) -> None:
    state = booked(ben)
    asked = {"step": "move", "appointment": str(state.appointment_id), "number": "1", **SLOT}
    assert "Change the appointment of Ben" in as_nora.get(f"/infusions/?change={state.appointment_id}").content.decode()
    assert done(as_nora.post("/infusions/", asked))
    assert (chairs(as_nora), len(chairs(as_nora, "2026-11-05"))) == ([], 1)
    days = AppointmentState.objects.filter(appointment=state.appointment_id).order_by("number").values_list("day")
    assert [day for (day,) in days] == [ON, date(2026, 11, 5)]


def test_a_person_arrives_or_does_not_come(as_nora: Client, ben: Person) -> None:
    state = booked(ben)
    asked = {"appointment": str(state.appointment_id), "number": "1"}
    assert done(as_nora.post("/infusions/", {**asked, "step": "arrived"}))
    (chair,) = chairs(as_nora)
    assert (chair.state.status, chair.waiting) == ("arrived", True)
    assert done(as_nora.post("/infusions/", {**asked, "step": "missed", "number": "2"}))
    (chair,) = chairs(as_nora)
    assert (chair.state.get_status_display(), chair.waiting) == ("Did not come", False)


def test_what_is_over_is_not_changed_any_more(as_nora: Client, ben: Person) -> None:
    state = appointments.become(booked(ben), "given", by=None)
    asked = {"appointment": str(state.appointment_id), "number": "2", "step": "cancel"}
    assert "It is closed: Given" in as_nora.post("/infusions/", asked).content.decode()
    assert "Change the appointment" not in as_nora.get(f"/infusions/?change={state.appointment_id}").content.decode()


@pytest.mark.parametrize("step", ["", "arrived", "missed", "cancel", "move", "steal"])
def test_another_clinics_appointment_is_like_nobodys(as_olga: Client, zoe: Person, ben: Person, step: str) -> None:
    theirs = booked(ben)
    for appointment in (str(theirs.appointment_id), str(uuid4()), "no id"):
        response = as_olga.post("/infusions/", {"step": step, "appointment": appointment, "number": "1", **SLOT})
        assert response.status_code == 200
        assert response.context["problems"] == ["That appointment is not there." if step else "Nothing was chosen."]
        assert "Ben " not in response.content.decode()
    assert AppointmentState.objects.count() == 1


def test_another_clinics_people_are_neither_shown_counted_nor_found(as_olga: Client, zoe: Person, ben: Person) -> None:
    state = booked(ben)
    page = as_olga.get(f"/infusions/?change={state.appointment_id}&book={ben.pk}")
    assert "Ben " not in page.content.decode()
    assert "B-2" not in page.content.decode()
    assert [one.count for one in page.context["page"].week] == [0] * 7
    assert "Nobody here has this number or name." in book(as_olga, who="B-2").content.decode()


def test_a_persons_page_leads_to_the_booking_on_the_day_when_the_dose_is_due(
    as_nora: Client, ben: Person, solver: None
) -> None:
    page = as_nora.get(f"/people/{ben.pk}/").content.decode()
    assert f"/infusions/?day=2026-11-02&amp;book={ben.pk}&amp;route=iv" in page
    form = as_nora.get(f"/infusions/?day=2026-11-09&book={ben.pk}&route=iv").context["book"]
    assert (form["who"].value(), str(form["day"].value())) == ("B-2", "2026-11-09")
    booked(ben)
    assert "Today's infusion" in as_nora.get(f"/people/{ben.pk}/").content.decode()


@pytest.mark.parametrize("people", [1, 12])
def test_a_day_takes_as_many_queries_for_many_as_for_one(
    as_nora: Client, clinic: Clinic, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        booked(person(clinic, f"N-{number}", "Invented", BEN), chair=f"Chair {number}")
    with django_assert_max_num_queries(11):
        assert len(chairs(as_nora)) == people


@pytest.mark.parametrize("row", [Appointment, AppointmentState, Observation, ObservationEnd])
def test_what_became_of_a_day_is_never_changed(ben: Person, row: type[models.Model]) -> None:
    appointments.become(booked(ben), "given", by=None)
    dose = Entry.objects.filter(person=ben, kind="dose").first()
    assert dose is not None
    now = timezone.make_aware(datetime(2026, 11, 2, 12))
    observation = observing.begin(dose, now, 60, 60, by=None)
    observing.finish(observation, "well", "", now + timedelta(hours=2), by=None)
    rows: models.QuerySet[models.Model] = models.QuerySet(row)
    assert rows.exists()
    for attempt in (lambda: rows._raw_delete(using="default"), lambda: models.Model.save(rows[0], force_update=True)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
