"""When no PML risk may be stated, and what stands beside the figure that is."""

from __future__ import annotations

import pytest
from tests.spec.spec import Event, Row, Spec, dose, doses, event, jcv, made
from tests.spec.test_pml_risk import AZATHIOPRINE, in_month, others, risk

POSITIVE = jcv("2026-01-05", "positive", 1.2)


def other_assay(result: str, on: str = "2026-10-01") -> Event:
    """A result of the other assay."""
    return jcv(on, result, 1.2 if result == "positive" else None, "ImmunoWELL")


@pytest.mark.parametrize(
    ("results", "why_not"),
    [
        ([], "no JC virus antibody result"),
        ([jcv("2026-10-01", "indeterminate")], "indeterminate"),
        ([other_assay("positive")], "ImmunoWELL"),
        ([jcv("2026-01-05", "negative"), other_assay("positive")], "ImmunoWELL"),
        ([jcv("2026-10-01", "positive", 1.2, "House test")], "House test"),
        ([jcv("2026-10-01", "negative", None, "House test")], "House test"),
    ],
)
def test_no_figure_without_a_result_of_the_right_assay(results: list[Event], why_not: str) -> None:
    found = risk([*in_month(30), *results])
    assert (found["per_1000"], found["cumulative_per_1000"]) == (None, None)
    assert why_not in found["why_not"]


def test_no_figure_when_nobody_knows_when_treatment_began() -> None:
    found = risk([event("earlier_treatment", "2026-01-01"), dose("2026-10-20"), POSITIVE])
    assert (found["per_1000"], found["exposure_month"]) == (None, None)
    assert found["why_not"]


def test_negative_by_the_other_assay_counts_as_negative() -> None:
    assert risk([*in_month(30), other_assay("negative")])["per_1000"] == 0.1


def test_once_validly_positive_a_negative_by_either_assay_changes_no_column_and_both_figures_are_shown() -> None:
    for later in (other_assay("negative"), jcv("2026-10-01", "negative")):
        found = risk([*in_month(30), POSITIVE, later])
        assert {0.8, 2.0} <= {found["per_1000"], *others(found)}
        assert found["per_1000"] != 0.1


@pytest.mark.parametrize(
    ("procedure", "on", "valid"),
    [
        ("plasma exchange", "2026-09-30", True),  # sampled on 2026-10-14, 14 days after
        ("plasma exchange", "2026-10-01", False),
        ("plasma exchange", "2026-10-15", True),  # after the sample
        ("IVIg", "2026-04-14", True),  # six months before, to the day
        ("IVIg", "2026-04-15", False),
        ("IVIg", "2026-10-15", True),
    ],
)
def test_a_sample_too_soon_after_exchange_or_immunoglobulins_gives_no_figure(
    procedure: str, on: str, valid: bool
) -> None:
    found = risk([*in_month(30), event("procedure", on, name=procedure), jcv("2026-10-14", "positive", 1.2)])
    assert found["per_1000"] == (0.8 if valid else None)


@pytest.mark.parametrize(
    ("on", "per_1000"),
    [("2026-07-30", 0.8), ("2026-07-31", 0.8), ("2026-08-01", None)],
)
def test_the_figure_ends_six_months_after_the_last_dose(on: str, per_1000: float | None) -> None:
    stopped = [
        event("earlier_treatment", "2025-12-01", first_dose="2024-01-10"),
        dose("2026-01-31"),
        event("stop", "2026-02-10"),
        POSITIVE,
    ]
    found = risk(stopped, on)
    assert found["per_1000"] == per_1000
    assert ("6 months since the last dose" in (found["why_not"] or "")) is (per_1000 is None)


def test_exposure_ends_one_interval_after_the_last_dose() -> None:
    stopped = [event("earlier_treatment", "2025-12-01", first_dose="2025-02-20"), dose("2026-01-20"), POSITIVE]
    assert {risk(stopped, on)["exposure_month"] for on in ("2026-02-16", "2026-02-20", "2026-04-01")} == {12}
    longer = [*stopped, event("interval", "2026-01-20", weeks=6)]
    assert [risk(longer, on)["exposure_month"] for on in ("2026-02-19", "2026-02-20", "2026-04-01")] == [12, 13, 13]


@pytest.mark.parametrize("weeks", [5, 6, 8])
@pytest.mark.parametrize("results", [[POSITIVE], [jcv("2026-01-05", "positive", 2.4)], [jcv("2026-01-05", "negative")]])
def test_a_longer_interval_never_changes_the_figure(weeks: int, results: list[Event]) -> None:
    person = [*in_month(30), *results]
    longer = [*person, event("interval", "2026-01-01", weeks=weeks)]
    assert risk(longer)["per_1000"] == risk(person)["per_1000"]
    assert risk(longer)["cumulative_per_1000"] == risk(person)["cumulative_per_1000"]


def test_models_that_disagree_are_shown_with_their_own_status_and_sources() -> None:
    found = risk([*in_month(30), POSITIVE])
    aan = next(a for a in found["alternatives"] if a["model"] == "aan_2018")
    assert (found["per_1000"], aan["per_1000"], aan["status"]) == (0.8, 0.3, "secondary")
    bloomgren = next(a for a in found["alternatives"] if a["model"] == "bloomgren_2012")
    assert (bloomgren["per_1000"], bloomgren["status"]) == (4.6, "primary")
    assert all(a["sources"] for a in found["alternatives"])


def test_beyond_the_table_the_american_row_is_shown_beside() -> None:
    found = risk([*in_month(80), POSITIVE])
    assert ("us_label", 2) in {(a["model"], a["per_1000"]) for a in found["alternatives"]}


@pytest.mark.parametrize(
    ("month", "index"),
    [
        (30, 1.2),  # a recalled cell
        (48, 1.51),
        (70, 1.51),  # a confirmed cell, chained with recalled ones before it
        (30, 1.51),  # confirmed cells alone, chosen by a cut-off that is recalled
        (30, 0.9),
    ],
)
def test_a_figure_has_the_weakest_status_of_all_cells_that_it_is_made_of(month: int, index: float) -> None:
    assert risk([*in_month(month), jcv("2026-01-05", "positive", index)])["status"] == "recalled"


def test_doses_are_counted_beside_the_months() -> None:
    found = risk([*doses("2026-01-10", 10), POSITIVE])
    assert (found["infusions"], found["exposure_month"]) == (10, 10)


def test_an_immunosuppressant_taken_before_raises_no_figure_of_a_negative_person() -> None:
    assert risk([*in_month(30), AZATHIOPRINE, jcv("2026-01-05", "negative")])["per_1000"] == 0.1


@pytest.mark.parametrize(
    ("index", "band"),
    [(0.79, "below 0.8"), (0.8, "0.8 to 1.4"), (1.39, "0.8 to 1.4"), (1.4, "1.4 or more"), (None, None)],
)
def test_an_immunowell_index_is_placed_in_its_own_bands_and_never_in_the_tables(
    index: float | None, band: str | None
) -> None:
    events = [dose("2026-10-05"), jcv("2026-10-01", "positive", index, "ImmunoWELL")]
    plan = made(Spec("JCV-05", "", [], []), Row("", "2026-11-02", "", events))
    assert plan.pml.per_1000 is None
    said = next(reason.text for reason in plan.reasons if reason.rule == "JCV-05")
    assert f"in its own band of {band}" in said if band else "band" not in said
