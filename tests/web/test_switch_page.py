"""The switch planner as a page: the same answer as the command's, for one drug and one date."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.web.forms import text_of, told
from tests.web.people import enter

from natalizumab.clinic.models import Person


def page(client: Client, who: Person, **asked: str) -> Any:
    response = client.get(f"/people/{who.pk}/switch/", asked)
    assert response.status_code == 200
    return response


def test_without_a_drug_the_page_only_asks(as_nora: Client, ada: Person) -> None:
    response = page(as_nora, ada)
    assert '<option value="ocrelizumab">' in response.content.decode()
    assert "To do" not in text_of(response)


def test_leaving_names_dates_and_duties(as_nora: Client, ada: Person) -> None:
    text = text_of(page(as_nora, ada, to="fingolimod", on="2026-11-02"))
    assert "From natalizumab to fingolimod" in text
    assert "counted from the last dose on 12 Oct 2026" in text
    assert "Start from" in text or "guidance differs" in text.lower()
    assert "Without a next drug: amber from" in text
    assert "Watch for symptoms of PML until 12 April 2027" in text


def test_coming_in_names_the_waits(as_nora: Client, ada: Person, ben: Person) -> None:
    enter(ada, {"kind": "stop", "on": "2026-10-20"})
    enter(ada, {"kind": "therapy", "on": "2026-10-25", "name": "fingolimod", "until": "2026-10-30"})
    text = text_of(page(as_nora, ada, to="natalizumab"))
    assert "To natalizumab" in text
    assert "Fingolimod 30 Oct 2026" in text


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"to": "aspirin"}, "to", "is not a drug"),
        ({"to": "natalizumab"}, "to", "Ben Invented is on natalizumab"),
        ({"to": "fingolimod", "on": "soon"}, "on", "is not a date"),
        ({"to": "fingolimod", "on": "2026-01-01"}, "to", "there is nothing to switch from"),
        ({"to": "\x00"}, "to", "is not a drug"),
    ],
)
def test_what_can_not_be_answered_is_said_at_its_field(
    as_nora: Client, ben: Person, asked: dict[str, str], field: str, words: str
) -> None:
    assert words in told(page(as_nora, ben, **asked), field)


def test_a_record_that_can_not_be_read_names_no_date(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "dose", "on": "2026-10-12", "dose_mg": 300, "route": "iv"})
    assert "The record cannot be read" in told(page(as_nora, ada, to="fingolimod"), "to")


def test_the_page_takes_few_queries(as_nora: Client, ada: Person, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page(as_nora, ada, to="fingolimod", on="2026-11-02")


def test_what_somebody_asked_for_is_never_translated_and_all_around_it_is(as_nora: Client, ada: Person) -> None:
    as_nora.cookies["language"] = "de"
    assert "“1 dose”" in told(page(as_nora, ada, to="fingolimod", on="1 dose"), "on")
    said = told(page(as_nora, ada, to="1 weakness"), "to")
    assert "1 weakness&#x27; ist hier als Medikament nicht bekannt; " in said
