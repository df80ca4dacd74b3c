"""Why a rule did or did not fire: the facts that it looked at, in its order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.invented import dose, event, jcv, record

from natalizumab import cli
from natalizumab.care import RULES, load_protocol, plan
from natalizumab.care.why import Looked, Why, _without_long_runs, why
from natalizumab.commands.why_page import as_json, page
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


UNKNOWN = [
    ("MRI-99", "'MRI-99' is not a rule; MRI has MRI-01, MRI-02, "),
    ("pml", "PML has PML-01, PML-02, PML-03, PML-04; "),
    ("MR1-04", r"near it are MRI-04 \(Surveillance MRI by index\)"),
    ("vaccine", r"near it are CON-09 \(Live vaccine\); "),
    ("NOPE", "'NOPE' is not a rule; 'natalizumab protocol show uk' lists the rules, docs/rules.md explains them$"),
    ("", "'' is not a rule; 'natalizumab protocol show uk' lists the rules, "),
]


@pytest.mark.parametrize(("rule", "said"), UNKNOWN)
def test_an_unknown_rule_is_refused_with_its_neighbours(rule: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        asked("stable", rule)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_watching_a_rule_changes_nothing_of_what_it_says(path: Path) -> None:
    found, protocol = read_record(path), load_protocol("eu")
    made = plan(found, ON, protocol)
    for rule in RULES:
        answer = why(found, ON, protocol, rule.id)
        plain = made.to_dict()
        expected = [f for part in ("reasons", "items", "notes") for f in plain[part] if f["rule"] == rule.id]
        assert [f.to_dict() for f in answer.found] == expected


def test_the_command_explains_a_rule_and_refuses_an_unknown_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stable = str(EXAMPLES / "stable.json")
    arguments = ["natalizumab", "plan", stable, "--on", "2026-11-02", "--protocol", "uk", "--why"]
    monkeypatch.setattr("sys.argv", [*arguments, "MRI-04"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "It did not fire" in said
    assert "JC virus antibody: negative" in said
    monkeypatch.setattr("sys.argv", [*arguments, "MRI-04", "--json"])
    with pytest.raises(SystemExit):
        cli.main()
    plain = json.loads(capsys.readouterr().out)
    assert (plain["rule"]["id"], plain["applies"], plain["fired"], plain["found"]) == ("MRI-04", True, False, [])
    assert {"what": "protocol surveillance_after_months", "saw": "18 month [secondary]"} in plain["looked"]
    monkeypatch.setattr("sys.argv", [*arguments, "MRI-99"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert "is not a rule" in capsys.readouterr().err


def test_the_day_on_which_treatment_has_lasted_so_long_is_told() -> None:
    assert saw(asked("stable", "REV-02"))["24 months after the first dose"] != "none"


LAST = dose("2026-02-07")
"""The second of two doses of an invented person."""


@pytest.mark.parametrize(
    ("rule", "events", "looked"),
    [
        (
            "JCV-03",
            [jcv("2026-01-05", "positive", index=1.2, assay="STRATIFY")],
            {
                "on treatment": "yes",
                "JC virus antibody": (
                    "positive, index 1.2 (JC virus antibody 2026-01-05: positive, index 1.2, STRATIFY)"
                ),
                "index above the upper cut-off": "no",
                "protocol jcv_retest_up_to_middle_months": "6 month [secondary]",
                "all procedure": "none",
                "all therapy": "none",
            },
        ),
        (
            "JCV-03",
            [jcv("2026-01-05", "indeterminate", assay="STRATIFY")],
            {"on treatment": "yes", "JC virus antibody": "cannot say: the last antibody result is indeterminate"},
        ),
        (
            "DOS-05",
            [],
            {
                "on treatment": "yes",
                "last dose": "dose 2026-02-07: 300 mg, iv",
                "next dose due": "2026-03-07",
                "2026-03-07 is over": "yes",
                "so long since the last dose that the next is a restart": "no",
            },
        ),
        (
            "REC-06",
            [event("interval", "2026-02-08", weeks=4)],
            {"on treatment": "yes", "interval prescribed": "interval 2026-02-08: 4 weeks"},
        ),
        (
            "SWI-05",
            [event("therapy", "2015-01-01", name="azathioprine", until="2016-01-01")],
            {"prior immunosuppressants": "therapy 2015-01-01: azathioprine, until 2016-01-01"},
        ),
        ("CHK-02", [event("review", "2026-02-09")], {"last authorisation": "none", "on treatment": "yes"}),
        (
            "DOS-07",
            [],
            {
                "protocol long_gap_months": "6 month [recalled]",
                "last dose": "dose 2026-02-07: 300 mg, iv",
                "2026-08-07 is reached": "no",
            },
        ),
        (
            "LFT-01",
            [event("lab", "2026-02-01", test="ALT", value=20, unit="U/L")],
            {
                "on treatment": "yes",
                "first dose": "2026-01-10",
                "all ALT, AST": "lab 2026-02-01: ALT, 20 U/L",
                "protocol lft_first_year_days": "90 day [recalled]",
            },
        ),
        (
            "CON-05",
            [event("therapy", "2026-06-01", name="azathioprine", planned=True)],
            {
                "all therapy": "none",
                "stopped": "none",
                "planned therapy": "therapy 2026-06-01 (planned): azathioprine",
                "planned stop": "none",
            },
        ),
    ],
)
def test_what_a_rule_looked_at_is_told_and_nothing_else(
    rule: str, events: list[dict[str, Any]], looked: dict[str, str]
) -> None:
    answer = why(record(dose("2026-01-10"), LAST, *events), date(2026, 3, 10), load_protocol("uk"), rule)
    assert saw(answer) == looked


def test_of_many_days_in_a_row_that_lie_behind_the_last_two_are_told() -> None:
    def told(*seen: tuple[str, str]) -> list[str]:
        return [looked.what for looked in _without_long_runs([Looked(what, saw) for what, saw in seen])]

    behind = [
        (f"2026-01-0{day} is {word}", "yes") for day, word in enumerate(("reached", "over", "reached", "over"), 1)
    ]
    ahead = [(f"2027-01-0{day} is reached", "no") for day in (1, 2, 3)]
    other = [("on treatment", "yes")] * 3
    assert told(*behind) == ["2026-01-03 is reached", "2026-01-04 is over"]
    assert told(*behind[:2]) == ["2026-01-01 is reached", "2026-01-02 is over"]
    assert told(*behind[:2], *ahead[:1], *behind[2:]) == [
        "2026-01-01 is reached",
        "2026-01-02 is over",
        "2027-01-01 is reached",
        "2026-01-03 is reached",
        "2026-01-04 is over",
    ]
    assert told(*ahead, *other) == [what for what, _ in (*ahead, *other)]


def test_what_is_asked_once_for_several_rules_is_traced_in_each_of_them() -> None:
    seen = saw(asked("suspected-pml", "PML-01"))
    assert "clumsy right hand; symptom 2026-10-26: word-finding difficulty" in seen["all symptom"]
    assert seen["all csf"] == "none"
    assert "all symptom" in saw(asked("suspected-pml", "MRI-06"))


def test_as_data_the_findings_are_those_of_the_plan() -> None:
    answer = asked("high-index", "MRI-04")
    plain = json.loads(as_json(answer, "somebody", "2026-11-02", load_protocol("uk")))
    assert plain["fired"]
    assert plain["found"] == [finding.to_dict() for finding in answer.found]
    assert plain["sources"] == [{"key": "mcguigan-2016", "status": "secondary"}]


def test_a_question_as_title_has_no_second_end() -> None:
    answer = asked("stable", "REV-03")
    assert "REV-03  Is there a benefit?\n" in page(answer, "somebody", "2026-11-02", load_protocol("uk"))
