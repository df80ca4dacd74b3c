"""What stands beside the figure of PML: who else says what of such a person, the months covered, the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.spec.spec import Event, dose, doses, event, jcv
from tests.spec.test_pml_risk import AZATHIOPRINE, PEOPLE, TESTED, in_month, risk

MONTH = 365.25 / 12

POSITIVE = jcv("2019-10-01", "positive", 1.2)
REVERTED = [POSITIVE, jcv(TESTED, "negative")]
LOWER = [jcv("2019-10-01", "positive", 1.7), jcv(TESTED, "positive", 1.2)]

EVERYBODY = {("top_2020", 2.03), ("biogen_2017", 4.19)}
UP_TO_3_YEARS, LATER = {("top_2020", 1.08)}, {("top_2020", 3.52)}
ANY_POSITIVE = {("sorensen_2012", 2.16)}
NEGATIVE = {
    ("ho_2017", 0.07),
    ("biogen_2013", 0.1),
    ("mcguigan_2016", 0.1),
    ("us_label", 0.1),
    ("sorensen_2012", 0.11),
}
LOW_OR_MIDDLE, HIGH = {("mcguigan_2016", 0.17)}, {("mcguigan_2016", 1.17)}

MODELS: list[tuple[str, int, set[tuple[str, float]]]] = [
    # whom, in which month, every other published model with its figure (safety.md 1.1 to 1.3)
    ("negative", 1, {*EVERYBODY, *UP_TO_3_YEARS, *NEGATIVE, ("kuesters_2015", 0.02), ("sorensen_2012", 0.04)}),
    ("negative", 11, {*EVERYBODY, *UP_TO_3_YEARS, *NEGATIVE, ("kuesters_2015", 0.02), ("sorensen_2012", 0.04)}),
    ("negative", 12, {*EVERYBODY, *UP_TO_3_YEARS, *NEGATIVE, ("kuesters_2015", 0.02)}),
    ("negative", 13, {*EVERYBODY, *UP_TO_3_YEARS, *NEGATIVE, ("kuesters_2015", 0.02), ("sorensen_2012", 0.56)}),
    ("negative", 36, {*EVERYBODY, *UP_TO_3_YEARS, *NEGATIVE, ("kuesters_2015", 0.2), ("sorensen_2012", 1.99)}),
    ("negative", 37, {*EVERYBODY, *LATER, *NEGATIVE, ("kuesters_2015", 0.2)}),
    (
        "index 0.9",
        24,
        {
            *EVERYBODY, *UP_TO_3_YEARS, *ANY_POSITIVE, *LOW_OR_MIDDLE, ("bloomgren_2012", 0.56), ("biogen_2013", 0.7),
            ("kuesters_2015", 0.2), ("us_label", 1), ("sorensen_2012", 0.56),
        },
    ),
    (
        "index 0.9",
        25,
        {
            *EVERYBODY, *UP_TO_3_YEARS, *ANY_POSITIVE, *LOW_OR_MIDDLE, ("bloomgren_2012", 4.6), ("biogen_2013", 5.3),
            ("kuesters_2015", 1.1), ("us_label", 2), ("aan_2018", 0.2), ("sorensen_2012", 1.99),
        },
    ),
    (
        "index 1.5",
        72,
        {
            *EVERYBODY, *LATER, *ANY_POSITIVE, *LOW_OR_MIDDLE, ("ho_2017", 3.0), ("biogen_2013", 6.1),
            ("kuesters_2015", 1.4), ("us_label", 4),
        },
    ),
    (
        "index 1.51",
        48,
        {
            *EVERYBODY, *LATER, *ANY_POSITIVE, *HIGH, ("mcguigan_2016", 8.85), ("bloomgren_2012", 4.6),
            ("biogen_2013", 5.3), ("kuesters_2015", 8.8), ("us_label", 2),
        },
    ),
    (
        "no index",
        30,
        {
            *EVERYBODY, *UP_TO_3_YEARS, *ANY_POSITIVE, ("bloomgren_2012", 4.6), ("biogen_2013", 5.3),
            ("kuesters_2015", 3), ("us_label", 2), ("sorensen_2012", 1.99),
        },
    ),
    (
        "azathioprine, index 0.9",
        30,
        {
            *EVERYBODY, *UP_TO_3_YEARS, *ANY_POSITIVE, *LOW_OR_MIDDLE, ("bloomgren_2012", 11.1),
            ("biogen_2013", 11.2), ("kuesters_2015", 12), ("us_label", 6), ("sorensen_2012", 1.99),
        },
    ),
]  # fmt: skip


def told(found: dict[str, Any], ours: bool) -> set[tuple[str, float]]:
    """The models beside the figure with theirs: columns of our own table, or those of others."""
    return {
        (one["model"], one["per_1000"])
        for one in found["alternatives"]
        if one["model"].startswith("EU table") is ours
    }  # fmt: skip


@pytest.mark.parametrize(("person", "month", "models"), MODELS, ids=[f"{row[0]}, month {row[1]}" for row in MODELS])
def test_every_other_model_that_speaks_of_such_a_person_is_shown_and_no_other(
    person: str, month: int, models: set[tuple[str, float]]
) -> None:
    assert told(risk([*in_month(month), *PEOPLE[person]]), ours=False) == models


@pytest.mark.parametrize(
    ("month", "results", "columns"),
    [
        (72, [POSITIVE], set()),
        (72, REVERTED, {("EU table, no index", 6.0)}),
        (73, REVERTED, set()),
        (72, LOWER, {("EU table, last index", 3.0)}),
        (73, LOWER, set()),
    ],
)
def test_another_column_stands_beside_after_a_reversion_or_a_lower_index_up_to_month_72(
    month: int, results: list[Event], columns: set[tuple[str, float]]
) -> None:
    assert told(risk([*in_month(month), *results]), ours=True) == columns


@pytest.mark.parametrize(
    ("indices", "per_1000", "columns"),
    [
        ((1.7, None), 3.0, {("EU table, last index", 2.0)}),  # to lose the index is no change to act on before a repeat
        ((1.7, None, None), 2.0, set()),
        ((None, None), 2.0, set()),
        ((None, 1.2), 0.8, set()),
    ],
)
def test_a_positive_result_without_an_index_lowers_no_figure_before_it_is_confirmed(
    indices: tuple[float | None, ...], per_1000: float, columns: set[tuple[str, float]]
) -> None:
    results = [jcv(f"2020-0{month}-01", "positive", index) for month, index in enumerate(indices, 1)]
    found = risk([*in_month(30), *results])
    assert (found["per_1000"], told(found, ours=True)) == (per_1000, columns)


def test_of_two_results_of_one_day_that_of_the_tables_assay_counts() -> None:
    both = [jcv(TESTED, "negative"), jcv(TESTED, "positive", 1.2, "ImmunoWELL")]
    assert risk([*in_month(30), *both])["per_1000"] == 0.1
    assert risk([*in_month(30), jcv(TESTED, "negative"), jcv(TESTED, "positive", 1.2)])["per_1000"] == 0.8


def treated(month: int, count: int) -> list[Event]:
    """Somebody in that month of exposure who had so many doses."""
    earlier, last = in_month(month)
    return [{**earlier, "doses": count - 1, "interval_weeks": 6}, last]


@pytest.mark.parametrize(
    ("month", "count", "more", "by_infusions"),
    [
        (72, 60, [], {("EU table, counted by infusions", 8.0)}),
        (72, 61, [], set()),
        # with an immunosuppressant the higher of both columns is held against the higher of both
        (36, 24, [AZATHIOPRINE], {("EU table, another column", 3.0), ("EU table, counted by infusions", 0.9)}),
    ],
)
def test_the_reading_by_infusions_stands_beside_where_it_differs(
    month: int, count: int, more: list[Event], by_infusions: set[tuple[str, float]]
) -> None:
    found = risk([*treated(month, count), jcv(TESTED, "positive", 1.7), *more])
    assert told(found, ours=True) == by_infusions


def test_where_both_columns_are_equal_the_one_for_immunosuppressants_is_named() -> None:
    found = risk([*in_month(60), AZATHIOPRINE, jcv(TESTED, "positive", 1.51)])
    assert found["stratum"] == "antibody-positive, prior immunosuppressant, months 49 to 60"
    beside = [one for one in found["alternatives"] if one["model"] == "EU table, another column"]
    assert [one["note"] for one in beside] == ["without regard to the prior immunosuppressant"]


def test_where_the_column_for_immunosuppressants_is_lower_it_stands_beside_by_that_name() -> None:
    found = risk([*in_month(72), AZATHIOPRINE, jcv(TESTED, "positive", 1.51)])
    beside = [one for one in found["alternatives"] if one["model"] == "EU table, another column"]
    assert [(one["per_1000"], one["note"]) for one in beside] == [(6, "prior immunosuppressant")]


def test_a_column_beside_has_these_fields() -> None:
    found = risk([*in_month(30), *REVERTED])
    assert found["sources"] == [{"key": "eu-physician-guide", "status": "recalled"}]
    beside = next(one for one in found["alternatives"] if one["model"] == "EU table, no index")
    assert beside == {
        "model": "EU table, no index",
        "stratum": "antibody-positive, no index known, no prior immunosuppressant, months 25 to 36",
        "per_1000": 2,
        "cumulative_per_1000": pytest.approx(1000 * (1 - (1 - 0.0001) * (1 - 0.0006) * (1 - 0.002))),
        "interval": None,
        "status": "recalled",
        "sources": [{"key": "eu-physician-guide", "status": "recalled"}],
        "note": "the last test is negative after a positive one",
    }


def test_a_negative_person_is_in_the_one_figure_for_all_months() -> None:
    assert risk([*in_month(30), *PEOPLE["negative"]])["stratum"] == "antibody-negative, all months of the table"


@pytest.mark.parametrize("month", [30, 72, 73, 90])
def test_with_pml_on_record_no_figure_is_given_and_none_stands_beside(month: int) -> None:
    found = risk([*in_month(month), POSITIVE, event("diagnosis", "2026-10-20", name="PML")])
    assert (found["per_1000"], found["why_not"], found["alternatives"]) == (None, "PML is on record", [])


def test_beyond_the_table_its_last_figure_is_the_higher_of_two_columns() -> None:
    found = risk([*in_month(73), *PEOPLE["azathioprine, index 0.9"]])
    assert found["why_not"].endswith("no published estimate beyond month 72 (there it is 6 per 1,000 [recalled])")


EARLIER = event("earlier_treatment", "2026-01-01", first_dose="2024-01-10")


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([dose("2026-10-05")], 28),
        ([dose("2026-09-21"), dose("2026-10-05")], 14 + 28),  # the next one came sooner
        ([dose("2026-08-10"), dose("2026-10-05")], 28 + 28),  # a gap is not covered
        ([event("interval", "2026-08-10", weeks=6), *doses("2026-08-10", 2, 6)], 42 + 42),
        ([{**EARLIER, "doses": 10, "interval_weeks": 6}], 10 * 42),
        ([{**EARLIER, "doses": 10, "interval_weeks": 6}, dose("2026-10-05")], 10 * 42 + 28),
        ([{**EARLIER, "doses": 10}, dose("2026-10-05")], None),
        ([{**EARLIER, "interval_weeks": 6}, dose("2026-10-05")], None),
    ],
)
def test_the_months_that_doses_cover_are_counted_in_days(events: Sequence[Event], days: int | None) -> None:
    found = risk(events)
    assert found["treated_months"] == (None if days is None else pytest.approx(days / MONTH))


@pytest.mark.parametrize(
    ("month", "person", "words"),
    [
        (12, "no index", "Of 10,000 people like this, about 1 develops PML within a year"),
        (72, "index 1.51", "Of 1,000 people like this, about 10 develop PML within a year"),
        (24, "index 0.9", "about 0.2 of 1,000 from the first dose to the end of this stage"),
        (72, "index 1.51", "about 29 of 1,000 from the first dose to the end of this stage"),
    ],
)
def test_the_risk_is_said_of_as_few_people_as_make_one_case(month: int, person: str, words: str) -> None:
    assert words in risk([*in_month(month), *PEOPLE[person]])["words"]
