"""The calendar file: everything in it that is due, and nothing that tells why."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests.letters import record
from tests.web.people import ADA, BEN, enter, letterhead, person

from natalizumab.care import load_protocol
from natalizumab.clinic.calendar_file import TELLING, TitleRefused, calendar_file, neutral
from natalizumab.clinic.models import Clinic, Person, User
from natalizumab.evidence import vocabulary
from natalizumab.letters.told import told_items
from natalizumab.letters.treatment import seen

ON = date(2026, 11, 2)
ZONE = "Europe/London"
SOMEBODY = UUID("0198a000-0000-7000-8000-000000000001")
"""Written out: an id drawn anew could spell one of the words below."""

TELLTALES = (
    *("natalizumab", "tysabri", "tyruko", "sclerosis", "pml", "jcv", "jc virus", "mri", "infusion", "neuro", "clinic"),
    *("antibod", "liver", "blood", "scan", "dose", "hospital", "ada", "harbour", "lumbar", "spinal"),
)


def made(name: str = "stable", on: date = ON, title: str = "Appointment", last: int = 60) -> bytes:
    look = seen(record(name), on, load_protocol("uk"))
    return calendar_file(SOMEBODY, look, title, last, ZONE)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def by_day(content: bytes) -> dict[date, Any]:
    return {event.decoded("dtstart"): event for event in events(content)}


@pytest.mark.parametrize(
    "name", ["stable", "high-index", "suspected-pml", "starting", "stopped", "six-weekly", "transferred", "reaction"]
)
def test_nothing_in_the_file_names_a_disease_a_drug_or_a_place(name: str) -> None:
    content = made(name).replace(b"\r\n ", b"").decode().lower()
    assert [word for word in TELLTALES if word in content] == []
    words = set(re.findall(r"[a-z]+", content))
    names = {spelling for book in ("therapies", "diagnoses") for t in vocabulary(book).terms for spelling in [t.name]}
    assert words & ({name.lower() for name in names} | TELLING) == set()


def test_the_next_dose_and_all_that_is_due_are_there_as_whole_days() -> None:
    look = seen(record("stable"), ON, load_protocol("uk"))
    found = by_day(made())
    assert found.keys() == {date(2026, 11, 9), *(date.fromisoformat(item["due"]) for item in told_items(look.plan))}
    assert {str(event["summary"]) for event in found.values()} == {"Appointment"}
    assert all(type(event.decoded("dtend")) is date for event in found.values())


def test_a_window_lasts_from_its_first_day_to_its_last() -> None:
    found = by_day(made("suspected-pml"))[date(2026, 11, 30)]
    assert found.decoded("dtend") == date(2027, 1, 1)
    assert str(found["description"]) == "Any day up to 31 December 2026; it is arranged with you."


def test_what_is_late_stands_on_the_day_itself() -> None:
    found = by_day(made("transferred"))[ON]
    assert str(found["description"]) == "Please arrange it soon."


@pytest.mark.parametrize("name", ["suspected-pml", "high-index", "reaction", "stopped"])
def test_a_dose_that_is_held_or_stopped_has_no_day_and_a_suspicion_leaves_no_trace(name: str) -> None:
    look = seen(record(name), ON, load_protocol("uk"))
    assert len(events(made(name))) == len(told_items(look.plan))


def test_the_same_question_has_the_same_bytes() -> None:
    assert made() == made()


def test_a_newer_file_replaces_what_an_older_one_put_there() -> None:
    old, new = made(on=date(2026, 10, 20), last=59), made(last=60)
    numbers = {int(event["sequence"]) for event in events(old)}, {int(event["sequence"]) for event in events(new)}
    assert max(numbers[0]) < min(numbers[1])
    assert {str(event["uid"]) for event in events(old)} == {str(event["uid"]) for event in events(new)}
    assert len({str(event["uid"]) for event in events(new)}) == len(events(new))


def test_a_planned_dose_with_its_time_stands_in_the_clinics_zone(clinic: Clinic) -> None:
    planned = {"kind": "dose", "on": "2026-11-09T09:30+00:00", "dose_mg": 300, "route": "iv", "planned": True}
    who = person(clinic, "P-1", "Pia Invented", [*BEN, planned])
    from natalizumab.clinic.models import Entry
    from natalizumab.clinic.records import record_of

    look = seen(record_of(who, Entry.objects.filter(person=who).order_by("sequence")), ON, load_protocol("eu"))
    content = calendar_file(who.pk, look, "Appointment", 1, ZONE)
    starts = [event.decoded("dtstart") for event in events(content)]
    assert datetime(2026, 11, 9, 9, 30, tzinfo=ZoneInfo(ZONE)) in starts
    assert b"BEGIN:VTIMEZONE" in content
    assert b"DTSTART;TZID=Europe/London:20261109T093000" in content


@pytest.mark.parametrize("title", ["Appointment", "  Dentist ", "Coffee with Kim", "Termin", "Rendez-vous"])
def test_a_title_that_tells_nothing_is_taken(title: str) -> None:
    assert neutral(title) == title.strip()


@pytest.mark.parametrize(
    "title",
    [
        *("", "   ", "x" * 61, "MS nurse", "tysabri", "Natalizumab day", "multiple sclerosis", "My MRI", "Neurology"),
        *("Ocrelizumab", "PML check", "plasma exchange", "a\x00b", "blood-test", "Infusion"),
    ],
)
def test_a_title_that_tells_something_or_nothing_at_all_is_refused(title: str) -> None:
    with pytest.raises(TitleRefused, match="for example Appointment"):
        neutral(title)


def test_the_page_gives_the_file_under_a_name_that_tells_nothing(as_nora: Client, ada: Person) -> None:
    answer = as_nora.get(reverse("appointments", args=[ada.pk]), {"title": "Coffee"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="appointments.ics"'
    assert {str(event["summary"]) for event in events(answer.content)} == {"Coffee"}
    assert str(ada.pk) not in answer.content.decode()


def test_the_clinic_chooses_the_usual_title(as_nora: Client, nora: User, ada: Person) -> None:
    letterhead(ada.clinic, nora, calendar_title="Rendez-vous")
    answer = as_nora.get(reverse("appointments", args=[ada.pk]))
    assert {str(event["summary"]) for event in events(answer.content)} == {"Rendez-vous"}


def test_a_title_that_tells_something_leads_back_with_the_reason(as_nora: Client, ada: Person) -> None:
    page = as_nora.get(reverse("appointments", args=[ada.pk]), {"title": "Tysabri"}).content.decode()
    assert "Title: &quot;tysabri&quot; would tell others what it is about" in page


def test_a_record_that_can_not_be_read_leads_back_with_the_reason(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "weight", "on": "2026-10-30", "kg": -5})
    assert 'role="alert"' in as_nora.get(reverse("appointments", args=[ada.pk])).content.decode()


def test_somebody_without_anything_due_has_an_empty_calendar(clinic: Clinic, as_nora: Client) -> None:
    who = person(clinic, "N-1", "Noa Invented", [ADA[0]])
    content = as_nora.get(reverse("appointments", args=[who.pk])).content
    assert content.startswith(b"BEGIN:VCALENDAR")
