"""A person's own page: dates and plain words, never a hold before it is released, never anything of another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.web.people import carer_account, enter, member, own_account, signed_in

from natalizumab.clinic.accounts import links
from natalizumab.clinic.me.signs import written
from natalizumab.clinic.models import (
    AccessKind,
    Allowed,
    Clinic,
    Entry,
    OneTimeLink,
    Person,
    PersonAccess,
    PlanRelease,
    Purpose,
    Reading,
    Role,
    SelfReport,
    User,
)
from natalizumab.evidence import source, values, vocabulary

CONFIRM = "Your team will confirm your next dose"
DATE = "2 November 2026"
WEAK = {"kind": "symptom", "on": "2026-10-30", "name": "clumsy right hand", "worsening": True}


@pytest.fixture
def as_ben(ben: Person) -> Client:
    return signed_in(own_account(ben, "ben"))


def page(client: Client, place: str = "/me/") -> str:
    response = client.get(place)
    assert response.status_code == 200, place
    return re.sub(r"\s+", " ", response.content.decode())


def release(client: Client, who: Person, words: str = "We wait for your scan.") -> int:
    shown = client.get(f"/people/{who.pk}/seen/").content.decode()
    state = re.search(r'name="state" value="(\w+)"', shown)
    sent = {"words": words, "state": state[1] if state else ""}
    return client.post(f"/people/{who.pk}/seen/release/", sent).status_code


def test_a_person_reads_when_the_next_dose_is_and_what_is_due(as_ben: Client) -> None:
    shown = page(as_ben)
    assert "Hello Ben Invented" in shown
    assert DATE in shown
    assert "An MRI scan of your head" in shown
    assert CONFIRM not in shown


def test_a_hold_is_not_shown_and_no_date_stands_in_its_place(as_ben: Client, ben: Person) -> None:
    enter(ben, WEAK)
    shown = page(as_ben)
    assert CONFIRM in shown
    assert DATE not in shown
    for word in ("PML", "hold", "Hold", "suspected", "clumsy", "Not now"):
        assert word not in shown


def test_after_a_release_the_person_reads_the_teams_words(as_ben: Client, as_nora: Client, ben: Person) -> None:
    enter(ben, WEAK)
    assert release(as_nora, ben) == 302
    shown = page(as_ben)
    assert "Not now" in shown
    assert "We wait for your scan." in shown
    assert "PML" not in shown


@pytest.mark.parametrize(
    "then",
    [
        {"kind": "symptom", "on": "2026-11-01", "name": "word-finding difficulty"},
        {"kind": "mri", "on": "2026-11-01", "protocol": "full", "suspicious_for_pml": True},
    ],
)
def test_when_the_plan_gets_worse_a_release_no_longer_counts(
    as_ben: Client, as_nora: Client, ben: Person, then: dict[str, Any]
) -> None:
    enter(ben, WEAK)
    release(as_nora, ben)
    enter(ben, then)
    shown = page(as_ben)
    assert CONFIRM in shown
    assert "We wait for your scan." not in shown


def test_a_release_counts_no_more_after_the_hold_was_away_and_came_again(
    as_ben: Client, as_nora: Client, ben: Person
) -> None:
    enter(ben, WEAK)
    release(as_nora, ben)
    excluded = enter(ben, {"kind": "diagnosis", "on": "2026-11-01", "name": "PML", "status": "excluded"})
    assert DATE in page(as_ben)
    enter(ben, {"kind": "withdrawal", "on": "2026-11-02"}, corrects=excluded)
    assert CONFIRM in page(as_ben)
    assert "We wait" not in page(as_ben)


def test_an_entry_that_changes_nothing_leaves_a_release_as_it_is(as_ben: Client, as_nora: Client, ben: Person) -> None:
    enter(ben, WEAK)
    release(as_nora, ben)
    enter(ben, {"kind": "weight", "on": "2026-11-01", "kg": 81})
    assert "We wait for your scan." in page(as_ben)


def test_a_release_of_an_older_state_is_refused_and_keeps_what_was_typed(as_nora: Client, ben: Person) -> None:
    enter(ben, WEAK)
    place = f"/people/{ben.pk}/seen/"
    state = re.search(r'name="state" value="(\w+)"', as_nora.get(place).content.decode())
    assert state
    enter(ben, {"kind": "symptom", "on": "2026-11-01", "name": "word-finding difficulty"})
    refused = as_nora.post(f"{place}release/", {"words": "All is well.", "state": state[1]})
    assert refused.status_code == 400
    assert "All is well." in refused.content.decode()
    assert not PlanRelease.objects.exists()


def test_a_release_needs_words(as_nora: Client, ben: Person) -> None:
    enter(ben, WEAK)
    assert release(as_nora, ben, " ") == 400


def test_an_unreadable_record_and_a_long_gap_show_no_date(as_ben: Client, ben: Person, clinic: Clinic) -> None:
    enter(ben, {"kind": "stop", "on": "2026-10-20"})
    assert CONFIRM in page(as_ben)


def test_no_page_of_a_person_names_a_rule_a_source_or_another_person(
    as_ben: Client, ben: Person, ada: Person, nora: User
) -> None:
    for event in (WEAK, {"kind": "lab", "on": "2026-10-30", "test": "ALT", "value": 300, "unit": "U/L"}):
        for place in ("/me/", "/me/check/", "/me/worse/", "/me/card/", "/me/carers/"):
            shown = page(as_ben, place)
            assert not re.search(r"\b[A-Z]{3}-\d\d\b", shown), place
            assert "Ada " not in shown
            assert "Nora" not in shown
            for word in ("STRATIFY", "prac-2016", "evidence", "1 in ", "per 1,000"):
                assert word not in shown.replace("/evidence/", ""), (place, word)
        enter(ben, event)


def test_every_read_is_on_record(as_ben: Client, ben: Person) -> None:
    for place in ("/me/", "/me/card/"):
        page(as_ben, place)
    assert list(Reading.objects.filter(person=ben).order_by("id").values_list("what", flat=True)) == ["me", "me-card"]


def test_the_page_takes_few_queries(
    as_ben: Client, ben: Person, nora: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(9):
        SelfReport.objects.create(key=str(number), person=ben, told_by=nora, level=1, gravity=1, claimed_by=nora)
    with django_assert_max_num_queries(12):
        as_ben.get("/me/")


def test_the_monthly_check_enters_the_record_as_the_persons_own(as_ben: Client, ben: Person) -> None:
    answers = {question.topic: "no" for question in written().check}
    assert as_ben.post("/me/check/", answers).headers["Location"] == "/me/?checked=yes"
    entry = Entry.objects.filter(person=ben).latest("sequence")
    assert (entry.kind, entry.source, entry.entered_by.username) == ("selfcheck", "self", "ben")  # type: ignore[union-attr]
    assert '"by":"person"' in entry.payload
    assert not SelfReport.objects.exists()


def test_a_yes_in_the_monthly_check_reaches_the_clinic(as_ben: Client, as_nora: Client) -> None:
    answers = {question.topic: "no" for question in written().check} | {"skin": "yes"}
    assert as_ben.post("/me/check/", answers).headers["Location"].startswith("/me/told/")
    assert "mole" in page(as_nora, "/triage/")


def test_a_check_with_a_question_left_out_writes_nothing_and_keeps_the_rest(as_ben: Client, ben: Person) -> None:
    before = Entry.objects.count()
    response = as_ben.post("/me/check/", {"infection": "yes"})
    assert response.status_code == 400
    assert "Answer each question" in response.content.decode()
    assert re.search(r'name="infection" value="yes" required checked', response.content.decode())
    assert Entry.objects.count() == before


def test_the_questions_of_the_check_are_those_that_the_plan_knows_what_to_do_about() -> None:
    known = [value.key.rpartition(".")[2] for value in values("checklist.selfcheck")]
    assert sorted(question.topic for question in written().check) == sorted(known)


def test_every_sign_has_a_name_that_the_record_knows_and_a_source() -> None:
    for sign in written().worse:
        found = vocabulary("symptoms").find(sign.symptom)
        assert found is not None, sign.symptom
        assert found.attributes["suggests"], sign.symptom
        assert [source(key) for key in sign.source]


@pytest.mark.parametrize("kind", [AccessKind.SELF, AccessKind.CARER])
def test_a_link_to_a_page_works_once(ada: Person, kind: str) -> None:
    token = links.make(Purpose(kind), ada.clinic, by=None, person=ada, allows=[Allowed.DATES])
    sent = {
        "username": "newcomer",
        "name": "New (invented)",
        "password": "a harbour at dusk",
        "again": "a harbour at dusk",
        "born": "1988-03-02",
    }
    first = Client()
    assert first.post(f"/join/{token}/", sent).headers["Location"] == "/me/"
    assert Client().post(f"/join/{token}/", sent | {"username": "another"}).status_code == 404
    assert first.get("/me/").status_code == 200
    access = PersonAccess.objects.get()
    assert (access.person, access.kind, access.allows) == (ada, kind, [Allowed.DATES])


def test_a_link_that_went_astray_opens_nothing_without_the_date_of_birth(ada: Person, client: Client) -> None:
    token = links.make(Purpose.SELF, ada.clinic, by=None, person=ada)
    sent = {"username": "thief", "password": "a harbour at dusk", "again": "a harbour at dusk"}
    page_of_link = client.get(f"/join/{token}/").content.decode()
    assert "Ada " not in page_of_link
    for year in range(1980, 1985):
        assert client.post(f"/join/{token}/", sent | {"born": f"{year}-03-02"}).status_code == 200
    assert client.post(f"/join/{token}/", sent | {"born": "1988-03-02"}).status_code == 404
    assert OneTimeLink.objects.get().failures == 5
    assert not User.objects.filter(username="thief").exists()


def test_two_people_never_share_an_account_nor_a_person_two(ada: Person, ben: Person) -> None:
    user = own_account(ada, "ada")
    PersonAccess.objects.update(ended="2026-01-01T00:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonAccess.objects.create(user=user, person=ben, kind=AccessKind.SELF)
    own_account(ben, "ben")
    with pytest.raises(IntegrityError), transaction.atomic():
        own_account(ben, "second")


def test_a_second_link_for_the_same_person_spends_the_first(ada: Person, client: Client) -> None:
    first = links.make(Purpose.SELF, ada.clinic, by=None, person=ada)
    links.make(Purpose.SELF, ada.clinic, by=None, person=ada)
    assert client.get(f"/join/{first}/").status_code == 404


def test_a_clinic_invites_a_person_once_at_a_time(as_nora: Client, ada: Person) -> None:
    own_account(ada, "ada")
    refused = as_nora.post(f"/people/{ada.pk}/seen/invite/", {"purpose": "self"})
    assert refused.status_code == 400
    assert "there is an account for this page" in refused.content.decode().lower()


def test_whose_access_ended_sees_nothing(as_nora: Client, ada: Person) -> None:
    user = own_account(ada, "ada")
    client = signed_in(user)
    assert client.get("/me/").status_code == 200
    as_nora.post(f"/people/{ada.pk}/seen/{PersonAccess.objects.get().pk}/end/")
    assert client.get("/me/").status_code == 403


def test_a_carer_sees_what_the_person_allowed_and_no_more(ben: Person, as_ben: Client) -> None:
    carer = signed_in(carer_account(ben, "carla", Allowed.TELL))
    assert DATE not in page(carer)
    assert carer.get("/me/worse/").status_code == 200
    access = PersonAccess.objects.get(user__username="carla")
    session = as_ben.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12, "reauthenticated": True}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    as_ben.post("/me/carers/", {"change": str(access.pk), "allows": ["dates"]})
    told = SelfReport.objects.create(key="1", person=ben, told_by=access.user, level=1, gravity=1, words="unwell")
    assert DATE in page(carer)
    assert "What you told" not in page(carer)
    for place in ("/me/worse/", "/me/check/", f"/me/told/{told.pk}/"):
        assert carer.get(place).status_code == 403
    as_ben.post(f"/me/carers/{access.pk}/end/")
    assert carer.get("/me/").status_code == 403


def test_a_carer_of_two_people_chooses_and_never_sees_both_at_once(ada: Person, ben: Person) -> None:
    user = carer_account(ada, "carla")
    second = PersonAccess.objects.create(user=user, person=ben, kind=AccessKind.CARER, allows=Allowed.values)
    client = signed_in(user)
    assert client.get("/me/").headers["Location"] == "/choose/"
    client.post("/choose/", {"as": f"personaccess-{second.pk}"})
    assert "Ben Invented" in page(client)
    assert "Ada " not in page(client)


def test_somebody_elses_access_can_not_be_chosen(ada: Person, ben: Person, as_ben: Client) -> None:
    own_account(ada, "ada")
    foreign = PersonAccess.objects.get(user__username="ada")
    assert as_ben.post("/choose/", {"as": f"personaccess-{foreign.pk}"}).status_code == 404
    assert "Ben Invented" in page(as_ben)


def test_a_nurse_reads_what_the_person_reads(as_nora: Client, ben: Person) -> None:
    assert DATE in page(as_nora, f"/people/{ben.pk}/seen/")
    enter(ben, WEAK)
    assert "no date" in page(as_nora, f"/people/{ben.pk}/seen/")


def test_the_clinics_view_of_it_takes_few_queries(
    as_nora: Client, ben: Person, django_assert_max_num_queries: Any
) -> None:
    enter(ben, WEAK)
    own_account(ben, "ben")
    for number in range(6):
        carer_account(ben, f"carer-{number}")
        release(as_nora, ben, f"words {number}")
    with django_assert_max_num_queries(12):
        as_nora.get(f"/people/{ben.pk}/seen/")


@pytest.mark.parametrize("role", [Role.PHARMACIST, Role.AUDITOR])
def test_who_may_not_release_is_offered_no_form(clinic: Clinic, ben: Person, role: str) -> None:
    enter(ben, WEAK)
    shown = page(signed_in(member(clinic, "somebody", role)), f"/people/{ben.pk}/seen/")
    assert "<textarea" not in shown
    assert "Invite" not in shown


def test_the_card_says_what_other_doctors_must_think_of(as_ben: Client) -> None:
    shown = page(as_ben, "/me/card/")
    for words in ("natalizumab", "Ben Invented", "PML", "herpes encephalitis", "live vaccines", "6 months", "112"):
        assert words in shown
