"""Can a thing to do be taken, ordered and put off, once, by those who may, without one overwriting another?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.web.people import enter, member, signed_in

from natalizumab.clinic.models import Clinic, Handling, Person, Reading, Role, User, Work, WorkItem
from natalizumab.clinic.models.append_only import AppendOnly
from natalizumab.clinic.work.handling import Change, ChangedMeanwhile, HandlingRefused, NoSuchItem, handle
from natalizumab.clinic.worklist import Asked, worklist

ON = date(2026, 11, 2)


@pytest.fixture
def scan(ada: Person) -> WorkItem:
    """Ada's yearly scan, overdue."""
    return WorkItem.objects.filter(WorkItem.overdue_on(ON), person=ada, kind="mri")[0]


@pytest.fixture
def priya(clinic: Clinic) -> User:
    return member(clinic, "priya", Role.PRESCRIBER)


def place(item: WorkItem) -> str:
    return f"/people/{item.person_id}/items/{item.key}/"


def sent(client: Client, item: WorkItem, what: str, *, seen: int = 0, form: str = "", **typed: str) -> Any:
    data = {"what": what, "seen": str(seen), "form": form or str(uuid4()), **typed}
    return client.post(f"{place(item)}?back=kind%3Dmri", data)


def test_the_list_leads_to_the_thing_and_saving_leads_back_to_the_list(
    as_nora: Client, nora: User, scan: WorkItem
) -> None:
    page = as_nora.get("/?kind=mri").content.decode()
    assert f'href="{place(scan)}?back=kind%3Dmri"' in page
    assert sent(as_nora, scan, "own", owner=str(nora.pk)).headers["Location"] == "/?kind=mri"
    assert '<small class="marks">nora</small>' in as_nora.get("/?kind=mri").content.decode()


def test_what_somebody_took_is_theirs_and_no_longer_nobodys(
    clinic: Clinic, ada: Person, nora: User, priya: User
) -> None:
    def found(user: User, need: str) -> int:
        return len(worklist(clinic, ON, Asked(need=need, user=user)).rows)

    assert (found(nora, "mine"), found(nora, "unowned")) == (0, 1)
    for item in WorkItem.objects.filter(person=ada, prompt=False).exclude(rule=""):
        handle(ada, item.key, Change(owner=nora), by=nora, form=item.key, seen=0, on=ON)
    assert (found(nora, "mine"), found(priya, "mine"), found(nora, "unowned")) == (1, 0, 0)
    assert worklist(clinic, ON, Asked(user=nora)).counts["need"]["mine"] == 1


def test_a_form_that_is_sent_twice_writes_once(as_nora: Client, nora: User, scan: WorkItem) -> None:
    for _ in range(2):
        assert sent(as_nora, scan, "own", form="the same", owner=str(nora.pk)).status_code == 302
    assert Handling.objects.count() == 1


def test_two_people_at_once_never_overwrite_each_other_silently(
    as_nora: Client, priya: User, nora: User, scan: WorkItem
) -> None:
    sent(as_nora, scan, "order", ordered_on="2026-10-30", reference="RX-7")
    late = sent(signed_in(priya), scan, "order", ordered_on="2026-11-01", reference="by me, typed")
    said = late.content.decode()
    assert late.status_code == 200
    assert "Somebody changed this after you opened it" in said
    assert "RX-7" in said
    assert "by me, typed" in said
    assert Handling.objects.get().reference == "RX-7"
    assert 'name="seen" value="1"' in said
    sent(signed_in(priya), scan, "order", seen=1, ordered_on="2026-11-01", reference="RX-8")
    assert [row.reference for row in Handling.objects.order_by("number")] == ["RX-7", "RX-8"]


def test_a_change_leaves_what_it_is_not_about(ada: Person, nora: User, scan: WorkItem) -> None:
    handle(ada, scan.key, Change(owner=nora), by=nora, form="1", seen=0, on=ON)
    handle(ada, scan.key, Change(ordered=(ON, "RX-7")), by=nora, form="2", seen=1, on=ON)
    state = handle(ada, scan.key, Change(snoozed=(date(2026, 11, 9), "booked")), by=nora, form="3", seen=2, on=ON)
    assert (state.owner, state.reference, state.snoozed_until) == (nora.pk, "RX-7", date(2026, 11, 9))
    state = handle(ada, scan.key, Change(owner=0), by=nora, form="4", seen=3, on=ON)
    assert (state.owner, state.reference, state.number) == (None, "RX-7", 4)


def test_what_is_put_off_is_said_so_counts_for_nothing_and_comes_back_on_its_day(
    clinic: Clinic, ada: Person, nora: User, as_nora: Client
) -> None:
    until = date(2026, 11, 9)
    for item in WorkItem.objects.filter(WorkItem.overdue_on(ON), person=ada).exclude(rule=""):
        handle(ada, item.key, Change(snoozed=(until, "booked")), by=nora, form=item.key, seen=0, on=ON)

    def overdue(on: date) -> bool:
        return any(task.overdue and not task.is_dose for task in worklist(clinic, on, Asked()).rows[0].tasks)

    decision = worklist(clinic, ON, Asked()).rows[0].decision
    assert decision == "confirm"  # putting a thing off answers no reason
    assert "put off until 9 Nov 2026" in as_nora.get("/").content.decode()
    assert (overdue(ON), overdue(until - timedelta(days=1)), overdue(until)) == (False, False, True)


def test_the_entry_that_satisfies_a_thing_ends_it_and_its_history_stays(
    as_nora: Client, ada: Person, nora: User, scan: WorkItem
) -> None:
    sent(as_nora, scan, "order", ordered_on="2026-10-30", reference="RX-7")
    enter(ada, {"kind": "mri", "on": "2026-11-01", "protocol": "full", "new_t2": 0, "gd": 0})
    assert not WorkItem.objects.filter(key=scan.key).exists()
    page = as_nora.get(place(scan)).content.decode()
    assert "no longer asked for" in page
    assert "RX-7" in page
    assert "is no longer to be done" in sent(as_nora, scan, "own", seen=1, owner=str(nora.pk)).content.decode()
    newer = WorkItem.objects.filter(person=ada, kind="mri").first()
    assert newer is None or newer.reference == ""


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("own", {"owner": "999999"}, "choose somebody of the team"),
        ("own", {"owner": "x\x00"}, "choose somebody of the team"),
        ("order", {"ordered_on": "30/10/2026"}, "&quot;30/10/2026&quot; is not a date (allowed: YYYY-MM-DD)"),
        ("order", {"ordered_on": "2026-10-30", "reference": "R" * 101}, "101 characters (allowed: up to 100)"),
        ("order", {"ordered_on": "2026-10-30", "reference": "a\x00b"}, "holds a sign that can&#x27;t be shown"),
        ("snooze", {"until": "", "reason": "waiting"}, "a date is missing"),
        ("snooze", {"until": "2026-11-02", "reason": "waiting"}, "choose a day after 2 Nov 2026"),
        ("snooze", {"until": "2126-11-09", "reason": "waiting"}, "choose a day after 2 Nov 2026"),
        ("snooze", {"until": "2026-11-09", "reason": " "}, "say why"),
        ("everything", {}, "Choose what to do"),
    ],
)
def test_what_can_not_be_is_said_in_plain_words_and_nothing_typed_is_lost(
    as_nora: Client, scan: WorkItem, what: str, typed: dict[str, str], said: str
) -> None:
    response = as_nora.post(place(scan), {"what": what, "seen": "0", "form": "one", **typed})
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert all(value in page for value in typed.values() if len(value) > 8 and "\x00" not in value)
    assert not Handling.objects.exists()


@pytest.mark.parametrize("lacking", ["seen", "form"])
def test_a_form_without_its_mark_is_refused(as_nora: Client, nora: User, scan: WorkItem, lacking: str) -> None:
    data = {"what": "own", "owner": str(nora.pk), "seen": "0", "form": "one"}
    del data[lacking]
    assert "open it again" in as_nora.post(place(scan), data).content.decode()


def test_what_an_emergency_asks_for_can_not_be_put_off(ada: Person, nora: User) -> None:
    enter(ada, {"kind": "symptom", "on": "2026-11-01", "name": "word-finding difficulty"})
    urgent = WorkItem.objects.filter(person=ada, urgent=True)[0]
    with pytest.raises(HandlingRefused, match="emergency"):
        handle(ada, urgent.key, Change(snoozed=(date(2026, 11, 9), "later")), by=nora, form="1", seen=0, on=ON)
    handle(ada, urgent.key, Change(owner=nora), by=nora, form="2", seen=0, on=ON)


def test_only_somebody_of_this_clinic_who_cares_for_people_can_own_a_thing(
    as_nora: Client, olga: User, clinic: Clinic, scan: WorkItem
) -> None:
    for other in (olga, member(clinic, "adam", Role.ADMINISTRATOR), member(clinic, "audrey", Role.AUDITOR)):
        assert "choose somebody" in sent(as_nora, scan, "own", owner=str(other.pk)).content.decode()


def test_an_auditor_sees_what_was_done_and_no_form(clinic: Clinic, scan: WorkItem) -> None:
    page = signed_in(member(clinic, "audrey", Role.AUDITOR)).get(place(scan)).content.decode()
    assert "Taken by" in page
    assert "<form method" not in page.split("<main")[1]


def test_seeing_a_thing_of_somebody_is_on_record(as_nora: Client, nora: User, ada: Person, scan: WorkItem) -> None:
    as_nora.get(place(scan))
    assert (Reading.objects.get().user, Reading.objects.get().what) == (nora, "item")


def test_a_stale_plan_is_worked_out_before_its_thing_is_shown(
    as_nora: Client, scan: WorkItem, django_assert_max_num_queries: Any
) -> None:
    Work.objects.update(made_by="another")
    with django_assert_max_num_queries(12):
        first = as_nora.get(place(scan))
    assert first.headers["Location"] == place(scan)
    with django_assert_max_num_queries(12):
        assert as_nora.get(place(scan)).status_code == 200


def test_saving_takes_no_more_questions_than_a_page(
    as_nora: Client, nora: User, scan: WorkItem, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        sent(as_nora, scan, "order", ordered_on="2026-10-30")


# --- the history ---


def test_the_history_is_only_added_to(ada: Person, nora: User, scan: WorkItem) -> None:
    handle(ada, scan.key, Change(owner=nora), by=nora, form="1", seen=0, on=ON)
    row = Handling.objects.get()
    with pytest.raises(AppendOnly):
        Handling.objects.update(reference="other")
    with pytest.raises(AppendOnly):
        row.delete()
    for statement in ("UPDATE clinic_handling SET reference = 'x'", "DELETE FROM clinic_handling"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_function_refuses_what_the_page_does(ada: Person, ben: Person, nora: User, scan: WorkItem) -> None:
    handle(ada, scan.key, Change(owner=nora), by=nora, form="1", seen=0, on=ON)
    with pytest.raises(ChangedMeanwhile) as changed:
        handle(ada, scan.key, Change(owner=0), by=nora, form="2", seen=0, on=ON)
    assert changed.value.state.owner == nora.pk
    with pytest.raises(NoSuchItem):
        handle(ada, "no such key", Change(owner=nora), by=nora, form="3", seen=0, on=ON)
    with pytest.raises(HandlingRefused, match="somebody else"):
        handle(ben, scan.key, Change(owner=nora), by=nora, form="1", seen=0, on=ON)
