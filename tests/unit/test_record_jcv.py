"""Which antibody results may be believed, and why not the others."""

from __future__ import annotations

import pytest
from tests.invented import Plain, course, event, jcv

from natalizumab.record import JcvReading


def reading(result: Plain, *others: Plain) -> JcvReading:
    readings = course("2030-01-01", result, *others).valid_jcv()
    assert len(readings) == 1
    return readings[0]


@pytest.mark.parametrize(
    ("sample", "valid"),
    [("2024-04-30", True), ("2024-05-01", False), ("2024-05-14", False), ("2024-05-15", True), ("2024-05-16", True)],
)
def test_a_sample_within_14_days_after_plasma_exchange_is_invalid(sample: str, valid: bool) -> None:
    exchange = event("procedure", "2024-05-01", name="plasma exchange", id="exchange")
    found = reading(jcv(sample, "negative", index=0.1), exchange)
    assert found.valid is valid
    assert [entry.ref for entry in found.because] == ([] if valid else ["exchange"])


@pytest.mark.parametrize(
    ("sample", "valid"),
    [("2024-08-30", True), ("2024-08-31", False), ("2025-02-27", False), ("2025-02-28", True), ("2025-03-01", True)],
)
def test_a_sample_within_6_months_after_immunoglobulins_is_invalid(sample: str, valid: bool) -> None:
    given = event("procedure", "2024-08-31", name="IVIG")
    assert reading(jcv(sample, "positive", index=1.2), given).valid is valid


@pytest.mark.parametrize(
    ("until", "sample", "valid"),
    [
        ("2024-03-31", "2024-02-01", False),
        ("2024-03-31", "2024-09-29", False),
        ("2024-03-31", "2024-09-30", True),
        (None, "2029-01-01", False),
        (None, "2023-12-31", True),
    ],
)
def test_immunoglobulins_given_as_a_therapy_count_from_their_last_day(
    until: str | None, sample: str, valid: bool
) -> None:
    therapy = event("therapy", "2024-01-01", name="ivig", until=until)
    assert reading(jcv(sample, "negative"), therapy).valid is valid


def test_on_one_day_only_stated_times_say_that_the_sample_came_first() -> None:
    day, morning, noon = "2024-05-01", "2024-05-01T09:00Z", "2024-05-01T12:00Z"
    valid = {
        (sample, exchange): reading(jcv(sample, "negative"), event("procedure", exchange, name="plasma exchange")).valid
        for sample in (day, morning, noon)
        for exchange in (day, morning, noon)
    }
    assert [pair for pair, believed in valid.items() if believed] == [(morning, noon)]


def test_what_is_planned_or_foreign_to_antibodies_disturbs_no_sample() -> None:
    planned = event("procedure", "2024-04-30", name="plasma exchange", planned=True)
    puncture = event("procedure", "2024-04-30", name="lumbar puncture")
    unknown = event("procedure", "2024-04-30", name="a procedure that nobody knows")
    assert reading(jcv("2024-05-01", "negative"), planned, puncture, unknown).valid


@pytest.mark.parametrize(
    ("result", "index", "contradictory"),
    [
        ("negative", 0.4, False),
        ("negative", 0.41, True),
        ("positive", 0.2, False),
        ("positive", 0.19, True),
        ("indeterminate", 3, False),
        ("negative", None, False),
    ],
)
def test_a_stratify_index_that_contradicts_its_result_is_not_believed(
    result: str, index: float | None, contradictory: bool
) -> None:
    found = reading(jcv("2024-05-01", result, index=index))
    assert (found.contradictory, found.valid) == (contradictory, not contradictory)


def test_the_reason_names_what_contradicts_what() -> None:
    found = reading(jcv("2024-05-01", "negative", index=1.2))
    assert found.why_not == "negative contradicts the index 1.2, which is above 0.4"


def test_the_reason_names_the_treatment_and_its_date() -> None:
    found = reading(jcv("2024-05-08", "negative"), event("procedure", "2024-05-01", name="PLEX"))
    assert found.why_not == "the sample was taken within 14 days after PLEX on 2024-05-01"
    found = reading(jcv("2024-05-08", "negative"), event("procedure", "2024-05-01", name="ivig"))
    assert found.why_not == "the sample was taken within 6 months after ivig on 2024-05-01"
    found = reading(jcv("2024-05-08", "negative"), event("therapy", "2024-05-01", name="ivig"))
    assert found.why_not == "the sample was taken during ivig (since 2024-05-01)"
    found = reading(jcv("2024-05-01", "negative"), event("procedure", "2024-05-01", name="PLEX"))
    assert found.why_not == "the sample was taken on the day of PLEX"


@pytest.mark.parametrize(
    ("assay", "name", "known"),
    [
        ("STRATIFY", "STRATIFY", True),
        ("stratify jcv", "STRATIFY", True),
        ("immunowell", "ImmunoWELL", True),
        ("an assay that nobody knows", "an assay that nobody knows", False),
    ],
)
def test_the_assay_is_named_as_the_vocabulary_knows_it(assay: str, name: str, known: bool) -> None:
    found = reading(jcv("2024-05-01", "negative", index=0.9, assay=assay))
    assert (found.assay, found.known_assay) == (name, known)
    assert found.valid is (name != "STRATIFY")


def test_all_results_are_returned_in_their_order_with_the_doubted_among_them() -> None:
    found = course(
        "2024-06-01",
        jcv("2024-05-01", "positive", index=1.1),
        jcv("2023-05-01", "negative", index=2),
        jcv("2024-07-01", "negative"),
    ).valid_jcv()
    assert [(each.day.year, each.result, each.index, each.valid) for each in found] == [
        (2023, "negative", 2, False),
        (2024, "positive", 1.1, True),
    ]
