"""The clinic's letterhead: entered by an administrator, kept with its history, each clinic its own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.people import LETTERHEAD, letterhead, member, signed_in

from natalizumab.clinic.models import Clinic, ClinicDetails, Role, User

PLACE = "/clinic/details/"


@pytest.fixture
def alma(clinic: Clinic) -> User:
    return member(clinic, "alma", Role.ADMINISTRATOR)


@pytest.fixture
def as_alma(alma: User) -> Client:
    return signed_in(alma)


def test_an_administrator_enters_the_letterhead(as_alma: Client, clinic: Clinic) -> None:
    answer = as_alma.post(PLACE, LETTERHEAD)
    assert answer["Location"] == reverse("clinic-details") == PLACE
    saved = ClinicDetails.objects.get(clinic=clinic)
    assert saved.letterhead.missing == ()
    assert saved.by.username == "alma"
    assert "Dr Petra Prescriber (invented)" in as_alma.get(PLACE).content.decode()


def test_every_version_stays_in_the_history(as_alma: Client, clinic: Clinic) -> None:
    as_alma.post(PLACE, LETTERHEAD)
    as_alma.post(PLACE, LETTERHEAD)  # nothing is new
    as_alma.post(PLACE, {**LETTERHEAD, "phone": "09999 999 999"})
    assert list(ClinicDetails.objects.order_by("id").values_list("phone", flat=True)) == [
        "01234 567 890",
        "09999 999 999",
    ]
    page = as_alma.get(PLACE).content.decode()
    assert page.index("09999 999 999", page.index("History")) < page.rindex("01234 567 890")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("phone", "", "Enter the clinic&#x27;s telephone number."),
        ("phone", " \n ", "Enter the clinic&#x27;s telephone number."),
        ("phone", "1" * 61, "At most 60 characters fit here; this has 61."),
        ("address", "", "Enter the clinic&#x27;s address."),
        ("calendar_title", "MS clinic", "&quot;ms&quot; would tell others what it is about"),
        ("calendar_title", "Tysabri", "&quot;tysabri&quot; would tell others what it is about"),
    ],
)
def test_what_does_not_do_is_said_at_its_place_and_nothing_typed_is_lost(
    as_alma: Client, name: str, typed: str, said: str
) -> None:
    page = as_alma.post(PLACE, {**LETTERHEAD, name: typed, "emergency": "call <999>"}).content.decode()
    assert said in page
    assert "call &lt;999&gt;</textarea>" in page
    assert ClinicDetails.objects.count() == 0


def test_each_clinic_has_its_own(as_alma: Client, other_clinic: Clinic, olga: User) -> None:
    letterhead(other_clinic, olga, name="Hill clinic (invented)")
    assert "Hill clinic" not in as_alma.get(PLACE).content.decode()


def test_what_can_not_be_stored_is_left_out(as_alma: Client) -> None:
    as_alma.post(PLACE, {**LETTERHEAD, "name": "Harbour\x00 clinic"})
    assert ClinicDetails.objects.get().name == "Harbour clinic"


def test_the_page_asks_seldom_however_long_its_history(
    as_alma: Client, alma: User, clinic: Clinic, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(30):
        letterhead(clinic, alma, phone=str(number))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert as_alma.get(PLACE).status_code == 200
