"""Why a rule did or did not fire: the facts that it looked at, in its order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from natalizumab import cli
from natalizumab.care import RULES, load_protocol, plan
from natalizumab.care.why import Why, why
from natalizumab.errors import Refusal
from natalizumab.record import read_record

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = date(2026, 11, 2)


def asked(name: str, rule: str, protocol: str = "uk") -> Why:
    return why(read_record(EXAMPLES / f"{name}.json"), ON, load_protocol(protocol), rule)


def saw(answer: Why) -> dict[str, str]:
    return {looked.what: looked.saw for looked in answer.looked}


def test_a_rule_that_did_not_fire_says_which_fact_decided() -> None:
    answer = asked("stable", "MRI-04")
    assert answer.found == ()
    assert saw(answer) == {
        "protocol surveillance_after_months": "18 month [secondary]",
        "JC virus antibody": "negative (JC virus antibody 2026-07-13: negative, index 0.13, STRATIFY)",
    }


def test_planned_doses_are_shown_as_the_entries_that_they_are() -> None:
    assert saw(asked("starting", "DOS-01"))["planned doses"] == "dose 2026-11-09 (planned): 300 mg, iv, Tysabri"


def test_a_rule_that_fired_says_what_it_rests_on() -> None:
    answer = asked("high-index", "mri-04")
    assert [type(finding).__name__ for finding in answer.found] == ["PlannedReason", "PlannedItem"]
    assert saw(answer)["index above the upper cut-off"] == "yes"
    assert saw(answer)["treated for 18 months"] == "yes"
    assert "azathioprine" in saw(answer)["prior immunosuppressants"]


def test_a_rule_of_another_country_is_not_run() -> None:
    answer = asked("high-index", "MRI-04", "eu")
    assert (answer.applies, answer.found, answer.looked) == (False, (), ())


@pytest.mark.parametrize(("rule", "said"), [("MRI-99", "MRI-01, MRI-02"), ("nothing", "CHK, CON"), ("", "CHK, CON")])
def test_an_unknown_rule_is_refused_with_its_neighbours(rule: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        asked("stable", rule)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_watching_a_rule_changes_nothing_of_what_it_says(path: Path) -> None:
    record, protocol = read_record(path), load_protocol("eu")
    made = plan(record, ON, protocol)
    for rule in RULES:
        answer = why(record, ON, protocol, rule.id)
        plain = made.to_dict()
        expected = [f for part in ("reasons", "items", "notes") for f in plain[part] if f["rule"] == rule.id]
        assert [f.to_dict() for f in answer.found] == expected


def test_the_command_explains_a_rule_and_refuses_an_unknown_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = str(EXAMPLES / "stable.json")
    arguments = ["natalizumab", "plan", record, "--on", "2026-11-02", "--protocol", "uk", "--why"]
    monkeypatch.setattr("sys.argv", [*arguments, "MRI-04"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "It did not fire" in said
    assert "JC virus antibody: negative" in said
    monkeypatch.setattr("sys.argv", [*arguments, "MRI-99"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert "is not a rule" in capsys.readouterr().err


def test_the_day_on_which_treatment_has_lasted_so_long_is_told() -> None:
    assert saw(asked("stable", "REV-02"))["24 months after the first dose"] != "none"
