"""The report of a virtual trial in words: arms, designs, numbers and differences as a reader wants them."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import pytest

from natalizumab.cohort import Arm, Costs, Guided, Mean, Row, Stop, Trial
from natalizumab.commands.trial_report import lines as lines_
from natalizumab.commands.trial_report.asked import Asked
from natalizumab.commands.trial_report.lead import difference
from natalizumab.commands.trial_report.lines import Line
from natalizumab.commands.trial_report.words import arm_words, design, listed, many, named, others

TRIAL = Trial("t", (Arm("a"),), 100, 52)


FOUR = "300 mg into a vein every 4 weeks."
GUIDED = (
    "300 mg into a vein, at each person's own interval. It is the longest from 4 to 8 weeks at which the trough stays "
    "at or above 5 mg/L with a probability of 90 %, as two troughs say that are measured at the end of the run-in; "
    "where there is none, 4 weeks."
)
CHANCE = "no difference in relapses per 100 people that stands out from chance"


def line(mean: float, error: float, around: tuple[float, float] | None, decimals: int = 1) -> Line:
    return Line("b", "relapses", True, mean, error, around, decimals)


@pytest.mark.parametrize(
    ("number", "one", "said"),
    [
        (1, "week", "1 week"),
        (1.5, "week", "1.5 weeks"),
        (0, "dose", "0 doses"),
        (1, "person", "1 person"),
        (20_000, "virtual person", "20,000 virtual people"),
    ],
)  # fmt: skip
def test_one_is_single_and_all_else_is_plural(number: float, one: str, said: str) -> None:
    assert many(number, one) == said


def test_lists_and_names_read_as_people_say_them() -> None:
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert (named(" "), named("x ")) == ("(without a name)", "x")


@pytest.mark.parametrize(
    ("arm", "said"),
    [
        (Arm("a"), FOUR),
        (Arm("a", route="sc", weeks=6.5), "300 mg under the skin every 6.5 weeks."),
        (
            Arm("a", later_weeks=6, later_from=104),
            "300 mg into a vein every 4 weeks, and from week 104 on every 6 weeks.",
        ),
        (Arm("a", mg=0), "No drug from the day on which the arms part."),
        (
            Arm("a", stop=Stop(24)),
            f"{FOUR} Everybody stops 24 months after their first dose, and gets nothing else.",
        ),
        (
            Arm("a", stop=Stop(1, high_index=True)),
            f"{FOUR} Who then has an index above 1.5 stops 1 month after their first dose, and gets nothing else.",
        ),
        (
            Arm("a", guided=Guided(5, most_weeks=8)),
            GUIDED,
        ),
    ],
)
def test_an_arm_is_told_in_sentences(arm: Arm, said: str) -> None:
    assert arm_words(arm) == said


@pytest.mark.parametrize(
    ("changed", "heading", "said"),
    [
        ({}, "People", "100 virtual people; all take part."),
        ({"people": 1}, "People", "1 virtual person; all take part."),
        ({"run_in": 26, "stable": True}, "People", "100 virtual people, of whom 90 take part: those who"),
        ({}, "Before the arms part", "Nothing is given"),
        ({"run_in": 26}, "Before the arms part", "Everybody has infusions every 4 weeks for 26 weeks (the run-in)."),
        ({}, "Outcomes count", "Over 52 weeks; a scan on the first of these days is the reference."),
        ({"from_week": 12}, "Outcomes count", "From week 12 to week 52;"),
        ({}, "Scans", "In week 52 after the arms have parted."),
        ({"scan_weeks": (24, 52)}, "Scans", "In weeks 24 and 52 after"),
        ({}, "PML", "As in the published table, whatever the interval."),
        ({"pml_scenario": "primary"}, "PML", "the scenario “primary” is assumed"),
        ({}, "Cost", "No price was given"),
        ({"costs": Costs(1000, 50)}, "Cost", "1,000 a dose and 50 an hour in the chair, in any currency; 2 hours"),
    ],
)  # fmt: skip
def test_a_design_is_told_under_headings(changed: dict[str, Any], heading: str, said: str) -> None:
    assert said in dict(design(replace(TRIAL, **changed), 90))[heading]


def test_a_field_without_words_of_its_own_is_told_by_its_name() -> None:
    arm = Arm("a", mg=200, later_weeks=6, later_from=10, stop=Stop(3))
    told = dict(others(arm, {"name", "mg"}))
    assert told == {"later weeks": "6", "later from": "10", "stop": "after months 3, at week None, high index False"}
    assert dict(
        others(replace(TRIAL, scan_weeks=(8.0, 16.0)), {field.name for field in fields(Trial)} - {"scan_weeks"})
    ) == {"scan weeks": "8 and 16"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (line(3, 0.2, (1, 5)), "3.0 more relapses per 100 people (2.6 to 3.4; 1.0 to 5.0)"),
        (line(-3, 0.2, (-5, -1)), "3.0 fewer relapses per 100 people (2.6 to 3.4; 1.0 to 5.0)"),
        (line(-3, 0.2, (-5, 1)), "3.0 fewer relapses per 100 people (2.6 to 3.4; 1.0 more to 5.0 fewer)"),
        (line(3, 0.2, (-5, -1)), "3.0 more relapses per 100 people (2.6 to 3.4; 1.0 to 5.0 fewer)"),
        (line(3, 0.2, (3, 3)), "3.0 more relapses per 100 people (2.6 to 3.4)"),
        (line(3, 0.2, None), "3.0 more relapses per 100 people (2.6 to 3.4)"),
        (line(0.1, 0.1, (0, 1)), f"{CHANCE} (−0.1 to +0.3; 0.0 to +1.0)"),
        (line(0, 0, (0, 0)), f"{CHANCE} (0.0)"),
    ],
)  # fmt: skip
def test_a_difference_is_told_with_both_uncertainties(found: Line, said: str) -> None:
    assert difference(found) == said


@pytest.mark.parametrize(
    ("outcome", "mean", "error", "said"),
    [
        ("relapses", 0.1818, 0.013, "18.2"),
        ("neida", 0.648, 0.0131, "64.8"),
        ("doses", 17.641, 0.0001, "17.64"),
        ("trough", 24.62, 0.33, "24.62"),
        ("cost", 18_000.4, 120, "18,000"),
        ("cost", 0, 0, "0"),
        ("doses", 13, 0, "13.00"),
        ("pml_per_1000", -0.0000001, 0.02, "0.000"),
        ("pml_per_1000", -0.74, 0.021, "−0.740"),
        ("brain_volume", math.nan, math.nan, "–"),
    ],
)  # fmt: skip
def test_a_number_has_as_many_digits_as_chance_lets_stand(
    outcome: str, mean: float, error: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_, "rows", lambda found: [Row("a", outcome, False, Mean(mean, error), None)])
    (found,) = lines_.lines(None)  # type: ignore[arg-type]
    assert found.number(found.mean) == said


def test_what_stands_below_each_other_has_as_many_decimals(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [
        Row(arm, "pml_per_1000", False, Mean(*pair), None) for arm, pair in (("a", (0.84, 0.02)), ("b", (0.1, 0.003)))
    ]
    monkeypatch.setattr(lines_, "rows", lambda found: both)
    assert [one.number(one.mean) for one in lines_.lines(None)] == ["0.840", "0.100"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "report", "said"),
    [
        ("a.toml", "a.html", "natalizumab trial a.toml --people 100 --seed 1 --report a.html"),
        ("my trial.toml", "a b.pdf", "natalizumab trial 'my trial.toml' --people 100 --seed 1 --report 'a b.pdf'"),
        ("-x.toml", "-y.pdf", "natalizumab trial ./-x.toml --people 100 --seed 1 --report ./-y.pdf"),
    ],
)
def test_the_command_can_be_typed_as_it_stands(file: str, report: str, said: str) -> None:
    assert Asked(file, "", report).command(TRIAL) == said
