"""Signing in: with a second factor, locked after guessing, and the same to a name that nobody has."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.people import member, own_account, signed_in
from tests.web.second_factor import code, give_app, give_recovery_codes

from natalizumab.clinic import clock
from natalizumab.clinic.accounts import sessions
from natalizumab.clinic.models import AccountEvent, CacheEntry, Clinic, Membership, Person, Role, User

PASSWORD = "only for tests"


def try_it(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/sign-in/", {"login": name, "password": password})


def said(page: bytes, name: str) -> str:
    """The page without the form's token and without what was typed."""
    return re.sub(r'value="\w{64}"', "", page.decode()).replace(name, "NAME")


def in_the_session(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(client: Client, nora: User) -> None:
    known, unknown = try_it(client, "nora", "wrong"), try_it(client, "nobody", "wrong")
    assert known.status_code == unknown.status_code
    assert said(known.content, "nora") == said(unknown.content, "nobody")
    assert "do not belong together" in known.content.decode()


@pytest.mark.parametrize("name", ["nora", "nobody"])
def test_after_five_failures_even_the_right_password_waits(client: Client, nora: User, name: str) -> None:
    for _ in range(5):
        assert "do not belong together" in try_it(client, name, "wrong").content.decode()
    assert "Too many failed attempts" in try_it(client, name).content.decode()
    assert not in_the_session(client)


def test_a_right_password_between_wrong_ones_does_not_forgive_them(client: Client, nora: User) -> None:
    for _ in range(4):
        try_it(client, "nora", "wrong")
    other = Client()
    try_it(other, "nora")
    assert in_the_session(other)
    try_it(client, "nora", "wrong")
    assert "Too many failed attempts" in try_it(client, "nora").content.decode()


def test_failures_are_counted_in_the_database_where_every_process_sees_them(client: Client, nora: User) -> None:
    try_it(client, "nora", "wrong")
    assert CacheEntry.objects.filter(cache_key__contains="login_failed").count() == 2


def test_with_an_app_the_password_alone_opens_nothing(client: Client, nora: User) -> None:
    give_app(nora)
    assert try_it(client, "nora").headers["Location"] == "/sign-in/second-factor/"
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/second-factor/", {"code": "000000"}).status_code == 200
    assert not in_the_session(client)
    assert client.post("/sign-in/second-factor/", {"code": code()}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_code_opens_once(client: Client, nora: User) -> None:
    give_app(nora)
    now = code()
    for expected in (302, 200):
        other = Client()
        try_it(other, "nora")
        assert other.post("/sign-in/second-factor/", {"code": now}).status_code == expected


def test_a_recovery_code_opens_once(nora: User) -> None:
    give_app(nora)
    kept = give_recovery_codes(nora)[0]
    for expected in (302, 200):
        other = Client()
        try_it(other, "nora")
        assert other.post("/sign-in/second-factor/", {"code": kept}).status_code == expected


def test_guessing_codes_is_stopped(client: Client, nora: User) -> None:
    give_app(nora)
    try_it(client, "nora")
    for _ in range(6):
        client.post("/sign-in/second-factor/", {"code": "000000"})
    client.post("/sign-in/second-factor/", {"code": code()})
    assert not in_the_session(client)


@pytest.mark.parametrize("role", [*Role.values, "person"])
def test_without_a_second_factor_every_role_is_led_to_set_one_up(
    clinic: Clinic, ada: Person, settings: Any, role: str
) -> None:
    settings.NATALIZUMAB_SECOND_FACTOR = True
    user = own_account(ada, "somebody") if role == "person" else member(clinic, "somebody", role)
    client = signed_in(user)
    for place in ("/", "/me/", "/colleagues/", "/triage/", f"/people/{ada.pk}/"):
        assert client.get(place).headers["Location"] == "/account/"
    assert "One step is left" in client.get("/account/").content.decode()


def test_an_app_is_set_up_with_the_code_that_it_shows(
    client: Client, nora: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.NATALIZUMAB_SECOND_FACTOR = True
    try_it(client, "nora")
    again = client.get("/account/app/")
    assert again.headers["Location"] == "/account/confirm/?next=%2Faccount%2Fapp%2F"
    page = client.post("/account/confirm/?next=/account/app/", {"password": PASSWORD}, follow=True).content.decode()
    found = re.search(r'<code id="secret">(\w+)</code>', page)
    assert found
    assert "not right" in client.post("/account/app/", {"code": "000000"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/app/", {"code": code(found[1])}, follow=True).content.decode()
    assert "shown this once" in done
    assert len(re.findall(r"<li><code>\d{8}</code>", done)) == 10
    assert client.get("/").status_code == 200
    added = AccountEvent.objects.filter(what="factor added", by=nora, about=nora).values_list("detail", flat=True)
    assert set(added) == {"authenticator app", "recovery codes"}


def test_the_last_second_factor_can_not_be_given_up(client: Client, nora: User) -> None:
    give_app(nora)
    try_it(client, "nora")
    client.post("/sign-in/second-factor/", {"code": code()})
    client.post("/account/confirm/?next=/account/", {"password": PASSWORD})
    assert "your only second factor" in client.post("/account/app/remove/").content.decode()


def test_changing_the_password_signs_out_everywhere(client: Client, nora: User) -> None:
    elsewhere = signed_in(nora)
    try_it(client, "nora")
    new = {"oldpassword": PASSWORD, "password1": "a harbour at dusk", "password2": "a harbour at dusk"}
    assert client.post("/account/password/", new).status_code == 302
    assert not in_the_session(client)
    assert elsewhere.get("/").status_code == 302
    assert try_it(Client(), "nora").status_code == 200
    assert try_it(Client(), "nora", "a harbour at dusk").status_code == 302


@pytest.mark.parametrize(("idle", "away", "stays"), [(30, 29, True), (30, 31, False)])
def test_a_session_ends_when_nobody_uses_it(
    nora: User, settings: Any, monkeypatch: pytest.MonkeyPatch, idle: int, away: int, stays: bool
) -> None:
    settings.NATALIZUMAB_IDLE_MINUTES = idle
    client = signed_in(nora)
    later = clock.now() + timedelta(minutes=away)
    monkeypatch.setattr(sessions, "now", lambda: later)
    assert (client.get("/").status_code == 200) is stays


def test_a_session_ends_after_a_working_day_however_busy(
    nora: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, client = clock.now(), signed_in(nora)
    for minutes in range(20, 12 * 60, 20):
        monkeypatch.setattr(sessions, "now", lambda minutes=minutes: begun + timedelta(minutes=minutes))
        assert client.get("/").status_code == 200, minutes
    monkeypatch.setattr(sessions, "now", lambda: begun + timedelta(hours=12, minutes=1))
    assert client.get("/").status_code == 302


def test_what_pages_ask_by_themselves_keeps_no_session_alive(nora: User, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, client = clock.now(), signed_in(nora)
    for minutes in (10, 20, 30):
        monkeypatch.setattr(sessions, "now", lambda minutes=minutes: begun + timedelta(minutes=minutes))
        assert client.get("/triage/waiting/").status_code == 200
    monkeypatch.setattr(sessions, "now", lambda: begun + timedelta(minutes=31))
    assert client.get("/").status_code == 302


def test_who_works_in_two_clinics_chooses_one_and_sees_nothing_of_the_other(
    ada: Person, zoe: Person, nora: User, other_clinic: Clinic
) -> None:
    Membership.objects.create(user=nora, clinic=other_clinic, role=Role.PRESCRIBER)
    client = signed_in(nora)
    assert client.get("/").headers["Location"] == "/choose/"
    own = Membership.objects.get(user=nora, clinic=other_clinic)
    assert client.post("/choose/", {"as": f"membership-{own.pk}"}).headers["Location"] == "/"
    page = client.get("/").content.decode()
    assert "Zoe Invented" in page
    assert "Ada Invented" not in page
    assert client.get(f"/people/{ada.pk}/").status_code == 404


def test_a_clinic_where_one_does_not_work_can_not_be_chosen(nora: User, olga: User) -> None:
    foreign = Membership.objects.get(user=olga)
    client = signed_in(nora)
    unknown = client.post("/choose/", {"as": "membership-999999"})
    assert client.post("/choose/", {"as": f"membership-{foreign.pk}"}).status_code == unknown.status_code == 404


def test_nobody_signs_up_by_themselves(client: Client, db: None) -> None:
    for place in ("/signup/", "/account/signup/", "/sign-up/", "/accounts/signup/"):
        assert client.get(place).status_code == 404
