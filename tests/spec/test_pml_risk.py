"""The PML risk, cell by cell. The numbers are typed here anew from the published tables, not read from our files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from tests.spec.spec import Event, Row, Spec, dose, event, jcv, made

from natalizumab.care import Plan

ON = "2026-11-02"
COLUMNS: dict[str, tuple[float, ...]] = {
    # months           1–12 13–24 25–36 37–48 49–60 61–72
    "no index":        (0.1, 0.6, 2.0, 4.0, 5.0, 6.0),
    "index 0.9":       (0.1, 0.1, 0.2, 0.4, 0.5, 0.6),
    "index 1.5":       (0.1, 0.3, 0.8, 2.0, 2.0, 3.0),
    "index 1.51":      (0.2, 0.9, 3.0, 7.0, 8.0, 10.0),
    "negative":        (0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
    # prior immunosuppressant beside a low index: its own column is the higher one in every row
    "azathioprine, index 0.9": (0.3, 0.4, 4.0, 8.0, 8.0, 6.0),
}  # fmt: skip
CUMULATIVE: dict[str, tuple[float, ...]] = {
    # end of month       12   24   36   48    60    72
    "index 0.9":       (0.1, 0.2, 0.4, 0.8, 1.3, 1.9),
    "index 1.5":       (0.1, 0.4, 1.2, 3.2, 5.2, 8.2),
    "index 1.51":      (0.2, 1.1, 4.1, 11.1, 19.0, 28.8),
    "azathioprine, index 0.9": (0.3, 0.7, 4.7, 12.7, 20.6, 26.4),
    "no index":        (0.1, 0.7, 2.7, 6.7, 11.7, 17.6),
}  # fmt: skip
AZATHIOPRINE = event("therapy", "2015-01-01", name="azathioprine", until="2016-01-01")
TESTED = "2020-10-01"
PEOPLE: dict[str, list[Event]] = {
    "no index": [jcv(TESTED, "positive")],
    "index 0.9": [jcv(TESTED, "positive", 0.9)],
    "index 1.5": [jcv(TESTED, "positive", 1.5)],
    "index 1.51": [jcv(TESTED, "positive", 1.51)],
    "negative": [jcv(TESTED, "negative")],
    "azathioprine, index 0.9": [jcv(TESTED, "positive", 0.9), AZATHIOPRINE],
}
EPOCHS = [(1, 12), (13, 24), (25, 36), (37, 48), (49, 60), (61, 72)]


def risk(events: Sequence[Event], on: str = ON) -> dict[str, Any]:
    """What the plan says about PML."""
    made_plan: Plan = made(Spec("RSK-01", "", [], []), Row("", on, "", events))
    found: dict[str, Any] = made_plan.to_dict()["pml"]
    return found


def in_month(month: int) -> list[Event]:
    """Somebody whose exposure month on ON is this one: started so many months ago, last dose on ON."""
    year, index = divmod(date.fromisoformat(ON).year * 12 + 10 - (month - 1), 12)
    first = f"{year}-{index + 1:02}-02"
    return [event("earlier_treatment", first, first_dose=first), dose(ON)] if month > 1 else [dose(ON)]


def others(found: dict[str, Any]) -> list[float]:
    """The figures that stand beside the one reported."""
    return [alternative["per_1000"] for alternative in found["alternatives"]]


CELLS = [
    pytest.param(column, month, COLUMNS[column][epoch], id=f"{column}, month {month}")
    for column in COLUMNS
    for epoch, months in enumerate(EPOCHS)
    for month in months
]


@pytest.mark.parametrize(("column", "month", "per_1000"), CELLS)
def test_every_cell_answers_in_its_first_and_last_month(column: str, month: int, per_1000: float) -> None:
    found = risk([*in_month(month), *PEOPLE[column]])
    assert (found["exposure_month"], found["per_1000"], found["why_not"]) == (month, per_1000, None)


@pytest.mark.parametrize("column", CUMULATIVE)
def test_the_cumulative_risk_is_that_of_the_evidence(column: str) -> None:
    at_ends = [risk([*in_month(last), *PEOPLE[column]])["cumulative_per_1000"] for _, last in EPOCHS]
    assert [round(figure, 1) for figure in at_ends] == list(CUMULATIVE[column])


@pytest.mark.parametrize("column", COLUMNS)
def test_beyond_month_72_there_is_no_published_estimate(column: str) -> None:
    found = risk([*in_month(73), *PEOPLE[column]])
    assert (found["per_1000"], found["cumulative_per_1000"]) == (None, None)
    assert "no published estimate" in found["why_not"]


@pytest.mark.parametrize(
    ("index", "per_1000"), [(0.89, 0.2), (0.9, 0.2), (0.91, 0.8), (1.49, 0.8), (1.5, 0.8), (1.51, 3.0)]
)
def test_an_index_belongs_to_one_band(index: float, per_1000: float) -> None:
    assert risk([*in_month(30), jcv(TESTED, "positive", index)])["per_1000"] == per_1000


@pytest.mark.parametrize(
    ("first", "on", "month"),
    [
        ("2025-11-03", "2026-11-02", 12),
        ("2025-11-03", "2026-11-03", 13),
        ("2025-01-31", "2026-01-30", 12),
        ("2025-01-31", "2026-01-31", 13),
        ("2025-01-31", "2025-02-27", 1),
        ("2025-01-31", "2025-02-28", 2),
        ("2024-02-29", "2025-02-27", 12),
        ("2024-02-29", "2025-02-28", 13),
        ("2024-11-03", "2026-11-02", 24),
        ("2024-11-03", "2026-11-03", 25),
        ("2020-11-03", "2026-11-02", 72),
        ("2020-11-03", "2026-11-03", 73),
    ],
)
def test_a_month_of_exposure_begins_on_the_day_of_the_first_dose(first: str, on: str, month: int) -> None:
    found = risk([event("earlier_treatment", first, first_dose=first), dose(on), jcv(TESTED, "positive", 1.2)], on)
    assert found["exposure_month"] == month


@pytest.mark.parametrize(
    ("column", "month", "reported", "beside"),
    [
        ("positive, no index", 24, 0.6, 0.4),
        ("index 1.51", 12, 0.3, 0.2),
        ("index 1.51", 24, 0.9, 0.4),
        ("index 1.51", 36, 4.0, 3.0),
        ("index 1.51", 60, 8.0, 8.0),
        ("index 1.51", 72, 10.0, 6.0),
    ],
)
def test_after_an_immunosuppressant_the_higher_of_two_columns_is_reported_and_both_are_shown(
    column: str, month: int, reported: float, beside: float
) -> None:
    index = 1.51 if column == "index 1.51" else None
    found = risk([*in_month(month), AZATHIOPRINE, jcv(TESTED, "positive", index)])
    assert found["per_1000"] == reported
    assert beside in others(found)


@pytest.mark.parametrize(
    ("name", "per_1000"),
    [
        ("mitoxantrone", 4.0),
        ("cyclophosphamide", 4.0),
        ("methotrexate", 4.0),
        ("azathioprine", 4.0),
        ("mycophenolate mofetil", 4.0),
        ("cladribine", 4.0),
        ("alemtuzumab", 4.0),
        ("ocrelizumab", 4.0),
        ("fingolimod", 4.0),
        ("methylprednisolone", 0.8),
        ("interferon beta-1a", 0.8),
        ("glatiramer acetate", 0.8),
    ],
)
def test_what_counts_as_a_prior_immunosuppressant(name: str, per_1000: float) -> None:
    drug = event("therapy", "2015-01-01", name=name, until="2016-01-01")
    assert risk([*in_month(30), drug, jcv(TESTED, "positive", 1.2)])["per_1000"] == per_1000


@pytest.mark.parametrize(
    ("person", "month", "words"),
    [
        ("index 1.51", 30, "Of 1,000 people like this, about 3 develop PML within a year"),
        ("index 0.9", 30, "Of 10,000 people like this, about 2 develop PML within a year"),
        ("negative", 30, "Of 10,000 people like this, about 1 develops PML within a year"),
        ("no index", 30, "(1 in 500)"),
    ],
)
def test_the_risk_is_said_as_whole_people(person: str, month: int, words: str) -> None:
    assert words in risk([*in_month(month), *PEOPLE[person]])["words"]


def test_whoever_has_stopped_is_told_until_when_pml_may_appear() -> None:
    stopped = [dose("2026-08-31"), *PEOPLE["index 1.51"], event("stop", "2026-09-28")]
    found = risk([event("earlier_treatment", "2024-05-02", first_dose="2024-05-02"), *stopped])
    assert found["words"].endswith("PML can still appear until 6 months after the last dose (2027-02-28).")
    assert "has been stopped" not in risk([*in_month(30), *PEOPLE["index 1.51"]])["words"]


def test_months_and_infusions_stand_side_by_side_where_they_differ() -> None:
    """36 months of 6-weekly dosing are about 26 infusions, which is the third dozen as well; 24 are the second."""

    def treated(doses: int) -> dict[str, Any]:
        earlier = event("earlier_treatment", "2023-12-02", first_dose="2023-12-02", doses=doses - 1, interval_weeks=6)
        return risk([earlier, dose(ON), *PEOPLE["index 1.51"]])

    behind, level = treated(24), treated(26)
    assert (behind["exposure_month"], behind["per_1000"]) == (36, 3.0)
    by_infusions = [one for one in behind["alternatives"] if one["model"] == "EU table, counted by infusions"]
    assert [one["per_1000"] for one in by_infusions] == [0.9]
    assert "24 infusions instead of 36 months" in by_infusions[0]["note"]
    assert not any("infusions" in one["model"] for one in level["alternatives"])


def test_a_cell_that_is_contradicted_says_so_and_shows_the_other_side() -> None:
    found = risk([*in_month(30), *PEOPLE["index 1.5"]])
    assert found["per_1000"] == 0.8
    assert "Contradicted" in found["note"]
    assert 0.3 in [one["per_1000"] for one in found["alternatives"] if one["model"] == "aan_2018"]
