"""``natalizumab calibrate``: the table and the page of what is fitted, how it is fitted, and what is refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from natalizumab.cli import main
from natalizumab.commands.calibrate import command
from natalizumab.disease.calibration import fitting, rows, targets, toml
from natalizumab.disease.calibration.arms import courses
from natalizumab.disease.calibration.remembered import FILE, Remembered
from natalizumab.disease.model import Block
from natalizumab.disease.model.parameters import ensemble, fitted, free, start_values
from natalizumab.errors import ModelError

Printed = pytest.CaptureFixture[str]

MISSED = {"c7_placebo", "c9_placebo"}
"""Lines that the model misses, as the page says and explains."""

PAGE = Path(__file__).resolve().parents[2] / "docs" / "calibration.md"


def answered(*arguments: str) -> str:
    found = CliRunner().invoke(command, list(arguments))
    assert found.exception is None, found.output
    return found.stdout


def test_all_lines_but_those_that_the_page_explains_are_hit() -> None:
    found = json.loads(answered("--check", "--people", "6000", "--json"))
    assert {row["target"] for row in found["targets"] if not row["hit"]} <= MISSED
    assert [row["target"] for row in found["targets"]] == [target.name for target in targets()]
    assert all(row["error"] >= 0 and len(row["ensemble"]) == 2 for row in found["targets"])
    assert found["model"] == "exploratory"
    assert len(found["ensemble"]) == len(ensemble()) == 30
    assert found["parameters"] == {name: getattr(fitted(), name) for name in free()}


def test_the_first_values_do_not_meet_the_table_and_the_fitted_ones_lie_within_what_was_looked_at() -> None:
    first = rows(start_values(), (), 2000, 9)
    assert sum(not row.hit for row in first) > 2 * len(MISSED)
    assert first[0].ensemble is None
    for name, (low, high) in free().items():
        assert all(low <= getattr(one, name) <= high * (1 + 1e-6) for one in (fitted(), *ensemble()))


def test_the_table_says_exploratory_and_names_what_is_missed() -> None:
    shown = answered("--check", "--people", "2000")
    assert "MISS" in shown
    assert "Exploratory model: no rule uses it." in shown


def test_the_page_in_the_manual_is_that_of_the_parameters_in_the_evidence() -> None:
    lines = PAGE.read_text().splitlines()
    assert "43 of 45 lines are hit." in lines
    for name in free():
        line = next(line for line in lines if line.startswith(f"| {name} |"))
        assert f"| {getattr(fitted(), name):.3g} |" in line


def test_a_fit_is_the_same_for_a_seed_meets_the_table_better_and_can_be_read_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fitting, "ROUNDS", 2)
    told: list[tuple[str, int, int]] = []
    one = fitting.fit(200, 3, 1, lambda *progress: told.append(progress))
    other = fitting.fit(200, 3, 1)
    assert one.best == other.best
    assert np.array_equal(one.others, other.others)
    assert told
    assert all(done <= total for _, done, total in told)
    block = Block(3, 0, 200)
    used = [target for target in targets() if not target.name.startswith(fitting.ONLY_CHECKED)]
    better, before = (fitting._squared(Remembered(None), used, each, block) for each in (one.best, start_values()))
    assert better < before
    written = tomllib.loads(toml(one.best, one.others, free(), 200, 3))["model_fit"]
    assert {name: written[name]["value"] for name in free()} == pytest.approx(
        {name: getattr(one.best, name) for name in free()}, rel=1e-5
    )
    assert np.array(written["ensemble"]["value"]) == pytest.approx(one.others, rel=1e-5)


def test_an_interrupted_fit_goes_on_from_what_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fitting, "ROUNDS", 1)
    whole, asked = fitting.fit(200, 3, 1), []
    reckon = courses

    def counted(*given: Any) -> Any:
        asked.append(given)
        if len(asked) == 20:
            raise KeyboardInterrupt
        return reckon(*given)

    monkeypatch.setattr(fitting, "courses", counted)
    stopped = CliRunner().invoke(command, ["--people", "200", "--seed", "3", "--sets", "1", "--keep", str(tmp_path)])
    assert str(stopped.exception) == f'calibrate: interrupted; what is reckoned is in "{tmp_path}"'
    file = tmp_path / FILE
    there = file.read_text().split()
    file.write_text(file.read_text()[:-30])  # as if the machine had stopped in the middle of a line
    again = fitting.fit(200, 3, 1, kept=tmp_path)
    assert again.best == whole.best
    assert np.array_equal(again.others, whole.others)
    needed = len(asked)
    fitting.fit(200, 3, 1, kept=tmp_path)
    assert len(asked) == needed
    assert len(there) > 0
    with pytest.raises(ModelError, match="keep: .* cannot be used"):
        fitting.fit(200, 3, 1, kept=file)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--people", "100"), "people: 100 is outside 200 to 1000000"),
        (("--seed", "-1"), "seed: -1 must be a whole number of 0 or more"),
        (("--sets", "501"), "sets: 501 is outside 0 to 500"),
        (("--check", "--write-values", "x.toml"), "write-values: with --check nothing is fitted"),
        (("--write-page", "/nowhere/x.md"), 'the folder "/nowhere" is not there'),
    ],
)
def test_what_cannot_be_is_refused_before_the_work_begins(
    arguments: tuple[str, ...], said: str, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["natalizumab", "calibrate", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lam": 1.0}, "'lam' is no parameter"),
        ({"lesion_rate": -1.0}, "lesion_rate must be 0 or more"),
        ({"lesion_rate": float("nan")}, "lesion_rate must be 0 or more"),
        ({"cluster_mean": 0.5}, "cluster_mean must be 1 or more"),
    ],
)
def test_impossible_parameters_are_refused(values: dict[str, float], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        start_values().with_values(values)
