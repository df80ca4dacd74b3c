"""Triage: which danger a symptom makes one think of, and that no suggestion is lost on its way to the plan."""

from __future__ import annotations

import json
from datetime import date

import pytest

from natalizumab.care import RULES, load_protocol, plan
from natalizumab.care.triage import dangers, think_of
from natalizumab.evidence import vocabulary
from natalizumab.record import Record

SYMPTOMS = vocabulary("symptoms").terms
SUGGESTING = [(t.name, word) for t in SYMPTOMS for word in t.attributes.get("suggests", ())]
GROUPS = {group for term in vocabulary("diagnoses").terms for group in term.groups}


def names(*symptoms: str) -> list[str]:
    return [found.name for found in think_of(symptoms).dangers]


def test_several_dangers_are_all_said_the_gravest_first() -> None:
    assert names("breast lump", "yellow eyes", "dropping things", "stiff neck") == [
        "encephalitis or meningitis",
        "pml",
        "liver",
        "cancer",
    ]


def test_one_symptom_may_suggest_several_dangers() -> None:
    assert names("blurry vision") == ["pml", "acute retinal necrosis"]


def test_the_order_in_which_symptoms_are_told_changes_nothing() -> None:
    assert think_of(["red eye", "fever"]).dangers == think_of(["fever", "red eye"]).dangers


def test_an_unknown_name_is_handed_back_and_never_passed_over() -> None:
    thought = think_of(["fever", "wobbly aura"])
    assert thought.unknown == ("wobbly aura",)
    assert [found.name for found in thought.dangers] == ["encephalitis or meningitis"]


def test_a_common_complaint_suggests_nothing_and_is_not_unknown() -> None:
    assert think_of(["tiredness"]) == think_of([])


def test_every_danger_says_what_to_do_and_whom_to_tell_and_is_judged_by_a_rule() -> None:
    rules = {rule.id for rule in RULES}
    for found in dangers():
        assert found.today.endswith(".")
        assert found.who.startswith("the ")
        assert found.rule in rules
        assert set(found.diagnoses) <= GROUPS


def test_nothing_in_the_list_of_dangers_proposes_plasma_exchange_or_a_new_try() -> None:
    said = " ".join(f"{found.words} {found.today}" for found in dangers()).casefold()
    assert "plasma" not in said
    assert "again until a clinician" in said or "until a clinician" in said


@pytest.mark.parametrize("word", ["alone_asks", "lasting_asks", "stops"])
def test_what_a_symptom_says_of_a_danger_is_of_one_that_it_suggests(word: str) -> None:
    told = [term for term in SYMPTOMS if term.attributes.get(word)]
    assert told
    for term in told:
        assert set(term.attributes[word]) <= set(term.attributes["suggests"]), term.name


def test_what_answers_a_symptom_is_a_group_of_diagnoses() -> None:
    for book in ("symptoms", "serology_tests"):
        for term in vocabulary(book).terms:
            assert set(term.attributes.get("answered_by", ())) <= GROUPS, term.name


@pytest.mark.parametrize(("symptom", "danger"), SUGGESTING)
@pytest.mark.parametrize("protocol", ["eu", "uk", "us"])
def test_a_symptom_under_treatment_is_always_said_by_the_rule_of_its_danger(
    symptom: str, danger: str, protocol: str
) -> None:
    rule = next(found.rule for found in dangers() if found.name == danger)
    events = [
        {"kind": "dose", "on": "2026-04-20", "dose_mg": 300, "route": "iv"},
        {"kind": "symptom", "on": "2026-05-04", "name": symptom, "id": "told"},
    ]
    record = {"schema": "natalizumab-record/1", "person": {"id": "invented", "born": "1990-01-01"}, "events": events}
    made = plan(Record.from_json(json.dumps(record).encode()), date(2026, 5, 4), load_protocol(protocol))
    assert [reason for reason in made.reasons if reason.rule == rule and "told" in reason.facts]
