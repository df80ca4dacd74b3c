"""``natalizumab simulate``: what it prints, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from natalizumab import cli

REGIMEN = ("--route", "iv", "--interval", "4", "--doses", "3")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["natalizumab", "simulate", *arguments])
    try:
        cli.main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(monkeypatch, *arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_json_holds_three_quantities_of_one_shape(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(monkeypatch, capsys, *REGIMEN, "--people", "20")
    assert list(found) == ["trough", "cmax", "saturation_at_trough"]
    for summary in found.values():
        assert list(summary) == ["mean", "sd", "p5", "p50", "p95", "share_at_least"]
        assert summary["p5"] <= summary["p50"] <= summary["p95"]
    assert list(found["trough"]["share_at_least"]) == ["2", "5", "10"]
    assert 0 < found["saturation_at_trough"]["mean"] < 1


def test_one_person_is_the_typical_one_and_has_no_spread(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--route", "iv", "--interval", "4", "--doses", "26", "--weight", "75", "--people", "1")
    found = printed(monkeypatch, capsys, *arguments)
    assert found["trough"]["mean"] == pytest.approx(25.59, abs=0.05)
    assert found["trough"]["sd"] == 0
    assert found == printed(monkeypatch, capsys, "--route", "iv", "--interval", "4", "--doses", "26")


def test_the_same_seed_prints_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = []
    for seed in ("5", "5", "6"):
        assert run(monkeypatch, *REGIMEN, "--people", "50", "--seed", seed, "--json") == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != outputs[2]


def test_antibodies_and_f_lower_the_trough(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    sc = ("--route", "sc", "--interval", "4", "--doses", "3")
    label, cohort, antibodies = (
        printed(monkeypatch, capsys, *sc, *more)["trough"]["mean"]
        for more in ((), ("--f", "0.6"), ("--ada", "persistent"))
    )
    assert label == printed(monkeypatch, capsys, *sc, "--f", "0.84")["trough"]["mean"]
    assert label > cohort > antibodies > 0


def test_the_page_names_model_status_seed_and_weaknesses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *REGIMEN, "--people", "20", "--seed", "9") == 0
    page = capsys.readouterr().out
    for words in (
        "Natalizumab 300 mg iv, every 4 weeks, 3 doses",
        "20 invented people, 79 ± 20 kg within 45–140 kg, seed 9",
        "van den Berg",
        "Its numbers are secondary",
        "Status: assumed, the weakest among the inputs",
        "Known weaknesses",
        "tail falls too fast",
    ):
        assert words in " ".join(page.split())


def test_one_person_without_a_weight_is_said_to_have_the_reference_weight(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *REGIMEN) == 0
    assert "The typical person of 75 kg, the model's reference weight" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--doses", "0"), "doses: 0 is outside 1 to 500"),
        (("--doses", "501"), "doses: 501 is outside 1 to 500"),
        (("--weight", "5"), "weight: 5 kg is outside 20 to 350 kg"),
        (("--weight", "500", "--people", "10"), "weight: 500 kg is outside 20 to 350 kg"),
        (("--weight", "nan"), "weight: nan kg is outside 20 to 350 kg"),
        (("--f", "1.5"), "bioavailability F: 1.5 must be above 0 and at most 1"),
        (("--f", "nan"), "bioavailability F: nan must be above 0 and at most 1"),
        (("--people", "0"), "people: 0 is outside 1 to 1000000"),
        (("--people", "1000001"), "people: 1000001 is outside 1 to 1000000"),
        (("--seed", "-2"), "seed: -2 must be a whole number of 0 or more"),
        (("--people", "5", "--seed", "-2"), "seed: -2 must be a whole number of 0 or more"),
        (("--interval", "nan"), "interval: nan weeks is outside 1 to 52 weeks"),
        (("--interval", "0.5"), "interval: 0.5 weeks is outside 1 to 52 weeks"),
    ],
)
def test_a_nonsense_value_is_one_plain_line_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(monkeypatch, *REGIMEN, *arguments) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"natalizumab: {said}\n")


@pytest.mark.parametrize("arguments", [("--doses", "many"), ("--route", "im"), ("--colour", "blue")])
def test_wrong_usage_is_exit_2(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    assert run(monkeypatch, *REGIMEN, *arguments) == 2
