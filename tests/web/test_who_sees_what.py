"""Who may see what: a nurse of the clinic, a nurse of another, somebody without a clinic, nobody at all."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.web.forms import without_token
from tests.web.people import signed_in

from natalizumab.clinic.models import Clinic, Person, User

pytestmark = pytest.mark.usefixtures("solver")


def test_another_clinics_person_looks_like_nobody(as_olga: Client, zoe: Person, ada: Person) -> None:
    """Status, words and headers are those of an id that nobody has."""
    for place in ("/people/{}/", "/people/{}/charts/saturation.json", "/people/{}/interval/"):
        theirs, nobodys = as_olga.get(place.format(ada.pk)), as_olga.get(place.format(uuid4()))
        assert theirs.status_code == nobodys.status_code == 404
        assert without_token(theirs.content) == without_token(nobodys.content)
        for answer in (theirs, nobodys):
            del answer.headers["X-Request-Id"]  # each request has its own
        assert theirs.headers == nobodys.headers


def test_another_clinics_people_are_neither_listed_nor_counted_nor_found(
    as_olga: Client, zoe: Person, ada: Person
) -> None:
    page = as_olga.get("/").content.decode()
    assert "Zoe Invented" in page
    assert "Ada Invented" not in page
    assert "1 of 1 person" in re.sub(r"\s+", " ", page)
    assert as_olga.get("/people/?number=A-1").headers["Location"] == "/?search=A-1"


def test_somebody_without_a_clinic_is_told_so(db: None) -> None:
    response = signed_in(User.objects.create_user("wendy")).get("/")
    assert response.status_code == 403
    assert "You belong to no clinic here" in response.content.decode()


def test_signing_in_leads_to_the_worklist(client: Client, nora: User, clinic: Clinic) -> None:
    response = client.post("/sign-in/", {"login": "nora", "password": "only for tests"})
    assert response.headers["Location"] == "/"
    assert clinic.name in client.get("/").content.decode()


def test_a_wrong_password_is_said_without_saying_which_part_was_wrong(client: Client, nora: User) -> None:
    page = client.post("/sign-in/", {"login": "nora", "password": "wrong"}).content.decode()
    assert "do not belong together" in page


def test_two_people_of_a_clinic_never_share_a_number_but_two_clinics_may(zoe: Person, ada: Person) -> None:
    Person.objects.create(clinic=zoe.clinic, number=ada.number, name="Namesake Invented")
    with pytest.raises(Exception, match=r"(?i)unique"):
        Person.objects.create(clinic=ada.clinic, number=ada.number, name="Double Invented")
