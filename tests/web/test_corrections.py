"""Corrections and withdrawals by form: the old entry stays, the new one says who, when and why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.web.forms import carried, is_saved, opened, sent, text_of, told
from tests.web.people import enter, member, signed_in

from natalizumab.clinic.auditing import verify
from natalizumab.clinic.models import Clinic, Entry, Person, Role, User

pytestmark = pytest.mark.usefixtures("solver")


def at(entry: Entry, what: str = "") -> str:
    return f"/people/{entry.person_id}/entries/{entry.pk}/{what}"


def newest(who: Person) -> Entry:
    found = Entry.objects.filter(person=who).order_by("-sequence").first()
    assert found is not None
    return found


def test_the_form_begins_with_what_the_entry_says(as_nora: Client, ada: Person) -> None:
    old = enter(
        ada,
        {
            "kind": "reaction",
            "on": "2026-10-12T14:05+01:00",
            "features": ["wheeze", "odd taste"],
            "grade": 2,
            "hypersensitivity": False,
            "note": "came & went",
        },
    )
    page = as_nora.get(at(old, "correct/")).content.decode()
    for shown in (
        'value="2026-10-12"',
        'value="14:05"',
        'value="wheeze" checked',
        'value="odd taste"',
        'value="2"',
        'value="no" checked',
        "came &amp; went",
    ):
        assert shown in page


def test_a_correction_is_a_new_entry_that_names_the_old_one(as_nora: Client, nora: User, ada: Person) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    response = sent(as_nora, at(old, "correct/"), on="2024-01-05", kg="86")
    assert is_saved(response)
    new = newest(ada)
    assert (new.corrects_id, new.entered_by, json.loads(new.payload)["kg"]) == (old.pk, nora, 86)
    assert json.loads(Entry.objects.get(pk=old.pk).payload)["kg"] == 68
    assert verify().problems == ()


def test_saving_a_correction_untouched_keeps_every_value_as_it_was_written(as_nora: Client, ada: Person) -> None:
    event = {"kind": "checklist", "on": "2026-10-12T09:30:15+02:00", "answers": {"other_drug": "no"}, "planned": True}
    old = enter(ada, event)
    form = opened(as_nora, at(old, "correct/"))
    typed = {"on": "2026-10-12", "on_time": "09:30", "answers.other_drug": "no", "planned": "yes"}
    assert is_saved(as_nora.post(at(old, "correct/"), form | typed))
    assert json.loads(newest(ada).payload) == event


def test_a_self_check_with_questions_of_its_own_loses_none(as_nora: Client, ada: Person) -> None:
    old = enter(ada, {"kind": "selfcheck", "on": "2026-10-12", "answers": {"teeth": "yes", "mood": "no"}})
    assert 'name="answers.teeth" value="yes" checked' in as_nora.get(at(old, "correct/")).content.decode()
    form = opened(as_nora, at(old, "correct/"))
    as_nora.post(at(old, "correct/"), form | {"on": "2026-10-12", "answers.teeth": "yes", "answers.mood": "yes"})
    assert json.loads(newest(ada).payload)["answers"] == {"teeth": "yes", "mood": "yes"}


def test_a_correction_is_checked_in_the_place_of_the_old_entry(as_nora: Client, ada: Person) -> None:
    old = Entry.objects.get(person=ada, kind="dose", day="2026-10-12")
    where = f"/people/{ada.pk}/add/dose/check/"
    typed = {"on": "2026-10-12", "dose_mg": "300", "route": "iv"}
    assert told(as_nora.post(where, typed | {"corrects": str(old.pk)}), "on") == ""
    assert "second dose" in told(as_nora.post(where, typed), "on")
    assert is_saved(sent(as_nora, at(old, "correct/"), **typed, batch="B1"))


def test_two_corrections_of_one_entry_do_not_both_take_its_place(as_nora: Client, clinic: Clinic, ada: Person) -> None:
    as_mia = signed_in(member(clinic, "mia", Role.NURSE))
    old = Entry.objects.get(person=ada, kind="weight")
    hers, mine = (opened(client, at(old, "correct/")) for client in (as_mia, as_nora))
    assert is_saved(as_mia.post(at(old, "correct/"), hers | {"on": "2024-01-05", "kg": "66"}))
    late = as_nora.post(at(old, "correct/"), mine | {"on": "2024-01-05", "kg": "67"})
    assert late.status_code == 200
    assert "Somebody wrote to this record" in text_of(late)
    assert "corrected or withdrawn meanwhile" in text_of(late)
    assert 'value="67"' in late.content.decode()
    again = as_nora.post(at(old, "correct/"), carried(late.content.decode()) | {"on": "2024-01-05", "kg": "67"})
    assert again.status_code == 200
    assert "corrected or withdrawn meanwhile" in text_of(again)
    assert Entry.objects.filter(corrects=old).count() == 1


def test_an_entry_that_does_not_stand_leads_to_its_history(as_nora: Client, ada: Person) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    enter(ada, {"kind": "weight", "on": "2024-01-05", "kg": 66}, corrects=old)
    for what in ("correct/", "withdraw/"):
        assert as_nora.get(at(old, what)).headers["Location"] == at(old)


def test_a_withdrawal_needs_a_reason_and_keeps_it(as_nora: Client, ada: Person) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    empty = sent(as_nora, at(old, "withdraw/"), reason="  ")
    assert told(empty, "reason") == "Say why: the reason is kept with the entry."
    assert is_saved(sent(as_nora, at(old, "withdraw/"), reason="Of another person."))
    new = newest(ada)
    assert (new.kind, new.corrects_id, json.loads(new.payload)["note"]) == ("withdrawal", old.pk, "Of another person.")


def test_withdrawing_a_correction_restores_what_it_replaced(as_nora: Client, ada: Person) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    sent(as_nora, at(old, "correct/"), on="2024-01-05", kg="86")
    assert is_saved(sent(as_nora, at(newest(ada), "withdraw/"), reason="It was right before."))
    assert as_nora.get(at(old, "correct/")).status_code == 200


def test_an_entry_withdrawn_by_somebody_else_is_not_withdrawn_again(
    as_nora: Client, clinic: Clinic, ada: Person
) -> None:
    as_mia = signed_in(member(clinic, "mia", Role.NURSE))
    old = Entry.objects.get(person=ada, kind="weight")
    hers, mine = (opened(client, at(old, "withdraw/")) for client in (as_mia, as_nora))
    assert is_saved(as_mia.post(at(old, "withdraw/"), hers | {"reason": "Typed twice."}))
    late = as_nora.post(at(old, "withdraw/"), mine | {"reason": "Never weighed."})
    assert "does not stand any more" in text_of(late)
    assert "Never weighed." in text_of(late)
    assert Entry.objects.filter(corrects=old).count() == 1


def test_the_history_shows_who_when_from_where_and_both_values(as_nora: Client, ada: Person) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    sent(as_nora, at(old, "correct/"), on="2024-01-05", kg="86", note="digits turned round")
    for entry in (old, newest(ada)):
        page = text_of(as_nora.get(at(entry)))
        assert "Stands No, corrected Yes" in page
        assert "Weight 68 kg 86 kg changed" in page
        assert "Entered by nobody signed in nora" in page
        assert "From Form Form" in page


def test_the_history_of_somebody_elses_entry_is_that_of_none(as_nora: Client, ada: Person, ben: Person) -> None:
    other = Entry.objects.filter(person=ben).order_by("sequence")[0]
    for what in ("", "correct/", "withdraw/"):
        assert as_nora.get(f"/people/{ada.pk}/entries/{other.pk}/{what}").status_code == 404


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.AUDITOR])
def test_the_timeline_offers_to_correct_to_those_who_may(clinic: Clinic, ada: Person, role: str) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    page = signed_in(member(clinic, "somebody", role)).get(f"/people/{ada.pk}/earlier/").content.decode()
    assert at(old) in page
    for what in ("correct/", "withdraw/"):
        assert (at(old, what) in page) == (role == Role.PRESCRIBER)


def test_a_history_takes_few_queries(as_nora: Client, ada: Person, django_assert_max_num_queries: Any) -> None:
    old = Entry.objects.get(person=ada, kind="weight")
    sent(as_nora, at(old, "correct/"), on="2024-01-05", kg="86")
    with django_assert_max_num_queries(12):
        as_nora.get(at(old))
