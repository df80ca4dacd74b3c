"""Simulations and their charts: what is computed, drawn, described, and refused."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, Input, People, Regimen, Removal, draw, look, simulated
from natalizumab.pharmacology.charts import Chart, course_chart, stacked
from natalizumab.pharmacology.scales import concentration_scale, share_scale
from natalizumab.pharmacology.simulated import Simulation, simulate

CLINIC_STYLE = Path(__file__).parents[2] / "src/natalizumab/clinic/static/clinic/clinic.css"
SIX_WEEKS = Regimen("iv", 6, 3)


@pytest.fixture(scope="module")
def many() -> Simulation:
    found = simulate(SIX_WEEKS, 40)
    found.table()  # it is kept: whoever asks first must not be a test with settings of its own
    return found


@pytest.fixture(scope="module")
def one() -> Simulation:
    return simulate(Regimen("sc", 4, 3))


def texts(part: Any) -> Iterator[str]:
    """Every string of a specification."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from texts(inner)


def values(chart: Chart) -> Iterator[dict[str, Any]]:
    """Every row of data of a specification."""
    for rows in chart.spec["datasets"].values():
        yield from rows


def test_one_person_is_a_tidy_row_for_each_time(one: Simulation) -> None:
    table = one.table()
    assert list(table.columns) == ["person", "day", "concentration_mg_per_l", "saturation"]
    assert set(table["person"]) == {1}
    assert (table["day"][0], table["day"][-1]) == (0, 84)
    assert {0.05, 0.5, 1.0, 28.0, 28.25, 29.0} <= set(table["day"])
    assert table["concentration_mg_per_l"][-1] == pytest.approx(one.outcome().trough[0], rel=1e-4)
    assert one.table() is table


def test_many_people_are_their_percentiles_and_each_of_them_on_request(many: Simulation) -> None:
    spread, people = many.table(), many.table("people")
    assert list(spread.columns)[:2] == ["day", "p5_concentration_mg_per_l"]
    assert len(people) == 40 * len(spread)
    for quantity in ("concentration_mg_per_l", "saturation"):
        each = np.asarray(people[quantity]).reshape(40, -1)
        for percent in (5, 50, 95):
            expected = np.percentile(each, percent, axis=0)
            np.testing.assert_allclose(spread[f"p{percent}_{quantity}"], expected, rtol=1e-12, atol=1e-15)
    assert people["person"][len(spread)] == 2


def test_percentiles_do_not_depend_on_the_blocks_they_are_taken_in(
    many: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulated, "NUMBERS_AT_ONCE", 40 * 7)
    done: list[int] = []
    blocks = simulate(SIX_WEEKS, 40).table(progress=done.append)
    assert done[0] == 7
    assert done[-1] == len(many.times)
    for name, column in many.table().columns.items():
        np.testing.assert_allclose(blocks[name], column, rtol=1e-4, atol=1e-9)


def test_the_same_seed_is_the_same_people_and_given_people_stay_as_they_are(many: Simulation) -> None:
    again = simulate(SIX_WEEKS, draw(40, 1))
    np.testing.assert_array_equal(again.table()["p50_saturation"], many.table()["p50_saturation"])
    assert simulate(SIX_WEEKS, 40, seed=2).summary() != many.summary()
    assert again.people_words == "40 people"


def test_antibodies_weight_and_bioavailability_change_the_course() -> None:
    usual, antibodies, heavy = (
        simulate(Regimen("sc", 4, 3), **more).outcome().trough[0]
        for more in ({}, {"ada": "persistent"}, {"weight_kg": 120.0})
    )
    less = simulate(Regimen("sc", 4, 3), bioavailability=0.6).outcome().trough[0]
    assert antibodies < heavy < usual
    assert less < usual


def test_a_history_is_simulated_to_the_end_of_the_labelled_interval_after_its_last_dose() -> None:
    doses = (Input(0, 300, "iv"), Input(40.5, 300, "iv", 30))
    simulation = simulate(History(doses))
    assert simulation.times[-1] == 68.5
    assert doses[1].end in simulation.times
    assert simulation.title == "Natalizumab, 2 doses"
    last = np.asarray(simulation.table()["concentration_mg_per_l"])[simulation.times > 40.5]
    assert simulation.summary()["cmax"].p50 == pytest.approx(last.max(), rel=1e-4)
    assert "Simulation(Natalizumab, 2 doses; The typical person of 75 kg; " in repr(simulation)


def test_own_times_are_sorted_and_the_chart_ends_with_them() -> None:
    simulation = simulate(SIX_WEEKS, times=[42, 7, 7, 0])
    assert simulation.times.tolist() == [0, 7, 42]
    assert "over 6 weeks" in simulation.chart().description


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"times": [0, math.nan]}, "times: give finite numbers of days, at least one"),
        ({"times": []}, "times: give finite numbers of days, at least one"),
        ({"ada": "transient"}, 'ada: \'transient\' is neither "none" nor "persistent"'),
        ({"people": draw(2, 1), "weight_kg": 70}, "weight: the people given have weights of their own"),
        ({"people": 0}, "people: 0 is outside 1 to 1000000"),
        ({"weight_kg": 5}, "weight: 5 kg is outside 20 to 350 kg"),
        ({"bioavailability": 1.5}, "bioavailability F: 1.5 must be above 0 and at most 1"),
        ({"regimen": History()}, "times: a history without doses has no end of its own; give the days to simulate"),
        ({"regimen": History(), "times": [1], "ada": "persistent"}, "ada: a history says for itself"),
    ],
)
def test_nonsense_is_refused_in_plain_words(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=re.escape(said)):
        simulate(**{"regimen": Regimen("sc", 4, 2), **arguments}).table()


def test_a_table_of_everybody_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "MOST_ROWS", 1000)
    with pytest.raises(ModelError, match='table: 40 people at .* ask for "spread"'):
        simulate(SIX_WEEKS, 40).table("people")


def test_a_summary_of_no_time_at_all_is_refused() -> None:
    with pytest.raises(ModelError, match="summary: the last of the times must lie after a dose"):
        simulate(History(SIX_WEEKS.inputs), times=[0]).summary()


def test_a_chart_says_what_it_shows_in_title_words_units_and_numbers(many: Simulation) -> None:
    chart = many.chart()
    assert chart.title == "Natalizumab 300 mg intravenous every 6 weeks, 3 doses"
    written = set(texts(chart.spec))
    assert {
        "40 invented people of 79 ± 20 kg, seed 1",
        "Line: median, band: 5–95 % of people, ▲ dose, dashed: trough targets",
        "concentration, mg/L",
        "weeks",
        "target 2",
        "target 5",
        "target 10",
    } <= written
    assert chart.spec["description"] == chart.description
    assert re.search(r"at the end [\d.]+ mg/L \(5–95 %: [\d.]+ to [\d.]+\)\.$", chart.description)
    assert chart.table() is many.table()
    assert sum(set(row) == {"week"} for row in values(chart)) == 3


def test_one_person_is_a_line_without_a_band(one: Simulation) -> None:
    chart = one.chart()
    assert "The typical person of 75 kg" in set(texts(chart.spec))
    assert not any("low" in row for row in values(chart))
    assert "5–95" not in chart.description


def test_doses_and_plasma_exchanges_are_signs_on_the_axis_where_they_lie_within_it() -> None:
    exchange = History(SIX_WEEKS.inputs, removals=(Removal(10.25, 0.6),))
    chart = simulate(exchange, times=range(50)).chart()
    signs = [layer["mark"]["shape"] for layer in chart.spec["layer"] if layer["mark"]["type"] == "point"]
    assert signs == ["triangle-up", "cross"]
    assert [row["week"] for row in values(chart) if set(row) == {"week"}] == pytest.approx([0, 6, 10.25 / 7])
    assert "▲ dose, cross: plasma exchange, dashed: trough targets" in set(texts(chart.spec))
    assert {10.25, 10.3} <= set(simulate(exchange).times)


def test_saturation_has_an_axis_from_nil_to_all_and_no_targets(many: Simulation) -> None:
    chart = many.chart("saturation")
    written = set(texts(chart.spec))
    assert "saturation of α4-integrin" in written
    assert not any(text.startswith("target") for text in written)
    assert re.search(r"at the end \d+% \(5–95 %: \d+% to \d+%\)\.$", chart.description)


def test_a_logarithmic_axis_gets_no_number_that_it_cannot_place(many: Simulation) -> None:
    numbers = [number for row in values(many.chart(log=True)) for name, number in row.items() if name in "low high y"]
    assert min(numbers) == 0.05
    assert min(number for row in values(many.chart()) for name, number in row.items() if name in "low high y") == 0


def test_own_targets_replace_the_published_ones(many: Simulation) -> None:
    assert "target 3" in set(texts(course_chart(many, targets=[3]).spec))
    assert "dashed" not in str(course_chart(many, targets=[]).spec["title"])


def test_labels_never_cover_each_other_and_stay_near_their_lines() -> None:
    scale = concentration_scale([110], log=False)
    places = scale.apart([2, 5, 10])
    pixels = [place / scale.highest * scale.height for place in places]
    assert all(after - before >= look.LINE_HEIGHT - 1e-9 for before, after in pairwise(pixels))
    assert sum(places) == pytest.approx(17)
    assert concentration_scale([110], log=True).apart([2, 5, 10]) == pytest.approx([2, 5, 10])


@pytest.mark.parametrize(("largest", "end"), [(110, 125), (0.7, 0.8), (52, 60), (0, 1), (100, 100)])
def test_an_axis_ends_at_a_round_number_above_the_largest(largest: float, end: float) -> None:
    assert concentration_scale([largest], log=False).highest == pytest.approx(end)
    assert share_scale("share").highest == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_painted_chart_has_colours_where_names_were(many: Simulation, theme: look.Theme) -> None:
    chart = many.chart()
    painted = list(texts(chart.painted(theme)))
    assert not any(text.startswith("--chart") for text in painted)
    assert look.COLOURS[theme][look.LINE] in painted
    assert look.LINE in set(texts(chart.spec))


def test_the_clinic_s_pages_have_the_same_colours() -> None:
    light, dark = CLINIC_STYLE.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    for theme, style in (("light", light), ("dark", dark)):
        assert dict(re.findall(r"(--chart-\w+): (#\w+);", style)) == look.COLOURS[theme]  # type: ignore[index]


def test_a_page_takes_the_chart_as_wide_as_its_place_and_without_a_title(many: Simulation) -> None:
    chart = many.chart()
    spec = chart.for_page()
    assert (spec["width"], spec["background"]) == ("container", "transparent")
    assert "title" not in spec
    assert "title" in chart.spec
    with pytest.raises(IndexError):
        chart.for_page(1)


def test_a_notebook_gets_what_altair_makes_of_it(many: Simulation) -> None:
    shown = json.dumps(many.chart()._repr_mimebundle_())
    assert "vega" in shown
    assert look.COLOURS["light"][look.LINE] in shown
    assert many.chart().altair("dark").to_dict()["background"] == look.COLOURS["dark"][look.PAPER]


def test_stacked_charts_are_one_chart_with_the_numbers_of_both(many: Simulation, one: Simulation) -> None:
    both = stacked(many.chart(), one.chart())
    assert both.title == f"{many.title}; {one.title}"
    assert list(both.tables) == ["1 course", "2 course"]
    assert both.table("2 course") is one.table()
    assert both.altair().to_dict()["vconcat"][1]["title"]["text"] == one.title
    assert both.for_page(1)["layer"] == one.chart().spec["layer"]
    with pytest.raises(ModelError, match="stacked: give charts"):
        stacked()


def test_without_altair_the_refusal_names_what_to_install(many: Simulation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ModelError, match=r"a chart needs altair, .* pip install altair"):
        many.chart()


def test_simulating_loads_nothing_that_only_charts_or_data_frames_need() -> None:
    code = (
        "import sys; from natalizumab.pharmacology import Regimen, charts, simulated;"
        "simulated.simulate(Regimen('iv', 4, 1)).table().csv();"
        "print([name for name in ('altair', 'polars', 'pandas', 'vl_convert') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_people_given_one_by_one_are_counted() -> None:
    alone = People(*(np.array([number]) for number in (70.0, 1.0, 1.0, 1.0)))
    assert not simulate(SIX_WEEKS, alone, times=[1]).many
