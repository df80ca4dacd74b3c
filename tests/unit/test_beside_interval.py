"""What the record says beside an advice on the interval: sentences, and what of a trial's conditions is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.invented import course, dose, event

from natalizumab.care import load_protocol
from natalizumab.care.beside_interval import beside_interval
from natalizumab.care.case import Case
from natalizumab.care.extended import entry_unmet, recent_activity

P = load_protocol("eu")
SCAN = event("mri", "2026-06-01", protocol="full", gd=0, new_t2=0)
YEAR = [dose((date(2025, 10, 1) + timedelta(weeks=4 * number)).isoformat()) for number in range(14)]
"""Fourteen doses without a gap, the last on 2026-09-30."""


def case(on: str, *events: dict[str, Any]) -> Case:
    return Case(course(on, *events), P)


def test_after_a_year_without_activity_there_is_nothing_to_say() -> None:
    assert beside_interval(case("2026-10-10", *YEAR, SCAN), P) == ()


@pytest.mark.parametrize(("on", "restart"), [("2026-12-23", False), ("2026-12-24", True)])
def test_more_than_twelve_weeks_after_the_last_dose_the_next_is_called_a_restart(on: str, restart: bool) -> None:
    said = beside_interval(case(on, *YEAR, SCAN), P)
    assert [sentence.startswith("The last dose was on 2026-09-30, more than 12 weeks ago") for sentence in said] == (
        [True] if restart else []
    )


@pytest.mark.parametrize(
    ("ended", "said"), [(None, True), ("2026-10-11", True), ("2026-10-10", False), ("2026-10-09", False)]
)
def test_a_pregnancy_is_said_until_it_ends(ended: str | None, said: bool) -> None:
    over = {"ended": ended} if ended else {}
    found = beside_interval(
        case("2026-10-10", *YEAR, SCAN, event("pregnancy", "2026-08-01", gestation_weeks=8, **over)), P
    )
    assert any("Pregnancy is on record (2026-08-01)" in sentence for sentence in found) is said


@pytest.mark.parametrize(("on", "recent"), [("2027-05-31", True), ("2027-06-01", False)])
def test_activity_counts_for_a_year(on: str, recent: bool) -> None:
    doses = [dose((date(2025, 10, 1) + timedelta(weeks=4 * number)).isoformat()) for number in range(24)]
    active = event("mri", "2026-06-01", protocol="full", gd=1, new_t2=2)
    found = case(on, *doses, active, event("relapse", "2026-06-01"))
    told = " ".join(beside_interval(found, P))
    assert ("Recent disease activity: a relapse within 12 months." in told) is recent
    assert ("Recent disease activity: an enhancing lesion on a scan within a year." in told) is recent
    assert ("new lesions on the scan of 2026-06-01" in told) is recent
    assert ("Recent disease activity is not known: no scan within a year says" in told) is not recent


def test_activity_names_its_entries_and_the_lack_of_a_scan_has_none() -> None:
    found = recent_activity(case("2026-10-10", *YEAR, event("relapse", "2026-07-01", id="r")), P)
    assert [[entry.ref for entry in facts] for _, facts in found] == [["r"], []]


def test_once_a_longer_interval_has_begun_only_the_year_before_it_is_asked_for() -> None:
    short = YEAR[:10]
    unmet = ["not yet 12 months of 4-weekly dosing"]
    assert entry_unmet(case("2026-07-01", *short), P) == unmet
    four = event("interval", "2026-06-15", weeks=4)
    assert entry_unmet(case("2026-07-01", *short, four), P) == unmet
    assert entry_unmet(case("2026-10-10", *YEAR, four), P) == []
    asked = event("interval", "2026-06-15", weeks=6)
    assert entry_unmet(case("2026-07-01", *short, asked), P) == unmet
    begun = dose("2026-07-22")  # six weeks after the tenth dose
    assert entry_unmet(case("2026-08-01", *short, asked, begun), P) == [
        "no 12 months of 4-weekly dosing came before it"
    ]
    year = [*YEAR, event("interval", "2026-10-05", weeks=6), dose("2026-11-11")]
    assert entry_unmet(case("2026-11-20", *year), P) == []


@pytest.mark.parametrize(("gap", "begun"), [(35, False), (36, True)])
def test_an_interval_nearer_to_six_weeks_than_to_four_has_begun(gap: int, begun: bool) -> None:
    short = YEAR[:10]
    asked = event("interval", "2026-06-15", weeks=6)
    last = dose((date(2026, 6, 10) + timedelta(days=gap)).isoformat())
    unmet = ["no 12 months of 4-weekly dosing came before it"]
    assert (entry_unmet(case("2026-08-01", *short, asked, last), P) == unmet) is begun


def test_a_year_of_four_weekly_dosing_is_enough() -> None:
    assert entry_unmet(case("2026-09-30", *YEAR), P) == ["not yet 12 months of 4-weekly dosing"]
    assert entry_unmet(case("2026-10-01", *YEAR), P) == []


def test_a_dose_missed_only_after_a_longer_interval_was_asked_for_does_not_speak_against_it() -> None:
    asked = event("interval", "2026-10-05", weeks=12)
    eight_weeks_later = dose("2026-11-25")
    assert entry_unmet(case("2026-12-01", *YEAR, asked, eight_weeks_later), P) == []
    before = event("interval", "2026-11-30", weeks=12)
    assert entry_unmet(case("2026-12-01", *YEAR, eight_weeks_later, before), P) == [
        "a dose was missed in the last 3 months"
    ]


def every(weeks: float, count: int, start: str = "2024-01-03") -> list[dict[str, Any]]:
    return [dose((date.fromisoformat(start) + timedelta(weeks=weeks * n)).isoformat()) for n in range(count)]


BY_DOSES = "the doses given are not 12 months of 4-weekly dosing"

PATTERNS = [
    ("always every 7 weeks", every(7, 20), [], [BY_DOSES]),
    ("always every 6 weeks", every(6, 20), [], [BY_DOSES]),
    ("every 5 weeks, which is no nearer to 4 than to 6", every(5, 20), [], [BY_DOSES]),
    ("every 34 days, which is nearer to 4 weeks", every(34 / 7, 20), [], []),
    ("every 36 days, which is nearer to 6 weeks", every(36 / 7, 20), [], [BY_DOSES]),
    ("one dose 55 days after the other", [*every(4, 6), *every(4, 9, "2024-07-16")], [], []),
    (
        "one dose 56 days after the other, which is one missed",
        [*every(4, 6), *every(4, 9, "2024-07-17")],
        [],
        [BY_DOSES],
    ),
    (
        "a year of every 4 weeks, 12 weeks without a dose, then every 6",
        [*every(4, 14), *every(6, 5, "2025-03-26")],
        [event("interval", "2025-03-26", weeks=6)],
        [],
    ),
    (
        "a year of every 4 weeks, a day more without a dose, then every 6",
        [*every(4, 14), *every(6, 5, "2025-03-27")],
        [event("interval", "2025-03-27", weeks=6)],
        ["no 12 months of 4-weekly dosing came before it"],
    ),
    (
        "a year elsewhere at an interval that nobody said",
        every(6, 4, "2026-01-07"),
        [
            event("earlier_treatment", "2026-01-01", first_dose="2024-11-06", doses=16),
            event("interval", "2026-01-07", weeks=6),
        ],
        [],
    ),
    (
        "a year elsewhere with doses that nobody counted",
        every(6, 4, "2026-01-07"),
        [
            event("earlier_treatment", "2026-01-01", first_dose="2024-11-06", interval_weeks=4),
            event("interval", "2026-01-07", weeks=6),
        ],
        [],
    ),
    (
        "half a year elsewhere, then every 6 weeks here",
        every(6, 4, "2026-01-07"),
        [
            event("earlier_treatment", "2026-01-01", first_dose="2025-07-09", doses=7, interval_weeks=4),
            event("interval", "2026-01-07", weeks=6),
        ],
        ["no 12 months of 4-weekly dosing came before it"],
    ),
    ("two years without a dose, then five months", [*every(4, 5), *every(4, 5, "2026-05-06")], [], [BY_DOSES]),
    ("every 8 weeks, then five months of every 4", [*every(8, 10), *every(4, 6, "2025-07-16")], [], [BY_DOSES]),
    ("one dose two weeks late", [*every(4, 8), *every(4, 8, "2024-08-28")], [], []),
    (
        "a year of every 4 weeks, a restart, then every 6 weeks",
        [*every(4, 16), *every(6, 5, "2026-01-07")],
        [event("interval", "2026-01-07", weeks=6)],
        ["no 12 months of 4-weekly dosing came before it"],
    ),
    (
        "a year of every 4 weeks, then two of every 6",
        [*every(4, 14), *every(6, 16, "2025-02-12")],
        [event("interval", "2025-01-10", weeks=6)],
        [],
    ),
    (
        "a year elsewhere, then every 6 weeks here",
        every(6, 4, "2026-01-07"),
        [
            event("earlier_treatment", "2026-01-01", first_dose="2024-11-06", doses=16, interval_weeks=4),
            event("interval", "2026-01-07", weeks=6),
        ],
        [],
    ),
    (
        "a year of every 6 weeks elsewhere, then every 6 here",
        every(6, 4, "2026-01-07"),
        [
            event("earlier_treatment", "2026-01-01", first_dose="2024-11-06", doses=10, interval_weeks=6),
            event("interval", "2026-01-07", weeks=6),
        ],
        ["no 12 months of 4-weekly dosing came before it"],
    ),
]


@pytest.mark.parametrize("weeks", [None, 4, 6])
def test_what_is_prescribed_changes_nothing_of_the_doses_that_were_given(weeks: int | None) -> None:
    doses = [*every(4, 14), *every(6, 16, "2025-02-12")]
    said = [event("interval", "2025-01-10", weeks=weeks)] if weeks else []
    on = date.fromisoformat(doses[-1]["on"]) + timedelta(days=20)
    assert entry_unmet(case(on.isoformat(), *doses, *said), P) == []


@pytest.mark.parametrize("last", [28, 35, 36, 42])
def test_one_dose_a_week_early_does_not_end_what_the_others_show(last: int) -> None:
    doses = [*every(4, 14), *every(6, 10, "2025-02-12")]
    day = date.fromisoformat(doses[-1]["on"]) + timedelta(days=last)
    assert entry_unmet(case((day + timedelta(days=20)).isoformat(), *doses, dose(day.isoformat())), P) == []


@pytest.mark.parametrize(
    ("tests", "unmet"),
    [
        ([("2026-06-01", "positive")], ["the latest test for antibodies, of 2026-06-01, is positive"]),
        ([("2026-06-01", "positive"), ("2026-08-01", "negative")], []),
        (
            [("2026-06-01", "negative"), ("2026-08-01", "positive")],
            ["the latest test for antibodies, of 2026-08-01, is positive"],
        ),
    ],
)
@pytest.mark.parametrize("more", [[], [event("interval", "2025-01-01", weeks=6)]])
def test_a_positive_test_that_was_not_repeated_stands_against_a_longer_interval(
    tests: list[tuple[str, str]], unmet: list[str], more: list[dict[str, Any]]
) -> None:
    found = case("2026-10-10", *YEAR, *more, *(event("antibody", on, result=result) for on, result in tests))
    assert [words for words in entry_unmet(found, P) if "antibodies" in words] == unmet


@pytest.mark.parametrize(("what", "doses", "more", "unmet"), PATTERNS, ids=[pattern[0] for pattern in PATTERNS])
def test_the_doses_given_say_whether_there_was_a_year_of_four_weekly_dosing(
    what: str, doses: list[dict[str, Any]], more: list[dict[str, Any]], unmet: list[str]
) -> None:
    last = date.fromisoformat(doses[-1]["on"])
    assert entry_unmet(case((last + timedelta(days=20)).isoformat(), *doses, *more), P) == unmet
