"""Every look at somebody's page is on record, and an auditor sees whose it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.web.forms import text_of
from tests.web.people import member, signed_in

from natalizumab.clinic.models import Clinic, Entry, ListReading, Person, Reading, Role, User
from natalizumab.clinic.permissions import MAY
from natalizumab.clinic.vigilance.signals import BY_SLUG

pytestmark = pytest.mark.usefixtures("solver")


@pytest.fixture
def as_audra(clinic: Clinic) -> Client:
    return signed_in(member(clinic, "audra", Role.AUDITOR))


def seen(who: Person) -> list[tuple[str, str]]:
    return list(Reading.objects.filter(person=who).order_by("pk").values_list("user__username", "what"))


def test_a_look_at_a_page_is_on_record_once_with_its_pictures(as_nora: Client, ada: Person) -> None:
    for part in ("", "charts/saturation.json", "charts/concentration.json", "interval/"):
        as_nora.get(f"/people/{ada.pk}/{part}")
    assert seen(ada) == [("nora", "person")]


def test_a_picture_asked_for_by_itself_is_on_record_too(as_nora: Client, ada: Person) -> None:
    as_nora.get(f"/people/{ada.pk}/interval/", headers={"HX-Request": "true"})
    assert seen(ada) == [("nora", "interval")]


def test_every_page_about_a_person_that_shows_something_is_on_record(as_nora: Client, ada: Person) -> None:
    entry = Entry.objects.filter(person=ada).order_by("sequence")[0]
    places = {
        "person-details": "details/",
        "person-merge": "merge/",
        "entry-kinds": "add/",
        "entry-add": "add/dose/",
        "entry": f"entries/{entry.pk}/",
        "entry-correct": f"entries/{entry.pk}/correct/",
        "entry-withdraw": f"entries/{entry.pk}/withdraw/",
        "switch": "switch/",
    }
    for name, place in places.items():
        assert name in MAY
        as_nora.get(f"/people/{ada.pk}/{place}")
    assert [what for _, what in seen(ada)] == list(places)


def test_looking_at_somebody_of_another_clinic_is_no_reading(as_olga: Client, ada: Person) -> None:
    as_olga.get(f"/people/{ada.pk}/")
    assert seen(ada) == []


def test_comparing_two_people_is_reading_both(as_nora: Client, ada: Person, ben: Person) -> None:
    as_nora.get(f"/people/{ada.pk}/merge/?other={ben.number}")
    assert seen(ada) == seen(ben) == [("nora", "person-merge")]


def test_an_auditor_sees_who_read_what_and_that_looking_is_a_reading(
    as_audra: Client, as_nora: Client, nora: User, ada: Person
) -> None:
    nora.first_name, nora.last_name = "Nora", "Nurse"
    nora.save()
    as_nora.get(f"/people/{ada.pk}/")
    page = text_of(as_audra.get(f"/people/{ada.pk}/readers/"))
    assert "Nora Nurse A person&#x27;s page" in page
    assert "audra Who read a person&#x27;s pages" in page


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.AUDITOR])
def test_nobody_but_an_auditor_sees_who_read_it(clinic: Clinic, ada: Person, role: str) -> None:
    client = signed_in(member(clinic, "somebody", role))
    assert client.get(f"/people/{ada.pk}/readers/").status_code == 403
    if role != Role.ADMINISTRATOR:
        assert "Who read this" not in text_of(client.get(f"/people/{ada.pk}/"))


def test_the_page_takes_few_queries_however_many_looked(
    as_audra: Client, nora: User, ada: Person, django_assert_max_num_queries: Any
) -> None:
    Reading.objects.bulk_create(Reading(person=ada, user=nora, what="person") for _ in range(120))
    for page in ("", "?page=3", "?page=nonsense", "?page=99"):
        with django_assert_max_num_queries(12):
            assert as_audra.get(f"/people/{ada.pk}/readers/{page}").status_code == 200


def lists() -> list[tuple[str, str, int, str]]:
    found = ListReading.objects.order_by("pk")
    return list(found.values_list("user__username", "what", "people", "narrowed"))


def test_a_list_of_many_people_that_is_taken_along_is_one_line_on_record(
    as_nora: Client, ada: Person, ben: Person
) -> None:
    for place in ("worklist.csv", "worklist.ics?decision=allow&search=invented"):
        b"".join(as_nora.get(f"/{place}"))
    for place in ("clinic/vigilance/hypersensitivity/", "clinic/vigilance/hypersensitivity.csv"):
        as_nora.get(f"/{place}")
    signal = BY_SLUG["hypersensitivity"].title
    assert lists() == [
        ("nora", "worklist-csv", 2, ""),
        ("nora", "worklist-ics", 1, "a search, Allow"),
        ("nora", "signal", 0, signal),
        ("nora", "signal-file", 0, signal),
    ]
    assert not Reading.objects.exists()


def test_the_worklist_itself_writes_nothing(as_nora: Client, ada: Person) -> None:
    as_nora.get("/")
    assert lists() == []


def test_whoever_was_searched_for_is_not_named(as_nora: Client, ada: Person) -> None:
    b"".join(as_nora.get("/worklist.csv?search=Ada+Invented"))
    assert lists() == [("nora", "worklist-csv", 1, "a search")]


def test_an_auditor_sees_the_lists_of_their_own_clinic_beside_who_read_a_person(
    as_audra: Client, as_nora: Client, as_olga: Client, ada: Person, zoe: Person
) -> None:
    for client in (as_nora, as_olga):
        b"".join(client.get("/worklist.csv?need=overdue"))
    page = text_of(as_audra.get(f"/people/{ada.pk}/readers/"))
    assert "The worklist as a table" in page
    assert "Something overdue" in page
    assert "olga" not in page
