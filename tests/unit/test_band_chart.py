"""One person's band: what is drawn, in which form, from which numbers, and what is refused."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology.band import course
from natalizumab.pharmacology.charts import Chart, band_chart
from natalizumab.pharmacology.individualised import Individual, individualise
from natalizumab.pharmacology.levels import Level
from natalizumab.record import Record

ON = date(2026, 6, 15)
DOSES = [f"2026-{month:02}-{day:02}" for month, day in ((1, 5), (2, 2), (3, 2), (3, 30), (4, 27), (5, 25))]


def record(*levels: dict[str, Any], of: str = "concentration") -> Record:
    """An invented person of 70 kg with six doses, and these levels (or other events)."""
    events = [{"kind": "weight", "on": DOSES[0], "kg": 70}]
    events += [{"kind": "dose", "on": day, "dose_mg": 300, "route": "iv"} for day in DOSES]
    events += [{"kind": of, **level} for level in levels]
    return Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})


HIGH = {"on": "2026-04-27T08:00+00:00", "mg_per_l": 24.0, "assay": "Dutch assay"}
LOW = {"on": "2026-05-25T08:00+00:00", "mg_per_l": 0.5, "below": True, "assay": "Dutch assay"}


@pytest.fixture(scope="module")
def measured() -> Individual:
    return individualise(record(HIGH), ON)


@pytest.fixture(scope="module")
def chart(measured: Individual) -> Chart:
    return band_chart(measured)


def marks(chart: Chart) -> Iterator[dict[str, Any]]:
    """The marks of all layers, those within layers too."""
    for layer in chart.spec["layer"]:
        for inner in layer.get("layer", [layer]):
            yield inner["mark"]


def shapes(chart: Chart) -> list[str]:
    return [mark["shape"] for mark in marks(chart) if mark["type"] == "point"]


def test_the_band_for_drawing_agrees_with_the_posterior(measured: Individual) -> None:
    for posterior in (measured.with_levels, measured.without_levels):
        days = np.array([20.0, 100.0, 139.5, 160.0])
        drawn, exact = course(posterior, days), posterior.predict(days)
        np.testing.assert_allclose(drawn.band.middle, exact.p50, rtol=0.01)
        np.testing.assert_allclose(drawn.band.low, exact.p5, rtol=0.05)
        np.testing.assert_allclose(drawn.band.high, exact.p95, rtol=0.02)
        np.testing.assert_allclose(drawn.at_least(10), exact.at_least(10), atol=0.01)


def test_the_same_person_is_drawn_the_same_again(measured: Individual, chart: Chart) -> None:
    assert band_chart(measured).spec == chart.spec


def test_the_chart_runs_from_the_first_dose_to_twelve_weeks_ahead(chart: Chart) -> None:
    dates = chart.table()["date"]
    assert (dates[0], dates[-1]) == ("2026-01-05", "2026-09-07")
    assert set(DOSES) <= set(dates)


def test_level_dose_band_today_and_target_differ_in_form_and_not_only_in_colour(chart: Chart) -> None:
    assert shapes(chart) == ["triangle-up", "diamond"]
    dashes = [mark["strokeDash"] for mark in marks(chart) if "strokeDash" in mark]
    assert len({tuple(dash) for dash in dashes}) == 4  # target, without levels, ahead, today
    assert [mark["type"] for mark in marks(chart)].count("area") == 1
    words = " ".join(chart.spec["title"]["subtitle"])
    assert "median and 5–95 %, from doses, weight and 1 measured level. Dotted: without the levels" in words
    assert "Diamond: level, ▲ dose, dashed: if nothing more is given after 15 Jun 2026" in words


def test_a_level_below_the_limit_is_an_open_triangle_at_the_limit() -> None:
    chart = band_chart(individualise(record(HIGH, LOW), ON))
    assert shapes(chart) == ["triangle-up", "diamond", "triangle-down"]
    assert [mark["filled"] for mark in marks(chart) if mark.get("shape") == "triangle-down"] == [False]
    assert "open triangle: below the limit of quantification" in chart.spec["title"]["subtitle"][1]
    levels = chart.table("levels")
    assert (levels["date"], levels["below_limit"]) == (["2026-04-27", "2026-05-25"], [False, True])
    assert levels["measured_mg_per_l"] == [24.0, 0.5]


def test_a_level_of_another_assay_is_drawn_on_the_model_s_scale(measured: Individual) -> None:
    other = (Level(112.0, 26.0, assay="elsewhere", factor=1.3),)
    told = dataclasses.replace(measured, patient=dataclasses.replace(measured.patient, levels=other))
    chart = band_chart(told)
    assert any(
        row == {"time": "2026-04-27T00:00", "y": 20.0} for rows in chart.spec["datasets"].values() for row in rows
    )
    assert chart.table("levels")["assay_factor"] == [1.3]
    assert "divided by their assay's factor" in chart.spec["title"]["subtitle"][1]


def test_without_levels_there_is_one_band_and_nothing_dotted() -> None:
    chart = band_chart(individualise(record(), ON))
    assert shapes(chart) == ["triangle-up"]
    assert chart.spec["title"]["subtitle"][0] == "Line and band: median and 5–95 %, from doses and weight"
    assert not any("without_levels" in name for name in chart.table().columns)
    assert len(chart.table("levels")) == 0


def test_an_antibody_test_is_named_among_what_is_known() -> None:
    tested = record({"on": "2026-03-30", "result": "negative"}, of="antibody")
    words = band_chart(individualise(tested, ON)).spec["title"]["subtitle"][0]
    assert words.endswith("from doses, weight and antibody tests")


def test_levels_narrow_the_band(chart: Chart) -> None:
    table = chart.table()
    at = table["date"].index("2026-05-25")  # type: ignore[union-attr]
    assert table["p5_without_levels_mg_per_l"][at] < table["p5_mg_per_l"][at]
    assert table["p95_mg_per_l"][at] < table["p95_without_levels_mg_per_l"][at]
    assert 0.9 < table["probability_at_least_2_mg_per_l"][at] <= 1


def test_the_description_says_level_and_probability_on_the_date(chart: Chart) -> None:
    assert re.fullmatch(
        r"Natalizumab concentration of this person\. On 15 Jun 2026 [\d.]+ mg/L \(5–95 %: [\d.]+ to [\d.]+\), at or "
        r"above the target of 2 mg/L with a probability of \d+%\.",
        chart.description,
    )


def test_dates_and_target_can_be_chosen(measured: Individual) -> None:
    chart = band_chart(
        measured, start=date(2026, 4, 1), end=date(2026, 6, 1), target=5, log=False, without_levels=False
    )
    assert (chart.table()["date"][0], chart.table()["date"][-1]) == ("2026-04-01", "2026-06-01")
    assert "probability_at_least_5_mg_per_l" in chart.table().columns
    assert not any(
        mark.get("type") == "text" and mark.get("dy") == 4 for mark in marks(chart)
    )  # no line at a day outside
    assert "p5_without_levels_mg_per_l" not in chart.table().columns


@pytest.mark.parametrize(
    ("start", "end"), [(date(2026, 6, 1), date(2026, 5, 1)), (None, date(2026, 1, 5)), (None, date(2020, 1, 1))]
)
def test_dates_in_the_wrong_order_are_refused(measured: Individual, start: date | None, end: date) -> None:
    with pytest.raises(ModelError, match="chart: its last day must lie after its first"):
        band_chart(measured, start=start, end=end)
