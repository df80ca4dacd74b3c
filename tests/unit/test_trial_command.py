"""``natalizumab trial``: files, what is printed, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from natalizumab.cli import main
from natalizumab.cohort import WHAT, running
from natalizumab.cohort.file import read_trial, trial_from
from natalizumab.commands.trial import command
from natalizumab.disease.model.parameters import fitted
from natalizumab.errors import ModelError

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "trials").glob("*.toml"))

SMALL = """
people = 40
weeks = 26
[arms.a]
[arms.b]
weeks = 6
"""


@pytest.fixture(autouse=True)
def one_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ensemble", lambda: (fitted(),))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs(path: Path) -> None:
    found = CliRunner().invoke(command, [str(path), "--people", "30", "--json"])
    assert found.exception is None, found.output
    answer = json.loads(found.stdout)
    trial = read_trial(path)
    assert list(answer["arms"]) == [arm.name for arm in trial.arms]
    assert list(answer["differences"]) == [arm.name for arm in trial.arms[1:]]
    assert answer["reference"] == trial.arms[0].name
    assert answer["model"] == "exploratory"
    assert 0 < answer["taking_part"] <= answer["people"] == 30
    for outcomes in answer["arms"].values():
        assert list(outcomes) == list(WHAT)
    for counts in answer["counts"].values():
        assert [sum(people) for people in counts.values()] == [answer["taking_part"]] * 6
    assert ("equivalence" in answer) == (path.stem == "biosimilar")


def test_the_table_says_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL + "\n[population]\nmissed = 0\nlate = 0\n")
    shown = CliRunner().invoke(command, [str(file), "--seed", "3"]).stdout
    assert "small: 40 of 40 virtual people take part, for 26 weeks." in shown
    assert "Exploratory model" in shown
    assert "b, difference from a" in shown
    assert "scenario" not in shown
    file.write_text('pml_scenario = "primary"\n' + SMALL)
    assert "scenario primary is assumed" in CliRunner().invoke(command, [str(file)]).stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people = 1\nweeks = 4", "trial: arms is missing"),
        ("weeks = 4\n[arms.a]", "trial: people is missing"),
        ("people = 1\n[arms.a]", "trial: weeks is missing"),
        ("people = 1.5\nweeks = 4\n[arms.a]", "trial.people: 1.5 is not a whole number"),
        ("people = true\nweeks = 4\n[arms.a]", "trial.people: True is not a whole number"),
        ("people = 1\nweeks = '4'\n[arms.a]", "trial.weeks: '4' is not a number"),
        ("people = 1\nweeks = 4\nmonths = 3\n[arms.a]", "trial: 'months' is unknown; there are name, people, weeks"),
        ("people = 1\nweeks = 4\nscan_weeks = ['x']\n[arms.a]", "trial.scan_weeks: 'x' is not a number"),
        ("people = 1\nweeks = 4\narms = 3", "trial.arms: 3 is not a table"),
        ("people = 1\nweeks = 4\n[arms]\na = 3", "arms.a: 3 is not a table"),
        ("people = 1\nweeks = 4\n[arms.a]\ndose = 3", "arms.a: 'dose' is unknown; there are route, mg, weeks"),
        ("people = 1\nweeks = 4\n[arms.a]\nroute = 3", "arms.a.route: 3 is not a text"),
        ("people = 1\nweeks = 4\n[arms.a.stop]\nhigh_index = true", "give after_months or at_week"),
        ("people = 1\nweeks = 4\n[arms.a.stop]\nafter_months = 6\nhigh_index = 1", "is not true or false"),
        ("people = 1\nweeks = 4\n[arms.a]\nguided = { most_weeks = 6 }", "arms.a.guided: target_mg_per_l is missing"),
        ("people = 1\nweeks = 4\n[arms.a]\n[population]\nmissed = 'few'", "population.missed: 'few' is not a number"),
        ("people = 1\nweeks = 4\n[arms.a]\n[costs]\nbed = 1", "costs: 'bed' is unknown"),
        ("people = 1\nweeks = ", "is no TOML"),
    ],
)
def test_a_file_that_cannot_be_says_where_and_what(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ModelError) as refused:
        read_trial(file)
    assert said in str(refused.value)
    assert str(file) in str(refused.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_trial(tmp_path)
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ModelError, match="is no text in UTF-8"):
        read_trial(tmp_path / "x.toml")


def test_a_table_without_more_has_the_defaults() -> None:
    trial = trial_from({"people": 5, "weeks": 4, "arms": {"a": {}}}, "mine")
    assert (trial.name, trial.seed, trial.run_in, trial.pml_scenario) == ("mine", 1, 0.0, "none")
    assert (trial.arms[0].route, trial.arms[0].mg, trial.arms[0].weeks) == ("iv", 300.0, 4.0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--workers", "0"), "workers: 0 is outside 1 to 512"),
        (("--cluster", "tcp://127.0.0.1:9"), "cluster:"),
        (("--people", "0"), "people 0 is outside"),
    ],
)
def test_what_cannot_be_asked_ends_with_one_line(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    monkeypatch.setattr("sys.argv", ["natalizumab", "trial", str(file), *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert said in capsys.readouterr().err


def test_an_interrupted_trial_says_where_what_is_finished_lies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    monkeypatch.setattr(running, "one_lot", interrupted)
    monkeypatch.setattr("sys.argv", ["natalizumab", "trial", str(file), "--keep", str(tmp_path / "kept")])
    with pytest.raises(SystemExit):
        main()
    assert f'trial: interrupted; what is finished is in "{tmp_path / "kept"}"' in capsys.readouterr().err


def test_equivalence_is_said_in_words_and_as_data(tmp_path: Path) -> None:
    file = tmp_path / "alike.toml"
    file.write_text(SMALL + '[equivalence]\noutcome = "relapses"\nmargin = 1\npeople_per_arm = 100\n')
    shown = CliRunner().invoke(command, [str(file)]).stdout
    assert "b and a: of trials with 100 people in each arm" in shown
    assert "within 1 either way (95% confidence)" in " ".join(shown.split())
    answer = json.loads(CliRunner().invoke(command, [str(file), "--json"]).stdout)["equivalence"]
    assert {name: answer[name] for name in ("outcome", "margin", "people_per_arm", "confidence")} == {
        "outcome": "relapses", "margin": 1, "people_per_arm": 100, "confidence": 0.95,
    }  # fmt: skip
    assert list(answer["arms"]) == ["b"]
    assert set(answer["arms"]["b"]) == {"difference", "share", "seen"}


def test_rows_are_written_beside(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    CliRunner().invoke(command, [str(file), "--rows", str(tmp_path / "rows")])
    assert [path.suffix for path in (tmp_path / "rows").iterdir()] == [".parquet"]
