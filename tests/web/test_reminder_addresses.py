"""Where somebody is reminded: entered with consent by the team or the person, with its history, each clinic's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.web.forms import text_of
from tests.web.people import BEN, member, own_account, person, signed_in
from tests.web.test_reminders import AT, ON, UNTOLD, WEEK

from natalizumab.clinic.erasing import erase
from natalizumab.clinic.merging import merge, unmerge
from natalizumab.clinic.models import AppendOnly, Clinic, Entry, Person, ReminderAddress, Role, User
from natalizumab.clinic.operation.forgetting import forget
from natalizumab.clinic.operation.reminding import remind
from natalizumab.clinic.reminder_addresses import addresses_of, others_with

HOME = "ben@home.example"
GOOD = {"email": HOME, "consent": "told", "do": "save"}
OWN = {"email": HOME, "consent": "own", "do": "save"}


def place(who: Person) -> str:
    return f"/people/{who.pk}/reminders/"


def opened(client: Client, where: str) -> dict[str, str]:
    page = client.get(where).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', page))


def sent(client: Client, where: str, data: dict[str, str]) -> Any:
    return client.post(where, opened(client, where) | data)


@pytest.fixture
def as_ben(ben: Person) -> Client:
    return signed_in(own_account(ben, "ben"))


def test_the_team_enters_an_address_with_how_the_person_agreed(as_nora: Client, nora: User, ben: Person) -> None:
    assert sent(as_nora, place(ben), GOOD).status_code == 302
    (row,) = addresses_of(ben).rows
    assert (row.email, row.consent, row.by) == (HOME, "told", nora)
    page = text_of(as_nora.get(place(ben)))
    assert "They said so to the team" in page
    assert f"Reminded at {HOME}" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "ben"}, "email"),
        ({"email": "ben@home.example\nBcc: all@home.example"}, "email"),
        ({"email": "b" * 250 + "@home.example"}, "email"),
        ({"email": "ben@home.example, eve@home.example"}, "email"),
        ({"consent": ""}, "consent"),
        ({"consent": "own"}, "consent"),
        ({"consent": "nonsense"}, "consent"),
    ],
)
def test_without_an_address_or_a_consent_nothing_is_kept_and_nothing_typed_is_lost(
    as_nora: Client, ben: Person, change: dict[str, str], field: str
) -> None:
    answer = sent(as_nora, place(ben), GOOD | change)
    assert answer.status_code == 400
    assert set(answer.context["problems"]) == {field}
    assert answer.context["typed"]["email"] == (GOOD | change)["email"]
    assert not ReminderAddress.objects.exists()


def test_the_person_enters_changes_and_withdraws_it_on_their_own_page(as_ben: Client, ben: Person) -> None:
    assert 'href="/me/reminders/"' in as_ben.get("/me/").content.decode()
    assert sent(as_ben, "/me/reminders/", OWN).status_code == 302
    assert sent(as_ben, "/me/reminders/", OWN | {"email": "b@work.example"}).status_code == 302
    assert sent(as_ben, "/me/reminders/", {"do": "withdraw"}).status_code == 302
    assert [(row.email, row.consent) for row in addresses_of(ben).rows] == [
        ("", ""),
        ("b@work.example", "own"),
        (HOME, "own"),
    ]
    assert "does not remind you" in text_of(as_ben.get("/me/reminders/"))


def test_the_person_must_agree_and_can_not_say_that_they_told_the_team(as_ben: Client, ben: Person) -> None:
    for consent in ("", "told"):
        assert sent(as_ben, "/me/reminders/", OWN | {"consent": consent}).status_code == 400
    assert addresses_of(ben).now == ""


def test_a_form_sent_twice_is_kept_once_and_an_old_one_overwrites_nobody(
    as_nora: Client, as_ben: Client, ben: Person
) -> None:
    form = opened(as_nora, place(ben))
    for _ in range(2):
        as_nora.post(place(ben), form | GOOD)
    assert len(addresses_of(ben).rows) == 1
    late = opened(as_nora, place(ben))
    sent(as_ben, "/me/reminders/", {"do": "withdraw"})
    answer = as_nora.post(place(ben), late | GOOD | {"email": "other@home.example"})
    assert answer.status_code == 400
    assert "meanwhile" in text_of(answer)
    assert addresses_of(ben).now == ""


def test_while_typing_the_address_is_checked_and_nothing_is_written(
    as_nora: Client, as_ben: Client, ben: Person
) -> None:
    for client, where in ((as_nora, f"{place(ben)}check/"), (as_ben, "/me/reminders/check/")):
        assert "This is no e-mail address" in text_of(client.post(where, {"email": "ben@"}))
        assert "problem" not in client.post(where, {"email": HOME}).content.decode()
        assert "problem" not in client.post(where, {"email": ""}).content.decode()
    assert not ReminderAddress.objects.exists()


def test_the_team_hears_who_else_has_the_address_and_the_person_does_not(
    as_nora: Client, as_ben: Client, ada: Person, ben: Person, zoe: Person, as_olga: Client
) -> None:
    for client, who in ((as_nora, ada), (as_olga, zoe)):
        sent(client, place(who), GOOD | {"email": HOME.upper()})
    told = text_of(as_nora.post(f"{place(ben)}check/", {"email": HOME}))
    assert "Ada Invented (A-1)" in told
    assert "Zoe" not in told
    assert "Ada" not in text_of(as_ben.post("/me/reminders/check/", {"email": HOME}))
    sent(as_nora, place(ada), {"do": "withdraw"})
    assert others_with(ben, HOME) == []


def test_an_auditor_reads_it_and_changes_nothing(clinic: Clinic, ben: Person) -> None:
    client = signed_in(member(clinic, "audra", Role.AUDITOR))
    assert "<form" not in client.get(place(ben)).content.decode().partition("<main")[2].partition("</main>")[0]
    assert client.post(place(ben), GOOD).status_code == 403


def test_a_reminder_goes_to_the_last_address_and_names_no_disease(as_nora: Client, ben: Person, settings: Any) -> None:
    settings.NATALIZUMAB_MAIL = True
    sent(as_nora, place(ben), GOOD)
    sent(as_nora, place(ben), GOOD | {"email": "new@home.example"})
    assert remind(ON, AT, WEEK).sent == 1
    (letter,) = mail.outbox
    assert letter.to == ["new@home.example"]
    assert not [word for word in UNTOLD if word in f"{letter.subject} {letter.body}".lower()]
    assert "Your next appointment is due" in text_of(as_nora.get(place(ben)))


def test_after_it_was_withdrawn_nothing_is_mailed(as_nora: Client, ben: Person, settings: Any) -> None:
    settings.NATALIZUMAB_MAIL = True
    sent(as_nora, place(ben), GOOD)
    sent(as_nora, place(ben), {"do": "withdraw"})
    remind(ON, AT, WEEK)
    assert mail.outbox == []


def test_whoever_was_merged_is_reminded_where_either_agreed_last(
    as_nora: Client, nora: User, clinic: Clinic, ben: Person, settings: Any
) -> None:
    settings.NATALIZUMAB_MAIL = True
    twin = person(clinic, "B-22", "Ben Invented", BEN[:1], sex="male")
    sent(as_nora, place(twin), GOOD)
    made = merge(ben, twin, by=nora, reason="the same birthday and address")
    assert addresses_of(ben).now == addresses_of(twin).now == HOME
    assert HOME in text_of(as_nora.get(place(twin)))
    remind(ON, AT, WEEK)
    assert [letter.to for letter in mail.outbox] == [[HOME]]
    unmerge(made, by=nora, reason="brothers")
    assert (addresses_of(ben).now, addresses_of(twin).now) == ("", HOME)


def test_what_was_kept_is_neither_changed_nor_deleted(as_nora: Client, ben: Person) -> None:
    sent(as_nora, place(ben), GOOD)
    with pytest.raises(AppendOnly):
        ReminderAddress.objects.update(email="x@home.example")
    for act in ("UPDATE {} SET email = 'x@home.example'", "UPDATE {} SET email = ''", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format("clinic_reminderaddress"))
    assert addresses_of(ben).now == HOME


def test_the_erasure_of_a_person_empties_their_addresses_and_keeps_who_entered_them(
    as_nora: Client, clinic: Clinic, ben: Person
) -> None:
    sent(as_nora, place(ben), GOOD)
    alma, axel = (member(clinic, name, Role.ADMINISTRATOR) for name in ("alma", "axel"))
    erase(Entry.objects.filter(person=ben), asked_by=alma, confirmed_by=axel, reason="end of retention")
    forget(ben)
    (row,) = addresses_of(ben).rows
    assert (row.email, row.consent) == ("", "told")
    assert "erased" in text_of(as_nora.get(place(ben)))


def test_a_carer_neither_sees_nor_changes_it(ben: Person) -> None:
    from tests.web.people import carer_account

    client = signed_in(carer_account(ben, "carl"))
    assert [client.get("/me/reminders/").status_code, client.post("/me/reminders/", OWN).status_code] == [403, 403]
