"""What the notes on disease activity say (ACT-01 to ACT-04), word for word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.unit.disease_courses import REBASELINE, START, Event, edss, relapse, scan

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.record import Record

YEAR = scan("2023-05-10", 0, 0)


def planned(*events: Event, born: str | None = "1973-05-10", on: str = "2023-06-01") -> Plan:
    person: dict[str, str] = {"id": "invented"} | ({"born": born} if born else {})
    plain = {"schema": "natalizumab-record/1", "person": person, "events": [START, *events]}
    return plan(Record.from_dict(plain), date.fromisoformat(on), load_protocol("eu"))


def notes(rule: str, *events: Event, born: str | None = "1973-05-10", on: str = "2023-06-01") -> list[str]:
    """The texts of one rule's notes."""
    return [note.text for note in planned(*events, born=born, on=on).notes if note.rule == rule]


HEAD = "Since the rebaseline scan of 2022-05-10: "


QUIET = "no relapses, no new T2 lesions, no enhancing lesions"
UNSEEN = "no relapses, new T2 lesions not known, enhancing lesions not known"
UNSAID = "Whether there was inflammatory activity (NEIDA) can't be said, because no scan after 2022-05-10 tells of new"
SCANNED = "(last scan 2023-05-10)."
NONE = "No evident inflammatory activity (NEIDA)"
WORSE = "EDSS up from 2 to 3 on 2022-12-01, confirmed on 2023-05-10"
RISE = "2 to 3 on 2023-05-10"
BEFORE, ROSE, LATER = edss("2022-05-10", 2), edss("2022-12-01", 3), edss("2023-05-10", 3)


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([YEAR, BEFORE, edss("2023-05-10", 2.5)], f"{QUIET} {SCANNED} {NONE}; NEDA-3."),
        (
            [YEAR, BEFORE, ROSE, LATER],
            f"{QUIET}, {WORSE} {SCANNED} {NONE}, but disability has worsened (not NEDA-3).",
        ),
        (
            [YEAR, BEFORE, LATER],
            (
                f"{QUIET}, EDSS up from {RISE}, not confirmed yet {SCANNED} {NONE}; NEDA-3 can't be said, because "
                f"the rise of the EDSS from {RISE} is not confirmed yet."
            ),
        ),
        (
            [scan("2023-05-10", 1, 2), relapse("2022-10-01"), relapse("2022-12-01")],
            (
                f"2 relapses, 1 new T2 lesion, 2 enhancing lesions {SCANNED} There was inflammatory activity "
                "(not NEIDA, so not NEDA-3)."
            ),
        ),
        ([], f"{UNSEEN}. {UNSAID} lesions."),
        ([BEFORE, ROSE, LATER], f"{UNSEEN}, {WORSE}. {UNSAID} lesions. Disability has worsened, so it is not NEDA-3."),
    ],
)
def test_the_sentence_says_what_was_found_and_what_follows(events: list[Event], text: str) -> None:
    assert notes("ACT-01", REBASELINE, *events) == [HEAD + text]


def test_what_came_just_before_is_named_and_not_counted() -> None:
    (text,) = notes("ACT-01", scan("2022-05-10", 2, 1), YEAR, relapse("2022-04-20"))
    assert "no relapses" in text
    said = "Not counted, because not later than that scan: the relapse of 2022-04-20 and enhancing lesions on the scan"
    assert said in text


def volume(on: str, percent: float, **fields: Any) -> Event:
    return scan(on, brain_volume_change_percent=percent, **fields)


def test_brain_volume_is_said_beside_people_of_that_age() -> None:
    (text,) = notes("ACT-02", REBASELINE, volume("2024-05-10", -0.8, compared_with="2022-05-10"), on="2024-06-01")
    assert text == (
        "Brain volume after rebaselining: -0.40 % a year (2022-05-10 to 2024-05-10). People of 50 years without MS "
        "lose 0.22 % a year, and 95 of 100 lose no more than 0.65 %: within that range. It begins within 24 months of "
        "the start, when brain water may still be falling."
    )


def test_a_loss_beyond_the_range_asks_for_a_second_measurement() -> None:
    events = [scan("2024-02-01"), volume("2024-05-10", -1.0, compared_with="2021-12-01"), volume("2025-05-10", -0.8)]
    (text,) = notes("ACT-02", REBASELINE, *events, on="2025-06-01")
    assert " %: beyond that range. One measurement does not settle it" in text
    assert "Where no reference scan was named, the full scan before was taken." in text
    assert "Changes counted from before the rebaseline scan are left out (pseudoatrophy)." in text
    assert "brain water" not in text


@pytest.mark.parametrize(
    ("born", "because"),
    [
        ("1990-05-10", "for people of 33 years without MS no range is published (only from 45 to 75)"),
        (None, "the date of birth is unknown"),
    ],
)
def test_without_a_range_nothing_is_compared(born: str | None, because: str) -> None:
    (text,) = notes("ACT-02", REBASELINE, volume("2024-05-10", -0.8), born=born, on="2024-06-01")
    assert f"It is not compared with people without MS: {because}." in text
    assert "a loss above 0.40 % a year" in text
    assert "within that range" not in text


def test_why_no_yearly_change_is_said() -> None:
    (text,) = notes("ACT-02", REBASELINE, volume("2022-12-01", -0.8))
    assert text == (
        "Brain volume: cannot say, because 2022-05-10 to 2022-12-01 is less than 11 months, too short for a yearly "
        "change."
    )


def test_too_little_drug_is_pointed_out_with_its_grounds() -> None:
    events: list[Event] = [
        {"kind": "antibody", "on": "2022-03-20", "result": "positive", "id": "test"},
        {"kind": "concentration", "on": "2022-03-20", "mg_per_l": 0.5, "below": True, "id": "level"},
        {**relapse("2022-04-10"), "id": "relapse"},
    ]
    made = planned(*events)
    (note,) = (one for one in made.notes if one.rule == "ACT-03")
    assert note.text == (
        "Beside the relapse of 2022-04-10 stands a positive antibody test of 2022-03-20 and a level of less than 0.5 "
        "mg/L on 2022-03-20 and a time without a dose since 2022-01-10: there may have been too little drug. Repeat "
        "the antibody test and measure a trough before anybody says that natalizumab has failed."
    )
    assert {"test", "level", "relapse"} < set(note.facts)


def test_without_an_antibody_test_one_is_asked_for() -> None:
    (text,) = notes("ACT-03", relapse("2022-04-05"))
    assert "a time without a dose since 2022-01-10" in text
    assert "Test for antibodies and measure a trough" in text


def test_fatigue_is_shown_and_not_judged() -> None:
    scores: list[Event] = [
        {"kind": "fatigue", "on": "2022-01-03", "scale": "MFIS", "score": 50},
        {"kind": "fatigue", "on": "2023-01-03", "scale": "MFIS", "score": 41.5},
    ]
    (text,) = notes("ACT-04", *scores)
    assert text.startswith(
        "Fatigue (MFIS): 50 on 2022-01-03, before treatment; 41.5 on 2023-01-03, a change of -8.5. "
        "What was seen on natalizumab (recalled) had no comparison: in ENER-G -14.9 on a VAS-F and -7.4 on the MFIS"
    )
    assert text.endswith("So nothing is concluded.")


def test_none_of_it_ever_decides_about_a_dose() -> None:
    quiet, active = (
        planned(REBASELINE, YEAR),
        planned(REBASELINE, YEAR, relapse("2022-10-01"), volume("2023-05-11", -3)),
    )
    assert not [reason for made in (quiet, active) for reason in made.reasons if reason.rule.startswith("ACT")]
    assert not [item for made in (quiet, active) for item in made.items if item.rule.startswith("ACT")]
