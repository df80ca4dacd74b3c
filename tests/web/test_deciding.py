"""A clinician's decision: it answers exactly the events behind its reason, and only who may takes it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.web.forms import is_saved, opened, sent, text_of, told
from tests.web.people import enter, member, signed_in

from natalizumab.clinic.merging import entries_of
from natalizumab.clinic.models import Clinic, Entry, Person, Role
from natalizumab.clinic.plans import person_plan

pytestmark = pytest.mark.usefixtures("solver")

from natalizumab.clinic.clock import today  # noqa: E402

WHY = "Highly active before; talked over, and staying on is the wish."


def client_of(clinic: Clinic, role: str) -> Client:
    return signed_in(member(clinic, f"the-{role}", role))


def links(client: Client, who: Person, rule: str) -> list[str]:
    page = client.get(f"/people/{who.pk}/").content.decode()
    return re.findall(rf'href="(/people/{who.pk}/decide/{rule}-[0-9a-f]+/)"', page)


def reasons(who: Person, rule: str) -> list[dict[str, Any]]:
    return [one for one in person_plan(who, entries_of(who), today()).reasons if one["rule"] == rule]


def decisions(who: Person) -> list[dict[str, Any]]:
    return [json.loads(entry.payload) for entry in Entry.objects.filter(person=who, kind="decision")]


@pytest.fixture
def held(ada: Person) -> Person:
    """Ada with a symptom that makes one think of PML."""
    enter(
        ada, {"kind": "symptom", "on": "2026-10-30", "name": "word-finding difficulty", "days": 10, "worsening": True}
    )
    return ada


def test_an_acknowledgement_answers_exactly_the_events_behind_the_reason(as_nora: Client, ada: Person) -> None:
    (reason,) = reasons(ada, "MRI-03")
    (link,) = links(as_nora, ada, "MRI-03")
    assert is_saved(sent(as_nora, link, choice="acknowledged", reason=WHY))
    (decision,) = decisions(ada)
    assert decision == {
        "kind": "decision",
        "on": "2026-11-02",
        "rule": "MRI-03",
        "choice": "acknowledged",
        "answers": reason["facts"],
        "reason": WHY,
        "by": "nora",
    }
    assert reasons(ada, "MRI-03") == []


def test_what_is_said_once_for_several_events_is_answered_for_each(as_nora: Client, ada: Person) -> None:
    for day in ("2026-10-20", "2026-10-21"):
        enter(ada, {"kind": "vaccine", "on": day, "name": "a vaccine nobody knows"})
    found = reasons(ada, "NAM-01") or [
        r for r in person_plan(ada, entries_of(ada), today()).reasons if "nobody knows" in r["text"]
    ]
    rule = found[0]["rule"]
    for link in links(as_nora, ada, rule):
        assert is_saved(sent(as_nora, link, choice="acknowledged", reason=WHY))
    assert reasons(ada, rule) == []
    assert {tuple(one["answers"]) for one in decisions(ada)} == {tuple(one["facts"]) for one in found}


def test_a_decision_needs_a_choice_and_a_reason(as_nora: Client, ada: Person) -> None:
    (link,) = links(as_nora, ada, "MRI-03")
    response = sent(as_nora, link, reason=" ")
    assert told(response, "choice") == "Choose: acknowledge or decline."
    assert told(response, "reason").startswith("Say why")
    assert decisions(ada) == []


def test_only_a_prescriber_releases_a_hold(clinic: Clinic, held: Person) -> None:
    nurse, prescriber = client_of(clinic, Role.NURSE), client_of(clinic, Role.PRESCRIBER)
    (link,) = links(nurse, held, "PML-01")
    assert "Only a prescriber may release this hold" in text_of(nurse.get(link))
    refused = sent(nurse, link, choice="released", reason=WHY)
    assert told(refused, "choice") == "Only a prescriber may do this."
    assert WHY in text_of(refused)
    assert decisions(held) == []
    assert is_saved(sent(prescriber, link, choice="released", reason=WHY))
    assert reasons(held, "PML-01") == []


FOUND = {"kind": "antibody", "on": "2026-10-12", "result": "positive"}
RAISED = {"kind": "lab", "on": "2026-10-28", "test": "ALT", "value": 300, "unit": "U/L", "upper_limit": 40}


@pytest.mark.parametrize(("rule", "event"), [("RSK-04", None), ("NAB-02", FOUND), ("LFT-03", RAISED)])
def test_what_a_rule_leaves_to_a_prescriber_no_nurse_acknowledges_here_or_at_the_infusion(
    clinic: Clinic, ada: Person, rule: str, event: dict[str, Any] | None
) -> None:
    if event:
        enter(ada, event)
    nurse, prescriber = client_of(clinic, Role.NURSE), client_of(clinic, Role.PRESCRIBER)
    assert [rule in at_infusion(who, ada) for who in (nurse, prescriber)] == [False, True]
    (link,) = links(nurse, ada, rule)
    assert told(sent(nurse, link, choice="acknowledged", reason=WHY), "choice")
    assert is_saved(sent(prescriber, link, choice="acknowledged", reason=WHY))
    assert reasons(ada, rule) == []


def at_infusion(client: Client, who: Person) -> set[str]:
    """The rules that somebody may answer on the day of an infusion."""
    return {one.reason["rule"] for one in client.get(f"/people/{who.pk}/infusion/").context["page"].answerable}


def test_a_hold_is_not_acknowledged_away(clinic: Clinic, held: Person) -> None:
    prescriber = client_of(clinic, Role.PRESCRIBER)
    (link,) = links(prescriber, held, "PML-01")
    assert told(sent(prescriber, link, choice="acknowledged", reason=WHY), "choice")
    assert decisions(held) == []


def test_declining_takes_an_earlier_release_back(clinic: Clinic, held: Person) -> None:
    nurse, prescriber = client_of(clinic, Role.NURSE), client_of(clinic, Role.PRESCRIBER)
    (link,) = links(nurse, held, "PML-01")
    form = opened(nurse, link)
    sent(prescriber, link, choice="released", reason=WHY)
    late = nurse.post(link, form | {"choice": "declined", "reason": "Not without the scan."})
    assert "no longer given, or it rests on other entries" in text_of(late)
    assert "Not without the scan." in text_of(late)


def test_a_nurse_does_not_take_a_prescribers_release_back_or_bring_it_back(clinic: Clinic, held: Person) -> None:
    nurse, prescriber = client_of(clinic, Role.NURSE), client_of(clinic, Role.PRESCRIBER)
    (link,) = links(prescriber, held, "PML-01")
    sent(prescriber, link, choice="released", reason=WHY)
    release = Entry.objects.get(person=held, kind="decision")
    where = f"/people/{held.pk}/entries/{release.pk}/withdraw/"
    for answer in (nurse.get(where), nurse.post(where, {"reason": "x"})):
        assert answer.status_code == 403
    assert is_saved(sent(prescriber, where, reason="Too early."))
    taken_back = Entry.objects.get(person=held, kind="withdrawal")
    again = f"/people/{held.pk}/entries/{taken_back.pk}/withdraw/"
    assert nurse.post(again, {"reason": "x"}).status_code == 403
    assert [one["effect"] for one in reasons(held, "PML-01")] == ["hold"]


def test_a_decision_is_not_corrected_but_taken_back(as_nora: Client, ada: Person) -> None:
    (link,) = links(as_nora, ada, "MRI-03")
    sent(as_nora, link, choice="acknowledged", reason=WHY)
    made = Entry.objects.get(person=ada, kind="decision")
    where = f"/people/{ada.pk}/entries/{made.pk}/"
    assert as_nora.get(f"{where}correct/").headers["Location"] == where
    assert is_saved(sent(as_nora, f"{where}withdraw/", reason="The wrong person."))
    assert len(reasons(ada, "MRI-03")) == 1


def test_a_reason_that_rests_on_other_events_now_is_not_answered(as_nora: Client, held: Person) -> None:
    (link,) = links(as_nora, held, "MRI-03")
    form = opened(as_nora, link)
    enter(held, {"kind": "mri", "on": "2026-11-01", "protocol": "full", "new_t2": 0, "gd": 0})
    response = as_nora.post(link, form | {"choice": "acknowledged", "reason": WHY})
    assert response.status_code == 200
    assert WHY in text_of(response)
    assert decisions(held) == []
    assert as_nora.get(link).headers["Location"] == f"/people/{held.pk}/#decision"


def test_a_stop_has_no_decision(clinic: Clinic, ada: Person) -> None:
    enter(ada, {"kind": "reaction", "on": "2026-10-12", "features": ["anaphylaxis"], "grade": 4})
    prescriber = client_of(clinic, Role.PRESCRIBER)
    stops = [one for one in person_plan(ada, entries_of(ada), today()).reasons if one["effect"] == "stop"]
    assert stops
    for reason in stops:
        assert links(prescriber, ada, reason["rule"]) == []


def test_an_auditor_is_not_asked_to_decide(clinic: Clinic, ada: Person) -> None:
    assert links(client_of(clinic, Role.AUDITOR), ada, "MRI-03") == []


def test_deciding_takes_few_queries(as_nora: Client, ada: Person, django_assert_max_num_queries: Any) -> None:
    (link,) = links(as_nora, ada, "MRI-03")
    with django_assert_max_num_queries(12):
        as_nora.get(link)
