"""``natalizumab validate``: options, tables, page, and that nothing is half written. All people are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from natalizumab import cli
from natalizumab.commands.validation_page import page
from natalizumab.pharmacology import validation
from natalizumab.pharmacology.population import draw
from natalizumab.pharmacology.validation import Calibration, Reliability, Table, Validation
from natalizumab.pharmacology.validation.adults import Adults
from natalizumab.pharmacology.validation.charts import validation_chart
from natalizumab.pharmacology.validation.prediction import Predicted, comparisons, individual_prediction
from natalizumab.pharmacology.validation.sheets import number
from natalizumab.pharmacology.validation.table import rows, variants

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"


@pytest.fixture(scope="module")
def quick() -> Validation:
    """A validation whose table has 200 people, and whose posteriors nobody was asked for."""
    adults, source = Adults(draw(200, seed=1)), np.random.default_rng(1)
    predicted = [
        Predicted(target, np.full(50, 6.0), np.full(50, target), *(target * (1 + source.normal(0, 0.2, (2, 50)))))
        for target in (10.0, 5.0)
    ]
    lines = [*rows(adults), *individual_prediction(predicted)]
    stated = source.random(1000)
    return Validation(
        1,
        200,
        Table(200, 50, lines, comparisons(predicted), variants(adults)),
        Calibration(source.random(1000), source.random(1000) < 0.9, source.random(1000) < 0.1),
        Reliability(stated, source.random(1000) < stated, 2000),
    )


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, quick: Validation) -> Any:
    """Runs the command on the quick validation; gives its exit status."""

    def only_those(people: int, seed: int, parts: Collection[str], workers: int, progress: Any) -> Validation:
        if people < 100:
            return validation.whole.validate(people, seed, parts, workers, progress)
        return Validation(
            quick.seed,
            quick.people,
            quick.table if "table" in parts else None,
            quick.calibration if "calibration" in parts else None,
            quick.reliability if "reliability" in parts else None,
        )

    monkeypatch.setattr(validation, "validate", only_those)

    def called(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["natalizumab", "validate", *arguments])
        try:
            cli.main()
        except SystemExit as left:
            return int(left.code or 0)
        return 0

    return called


def test_every_line_of_the_table_says_hit_or_miss_and_they_are_counted(
    run: Any, quick: Validation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--part", "table") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert quick.table
    missed = len(quick.table.missed)
    assert f"{17 - missed} of 17 lines hit, {missed} missed." in said
    assert "Row 11 has 50 people" in said
    assert "F 0.60" in said
    assert "Is the posterior" not in said


def test_a_published_time_is_said_as_one_and_no_unit_is_said_twice(quick: Validation) -> None:
    text = page(quick)
    assert "| 5 | Share of the mean steady-state trough reached by the published time to it, % | 24 weeks |" in text
    assert "| 6 | Mean personalised interval, each of whole weeks, for a trough of 2 mg/L, week | 7 |" in text


@pytest.mark.parametrize("workers", ["0", "-1"])
def test_no_workers_are_wrong_usage(run: Any, workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--workers", workers) == 2
    assert f"{workers} is not in the range x>=1" in capsys.readouterr().err


def test_a_miss_is_said_plainly_and_is_no_error(
    run: Any, quick: Validation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quick.table
    first, *others = quick.table.rows
    missed = replace(quick, table=replace(quick.table, rows=[replace(first, ours=1000.0), *others]))
    monkeypatch.setattr(validation, "validate", lambda *_arguments: missed)
    assert run("--part", "table") == 0
    assert re.search(r"1000\.0 .*MISS", capsys.readouterr().out)
    assert "- Row 1, Mean steady-state peak, intravenous, 4-weekly: 1000.0. No reason is known." in page(missed)


def test_json_has_every_number_unrounded_and_null_for_what_was_not_asked(
    run: Any, quick: Validation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--part", "calibration", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["table"] is None
    assert quick.calibration
    assert found["calibration"]["coverage"] == quick.calibration.coverage
    assert sum(found["calibration"]["ranks_per_bin"]) == 1000
    assert run("--json") == 0
    every = json.loads(capsys.readouterr().out)
    assert every["table"]["hits"] + every["table"]["misses"] == len(every["table"]["rows"]) == 17
    assert {"row", "published", "accepted", "ours", "monte_carlo_error", "hit"} <= set(every["table"]["rows"][0])
    assert sum(one["people"] for one in every["reliability"]["bins"]) == 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--people", "99"), "people: 99 is outside 100 to 1000000"),
        (("--write", "nowhere/page.md"), '"nowhere/page.md" cannot be written: the folder "nowhere" is not there'),
        (("--write", "page.md", "--part", "table"), "write: the page has all parts"),
        (("--plot", "chart.svg", "--part", "table"), "plot: the calibration and the reliability are drawn"),
        (("--plot", "chart.pdf"), "must end in .png, .svg or .html"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_the_older_page_as_it_was(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(*_arguments: Any) -> Validation:
        raise KeyboardInterrupt

    (tmp_path / "page.md").write_text("older")
    monkeypatch.setattr(validation, "validate", interrupted)
    assert run("--write", str(tmp_path / "page.md")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
    assert (tmp_path / "page.md").read_text() == "older"


def test_page_and_chart_are_written_beside_the_tables(
    run: Any, quick: Validation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--write", str(tmp_path / "page.md"), "--plot", str(tmp_path / "chart.svg")) == 0
    told = capsys.readouterr()
    assert "of 17 lines hit" in told.out
    assert "The page is in" in told.err
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == page(quick)
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_the_chart_has_the_ranks_and_the_reliability_with_their_numbers(quick: Validation) -> None:
    chart = validation_chart(quick)
    assert list(chart.tables) == ["1 ranks", "2 reliability"]
    assert sum(chart.table("1 ranks")["people"]) == 1000
    assert "50 expected" in chart.description


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(110.634, "110.6"), (6.8573, "6.86"), (-0.4134, "-0.413"), (0.0003, "0.0003"), (2e-9, "2e-09"), (0.0, "0.00")],
)
def test_a_number_is_shown_with_three_digits_and_never_as_nil_where_it_is_not(exact: float, shown: str) -> None:
    assert number(exact) == shown


def skeleton(text: str) -> list[str]:
    """The page without its numbers and verdicts, and without what is missed; equal lines in a row count once."""
    before, after = text.split("## What is missed, and why\n")
    after = after[after.index("\n## ") :]
    masked = re.sub(r"\b(hit|MISS)( \(close\))?", "verdict", before + after)
    lines = re.sub(r"-?\d[\d,.e-]*( to -?\d[\d,.]*)?|none", "#", masked).splitlines()
    counts = [re.sub(r"People in each bin.*", "People in each bin", line) for line in lines]
    return [line for place, line in enumerate(counts) if place == 0 or line != counts[place - 1]]


def test_the_committed_page_says_what_the_command_would_write(quick: Validation) -> None:
    assert skeleton(PAGE.read_text(encoding="utf-8")) == skeleton(page(quick)), (
        "docs/validation.md is out of date: run `natalizumab validate --write docs/validation.md`"
    )


def test_the_committed_page_has_twenty_thousand_adults_and_explains_every_miss() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "what 20,000 virtual adults have (seed 1)" in text
    assert "No reason is known" not in text
