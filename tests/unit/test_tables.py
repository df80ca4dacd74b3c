"""Tables of results: what Polars, pandas, a spreadsheet and a notebook make of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology.extras import package
from natalizumab.pharmacology.tables import Table

DAYS = np.array([0.0, 28.0, 56.041666666666664])


def small() -> Table:
    return Table({"day": DAYS, "assay": ["A & B", None, "<i>"], "below": [False, True, False]}, "Levels")


def long(rows: int) -> Table:
    return Table({"row": np.arange(rows), "day": np.arange(rows) / 3})


def test_polars_and_pandas_take_the_columns_as_they_stand() -> None:
    columns = small().columns
    for frame in (pl.DataFrame(columns), small().to_polars()):
        assert frame.columns == ["day", "assay", "below"]
        assert frame["day"].to_numpy().tolist() == DAYS.tolist()
        assert frame["assay"].to_list() == ["A & B", None, "<i>"]
    for table in (pd.DataFrame(columns), small().to_pandas()):
        assert list(table.columns) == ["day", "assay", "below"]
        assert table["day"].tolist() == DAYS.tolist()
        assert table["below"].dtype == bool


def test_a_table_knows_its_length_its_columns_and_its_rows() -> None:
    table = small()
    assert len(table) == 3
    assert len(Table({})) == 0
    assert table["day"] is DAYS
    assert list(table.rows(slice(1, 2))) == [(28.0, None, True)]
    assert repr(table) == "Table(3 rows: day, assay, below)"


def test_columns_of_different_lengths_make_no_table() -> None:
    with pytest.raises(ValueError, match="one length"):
        Table({"a": [1, 2], "b": [1]})


def test_csv_loses_no_digit_and_leaves_out_what_is_absent(tmp_path: Path) -> None:
    small().write_csv(tmp_path / "levels.csv")
    written = (tmp_path / "levels.csv").read_bytes().decode()
    names, *rows = csv.reader(io.StringIO(written))
    assert names == ["day", "assay", "below"]
    assert [float(row[0]) for row in rows] == DAYS.tolist()
    assert [row[1] for row in rows] == ["A & B", "", "<i>"]
    assert "\r" not in written


def test_a_notebook_shows_a_short_table_whole_and_escaped() -> None:
    html = small()._repr_html_()
    assert html.count("<tr>") == 4
    assert "<caption>Levels</caption>" in html
    assert "A &amp; B" in html
    assert "&lt;i&gt;" in html
    assert "<i>" not in html
    assert ">56.04<" in html
    assert ">yes<" in html


def test_a_notebook_shows_the_ends_of_a_long_table_and_says_how_long_it_is() -> None:
    html = long(20_000)._repr_html_()
    assert html.count("<tr>") == 1 + 8 + 1 + 4
    assert "20,000 rows" in html
    assert ">…<" in html
    assert ">19999<" in html
    assert ">6666<" in html
    assert "e+" not in html
    assert long(20).html().count("<tr>") == 21


@pytest.mark.parametrize(("name", "install"), [("polars", "pip install polars"), ("pandas", "pip install pandas")])
def test_a_missing_package_is_named_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch, name: str, install: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, name, None)
    with pytest.raises(ModelError) as refusal:
        getattr(small(), f"to_{name}")()
    assert str(refusal.value) == f"this table needs {name}, which is not installed: {install}"


def test_a_package_that_is_there_but_broken_is_not_called_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken_inside.py").write_text("import not_there_at_all\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="not_there_at_all"):
        package("broken_inside", "a chart", "anything")


@pytest.mark.parametrize(
    ("content", "shown"), [(None, ""), (True, "yes"), (0.123456, "0.1235"), (12345.6, "12346"), (7, "7"), ("iv", "iv")]
)
def test_cells_are_rounded_for_reading(content: Any, shown: str) -> None:
    assert f">{shown}<" in Table({"x": [content]}).html()
