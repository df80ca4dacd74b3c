"""Two nurses, one record: a form that is sent twice writes once, and nobody writes past what somebody else wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.web.forms import carried, is_saved, opened, sent, text_of
from tests.web.people import ADA, member, person, signed_in

from natalizumab.clinic import triggers
from natalizumab.clinic.auditing import verify
from natalizumab.clinic.models import Clinic, Entry, Person, Role, Submission

pytestmark = pytest.mark.usefixtures("solver")

WEIGHT = {"on": "2026-11-02", "kg": "70"}


@pytest.fixture
def as_mia(clinic: Clinic) -> Client:
    """Another nurse of the same clinic."""
    return signed_in(member(clinic, "mia", Role.NURSE))


def place(who: Person, kind: str = "weight") -> str:
    return f"/people/{who.pk}/add/{kind}/"


def weights(who: Person) -> list[float]:
    rows = Entry.objects.filter(person=who, kind="weight", source="form").order_by("sequence")
    return [json.loads(entry.payload)["kg"] for entry in rows][1:]


def test_a_form_sent_twice_writes_once_and_leads_to_the_same_page(as_nora: Client, ada: Person) -> None:
    form = opened(as_nora, place(ada)) | WEIGHT
    first, second = (as_nora.post(place(ada), form) for _ in range(2))
    assert is_saved(first)
    assert first.headers["Location"] == second.headers["Location"]
    assert weights(ada) == [70]


def test_a_form_sent_twice_writes_once_though_the_second_would_be_refused(as_nora: Client, ada: Person) -> None:
    form = opened(as_nora, place(ada, "dose")) | {"on": "2026-11-02", "dose_mg": "300", "route": "iv"}
    first, second = (as_nora.post(place(ada, "dose"), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_a_saved_form_that_comes_again_with_other_words_is_not_swallowed(as_nora: Client, ada: Person) -> None:
    form = opened(as_nora, place(ada)) | WEIGHT
    as_nora.post(place(ada), form)
    again = as_nora.post(place(ada), form | {"kg": "71"})
    assert "This form was saved already" in text_of(again)
    assert 'value="71"' in again.content.decode()
    assert weights(ada) == [70]
    page = again.content.decode()
    assert is_saved(as_nora.post(place(ada), carried(page) | WEIGHT | {"kg": "71"}))
    assert weights(ada) == [70, 71]


def test_the_key_of_one_persons_form_writes_nothing_for_another(as_nora: Client, ada: Person, ben: Person) -> None:
    form = opened(as_nora, place(ada)) | WEIGHT
    as_nora.post(place(ada), form)
    other = opened(as_nora, place(ben))
    response = as_nora.post(place(ben), other | WEIGHT | {"key": form["key"]})
    assert "this form was sent before, for somebody else" in text_of(response)
    assert weights(ben) == []


def test_what_a_colleague_wrote_meanwhile_is_shown_and_asks_to_confirm(
    as_nora: Client, as_mia: Client, ada: Person
) -> None:
    form = opened(as_nora, place(ada)) | WEIGHT
    assert is_saved(sent(as_mia, place(ada, "symptom"), on="2026-11-01", name="headache"))
    first = as_nora.post(place(ada), form)
    assert first.status_code == 200
    assert "Symptom , 1 Nov 2026: headache by mia" in text_of(first)
    assert 'value="70"' in first.content.decode()
    assert weights(ada) == []
    assert is_saved(as_nora.post(place(ada), carried(first.content.decode()) | WEIGHT))
    assert weights(ada) == [70]


def test_a_second_dose_by_a_colleague_is_refused_whoever_comes_first(
    as_nora: Client, as_mia: Client, ada: Person
) -> None:
    typed = {"on": "2026-11-02", "dose_mg": "300", "route": "iv"}
    hers, mine = (opened(client, place(ada, "dose")) for client in (as_mia, as_nora))
    assert is_saved(as_mia.post(place(ada, "dose"), hers | typed))
    refused = as_nora.post(place(ada, "dose"), mine | typed)
    assert "Somebody wrote to this record" in text_of(refused)
    assert "A second dose on 2 Nov 2026" in text_of(refused)
    assert Entry.objects.filter(person=ada, kind="dose", day="2026-11-02").count() == 1


def test_a_key_or_a_mark_that_makes_no_sense_does_no_harm(as_nora: Client, ada: Person) -> None:
    for form in (
        {},
        {"key": "x", "seen": "y"},
        {"key": "\x00" * 30, "seen": "-1"},
        {"key": "k" * 500, "seen": "9" * 99},
    ):
        response = as_nora.post(place(ada), form | WEIGHT)
        assert response.status_code == 200
        assert "Somebody wrote to this record" in text_of(response)
    assert weights(ada) == []


@pytest.fixture
def really_written(transactional_db: None) -> Iterator[None]:
    """Committed, so that other connections see it; emptied afterwards, which the triggers would forbid."""
    yield
    triggers.remove(connection)


def in_threads(count: int, act: Any) -> list[Any]:
    """Runs ``act`` so often at once, each with a connection of its own."""
    start = Barrier(count)

    def run(number: int) -> Any:
        try:
            start.wait(timeout=20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory has one connection; the file has one writer"
)
@pytest.mark.usefixtures("really_written")
def test_of_ten_forms_of_two_nurses_at_once_one_is_written_and_the_others_are_told() -> None:
    clinic = Clinic.objects.create(name="Crowded clinic (invented)")
    who = person(clinic, "C-1", "Cleo Invented", ADA)
    clients = [signed_in(member(clinic, f"nurse{number}", Role.NURSE)) for number in range(2)]
    forms = [opened(clients[number % 2], place(who)) for number in range(10)]
    same = [*forms[:5], *forms[:5]]  # each of five forms is sent twice at once

    answers = in_threads(
        10, lambda n: clients[n % 2].post(place(who), same[n] | {"on": "2026-11-02", "kg": str(60 + n % 5)})
    )

    saved = [answer for answer in answers if is_saved(answer)]
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert len(weights(who)) == 1
    assert 1 <= len(saved) <= 2
    assert all("Somebody wrote to this record" in text_of(answer) for answer in answers if answer not in saved)
    assert Submission.objects.count() == 1
    assert verify().problems == ()
