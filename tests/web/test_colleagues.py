"""An administrator manages accounts: by links that work once, all on record, and never the last administrator away."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client
from tests.web.people import member, own_account, signed_in
from tests.web.second_factor import give_app, has_any

from natalizumab.clinic import clock
from natalizumab.clinic.accounts import AccountRefused, first_administrator, links, members, rescue
from natalizumab.clinic.models import (
    AccountDone,
    AccountEvent,
    AppendOnly,
    Clinic,
    Membership,
    OneTimeLink,
    Person,
    PersonAccess,
    Purpose,
    Role,
    User,
)

NEW = {
    "name": "Nick Newcomer (invented)",
    "username": "nick",
    "password": "a harbour at dusk",
    "again": "a harbour at dusk",
}


@pytest.fixture
def anna(clinic: Clinic) -> User:
    return member(clinic, "anna", Role.ADMINISTRATOR)


@pytest.fixture
def as_anna(anna: User) -> Client:
    """She has just shown again who she is."""
    client = signed_in(anna)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(anna.pk)
    session.save()
    return client


def link_on(page: bytes) -> str:
    """The place of the link that a page shows."""
    found = re.search(r'value="http://testserver(/join/[\w-]+/)"', page.decode())
    assert found, "no link on the page"
    return found[1]


def done(clinic: Clinic) -> list[str]:
    return list(AccountEvent.objects.filter(clinic=clinic).order_by("id").values_list("what", flat=True))


def act(client: Client, who: User, clinic: Clinic, **sent: str) -> int:
    place = f"/colleagues/{Membership.objects.get(user=who, clinic=clinic).pk}/"
    return client.post(place, sent).status_code


def test_a_colleague_joins_by_a_link_that_works_once(as_anna: Client, clinic: Clinic) -> None:
    place = link_on(as_anna.post("/colleagues/invite/", {"role": "pharmacist"}).content)
    first, second = Client(), Client()
    assert "pharmacist" in first.get(place).content.decode()
    assert first.post(place, NEW).status_code == 302
    assert Membership.objects.get(user__username="nick").role == Role.PHARMACIST
    assert second.get(place).status_code == second.post(place, NEW | {"username": "other"}).status_code == 404
    assert done(clinic) == ["invited", "joined"]


def test_a_link_is_shown_once_and_its_token_is_kept_nowhere(as_anna: Client) -> None:
    token = link_on(as_anna.post("/colleagues/invite/", {"role": "nurse"}).content).split("/")[2]
    assert token not in as_anna.get("/colleagues/").content.decode()
    assert all(token not in str(row) for row in OneTimeLink.objects.values())


def bare(answer: Any, token: str) -> str:
    """The page without its form's secret and the address that the visitor typed."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(token, "TOKEN")


@pytest.mark.parametrize("change", [{"withdrawn_at": 0}, {"expires_at": -1}, {"used_at": 0}])
def test_a_link_that_is_over_looks_like_one_that_never_was(
    clinic: Clinic, client: Client, change: dict[str, int]
) -> None:
    token = links.make(Purpose.TEAM, clinic, by=None, role=Role.NURSE)
    OneTimeLink.objects.update(**{field: clock.now() + timedelta(seconds=by) for field, by in change.items()})
    over, never = client.get(f"/join/{token}/"), client.get("/join/never-made/")
    assert over.status_code == never.status_code == 404
    assert bare(over, token) == bare(never, "never-made")


def test_what_was_typed_wrongly_is_said_and_the_link_still_works(clinic: Clinic, nora: User, client: Client) -> None:
    place = f"/join/{links.make(Purpose.TEAM, clinic, by=None, role=Role.NURSE)}/"
    for change, said in (
        ({"again": "another"}, "the two passwords are not the same"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "", "again": ""}, "choose a password"),
        ({"username": "Nora"}, "is taken"),
        ({"username": "nick newcomer!"}, "valid username"),
        ({"name": " "}, "give your name"),
    ):
        page = client.post(place, NEW | change).content.decode().lower()
        assert said.lower() in page
        assert "a harbour at dusk" not in page
    assert client.post(place, NEW).status_code == 302


def test_whose_names_are_taken_is_not_read_out_of_one_link(clinic: Clinic, nora: User, client: Client) -> None:
    place = f"/join/{links.make(Purpose.TEAM, clinic, by=None, role=Role.NURSE)}/"
    guess = NEW | {"username": "nora", "password": "short", "again": "short"}
    assert [client.post(place, guess).status_code for _ in range(6)] == [200] * 5 + [404]
    assert client.post(place, NEW).status_code == 404


def test_an_invitation_that_was_withdrawn_opens_nothing(as_anna: Client, clinic: Clinic, client: Client) -> None:
    place = link_on(as_anna.post("/colleagues/invite/", {"role": "nurse"}).content)
    as_anna.post(f"/colleagues/invitations/{OneTimeLink.objects.get().pk}/withdraw/")
    assert client.post(place, NEW).status_code == 404
    assert done(clinic) == ["invited", "withdrawn"]


def test_dangerous_acts_ask_once_more_who_it_is_and_then_go_on(anna: User, nora: User, clinic: Clinic) -> None:
    client = signed_in(anna)
    place = f"/colleagues/{Membership.objects.get(user=nora).pk}/"
    asked = client.post(place, {"act": "lock", "reason": "left the clinic"})
    assert asked.headers["Location"].startswith("/account/confirm/")
    assert not Membership.objects.get(user=nora).locked
    client.post(asked.headers["Location"], {"password": "only for tests"})
    assert Membership.objects.get(user=nora).locked


def test_whoever_is_locked_is_out_at_once(as_anna: Client, as_nora: Client, nora: User, clinic: Clinic) -> None:
    assert as_nora.get("/").status_code == 200
    assert act(as_anna, nora, clinic, act="lock", reason="lost laptop") == 302
    assert as_nora.get("/").status_code == 302
    assert signed_in(User.objects.get(pk=nora.pk)).get("/").status_code == 403
    assert act(as_anna, nora, clinic, act="unlock") == 302
    assert signed_in(User.objects.get(pk=nora.pk)).get("/").status_code == 200
    assert AccountEvent.objects.filter(what=AccountDone.LOCKED, detail="lost laptop", by__username="anna").exists()


def test_a_role_changes_from_one_page_to_the_next(as_anna: Client, as_nora: Client, nora: User, clinic: Clinic) -> None:
    act(as_anna, nora, clinic, act="role", role="administrator")
    assert as_nora.get("/").status_code == 403
    assert as_nora.get("/colleagues/").status_code == 200


def test_all_sessions_end(as_anna: Client, as_nora: Client, nora: User, clinic: Clinic) -> None:
    act(as_anna, nora, clinic, act="sessions")
    assert as_nora.get("/").status_code == 302


def test_a_second_factor_is_reset_with_a_reason(as_anna: Client, as_nora: Client, nora: User, clinic: Clinic) -> None:
    give_app(nora)
    assert act(as_anna, nora, clinic, act="second-factor", reason=" ") == 400
    assert has_any(nora)
    act(as_anna, nora, clinic, act="second-factor", reason="phone stolen")
    assert not has_any(nora)
    assert as_nora.get("/").status_code == 302
    assert AccountEvent.objects.filter(what=AccountDone.SECOND_FACTOR, detail="phone stolen").exists()


def test_a_new_password_comes_by_a_link_and_ends_all_sessions(
    as_anna: Client, as_nora: Client, nora: User, clinic: Clinic, client: Client
) -> None:
    place = f"/colleagues/{Membership.objects.get(user=nora).pk}/"
    link = link_on(as_anna.post(place, {"act": "password"}).content)
    page = client.post(link, {"password": "a harbour at dawn", "again": "a harbour at dawn"})
    assert page.headers["Location"] == "/sign-in/"
    assert as_nora.get("/").status_code == 302
    assert client.post("/sign-in/", {"login": "nora", "password": "a harbour at dawn"}).status_code == 302
    assert client.get(link).status_code == 404


def test_who_resets_how_somebody_gets_in_gets_into_no_other_clinic_so(
    as_anna: Client, nora: User, clinic: Clinic, other_clinic: Clinic
) -> None:
    Membership.objects.create(user=nora, clinic=other_clinic, role=Role.NURSE)
    act(as_anna, nora, clinic, act="second-factor", reason="phone stolen")
    assert Membership.objects.get(user=nora, clinic=other_clinic).locked
    assert not Membership.objects.get(user=nora, clinic=clinic).locked
    assert done(other_clinic) == ["locked"]


@pytest.mark.parametrize("sent", [{"act": "lock", "reason": "x"}, {"act": "role", "role": "nurse"}])
def test_the_last_administrator_stays(as_anna: Client, anna: User, clinic: Clinic, sent: dict[str, str]) -> None:
    locked = member(clinic, "locked", Role.ADMINISTRATOR)
    Membership.objects.filter(user=locked).update(locked=True)
    assert act(as_anna, anna, clinic, **sent) == 400
    mine = Membership.objects.get(user=anna)
    assert (mine.role, mine.locked) == (Role.ADMINISTRATOR, False)
    member(clinic, "another", Role.ADMINISTRATOR)
    assert act(as_anna, anna, clinic, **sent) == 302


def test_an_act_that_nobody_knows_is_refused_in_words(as_anna: Client, nora: User, clinic: Clinic) -> None:
    assert act(as_anna, nora, clinic, act="delete") == 400
    assert act(as_anna, nora, clinic, act="role", role="king") == 400
    assert as_anna.post("/colleagues/invite/", {"role": "king"}).status_code == 400


def test_an_administrator_reads_of_no_person(as_anna: Client, ada: Person, nora: User) -> None:
    signed_in(nora).post(f"/people/{ada.pk}/seen/invite/", {"purpose": "self"})
    page = as_anna.get("/colleagues/").content.decode()
    assert "Ada " not in page
    assert AccountEvent.objects.filter(person=ada).count() == 1
    assert "one's own page" not in page.lower()


def test_what_was_done_is_never_changed(as_anna: Client, nora: User, clinic: Clinic) -> None:
    act(as_anna, nora, clinic, act="sessions")
    row = AccountEvent.objects.get()
    with pytest.raises(AppendOnly):
        AccountEvent.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        models.QuerySet(AccountEvent).filter(pk=row.pk).update(detail="")


def test_the_page_takes_few_queries_however_many_colleagues(
    as_anna: Client, clinic: Clinic, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        members.invite(clinic, "nurse", by=User.objects.get(username="anna"))
        member(clinic, f"colleague-{number}", Role.NURSE)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        as_anna.get("/colleagues/")


def test_the_first_administrator_gets_a_link_and_there_is_only_one_first(client: Client, db: None) -> None:
    token = first_administrator("New clinic (invented)", "Founder", name="Fay Founder (invented)")
    with pytest.raises(AccountRefused, match="has an administrator"):
        first_administrator("New clinic (invented)", "second")
    chosen = {"password": "a harbour at dawn", "again": "a harbour at dawn"}
    assert client.post(f"/join/{token}/", chosen).headers["Location"] == "/sign-in/"
    assert (
        client.post("/sign-in/", {"login": "founder", "password": "a harbour at dawn"}).headers["Location"]
        == "/colleagues/"
    )


def test_the_first_administrator_may_have_a_password_at_once(db: None) -> None:
    assert first_administrator("New clinic (invented)", "founder", password="a harbour at dawn") == ""
    with pytest.raises(AccountRefused, match=r"(?i)too (short|common)"):
        first_administrator("Another (invented)", "founder-2", password="12345")
    assert not User.objects.filter(username="founder-2").exists()


def test_whoever_runs_the_server_helps_an_administrator_who_lost_everything(
    anna: User, clinic: Clinic, client: Client
) -> None:
    give_app(anna)
    Membership.objects.filter(user=anna).update(locked=True)
    with pytest.raises(AccountRefused, match="no administrator"):
        rescue(clinic.name, "nora")
    token = rescue(clinic.name, "anna")
    client.post(f"/join/{token}/", {"password": "a harbour at dawn", "again": "a harbour at dawn"})
    signed = client.post("/sign-in/", {"login": "anna", "password": "a harbour at dawn"})
    assert signed.headers["Location"] == "/colleagues/"
    assert AccountEvent.objects.filter(about=anna, by=None).exists()


def test_an_endless_reason_is_refused_in_words(as_anna: Client, nora: User, clinic: Clinic) -> None:
    assert act(as_anna, nora, clinic, act="lock", reason="x" * 401) == 400
    assert not Membership.objects.get(user=nora).locked


def test_an_account_of_a_team_is_never_a_persons_too(nora: User, ada: Person) -> None:
    """An administrator resets accounts of the team; so nobody gets into somebody's record."""
    client = signed_in(nora)
    token = links.make(Purpose.CARER, ada.clinic, by=None, person=ada)
    assert "as_myself" not in client.get(f"/join/{token}/").content.decode()
    client.post(f"/join/{token}/", {"as_myself": "yes"})
    assert not PersonAccess.objects.filter(user=nora).exists()


def test_a_persons_account_never_joins_a_team(ada: Person) -> None:
    client = signed_in(own_account(ada, "ada"))
    token = links.make(Purpose.TEAM, ada.clinic, by=None, role=Role.NURSE)
    client.post(f"/join/{token}/", {"as_myself": "yes"})
    assert not Membership.objects.filter(user__username="ada").exists()
