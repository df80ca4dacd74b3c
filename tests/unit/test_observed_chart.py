"""The chart of measured against expected levels: what is drawn where, in which form, and from which numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from natalizumab.pharmacology.drawing import Chart
from natalizumab.pharmacology.evaluation import Evaluation, evaluate
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.measured import Measured
from natalizumab.pharmacology.observed_chart import observed_chart
from natalizumab.pharmacology.regimen import Input, Route


def person(route: Route, *levels: Level) -> Measured:
    return Measured(History(tuple(Input(28.0 * number, 300, route) for number in range(6))), 70, levels)


@pytest.fixture(scope="module")
def found() -> Evaluation:
    below = Level(140.0, 0.5, below=True, assay="Dutch assay")
    high = (Level(112.0, 20.0, assay="Dutch assay"), Level(140.0, 24.0, assay="Dutch assay"))
    late = Level(400.0, 0.02, assay="Dutch assay")
    return evaluate({"a": person("iv", *high), "b": person("sc", high[0], below), "c": person("iv", late)})


@pytest.fixture(scope="module")
def chart(found: Evaluation) -> Chart:
    return observed_chart(found)


def points(chart: Chart, panel: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The mark and the rows of each layer of signs."""
    for layer in chart.spec["hconcat"][panel]["layer"]:
        if layer["mark"]["type"] == "point":
            yield layer["mark"], chart.spec["datasets"][layer["data"]["name"]]


def test_every_level_has_a_sign_on_the_left_and_every_later_one_on_the_right(chart: Chart) -> None:
    assert sum(len(rows) for _, rows in points(chart, 0)) == 5
    assert sum(len(rows) for _, rows in points(chart, 1)) == 2


def test_routes_differ_in_shape_and_levels_below_the_limit_are_open_at_it(chart: Chart) -> None:
    signs = {(mark["shape"], mark["filled"]): rows for mark, rows in points(chart, 0)}
    assert set(signs) == {("circle", True), ("square", True), ("square", False)}
    assert [row["y"] for row in signs["square", False]] == [0.5]
    assert chart.spec["title"]["subtitle"][0] == "● Dutch assay, iv, ■ Dutch assay, sc"
    assert "Open: below the limit, drawn at it" in chart.spec["title"]["subtitle"][1]


def test_what_lies_below_the_axes_stands_at_their_edge_and_that_is_said(chart: Chart) -> None:
    rows = [row for mark, rows in points(chart, 0) if mark["shape"] == "circle" for row in rows]
    assert {"x": 0.1, "y": 0.1} in rows
    assert "At the edge: less than 0.1" in chart.spec["title"]["subtitle"][1]


def test_the_line_of_equal_numbers_is_the_diagonal_of_equal_axes(chart: Chart) -> None:
    for panel in chart.spec["hconcat"]:
        (line,) = (layer for layer in panel["layer"] if layer["mark"]["type"] == "line")
        ends = chart.spec["datasets"][line["data"]["name"]]
        assert all(row["x"] == row["y"] for row in ends)
        domains = {tuple(line["encoding"][axis]["scale"]["domain"]) for axis in "xy"}
        assert domains == {(ends[0]["x"], ends[1]["x"])}
        assert panel["width"] == panel["height"]


def test_the_table_has_every_level_as_it_was_compared(chart: Chart, found: Evaluation) -> None:
    table = chart.table()
    assert list(table["person"]) == [one.person for one in found.compared]
    assert list(table["expected_mg_per_l"]) == [one.expected for one in found.compared]
    assert list(table["below_limit"]) == [False, False, False, True, False]


def test_the_description_says_the_verdict_of_all_and_of_each(chart: Chart, found: Evaluation) -> None:
    assert chart.description.startswith(f"5 levels of 3 people: {found.overall.verdict.text}")
    for group in found.groups:
        assert f"{group.assay}, {group.route}: {group.verdict.text}" in chart.description
