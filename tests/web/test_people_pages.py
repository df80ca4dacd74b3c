"""Adding people, changing their details, and pointing out who may be listed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.web.forms import carried, opened, sent, text_of, told
from tests.web.people import enter, member, person, signed_in

from natalizumab.clinic.doubles import doubles, folded_number, similar
from natalizumab.clinic.models import Clinic, Person, PersonChange, Role, User

pytestmark = pytest.mark.usefixtures("solver")

ADD = "/people/add/"
CLEO = {"number": "C-3", "name": "Cleo Invented", "born": "1990-05-01", "sex": "female"}


def details(who: Person) -> str:
    return f"/people/{who.pk}/details/"


def test_a_new_person_has_a_page_and_says_who_added_them(as_nora: Client, nora: User) -> None:
    response = sent(as_nora, ADD, **CLEO)
    made = Person.objects.get(number="C-3")
    assert response.headers["Location"] == f"/people/{made.pk}/"
    assert (made.name, made.born, made.sex) == ("Cleo Invented", date(1990, 5, 1), "female")
    assert made.changes.get().by == nora
    assert "Cleo Invented" in text_of(as_nora.get(response.headers["Location"]))


def test_a_new_person_sent_twice_is_added_once(as_nora: Client, clinic: Clinic) -> None:
    form = opened(as_nora, ADD) | CLEO
    first, second = (as_nora.post(ADD, form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Person.objects.filter(clinic=clinic).count() == 1


@pytest.mark.parametrize("number", ["A-1", "a-1", " A-1 "])
def test_a_number_is_given_once(as_nora: Client, ada: Person, number: str) -> None:
    response = sent(as_nora, ADD, **CLEO | {"number": number})
    assert told(response, "number") == "This number belongs to Ada Invented (A-1): every number is given once."
    assert 'value="Cleo Invented"' in response.content.decode()
    assert not Person.objects.filter(name="Cleo Invented").exists()


def test_another_clinics_number_is_free_and_its_people_are_no_doubles(as_nora: Client, zoe: Person) -> None:
    same = {"number": zoe.number, "name": zoe.name, "born": "1988-03-02", "sex": "female"}
    assert sent(as_nora, ADD, **same).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"number": ""}, "number", "This is needed."),
        ({"name": "  "}, "name", "This is needed."),
        ({"number": "9" * 41}, "number", "too long: 41 characters, at most 40"),
        ({"name": "a\x00b"}, "name", "sign that nobody can see"),
        ({"born": "yesterday"}, "born", "is not a date"),
        ({"born": "2026-11-03"}, "born", "This is after today."),
        ({"sex": "other things"}, "sex", "Choose one: female, male, other, not recorded."),
    ],
)
def test_what_is_wrong_with_a_new_person_is_said_at_its_field(
    as_nora: Client, clinic: Clinic, wrong: dict[str, str], field: str, words: str
) -> None:
    response = sent(as_nora, ADD, **CLEO | wrong)
    assert words in told(response, field)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"number": "a 01", "name": "Somebody Else", "born": ""},
        {"number": "Q-7", "name": "Invented, Ada", "born": "1988-03-02"},
        {"number": "Q-7", "name": "Ada Inventet", "born": "1988-03-02"},
    ],
)
def test_whom_a_new_person_may_already_be_is_pointed_out_before_anybody_is_added(
    as_nora: Client, ada: Person, typed: dict[str, str]
) -> None:
    response = sent(as_nora, ADD, **typed, sex="female")
    assert "Is it one of these?" in text_of(response)
    assert f'href="/people/{ada.pk}/"' in response.content.decode()
    assert Person.objects.count() == 1
    confirmed = carried(response.content.decode()) | typed | {"sex": "female", "another": "yes"}
    assert as_nora.post(ADD, confirmed).status_code == 302
    assert Person.objects.count() == 2


def test_a_change_keeps_what_was_with_who_and_when(as_nora: Client, nora: User, ada: Person) -> None:
    typed = {"number": "A-1", "name": "Ada Newname", "born": "1988-03-02", "sex": "female"}
    assert sent(as_nora, details(ada), **typed).status_code == 302
    change = PersonChange.objects.get(person=ada)
    assert (change.by, change.changed) == (nora, {"name": ["Ada Invented", "Ada Newname"]})
    page = text_of(as_nora.get(details(ada)))
    assert "Name: Ada Invented became Ada Newname" in page


def test_saving_details_untouched_changes_nothing(as_nora: Client, ada: Person) -> None:
    sent(as_nora, details(ada), number="A-1", name="Ada Invented", born="1988-03-02", sex="female")
    assert not PersonChange.objects.exists()


def test_details_that_somebody_changed_meanwhile_are_not_overwritten(
    as_nora: Client, clinic: Clinic, ada: Person
) -> None:
    as_mia = signed_in(member(clinic, "mia", Role.NURSE))
    same = {"number": "A-1", "born": "1988-03-02", "sex": "female"}
    hers, mine = (opened(client, details(ada)) for client in (as_mia, as_nora))
    as_mia.post(details(ada), hers | same | {"name": "Ada Second"})
    late = as_nora.post(details(ada), mine | same | {"name": "Ada Third"})
    assert "somebody changed these details meanwhile" in text_of(late).lower()
    assert "Name Ada Second Ada Third" in text_of(late)
    ada.refresh_from_db()
    assert ada.name == "Ada Second"
    assert as_nora.post(details(ada), carried(late.content.decode()) | same | {"name": "Ada Third"}).status_code == 302
    ada.refresh_from_db()
    assert ada.name == "Ada Third"


def test_somebody_elses_number_or_a_birth_after_the_record_is_refused(
    as_nora: Client, ada: Person, ben: Person
) -> None:
    typed = {"number": "b-2", "name": "Ada Invented", "born": "2020-01-01", "sex": "female"}
    response = sent(as_nora, details(ada), **typed)
    assert "This number belongs to Ben Invented" in told(response, "number")
    assert "This is after something in the record" in told(response, "born")
    assert not PersonChange.objects.exists()


def test_an_auditor_sees_the_details_and_changes_none(clinic: Clinic, ada: Person) -> None:
    auditor = signed_in(member(clinic, "audra", Role.AUDITOR))
    page = auditor.get(details(ada))
    assert "Save" not in text_of(page)
    assert auditor.post(details(ada), {"name": "x"}).status_code == 403


def test_those_who_may_be_listed_twice_are_listed_in_pairs(as_nora: Client, clinic: Clinic, ada: Person) -> None:
    person(clinic, "A 001", "Quite Different", [])
    person(clinic, "X-9", "Invented Ada", [])
    person(clinic, "Y-9", "Yara Other", [])
    page = text_of(as_nora.get("/people/duplicates/"))
    assert page.count("Compare") == 2
    assert "Yara" not in page


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("A-1", "a 01", True),
        ("A1", "A-001", True),
        ("1-23", "12-3", False),
        ("A-10", "A-1", False),
        ("Ä-1", "A-1", False),
    ],
)
def test_numbers_in_other_spellings_are_alike(one: str, other: str, alike: bool) -> None:
    assert (folded_number(one) == folded_number(other)) == alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ada Invented", "INVENTED, Ada", True),
        ("Ada Invented", "Ada Maria Invented", True),
        ("Zoë Müller", "Zoe Muller", True),
        ("Ada Invented", "Ida Invented", True),
        ("Ada Invented", "Ben Different", False),
        ("", "", False),
    ],
)
def test_names_that_may_be_one_are_similar(one: str, other: str, alike: bool) -> None:
    assert similar(one, other) == alike


def test_without_a_birth_date_a_similar_name_is_no_double(clinic: Clinic) -> None:
    pair = [Person(clinic=clinic, number=number, name="Ada Invented") for number in ("1", "2")]
    assert doubles(pair) == []


def test_these_pages_take_few_queries_however_many_people(
    as_nora: Client, clinic: Clinic, ada: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        Person.objects.create(clinic=clinic, number=f"D-{number}", name="Dora Invented", born=date(1970, 1, 1))
    enter(ada, {"kind": "relapse", "on": "2026-10-20"})
    for place in (ADD, details(ada), "/people/duplicates/", "/people/duplicates/?page=2"):
        with django_assert_max_num_queries(12):
            assert as_nora.get(place).status_code == 200


def test_whoever_was_added_here_has_a_page_of_details_with_that_change(as_nora: Client, clinic: Clinic) -> None:
    assert sent(as_nora, "/people/add/", number="N-9", name="Nova Invented", sex="female", born="").status_code == 302
    who = Person.objects.get(number="N-9")
    response = as_nora.get(f"/people/{who.pk}/details/")
    assert response.status_code == 200
    assert "Nova Invented" in response.content.decode().split("<table", 1)[1]
