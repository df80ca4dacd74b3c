"""Who may see what: a nurse of the clinic, a nurse of another, somebody without a clinic, nobody at all."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.web.people import signed_in

from natalizumab.clinic.models import Clinic, Person, User

pytestmark = pytest.mark.usefixtures("solver")

OPEN_TO_ALL = {"sign-in", "sign-out"}


def places(who: Person) -> list[str]:
    """Every address of the clinic that takes no sign-in, filled in; a new view is asked about without being listed."""
    found = []
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern)
        if pattern.name in OPEN_TO_ALL:
            continue
        place = "/" + str(pattern.pattern)
        place = place.replace("<uuid:person_id>", str(who.pk)).replace("<slug:panel>", "saturation")
        found.append(place.replace("<slug:key>", "ema-pml-2016"))
    assert not any("<" in place for place in found)
    return found


def without_token(page: bytes) -> bytes:
    """The page without its form's token, which is a new random one in every answer."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


def test_nobody_sees_anything_without_signing_in(client: Client, ada: Person) -> None:
    for place in places(ada):
        response = client.get(place)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")


def test_a_nurse_sees_every_page_of_her_own_clinic(as_nora: Client, ada: Person) -> None:
    assert {as_nora.get(place, follow=True).status_code for place in places(ada)} == {200}


def test_another_clinics_person_looks_like_nobody(as_olga: Client, zoe: Person, ada: Person) -> None:
    """Status, words and headers are those of an id that nobody has."""
    for place in ("/people/{}/", "/people/{}/charts/saturation.json", "/people/{}/interval/"):
        theirs, nobodys = as_olga.get(place.format(ada.pk)), as_olga.get(place.format(uuid4()))
        assert theirs.status_code == nobodys.status_code == 404
        assert without_token(theirs.content) == without_token(nobodys.content)
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
    assert "you belong to no clinic here" in response.content.decode()


def test_signing_in_leads_to_the_worklist(client: Client, nora: User, clinic: Clinic) -> None:
    response = client.post("/sign-in/", {"username": "nora", "password": "only for tests"})
    assert response.headers["Location"] == "/"
    assert clinic.name in client.get("/").content.decode()


def test_a_wrong_password_is_said_without_saying_which_part_was_wrong(client: Client, nora: User) -> None:
    page = client.post("/sign-in/", {"username": "nora", "password": "wrong"}).content.decode()
    assert "do not belong together" in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_show_and_never_change(as_nora: Client, ada: Person, method: str) -> None:
    for place in places(ada):
        assert getattr(as_nora, method)(place).status_code == 405


def test_two_people_of_a_clinic_never_share_a_number_but_two_clinics_may(zoe: Person, ada: Person) -> None:
    Person.objects.create(clinic=zoe.clinic, number=ada.number, name="Namesake Invented")
    with pytest.raises(Exception, match=r"(?i)unique"):
        Person.objects.create(clinic=ada.clinic, number=ada.number, name="Double Invented")
