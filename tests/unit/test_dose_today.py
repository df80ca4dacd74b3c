"""What the plan of the day says against a dose: what leaves no interval to choose, and what only holds one today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.invented import course, dose, event

from natalizumab.care import RULES, Effect, load_protocol
from natalizumab.care.case import Case
from natalizumab.care.dose_today import WHETHER_AT_ALL, AgainstADose, against_a_dose

EU = load_protocol("eu")
DOSES = [dose((date(2025, 10, 1) + timedelta(weeks=4 * number)).isoformat()) for number in range(14)]
"""Fourteen doses without a gap, the last on 2026-09-30."""
SCAN = event("mri", "2026-06-01", protocol="full", gd=0, new_t2=0)

WAITING = {"BAS-01", "MRI-07", "LFT-03", "CON-09", "JCV-07", "DOS-01", "DOS-03", "OBS-02", "CHK-02"}
"""Rules whose hold waits for a test, a date, a correction or a place: the interval may be chosen meanwhile."""


def against(*events: dict[str, Any], on: str = "2026-10-28", born: str | None = "1990-01-01") -> AgainstADose:
    return against_a_dose(Case(course(on, *DOSES, SCAN, *events, born=born), EU))


def test_every_rule_that_can_hold_is_thought_about() -> None:
    holds = {rule.id for rule in RULES if rule.effect >= Effect.HOLD}
    assert holds == WHETHER_AT_ALL | WAITING
    assert not WHETHER_AT_ALL & WAITING


def test_nothing_stands_against_a_dose_of_somebody_well() -> None:
    assert against() == AgainstADose((), ())


NEVER = [
    (event("symptom", "2026-10-20", name="word-finding difficulty"), "the plan allows no dose (PML-01).", "PML is"),
    (event("diagnosis", "2026-10-20", name="PML", status="suspected"), "the plan allows no dose (PML-01).", "PML"),
    (event("diagnosis", "2026-10-20", name="PML"), "the plan stops natalizumab (CON-02, PML-02).", "PML is on record"),
    (
        event("diagnosis", "2026-10-20", name="granule cell neuronopathy", status="suspected"),
        "the plan allows no dose (GCN-01",
        "",
    ),
    (event("reaction", "2026-09-30", features=["urticaria"]), "the plan stops natalizumab (CON-03", "Hypersens"),
    (event("allergy", "2026-09-30", substance="natalizumab"), "the plan stops natalizumab (CON-03", "Allergic to"),
    (event("serology", "2026-10-01", test="HIV", result="positive"), "the plan allows no dose (CON-04", "An HIV test"),
    (
        event("diagnosis", "2026-10-20", name="breast cancer"),
        "the plan allows no dose (CON-06",
        "Cancer is on record (breast cancer).",
    ),
    (
        event("diagnosis", "2026-10-20", name="cryptococcal meningitis", status="suspected"),
        "the plan allows no dose (",
        "",
    ),
    (
        event("checklist", "2026-10-28", answers={"new_or_worsening": "yes"}),
        "the plan allows no dose (CHK-01).",
        "",
    ),
    (event("followup", "2026-10-20", status="died"), "the plan stops natalizumab (REC-01", ""),
]


@pytest.mark.parametrize(("what", "head", "text"), NEVER)
def test_what_concerns_the_drug_itself_leaves_no_interval(what: dict[str, Any], head: str, text: str) -> None:
    found = against(what)
    assert found.never[0].startswith(head)
    assert any(sentence.startswith(text) for sentence in found.never[1:])
    assert found.today == ()


@pytest.mark.parametrize(("born", "never"), [("2008-10-28", False), ("2008-10-29", True)])
def test_nobody_under_age_is_given_an_interval(born: str, never: bool) -> None:
    found = against(born=born)
    assert bool(found.never) is never
    assert any("Under 18 years of age" in sentence for sentence in found.never) is never


def test_a_hold_that_waits_is_said_with_its_rule_and_date() -> None:
    said = "10 days after the last dose: not before 2026-10-21 (21 days)."
    assert against(on="2026-10-10") == AgainstADose((), (f"The plan holds a dose on 2026-10-10 (DOS-03): {said}",))


def test_a_hold_on_another_order_holds_no_dose() -> None:
    vaccine = event("vaccine", "2026-11-10", name="yellow fever", planned=True)
    assert against(vaccine) == AgainstADose((), ())


def test_both_are_said_apart() -> None:
    found = against(event("diagnosis", "2026-10-08", name="PML", status="suspected"), on="2026-10-10")
    assert found.never
    assert [sentence[:42] for sentence in found.today] == ["The plan holds a dose on 2026-10-10 (DOS-0"]


def test_a_stop_leads_what_only_allows_no_dose() -> None:
    found = against(
        event("diagnosis", "2026-10-20", name="PML"), event("serology", "2026-10-01", test="HIV", result="positive")
    )
    assert found.never[0].startswith("the plan stops natalizumab (CON-02, PML-02")
    assert "CON-04" in found.never[0]


def test_what_a_prescriber_released_stands_no_longer_against_an_interval() -> None:
    asked = event("checklist", "2026-10-27", answers={"other_drug": "yes"}, id="c")
    released = event(
        "decision", "2026-10-28", rule="CHK-01", choice="released", answers=["c"], reason="only vitamins", by="Dr I"
    )
    assert against(asked).never
    assert against(asked, released).never == ()


def test_who_has_been_stopped_has_no_interval_to_choose() -> None:
    found = against(event("stop", "2026-10-05"))
    assert found.never == ("natalizumab was stopped on 2026-10-05: a dose would be a restart, see the plan.",)
    both = against(event("stop", "2026-10-05"), event("diagnosis", "2026-10-20", name="PML"))
    assert both.never[0].startswith("the plan stops natalizumab")
    assert both.never[-1].startswith("Natalizumab was stopped on 2026-10-05")


@pytest.mark.parametrize(
    ("events", "rule"),
    [
        ([event("antibody", "2026-10-01", result="positive")], "NAB-02"),
        ([event("concentration", "2026-09-30", mg_per_l=1.0)], "NAB-01"),
        ([event("serology", "2026-10-20", test="pregnancy", result="positive")], "CON-07"),
    ],
)
def test_what_bears_on_an_interval_without_holding_a_dose_is_said_too(events: list[dict[str, Any]], rule: str) -> None:
    assert any(said.startswith(f"The plan asks ({rule}): ") for said in against(*events).today)


def test_a_test_for_antibodies_that_is_due_today_is_said_and_one_that_is_not_yet_due_is_not() -> None:
    low = event("concentration", "2026-09-30", mg_per_l=1.0)
    assert any(said.startswith("The plan asks (NAB-01): ") for said in against(low, on="2026-09-30").today)
    positive = event("antibody", "2026-09-25", result="positive")
    asked = [said for said in against(positive, on="2026-09-30").today if said.startswith("The plan asks (NAB-02): ")]
    assert not any("Repeat the antibody test" in said for said in asked)
