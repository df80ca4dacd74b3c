"""Brain volume after rebaselining, against numbers worked out by hand."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from tests.unit.disease_courses import REBASELINE, START, Event, course, scan

from natalizumab.disease import BrainVolume, brain_volume


def measured(on: str, percent: float, **fields: Any) -> Event:
    return scan(on, 0, brain_volume_change_percent=percent, **fields)


def found(*events: Event, born: str | None = "1975-01-01", on: str = "2026-01-01", start: bool = True) -> BrainVolume:
    return brain_volume(course(*events, born=born, on=on, start=start))


def test_one_measurement_over_two_years_is_turned_into_a_yearly_change() -> None:
    # Its logarithm is -0.80321717 %; of that a year has 365.25/731, -0.4013339 %; back from there: -0.4005296 %.
    answer = found(measured("2024-05-10", -0.8))
    assert answer.change_per_year == pytest.approx(-0.4005296, abs=1e-6)
    assert (answer.start, answer.end, len(answer.scans)) == (date(2022, 5, 10), date(2024, 5, 10), 1)
    assert answer.why_not is None


def test_a_chain_is_multiplied_up_not_added() -> None:
    chain = [measured("2023-05-10", -0.6), measured("2024-05-10", -0.5), measured("2025-05-10", 0.1)]
    answer = found(*chain)
    logarithm = math.log(0.994) + math.log(0.995) + math.log(1.001)
    assert answer.change_per_year == pytest.approx(100 * math.expm1(logarithm * 365.25 / 1096), abs=1e-9)
    assert [str(one.day) for one in answer.scans] == ["2023-05-10", "2024-05-10", "2025-05-10"]
    assert [str(one.day) for one in answer.assumed] == ["2023-05-10", "2024-05-10", "2025-05-10"]


@pytest.mark.parametrize(("end", "told"), [("2023-04-09", False), ("2023-04-10", True), ("2023-04-11", True)])
def test_less_than_eleven_months_give_no_yearly_change(end: str, told: bool) -> None:
    answer = found(measured(end, -0.4))
    assert (answer.change_per_year is not None) is told
    assert ("too short" in (answer.why_not or "")) is not told
    assert len(answer.scans) == 1


def test_a_change_counted_from_before_the_rebaseline_scan_is_left_out_by_name() -> None:
    answer = found(measured("2023-05-10", -1.4, compared_with="2022-01-02"))
    assert answer.change_per_year is None
    assert [str(one.day) for one in answer.left_out] == ["2023-05-10"]
    assert "pseudoatrophy" in (answer.why_not or "")
    beside = found(measured("2023-05-10", -1.4, compared_with="2022-01-02"), measured("2024-05-10", -0.3))
    assert beside.start == date(2023, 5, 10)
    assert [str(one.day) for one in beside.left_out] == ["2023-05-10"]


def test_the_rebaseline_scans_own_change_is_left_out_too() -> None:
    events = [START, scan("2021-12-01"), scan("2022-05-10", brain_volume_change_percent=-0.9)]
    answer = found(*events, start=False)
    assert [str(one.day) for one in answer.left_out] == ["2022-05-10"]
    assert "pseudoatrophy" in (answer.why_not or "")


@pytest.mark.parametrize(
    ("events", "why_not"),
    [
        ([START, REBASELINE], "no change of brain volume is on record"),
        ([START, scan("2022-05-10", brain_volume_change_percent=-0.9)], "no change of brain volume is on record"),
        ([START], "no change of brain volume is on record"),
        ([START, scan("2021-12-01"), measured("2022-03-01", -0.3)], "there is no rebaseline scan"),
        ([scan("2021-12-01"), measured("2023-03-01", -0.3)], "there is no rebaseline scan"),
    ],
)
def test_without_a_measurement_or_a_rebaseline_scan_it_says_so(events: list[Event], why_not: str) -> None:
    answer = found(*events, start=False)
    assert answer.change_per_year is None
    assert answer.within is None
    assert why_not in (answer.why_not or "")


def test_the_chain_reaches_back_as_far_as_it_can() -> None:
    # 2024's own reference is 2023-01; the one to 2023-11 leads on to the rebaseline scan.
    events = [
        measured("2023-11-10", -0.4, compared_with="2022-05-10"),
        measured("2024-11-10", -0.9, compared_with="2023-01-05"),
        scan("2024-11-10", protocol="abbreviated", brain_volume_change_percent=-0.2, compared_with="2023-11-10"),
    ]
    answer = found(*events)
    assert (answer.start, answer.end) == (date(2022, 5, 10), date(2024, 11, 10))
    assert answer.change_per_year == pytest.approx(100 * ((0.996 * 0.998) ** (365.25 / 915) - 1), abs=1e-9)


def test_of_two_chains_as_long_the_direct_measurement_is_taken() -> None:
    events = [measured("2023-05-10", -0.9), measured("2024-05-10", -0.6, compared_with="2022-05-10")]
    answer = found(*events)
    assert [float(one.brain_volume_change_percent or 0) for one in answer.scans] == [-0.6]
    assert answer.assumed == ()


@pytest.mark.parametrize("far_first", [True, False])
def test_of_two_measurements_on_a_day_the_one_that_reaches_further_is_taken(far_first: bool) -> None:
    morning, evening = "2024-05-10T08:00+01:00", "2024-05-10T18:00+01:00"
    far = measured(morning if far_first else evening, -0.6, compared_with="2022-05-10")
    near = measured(evening if far_first else morning, -0.9, compared_with="2023-05-10")
    assert found(far, near).start == date(2022, 5, 10)


def test_a_chain_that_is_broken_counts_only_its_latest_part() -> None:
    answer = found(measured("2023-05-10", -2.0), scan("2023-11-10", 0), measured("2024-11-10", -0.3))
    assert (answer.start, answer.end) == (date(2023, 11, 10), date(2024, 11, 10))


def test_an_abbreviated_scan_is_no_reference_that_nobody_named() -> None:
    short = scan("2024-01-10", protocol="abbreviated")
    answer = found(short, measured("2024-05-10", -0.8))
    assert answer.start == date(2022, 5, 10)


@pytest.mark.parametrize(("start", "early"), [("2024-01-09", True), ("2024-01-10", False)])
def test_within_two_years_of_the_start_it_is_called_early(start: str, early: bool) -> None:
    assert found(scan(start, 0), measured("2025-05-10", -0.3, compared_with=start)).early is early


# The middle of 2022-05-10 to 2024-05-10 is 2023-05-10 12:00; so many years of 365.25 days before it is the birthday.
@pytest.mark.parametrize(
    ("born", "mean", "highest"),
    [
        ("1978-05-12", None, None),  # 44.99
        ("1978-05-10", 0.15, 0.52),  # 45.00
        ("1973-05-10", 0.225, 0.645),  # 50.00
        ("1963-05-10", 0.38, 0.91),  # 60.00
        ("1948-05-12", 0.61, 1.45),  # 74.99
        ("1948-05-08", None, None),  # 75.01
        ("1979-01-01", None, None),
        ("1947-01-01", None, None),
    ],
)
def test_the_range_is_that_of_the_age_half_way(born: str, mean: float | None, highest: float | None) -> None:
    answer = found(measured("2024-05-10", -0.8), born=born)
    if mean is None:
        assert answer.expected is None
        assert answer.within is None
        assert "only from 45 to 75" in (answer.no_range or "")
    else:
        assert answer.expected is not None
        assert answer.no_range is None
        assert answer.expected.mean == pytest.approx(mean, abs=1e-3)
        assert answer.expected.highest == pytest.approx(highest, abs=1e-3)


def test_without_a_date_of_birth_there_is_no_range() -> None:
    answer = found(measured("2024-05-10", -0.8), born=None)
    assert (answer.expected, answer.within, answer.no_range) == (None, None, "the date of birth is unknown")


@pytest.mark.parametrize(("percent", "within"), [(-1.28, True), (-1.30, False), (0.4, True)])
def test_within_means_no_more_than_ninety_five_of_a_hundred_lose(percent: float, within: bool) -> None:
    # At 50 years 0.645 % a year: over 731 days 1.287 %.
    assert found(measured("2024-05-10", percent), born="1973-05-10").within is within
