"""Where guidance differs a plan shows both sides, and what is grave it says in words nobody can misread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tests.spec.spec import Event, dose, doses, event

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.care.shape import PlannedItem, PlannedNote, PlannedReason
from natalizumab.record import Record

LAST = dose("2026-01-10")
PREGNANT = event("pregnancy", "2026-02-01", gestation_weeks=8)
EVERYWHERE = ["eu", "uk", "us"]


def planned(events: Sequence[Event], on: str, protocol: str = "eu") -> Plan:
    """The plan of an invented person."""
    person = {"id": "invented", "born": "1990-01-01"}
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": person, "events": [*events]})
    return plan(record, date.fromisoformat(on), load_protocol(protocol))


def said(made: Plan, rule: str) -> str:
    """All that one rule says."""
    return " ".join(one.text for one in _everything(made) if one.rule == rule)


def cited(made: Plan, rule: str) -> set[str]:
    """The sources that one rule shows."""
    return {use.key for one in _everything(made) if one.rule == rule for use in one.sources}


def _everything(made: Plan) -> list[PlannedReason | PlannedItem | PlannedNote]:
    return [*made.reasons, *made.items, *made.notes]


@pytest.mark.parametrize("protocol", EVERYWHERE)
def test_pregnancy_shows_the_label_and_british_practice(protocol: str) -> None:
    made = planned([LAST, PREGNANT], "2026-02-02", protocol)
    text = said(made, "CON-07")
    assert "EU leaflet says to avoid" in text
    assert "34 weeks" in text
    assert "recalled: 8-weekly" in text
    assert {"eu-leaflet-2022", "pregnancy-review-2021", "uk-pregnancy-survey-2021"} <= cited(made, "CON-07")


@pytest.mark.parametrize(
    ("on", "reached", "over"),
    [
        ("2026-08-01", False, False),
        ("2026-08-02", True, False),
        ("2026-10-03", True, False),
        ("2026-10-04", False, True),
    ],
)
def test_pregnancy_says_when_34_weeks_are_reached_and_when_it_must_be_over(on: str, reached: bool, over: bool) -> None:
    text = said(planned([LAST, PREGNANT], on), "CON-07")
    assert ("34 weeks were reached on 2026-08-02" in text) is reached
    assert ("enter when it ended" in text) is over


@pytest.mark.parametrize("protocol", EVERYWHERE)
def test_breast_feeding_shows_the_label_and_british_advice(protocol: str) -> None:
    made = planned([LAST, event("breastfeeding", "2026-02-01")], "2026-02-02", protocol)
    text = said(made, "CON-08")
    assert "EU leaflet says not to breast-feed" in text
    assert "watch the infant" in text
    assert "17 infants" in text
    assert {"eu-leaflet-2022", "sps-lactation-2022", "ciplea-2020"} <= cited(made, "CON-08")


@pytest.mark.parametrize(("protocol", "day"), [("eu", "2026-03-15"), ("uk", "2026-03-15"), ("us", "2026-05-01")])
def test_the_repeat_of_an_antibody_test_shows_both_waiting_times(protocol: str, day: str) -> None:
    made = planned(
        [*doses("2026-01-05", 2), event("antibody", "2026-02-01", result="positive")], "2026-02-02", protocol
    )
    text = said(made, "NAB-02")
    assert "42 days" in text
    assert "3 months" in text
    assert f"Here: {day}" in text
    assert {"calabresi-2007", "us-prescribing-information"} <= cited(made, "NAB-02")


def test_the_american_waiting_time_is_marked_as_nobody_has_checked_it() -> None:
    events = [*doses("2026-01-05", 2), event("antibody", "2026-02-01", result="positive")]
    assert "Unverified" in said(planned(events, "2026-02-02", "us"), "NAB-02")
    assert "Unverified" not in said(planned(events, "2026-02-02", "eu"), "NAB-02")


def test_lasting_antibodies_say_what_they_mean_for_effect_and_safety() -> None:
    tests = [event("antibody", day, result="positive") for day in ("2026-02-01", "2026-03-15")]
    text = said(planned([*doses("2026-01-05", 3), *tests], "2026-03-16"), "NAB-03")
    assert "2.45 to 3 times as fast" in text
    assert "effect is lost" in text
    assert "reactions are likelier" in text
    assert "prescriber decides to stop" in text


def test_a_reaction_is_never_answered_by_trying_again() -> None:
    text = said(planned([LAST, event("reaction", "2026-01-10", features=["hives"])], "2026-01-11"), "HYP-01")
    assert "never tried again" in text
    assert "premedication" in text
    unclear = said(planned([LAST, event("reaction", "2026-01-10", features=["itch"])], "2026-01-11"), "HYP-01")
    assert "not found out by giving another" in unclear


@pytest.mark.parametrize(
    ("minutes", "words"), [(120, "within 2 hours"), (121, "later than 2 hours"), (None, "may be hypersensitivity. No")]
)
def test_an_unclear_reaction_is_weighed_by_its_time(minutes: int | None, words: str) -> None:
    timed = {} if minutes is None else {"minutes": minutes}
    reaction = event("reaction", "2026-01-10", features=["itch"], **timed)
    assert words in said(planned([LAST, reaction], "2026-01-11"), "HYP-01")


@pytest.mark.parametrize(
    ("given", "on", "risky"),
    [
        (0, "2026-01-05", False),
        (1, "2026-02-02", True),
        (2, "2026-03-02", True),
        (3, "2026-03-30", True),
        (4, "2026-04-27", False),
    ],
)
def test_the_second_to_fourth_dose_are_called_the_risky_ones(given: int, on: str, risky: bool) -> None:
    text = said(planned(doses("2026-01-05", given), on), "OBS-01")
    assert f"dose number {given + 1}." in text
    assert ("Reactions come most often at doses 2 to 4, mostly within 2 hours" in text) is risky


def test_the_first_dose_after_a_gap_is_called_risky_and_counted_anew() -> None:
    given = doses("2025-01-04", 20)  # until 2026-06-20
    assert "risky one again" in said(planned(given, "2026-09-13"), "OBS-01")
    assert "dose number 1 since the gap" in said(planned(given, "2026-12-20"), "OBS-01")
    assert "dose number 2 since the gap" in said(planned([*given, dose("2026-12-20")], "2027-01-10"), "OBS-01")


def test_a_yes_says_what_was_asked_what_to_think_of_and_whom_to_call() -> None:
    answers = {"new_or_worsening": "yes", "other_drug": "yes", "immune_condition": "no"}
    text = said(planned([LAST, event("checklist", "2026-02-07", answers=answers)], "2026-02-07"), "CHK-01")
    for words in ("lasted several days?", "Think of PML.", "medicine for cancer or MS", "call the prescriber"):
        assert words in text
    assert "transplant" not in text


def test_a_yes_in_a_self_check_says_what_to_think_of() -> None:
    answers = {"Speech": "yes", "hair": "yes", "vision": "no"}
    text = said(planned([LAST, event("selfcheck", "2026-02-07", answers=answers)], "2026-02-07"), "CHK-01")
    assert "Speech (think of PML)" in text
    assert "hair (a clinician decides)" in text
    assert "vision" not in text


def test_the_american_checklist_is_asked_question_by_question() -> None:
    text = said(planned([LAST], "2026-02-06", "us"), "CHK-03")
    questions = ["authorised for natalizumab", "Medication Guide", "thinking, vision, balance", "HIV", "cancer or MS"]
    places = [text.index(question) for question in [*questions, "hives, itch"]]
    assert places == sorted(places)


def test_restarting_after_few_doses_shows_what_was_found_in_others() -> None:
    text = said(planned(doses("2025-12-13", 2), "2026-04-10"), "DOS-06")
    assert "40 %" in text
    assert "24 %" in text
    assert "3 % and 5 %" in text


def test_the_newborns_of_both_series_are_counted() -> None:
    text = said(planned([LAST, PREGNANT, dose("2026-06-22")], "2026-08-16"), "PPR-01")
    assert "neonatal team" in text
    assert "10 of 13 and in 5 of 15" in text


@pytest.mark.parametrize("protocol", EVERYWHERE)
@pytest.mark.parametrize("start", ["2026-02-20", "2026-03-07", "2026-04-20"])
def test_fingolimod_after_natalizumab_shows_leaflets_evidence_and_the_american_guideline(
    start: str, protocol: str
) -> None:
    order = event("therapy", start, name="Gilenya", planned=True)
    made = planned([LAST, event("stop", "2026-02-01"), order], "2026-02-02", protocol)
    text = said(made, "SWI-04")
    assert "2 to 3 months" in text
    assert "within 8 weeks" in text
    assert "8 to 12 weeks" in text
    assert "a clinician decides" in text
    assert {"eu-fingolimod-leaflets", "tofingo-2015", "naegelin-2018", "leurs-2018", "aan-2018"} <= cited(
        made, "SWI-04"
    )


def test_natalizumab_after_alemtuzumab_shows_the_label_and_an_expert() -> None:
    made = planned([event("therapy", "2023-01-10", name="Lemtrada", until="2024-01-12")], "2026-02-02")
    text = said(made, "SWI-09")
    assert "discourages natalizumab unless the benefit clearly outweighs" in text
    assert "starts at once where MS is active" in text
    assert {"giovannoni-switching", "tysabri-sc-smpc-2024"} <= cited(made, "SWI-09")


def test_amber_and_red_are_told_apart_in_words_with_the_day_of_the_change() -> None:
    held = [LAST, event("diagnosis", "2026-01-20", name="PML", status="suspected")]
    amber = said(planned(held, "2026-03-07"), "STP-02")
    assert amber.startswith("AMBER: 8 weeks or more since the last dose on 2026-01-10")
    assert "before 2026-04-04, when this turns red" in amber
    assert said(planned(held, "2026-04-03"), "STP-02").startswith("AMBER")
    assert said(planned(held, "2026-04-04"), "STP-02").startswith("RED: 12 weeks or more")
