"""Does what leaves the house say what the list says, nothing that is stale, and no disease in a title?"""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.web.people import BEN, doses, enter, person, signed_in

from natalizumab.clinic.models import Clinic, Person, User, Work
from natalizumab.clinic.projection import TOGETHER
from natalizumab.clinic.work.exporting import HEADER, TITLE, table

ON = date(2026, 11, 2)


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = b"".join(client.get(f"/worklist.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def events(client: Client, query: str = "") -> list[Any]:
    return list(Calendar.from_ical(client.get(f"/worklist.ics{query}").content).walk("VEVENT"))


def test_the_table_has_a_line_for_everybody_in_the_lists_order(as_nora: Client, ada: Person, ben: Person) -> None:
    first, second = rows(as_nora)
    assert (first["Number"], first["Decision"], first["Next dose"]) == ("A-1", "Confirm", "2026-11-09")
    assert "MRI" in first["Overdue"]
    assert (second["Number"], second["Decision"], second["Why"]) == ("B-2", "Allow", "")


def test_the_table_is_narrowed_as_the_list_is(as_nora: Client, ada: Person, ben: Person) -> None:
    assert [row["Number"] for row in rows(as_nora, "?decision=allow")] == ["B-2"]
    assert [row["Number"] for row in rows(as_nora, "?sort=number")] == ["A-1", "B-2"]
    assert rows(as_nora, "?search=nobody") == []


def test_the_other_clinics_people_are_in_neither(as_nora: Client, zoe: Person) -> None:
    assert (rows(as_nora), events(as_nora)) == ([], [])


def test_a_spreadsheet_takes_no_cell_for_a_formula(as_nora: Client, clinic: Clinic) -> None:
    Person.objects.create(clinic=clinic, number="=1+1", name='=HYPERLINK("x")')
    (row,) = rows(as_nora)
    assert (row["Number"], row["Name"]) == ("'=1+1", '\'=HYPERLINK("x")')


def test_the_calendar_shows_each_next_dose_as_a_whole_day_and_names_no_disease(
    as_nora: Client, ada: Person, ben: Person
) -> None:
    enter(ada, {"kind": "dose", "on": "2026-11-02", "dose_mg": 300, "route": "iv", "product": "Tysabri"})
    found = {str(event["description"]): event for event in events(as_nora)}
    assert set(found) == {"A-1", "B-2"}
    assert found["A-1"]["dtstart"].dt == date(2026, 11, 30)
    assert found["B-2"]["dtstart"].dt == ON
    text = as_nora.get("/worklist.ics").content.decode()
    assert all(str(event["summary"]) == TITLE == "Appointment" for event in found.values())
    for word in ("sclerosis", "PML", "Tysabri", "MS", "Invented", "scan"):
        assert word not in text.replace("natalizumab//worklist", "")


def test_the_calendar_promises_no_dose_to_whom_it_is_withheld_or_after_a_gap(as_nora: Client, clinic: Clinic) -> None:
    held = person(clinic, "H-1", "Held Invented", BEN)
    enter(held, {"kind": "symptom", "on": "2026-10-30", "name": "word-finding difficulty"})
    person(clinic, "G-1", "Gap Invented", [*BEN[:-3], *doses("2026-06-01")])
    assert events(as_nora) == []


def test_reading_the_calendar_again_gives_the_same_events(as_nora: Client, ben: Person) -> None:
    once, again = events(as_nora), events(as_nora)
    assert [event["uid"] for event in once] == [event["uid"] for event in again] != []


def test_what_is_stale_is_never_called_a_decision(ada: Person) -> None:
    row = Work.objects.get(person=ada)
    row.made_by = "another"
    assert list(table([row], ON))[1].startswith("A-1,Ada Invented,to be worked out,,")
    assert len(list(csv.reader(list(table([row], ON))))[1]) == len(HEADER)


@pytest.mark.parametrize("place", ["/worklist.csv", "/worklist.ics"])
@pytest.mark.parametrize("people", [1, 40])
def test_the_number_of_queries_does_not_grow(nora: User, clinic: Clinic, place: str, people: int) -> None:
    Person.objects.bulk_create(
        Person(clinic=clinic, number=f"N-{number}", name="Many Invented") for number in range(people)
    )
    from natalizumab.clinic import projection

    projection.add_rows(Person.objects.all())
    assert people <= TOGETHER
    client = signed_in(nora)
    with CaptureQueriesContext(connection) as asked:
        response: Any = client.get(place)
        _ = b"".join(response) if response.streaming else response.content
    # Savepoints are the test's own: it runs within a transaction.
    assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 12


def test_a_calendar_says_when_it_was_made(as_nora: Client, ben: Person) -> None:
    (event,) = events(as_nora)
    assert isinstance(event["dtstamp"].dt, datetime)
