"""What can hardly be right is said in words that tell what to look at."""

from __future__ import annotations

from datetime import date

import pytest
from tests.invented import Plain, dose, event, record

from natalizumab.care import load_protocol, plan
from natalizumab.care.describe import describe
from natalizumab.record import Record


def said(rule: str, *events: Plain, on: str = "2026-03-02", **person: str) -> list[str]:
    given = {"born": "1990-01-01", **person}
    made = plan(record(dose("2026-01-10"), *events, **given), date.fromisoformat(on), load_protocol("eu"))
    return [reason.text for reason in made.reasons if reason.rule == rule]


PREGNANT = event("pregnancy", "2026-02-01", gestation_weeks=8)
FEEDING = event("breastfeeding", "2026-02-01")


def test_a_man_recorded_as_pregnant_or_breast_feeding_is_asked_about() -> None:
    right = "on 2026-02-01: which of them is right?"
    assert said("REC-11", PREGNANT, sex="male") == [f"Recorded as male, and as pregnant {right}"]
    assert said("REC-11", FEEDING, sex="male") == [f"Recorded as male, and as breast-feeding {right}"]
    assert said("REC-11", PREGNANT, FEEDING, sex="female") == []
    assert said("REC-11", PREGNANT) == []
    assert said("REC-11", sex="male") == []


@pytest.mark.parametrize(("on", "asked"), [("2026-02-28", 1), ("2026-03-01", 0), ("2026-03-02", 0)])
def test_what_has_ended_is_not_asked_about(on: str, asked: int) -> None:
    ended = [{**entry, "ended": "2026-03-01"} for entry in (PREGNANT, FEEDING)]
    for entry in ended:
        assert len(said("REC-11", entry, on=on, sex="male")) == asked


def test_an_age_is_said_with_the_date_of_birth() -> None:
    assert said("REC-11", born="1934-01-01") == [
        "Born on 1934-01-01, so 80 years old or more: is the date of birth right?"
    ]


def scan(**fields: int) -> Plain:
    return event("mri", "2026-02-02", protocol="full", **fields)


def test_scans_of_one_day_that_differ_are_named_with_that_in_which_they_do() -> None:
    rest = "if they are one scan, find out which entry is right, and withdraw the other."
    one = scan(new_t2=1, gd=0)
    assert said("REC-10", one, scan(new_t2=0, gd=0)) == [f"The scans of 2026-02-02 differ in new T2 lesions: {rest}"]
    both = f"The scans of 2026-02-02 differ in new T2 lesions and enhancing lesions: {rest}"
    assert said("REC-10", one, scan(new_t2=0, gd=1)) == [both]


@pytest.mark.parametrize(
    ("rule", "weeks", "text"),
    [
        ("DOS-03", 1, "The prescribed interval of 1 week is shorter than 21 days."),
        ("DOS-03", 2, "The prescribed interval of 2 weeks is shorter than 21 days."),
        ("DOS-11", 3, "of 3 weeks is shorter than the labelled 4 weeks: the prescriber confirms that it is meant."),
        ("DOS-11", 52, "of 52 weeks is longer than the 12 weeks after which a dose is a restart: each would be one."),
    ],
)
def test_an_interval_that_no_guidance_knows_is_said_with_what_is_known(rule: str, weeks: int, text: str) -> None:
    (found,) = said(rule, event("interval", "2026-01-10", weeks=weeks))
    assert found.endswith(text)


@pytest.mark.parametrize(("weeks", "shown"), [(1, "1 week"), (11, "11 weeks"), (2.1, "2.1 weeks"), (4, "4 weeks")])
def test_one_week_is_no_plural(weeks: float, shown: str) -> None:
    read: Record = record(event("interval", "2026-01-10", weeks=weeks))
    assert describe(read.events[0]) == f"interval 2026-01-10: {shown}"


def test_the_features_of_a_reaction_are_told_one_after_the_other() -> None:
    read: Record = record(event("reaction", "2026-01-10", features=["urticaria", "wheeze"], grade=2))
    assert describe(read.events[0]) == "reaction 2026-01-10: urticaria, wheeze, grade 2"
