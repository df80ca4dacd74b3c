"""What people tell stands in their clinic's list at once, the gravest first; one of the team takes it and answers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.web.people import ADA, carer_account, member, own_account, person, signed_in

from natalizumab.clinic.models import Clinic, Entry, Person, ReportAnswer, Role, SelfReport, User


@pytest.fixture
def as_ben(ben: Person) -> Client:
    return signed_in(own_account(ben, "ben"))


def page(client: Client, place: str = "/triage/") -> str:
    response = client.get(place)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def tell(client: Client, *signs: str, **more: str) -> str:
    response = client.post("/me/worse/", {"sign": list(signs), **more})
    assert response.status_code == 302, response.content.decode()
    place: str = response.headers["Location"]
    return place


def test_i_feel_worse_is_in_the_clinics_list_with_the_very_next_page(as_ben: Client, as_nora: Client) -> None:
    assert "Nothing waits" in page(as_nora)
    tell(as_ben, "speech", words="since this morning")
    shown = page(as_nora)
    assert "Ben Invented" in shown
    assert "Trouble finding words" in shown
    assert "since this morning" in shown
    assert ">1<" in page(as_nora, "/triage/waiting/")


def test_it_is_in_the_record_as_told_by_the_person(as_ben: Client, ben: Person) -> None:
    tell(as_ben, "speech", "weak", worsening="yes", words="can't hold a cup")
    told = list(Entry.objects.filter(person=ben, source="self").order_by("sequence"))
    names = ["weakness", "word-finding difficulty", "can't hold a cup"]
    assert sorted(json.loads(entry.payload)["name"] for entry in told) == sorted(names)
    assert all(json.loads(entry.payload)["worsening"] for entry in told)
    assert {entry.entered_by.username for entry in told if entry.entered_by} == {"ben"}


def test_it_holds_the_dose_and_the_person_reads_nothing_of_that(as_ben: Client, as_nora: Client, ben: Person) -> None:
    tell(as_ben, "speech")
    assert "PML is suspected" in page(as_nora, f"/people/{ben.pk}/")
    shown = page(as_ben, "/me/")
    assert "Your team will confirm your next dose" in shown
    assert "PML" not in shown


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (["fit"], "Ring 112 now"),
        (["speech"], "Ring your team today as well"),
        (["eye"], "Ring your team today as well"),
    ],
)
def test_the_advice_says_first_what_cannot_wait(as_ben: Client, signs: list[str], said: str) -> None:
    assert said in page(as_ben, tell(as_ben, *signs))
    form = page(as_ben, "/me/worse/")
    assert form.index("112") < form.index('name="sign"')


def test_emergencies_come_first_then_the_gravest_then_the_newest(clinic: Clinic, as_nora: Client) -> None:
    told = [("bleeding",), ("speech",), ("fit",), ("weak",), ("fever",)]
    for number, signs in enumerate(told):
        who = person(clinic, f"N-{number}", f"Person{number} Invented", ADA)
        tell(signed_in(own_account(who, f"user-{number}")), *signs)
    assert re.findall(r"Person(\d) Invented</a>", page(as_nora)) == ["2", "4", "3", "1", "0"]


def test_sent_twice_it_is_told_once(as_ben: Client, ben: Person) -> None:
    key = re.search(r'name="key" value="(\w+)"', page(as_ben, "/me/worse/"))
    assert key
    assert tell(as_ben, "weak", key=key[1]) == tell(as_ben, "weak", key=key[1])
    assert SelfReport.objects.count() == 1
    assert Entry.objects.filter(source="self").count() == 1


def test_a_key_of_somebody_else_writes_nothing(as_ben: Client, ada: Person) -> None:
    tell(as_ben, "weak", key="a" * 32)
    other = signed_in(own_account(ada, "ada")).post("/me/worse/", {"sign": "weak", "key": "a" * 32})
    assert other.status_code == 400
    assert SelfReport.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"sign": ["nonsense"]}, {"words": " "}, {"words": "x" * 2001}])
def test_an_empty_or_endless_form_is_refused_in_words(as_ben: Client, sent: dict[str, Any]) -> None:
    response = as_ben.post("/me/worse/", sent)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not SelfReport.objects.exists()


def test_what_was_ticked_stays_when_the_form_is_refused(as_ben: Client) -> None:
    shown = as_ben.post("/me/worse/", {"sign": ["weak"], "words": "x" * 2001}).content.decode()
    assert 'value="weak" checked' in shown


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "ω" * 300, "a\x00b", "two\nlines"])
def test_whatever_is_written_is_shown_as_text(as_ben: Client, as_nora: Client, words: str) -> None:
    assert as_ben.post("/me/worse/", {"words": words}).status_code == (400 if "\0" in words else 302)
    assert as_nora.get("/people/", {"number": words}).status_code == 302
    assert "<script>alert" not in page(as_nora)


def test_one_takes_it_and_the_second_is_told_who(clinic: Clinic, as_ben: Client, as_nora: Client) -> None:
    tell(as_ben, "weak")
    report = SelfReport.objects.get()
    assert as_nora.post(f"/triage/{report.pk}/claim/").status_code == 302
    second = signed_in(member(clinic, "petra", Role.PRESCRIBER)).post(f"/triage/{report.pk}/claim/")
    assert second.status_code == 409
    assert "Nora has taken it already" in second.content.decode()
    assert SelfReport.objects.get().claimed_by.username == "nora"  # type: ignore[union-attr]
    assert as_nora.post(f"/triage/{report.pk}/claim/").status_code == 302


def test_the_person_reads_the_answer_word_for_word(as_ben: Client, as_nora: Client) -> None:
    place = tell(as_ben, "weak")
    report = SelfReport.objects.get()
    assert as_nora.post(f"/triage/{report.pk}/", {"words": " "}).status_code == 400
    as_nora.post(f"/triage/{report.pk}/", {"words": "Come at two today; we look at you."})
    assert "Come at two today; we look at you." in page(as_ben, place)
    assert "Come at two" in page(as_ben, "/me/")
    assert "Nothing waits" in page(as_nora)
    as_nora.post(f"/triage/{report.pk}/", {"words": "Room 4."})
    assert ReportAnswer.objects.count() == 2


def test_nobody_reads_what_another_person_told(as_ben: Client, ada: Person) -> None:
    place = tell(as_ben, "weak")
    other = signed_in(own_account(ada, "ada"))
    assert (
        other.get(place).status_code == other.get("/me/told/00000000-0000-4000-8000-000000000000/").status_code == 404
    )


def test_another_clinic_neither_sees_nor_counts_nor_takes_it(as_ben: Client, as_olga: Client) -> None:
    tell(as_ben, "weak")
    report = SelfReport.objects.get()
    assert "Nothing waits" in page(as_olga)
    assert page(as_olga, "/triage/waiting/").strip() == ""
    for sent in ("claim/", ""):
        assert as_olga.post(f"/triage/{report.pk}/{sent}", {"words": "x"}).status_code == 404
    assert SelfReport.objects.get().claimed_by is None


def test_a_carer_tells_for_the_person(ben: Person, as_nora: Client) -> None:
    tell(signed_in(carer_account(ben, "carla")), "mood")
    assert "Ben Invented" in page(as_nora)


def test_the_list_takes_few_queries_however_long(
    ben: Person, nora: User, as_nora: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        SelfReport.objects.create(
            key=str(number), person=ben, told_by=nora, level=number % 3, gravity=1, words="unwell", claimed_by=nora
        )
    with django_assert_max_num_queries(12):
        as_nora.get("/triage/")
