"""Two people who are one: one record, one plan, no entry touched; and apart again exactly as before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client
from tests.web.forms import is_saved, opened, sent, text_of
from tests.web.people import doses, enter, member, person, signed_in

from natalizumab.clinic import merging, plans
from natalizumab.clinic.auditing import seal_day, verify
from natalizumab.clinic.clock import today
from natalizumab.clinic.merging import MergeRefused, entries_of
from natalizumab.clinic.models import Clinic, Entry, Merge, Person, Role, Unmerge, User
from natalizumab.clinic.records import record_json
from natalizumab.clinic.worklist import Asked, worklist

pytestmark = pytest.mark.usefixtures("solver")

WHY = "Both know the same nurse, and the hospital number is one."


@pytest.fixture
def twin(clinic: Clinic) -> Person:
    """Ada again, under another number: what a second clinic letter told."""
    found = person(clinic, "A-01", "Ada Inventet", doses("2026-08-17"))
    enter(found, {"kind": "mri", "on": "2026-10-30", "protocol": "full", "new_t2": 0, "gd": 0})
    return found


def stored() -> list[tuple[Any, ...]]:
    """Every entry as the database has it."""
    return list(Entry.objects.order_by("person_id", "sequence").values_list())


def everything(who: Person) -> tuple[bytes, Any]:
    plans.forget()
    entries = entries_of(who)
    return record_json(who, entries), plans.plan_of(who, entries, today())


def merged(client: Client, survivor: Person, other: Person) -> None:
    response = client.post(f"/people/{survivor.pk}/merge/", {"other": other.number, "reason": WHY})
    assert response.status_code == 302, text_of(response)


def parted(client: Client, survivor: Person) -> None:
    made = merging.standing().get()
    response = client.post(f"/people/{survivor.pk}/part/", {"merge": made.pk, "reason": "Sisters, born as twins."})
    assert response.status_code == 302, text_of(response)


def test_the_record_of_the_one_who_stays_is_that_of_both_and_no_entry_is_touched(
    as_nora: Client, ada: Person, twin: Person
) -> None:
    before = stored()
    merged(as_nora, ada, twin)
    entries = entries_of(ada)
    assert len(entries) == len(before)
    assert [entry.entered_at for entry in entries] == sorted(entry.entered_at for entry in entries)
    assert stored() == before
    assert verify().problems == ()
    assert "MRI-03" not in {reason["rule"] for reason in everything(ada)[1].reasons}


def test_parting_restores_exactly_what_was(as_nora: Client, ada: Person, twin: Person) -> None:
    before, entries = [everything(who) for who in (ada, twin)], stored()
    merged(as_nora, ada, twin)
    assert everything(ada) != before[0]
    parted(as_nora, ada)
    assert [everything(who) for who in (ada, twin)] == before
    assert stored() == entries


def test_the_one_who_was_merged_leads_to_the_one_who_stays(as_nora: Client, ada: Person, twin: Person) -> None:
    merged(as_nora, ada, twin)
    assert as_nora.get(f"/people/{twin.pk}/").headers["Location"] == f"/people/{ada.pk}/"
    assert as_nora.get("/people/?number=A-01", follow=True).redirect_chain[-1][0] == f"/people/{ada.pk}/"
    parted(as_nora, ada)
    assert as_nora.get(f"/people/{twin.pk}/").status_code == 200


def test_the_worklist_counts_them_once_with_the_plan_of_both(
    as_nora: Client, clinic: Clinic, ada: Person, twin: Person
) -> None:
    worklist(clinic, today(), Asked())  # remembers the plans of each
    merged(as_nora, ada, twin)
    (row,) = worklist(clinic, today(), Asked()).rows
    plan = everything(ada)[1]
    assert (row.person, row.decision) == (ada, plan.decision)
    assert row.work.next_due.isoformat() == plan.today["next_dose"]["due"]
    assert row.work.rules == [reason["rule"] for reason in plan.reasons]
    parted(as_nora, ada)
    assert {row.person for row in worklist(clinic, today(), Asked()).rows} == {ada, twin}


def test_a_plan_of_both_is_not_taken_for_one_of_the_same_length(as_nora: Client, ada: Person, twin: Person) -> None:
    merged(as_nora, ada, twin)
    both = plans.plan_of(ada, entries_of(ada), today())
    parted(as_nora, ada)
    for day in ("2026-10-01", "2026-10-02"):
        enter(ada, {"kind": "edss", "on": day, "score": 2})
    assert plans.plan_of(ada, entries_of(ada), today()) != both


def test_what_is_entered_while_they_are_one_stays_with_the_one_who_stays(
    as_nora: Client, ada: Person, twin: Person
) -> None:
    merged(as_nora, ada, twin)
    assert is_saved(sent(as_nora, f"/people/{twin.pk}/add/weight/", on="2026-11-02", kg="70"))
    assert Entry.objects.filter(person=ada, kind="weight").count() == 2
    assert verify().problems == ()


def test_a_correction_goes_to_where_its_entry_is_and_counts_in_both_worlds(
    as_nora: Client, ada: Person, twin: Person
) -> None:
    merged(as_nora, ada, twin)
    scan = Entry.objects.get(person=twin, kind="mri")
    typed = {"on": "2026-10-30", "protocol": "full", "new_t2": "3", "gd": "0"}
    assert is_saved(sent(as_nora, f"/people/{ada.pk}/entries/{scan.pk}/correct/", **typed))
    new = Entry.objects.get(corrects=scan)
    assert new.person == twin
    assert b'"new_t2":3' in everything(ada)[0]
    parted(as_nora, ada)
    assert b'"new_t2":3' in everything(twin)[0]
    assert everything(twin)[1].refusal is None
    assert verify().problems == ()


def test_a_form_opened_before_the_merge_says_what_was_added(as_nora: Client, ada: Person, twin: Person) -> None:
    form = opened(as_nora, f"/people/{ada.pk}/add/weight/")
    merged(as_nora, ada, twin)
    response = as_nora.post(f"/people/{ada.pk}/add/weight/", form | {"on": "2026-11-02", "kg": "70"})
    assert "Somebody wrote to this record" in text_of(response)
    assert "MRI , 30 Oct 2026" in text_of(response)


def test_both_beside_each_other_say_where_they_contradict(as_nora: Client, ada: Person, clinic: Clinic) -> None:
    person(clinic, "A-01", "Ada Invented", doses("2026-10-12"))
    page = text_of(as_nora.get(f"/people/{ada.pk}/merge/?other=A-01"))
    assert "Both together contradict each other." in page
    assert "second dose on 12 Oct 2026" in page


def test_a_merge_needs_two_people_of_one_clinic_and_a_reason(
    as_nora: Client, ada: Person, twin: Person, zoe: Person
) -> None:
    for other, reason, words in (
        (ada.number, WHY, "choose another person"),
        (zoe.number, WHY, "Nobody of that number is in this clinic."),
        ("nobody", WHY, "Nobody of that number is in this clinic."),
        (twin.number, " ", "say how you know"),
        (twin.number, "x" * 501, "too long"),
        (twin.number, "a\x00", "nobody can see"),
    ):
        response = as_nora.post(f"/people/{ada.pk}/merge/", {"other": other, "reason": reason})
        assert response.status_code == 200
        assert words.lower() in text_of(response).lower(), other
    assert not Merge.objects.exists()


def test_who_is_merged_is_not_merged_again_nor_merged_into(
    nora: User, clinic: Clinic, ada: Person, twin: Person
) -> None:
    third = person(clinic, "T-3", "Third Invented", [])
    merging.merge(ada, twin, by=nora, reason=WHY)
    with pytest.raises(MergeRefused, match="is merged already"):
        merging.merge(third, twin, by=nora, reason=WHY)
    with pytest.raises(MergeRefused, match="itself merged into somebody"):
        merging.merge(twin, third, by=nora, reason=WHY)
    with pytest.raises(MergeRefused, match="itself merged into somebody"):
        merging.merge(twin, ada, by=nora, reason=WHY)


def test_three_who_are_one_are_read_as_one_and_parted_one_by_one(
    nora: User, clinic: Clinic, ada: Person, twin: Person
) -> None:
    third = person(clinic, "T-3", "Third Invented", [{"kind": "edss", "on": "2026-10-20", "score": 2}])
    first = merging.merge(twin, third, by=nora, reason=WHY)
    second = merging.merge(ada, twin, by=nora, reason=WHY)
    assert {entry.person_id for entry in entries_of(ada)} == {ada.pk, twin.pk, third.pk}
    merging.unmerge(second, by=nora, reason=WHY)
    assert {entry.person_id for entry in entries_of(ada)} == {ada.pk}
    assert {entry.person_id for entry in entries_of(twin)} == {twin.pk, third.pk}
    merging.unmerge(first, by=nora, reason=WHY)
    assert {entry.person_id for entry in entries_of(twin)} == {twin.pk}
    with pytest.raises(MergeRefused, match="parted already"):
        merging.unmerge(first, by=nora, reason=WHY)


def test_the_page_tells_of_every_merge_and_parting(as_nora: Client, ada: Person, twin: Person) -> None:
    merged(as_nora, ada, twin)
    parted(as_nora, ada)
    merged(as_nora, ada, twin)
    page = text_of(as_nora.get(f"/people/{ada.pk}/merge/"))
    assert page.count(WHY) == 2
    assert "by nora: Sisters, born as twins." in page
    assert Merge.objects.filter(merged=twin).count() == 2


def test_parting_needs_a_reason_and_one_of_this_persons_merges(
    as_nora: Client, ada: Person, ben: Person, twin: Person
) -> None:
    merged(as_nora, ada, twin)
    made = Merge.objects.get()
    no_reason = as_nora.post(f"/people/{ada.pk}/part/", {"merge": made.pk, "reason": ""})
    assert "Say why the two are not one person" in text_of(no_reason)
    others = as_nora.post(f"/people/{ben.pk}/part/", {"merge": made.pk, "reason": WHY})
    assert "These two are not merged now." in text_of(others)
    assert not Unmerge.objects.exists()


def test_seals_hold_over_a_merge(as_nora: Client, clinic: Clinic, ada: Person, twin: Person) -> None:
    seal_day(clinic, date(2026, 11, 1))
    merged(as_nora, ada, twin)
    seal_day(clinic, date(2026, 11, 2))
    parted(as_nora, ada)
    assert verify().problems == ()


def test_the_database_keeps_every_merge(nora: User, ada: Person, twin: Person) -> None:
    made = merging.merge(ada, twin, by=nora, reason=WHY)
    plain: models.QuerySet[Merge] = models.QuerySet(Merge).filter(pk=made.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        plain.update(reason="another")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        plain._raw_delete(using="default")


def test_pages_of_people_who_are_one_take_as_few_queries(
    as_nora: Client, clinic: Clinic, ada: Person, twin: Person, django_assert_max_num_queries: Any
) -> None:
    merged(as_nora, ada, twin)
    for place in ("/", f"/people/{ada.pk}/", f"/people/{ada.pk}/merge/", f"/people/{ada.pk}/add/dose/"):
        with django_assert_max_num_queries(12):
            assert as_nora.get(place).status_code == 200


def test_an_auditor_merges_nobody(clinic: Clinic, ada: Person, twin: Person) -> None:
    auditor = signed_in(member(clinic, "audra", Role.AUDITOR))
    response = auditor.post(f"/people/{ada.pk}/merge/", {"other": twin.number, "reason": WHY})
    assert response.status_code == 403
