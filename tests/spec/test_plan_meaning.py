"""What the words of a plan mean: decision, state, next dose, items, answers, and what was known when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from tests.spec.spec import Event, answered, diagnosis, dose, doses, event, jcv, lab, mri

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.care.sign_off import SignOff
from natalizumab.record import Record

GOING_WELL: list[Event] = [
    event("interval", "2026-01-03", weeks=4),
    *doses("2026-01-03", 8),  # until 2026-07-18
    mri("2025-12-20"),
    mri("2026-06-20"),
    jcv("2026-06-20", "negative"),
    lab("2026-06-20", "ALT", 20),
    event("review", "2026-04-03"),
    event("review", "2026-07-03"),
    event("authorisation", "2026-07-03", status="authorised"),
]
DAY = "2026-08-15"  # four weeks after the last dose


def planned(events: Sequence[Event], on: str = DAY, protocol: str = "eu", **more: Any) -> Plan:
    """The plan of an invented person."""
    record = {"schema": "natalizumab-record/1", "person": {"id": "invented", "born": "1990-01-01"}, "events": [*events]}
    return plan(Record.from_dict(record), date.fromisoformat(on), load_protocol(protocol), **more)


@pytest.mark.parametrize("protocol", ["eu", "uk", "us"])
def test_a_dose_on_its_day_is_allowed_when_all_is_in_order(protocol: str) -> None:
    made = planned(GOING_WELL, protocol=protocol)
    assert (made.decision, made.state, made.reasons) == ("allow", "on treatment", ())


@pytest.mark.parametrize(
    ("more", "decision"),
    [
        ([], "allow"),
        ([diagnosis(DAY, "blue ears")], "confirm"),
        ([diagnosis(DAY, "blue ears"), diagnosis(DAY, "HIV")], "hold"),
        ([diagnosis(DAY, "blue ears"), diagnosis(DAY, "HIV"), diagnosis(DAY, "PML")], "stop"),
    ],
)
def test_the_decision_is_the_gravest_among_the_reasons(more: list[Event], decision: str) -> None:
    assert planned([*GOING_WELL, *more]).decision == decision


def test_the_gravest_reason_stands_first() -> None:
    grave = [diagnosis(DAY, "blue ears"), diagnosis(DAY, "HIV"), diagnosis(DAY, "PML")]
    effects = [reason.effect for reason in planned([*GOING_WELL, *grave]).reasons]
    assert effects == sorted(effects, reverse=True)


def test_what_no_rule_judges_stands_before_other_things_to_confirm_and_after_a_hold() -> None:
    entries = [diagnosis(DAY, "blue ears"), event("serology", DAY, test="moon dust", result="high")]
    assert [reason.rule for reason in planned([*GOING_WELL, *entries]).reasons] == ["REC-07", "REC-02"]
    held = planned([*GOING_WELL, *entries, diagnosis(DAY, "HIV")])
    assert [reason.rule for reason in held.reasons] == ["CON-04", "REC-07", "REC-02"]


def test_a_hold_on_another_order_counts_as_something_to_confirm() -> None:
    made = planned([*GOING_WELL, event("vaccine", "2026-09-01", name="MMR", planned=True)])
    assert [(r.effect.word, bool(r.order)) for r in made.reasons] == [("hold", True)]
    assert (made.decision, made.state) == ("confirm", "on treatment")


def test_a_waiting_time_holds_the_dose_and_is_never_a_state() -> None:
    made = planned(GOING_WELL, "2026-07-25")
    assert (made.decision, made.state) == ("hold", "on treatment")
    assert [reason.not_before for reason in made.reasons] == [date(2026, 8, 8)]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "not started"),
        ([dose("2026-09-01", planned=True)], "not started"),
        ([event("stop", "2026-08-01")], "stopped"),
        (GOING_WELL, "on treatment"),
        ([event("earlier_treatment", "2026-08-01", first_dose="2025-01-01")], "on treatment"),
        ([*GOING_WELL, diagnosis(DAY, "PML", "suspected")], "held"),
        ([*GOING_WELL, event("stop", "2026-08-01")], "stopped"),
        ([*GOING_WELL, event("stop", "2026-08-01"), dose("2026-08-14")], "on treatment"),
        ([*GOING_WELL, diagnosis(DAY, "PML")], "stopped"),
    ],
)
def test_the_state_says_where_the_person_is(events: list[Event], state: str) -> None:
    assert planned(events).state == state


def test_the_next_dose_is_due_one_interval_after_the_last() -> None:
    dates = planned(GOING_WELL).next_dose
    assert (dates.earliest, dates.due, dates.latest) == (date(2026, 8, 8), date(2026, 8, 15), date(2026, 10, 10))


def test_without_a_prescribed_interval_four_weeks_are_assumed_and_said() -> None:
    made = planned([dose("2026-07-18")])
    assert made.next_dose.due == date(2026, 8, 15)
    assert "REC-06" in {note.rule for note in made.notes}


def test_six_weeks_prescribed_move_the_next_dose() -> None:
    dates = planned([*GOING_WELL, event("interval", "2026-07-18", weeks=6)]).next_dose
    assert (dates.earliest, dates.due, dates.latest) == (date(2026, 8, 8), date(2026, 8, 29), date(2026, 10, 10))


def test_after_a_stop_no_dose_is_expected_and_one_would_be_a_restart() -> None:
    made = planned([*GOING_WELL, event("stop", "2026-08-01")])
    assert (made.next_dose.earliest, made.next_dose.due, made.next_dose.latest) == (None, None, None)
    assert made.decision in {"confirm", "hold", "stop"}


def test_an_item_is_blocked_while_it_cannot_validly_be_done() -> None:
    exchange = event("procedure", "2026-07-10", name="plasma exchange")
    old_test = [jcv("2026-01-02", "negative") if e["kind"] == "jcv" else e for e in GOING_WELL]
    before, after = (planned([*old_test, exchange], on) for on in ("2026-07-23", "2026-07-24"))
    assert [i.status for i in before.items if i.rule == "JCV-01"] == ["blocked"]
    assert "blocked" not in [i.status for i in after.items if i.rule == "JCV-01"]


def test_prompts_are_never_overdue_and_never_decide() -> None:
    made = planned(GOING_WELL)
    prompts = {item.rule for item in made.items if item.prompt}
    assert {"OBS-01", "EDU-01"} <= prompts
    assert not {item.rule for item in made.items if item.status == "overdue"} & prompts


def test_what_was_entered_later_was_not_known_then() -> None:
    late = diagnosis("2026-08-01", "PML", entered="2026-09-01T08:00:00+02:00")
    known = planned([*GOING_WELL, late])
    then = planned([*GOING_WELL, late], known_at=datetime.fromisoformat("2026-08-31T08:00:00+02:00"))
    assert (known.decision, then.decision) == ("stop", "allow")


def test_a_correction_entered_later_was_not_known_then() -> None:
    wrong = diagnosis("2026-08-01", "PML", id="wrong", entered="2026-08-01T08:00:00+02:00")
    right = event("withdrawal", "2026-08-10", corrects="wrong", entered="2026-08-10T08:00:00+02:00")
    known = planned([*GOING_WELL, wrong, right])
    then = planned([*GOING_WELL, wrong, right], known_at=datetime.fromisoformat("2026-08-09T08:00:00+02:00"))
    assert (known.decision, then.decision) == ("allow", "stop")


@pytest.mark.parametrize("status", ["died", "transferred", "lost"])
def test_when_follow_up_ends_nothing_is_left_to_do(status: str) -> None:
    made = planned([*GOING_WELL, event("followup", "2026-08-01", status=status)])
    assert made.items == ()
    assert made.decision == ("stop" if status == "died" else "confirm")


def test_entries_that_lie_ahead_change_nothing_but_a_note() -> None:
    ahead = planned([*GOING_WELL, diagnosis("2026-08-16", "PML")])
    assert (ahead.decision, {n.rule for n in ahead.notes} >= {"REC-03"}) == ("allow", True)


@pytest.mark.parametrize(
    ("choice", "decision"),
    [("acknowledged", "allow"), ("released", "allow"), ("declined", "confirm")],
)
def test_a_confirm_is_answered_by_an_acknowledgement(choice: str, decision: str) -> None:
    blue = diagnosis(DAY, "blue ears", id="blue")
    assert planned([*GOING_WELL, blue, answered(DAY, "REC-02", choice, "blue")]).decision == decision


@pytest.mark.parametrize(
    ("choice", "decision"), [("acknowledged", "hold"), ("released", "allow"), ("declined", "hold")]
)
def test_a_hold_is_answered_by_a_release_only(choice: str, decision: str) -> None:
    hiv = diagnosis(DAY, "HIV", id="hiv")
    assert planned([*GOING_WELL, hiv, answered(DAY, "CON-04", choice, "hiv")]).decision == decision


@pytest.mark.parametrize(
    ("number", "signed", "effect", "needs"),
    [
        (100, False, "confirm", None),  # raised, but of no grade
        (100, True, "confirm", None),
        (150, False, "confirm", None),  # above three times the limit: asks, by its own weight
        (150, True, "confirm", None),
        (201, False, "confirm", "prescriber"),  # above five times: holds, but no unsigned rule may
        (201, True, "hold", "prescriber"),
    ],
)
def test_a_signature_lets_a_rule_hold_what_it_would_hold_and_no_more(
    number: float, signed: bool, effect: str, needs: str | None
) -> None:
    protocol = load_protocol("eu")
    if signed:
        protocol = replace(protocol, signed={"LFT-03": SignOff("LFT-03", "Dr Invented", date(2026, 8, 1), "Guide")})
    raised = lab("2026-08-14", "ALT", number, upper_limit=40)
    record = {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": [*GOING_WELL, raised]}
    made = plan(Record.from_dict(record), date.fromisoformat(DAY), protocol)
    (reason,) = (reason for reason in made.reasons if reason.rule == "LFT-03")
    assert (reason.effect.word, reason.needs) == (effect, needs)


def test_a_plan_is_true_until_the_first_of_the_days_that_change_it() -> None:
    """A new month of exposure begins on 2026-08-03; a dose is too soon before 2026-08-08, early before 2026-08-13."""
    days = [date(2026, 7, 25), date(2026, 8, 3), date(2026, 8, 8), date(2026, 8, 13)]
    for on, until in pairwise(days):
        assert planned(GOING_WELL, on.isoformat()).valid_until == until


def test_a_plan_is_true_until_the_first_of_the_entries_that_lie_ahead() -> None:
    ahead = [diagnosis("2026-08-20", "PML"), diagnosis("2026-08-18", "blue ears")]
    assert planned([*GOING_WELL, *ahead], "2026-08-16").valid_until == date(2026, 8, 18)
    assert planned([*GOING_WELL, *ahead], "2026-08-19").valid_until == date(2026, 8, 20)


@pytest.mark.parametrize(
    ("sex", "suggested"), [("female", True), ("male", False), ("other", True), ("unknown", True), (None, True)]
)
def test_the_breast_check_is_suggested_to_everybody_but_men(sex: str | None, suggested: bool) -> None:
    person = {"id": "invented"} | ({"sex": sex} if sex else {})
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": person, "events": GOING_WELL})
    made = plan(record, date.fromisoformat(DAY), load_protocol("eu"))
    assert any(item.rule == "EDU-01" for item in made.items) is suggested


@pytest.mark.parametrize("choice", ["acknowledged", "released", "declined"])
def test_a_stop_is_answered_by_nothing(choice: str) -> None:
    pml = diagnosis(DAY, "PML", id="pml")
    assert planned([*GOING_WELL, pml, answered(DAY, "CON-02", choice, "pml")]).decision == "stop"


@pytest.mark.parametrize("answers", [[], ["other"], ["blue", "other"]])
def test_an_answer_about_other_facts_does_not_count(answers: list[str]) -> None:
    named = [diagnosis(DAY, "blue ears", id="blue"), event("weight", DAY, kg=70, id="other")]
    assert planned([*GOING_WELL, *named, answered(DAY, "REC-02", "acknowledged", *answers)]).decision == "confirm"


def test_an_answer_to_another_rule_does_not_count() -> None:
    blue = diagnosis(DAY, "blue ears", id="blue")
    assert planned([*GOING_WELL, blue, answered(DAY, "REC-04", "acknowledged", "blue")]).decision == "confirm"


def test_an_answer_does_not_count_before_it_is_given() -> None:
    blue = diagnosis("2026-08-14", "blue ears", id="blue")
    late = answered("2026-08-16", "REC-02", "acknowledged", "blue")
    assert planned([*GOING_WELL, blue, late]).decision == "confirm"


def test_the_same_record_and_date_give_the_same_bytes() -> None:
    assert planned(GOING_WELL).to_json() == planned(GOING_WELL).to_json()


def test_the_json_has_every_key_of_the_design() -> None:
    made = planned([*GOING_WELL, diagnosis(DAY, "PML", status="suspected")]).to_dict()
    top = {
        "person",
        "on",
        "protocol",
        "state",
        "decision",
        "valid_until",
        "reasons",
        "items",
        "pml",
        "next_dose",
        "notes",
    }
    assert top <= set(made)
    assert {"name", "version"} <= set(made["protocol"])
    assert {"rule", "effect", "text", "facts", "order", "sources"} <= set(made["reasons"][0])
    item = {"rule", "action", "window_from", "due", "not_before", "status", "days_late", "text", "sources"}
    assert item <= set(made["items"][0])
    risk = {"per_1000", "cumulative_per_1000", "exposure_month", "stratum", "why_not", "alternatives"}
    assert risk <= set(made["pml"])
    assert set(made["next_dose"]) == {"earliest", "due", "latest"}
    assert {"rule", "text", "sources"} <= set(made["notes"][0])
    assert {"key", "status"} == set(made["reasons"][0]["sources"][0])
    assert made["valid_until"] > made["on"]


def test_what_is_held_as_another_order_is_to_be_confirmed_before_a_dose_and_holds_nothing_else() -> None:
    made = planned([*GOING_WELL, event("vaccine", "2026-09-01", name="MMR", planned=True)])
    (vaccine,) = made.reasons
    assert (vaccine.rule, vaccine.effect.word, vaccine.order) == ("CON-09", "hold", "MMR on 2026-09-01")
    assert (made.decision, made.state) == ("confirm", "on treatment")
