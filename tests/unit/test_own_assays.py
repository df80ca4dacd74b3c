"""A clinic's own assay factors: in its protocol, and from there in the plan and the advice. All people are invented."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.invented import course, dose, event

from natalizumab import cli
from natalizumab.care import Protocol, load_protocol, plan
from natalizumab.care.beside_interval import beside_interval
from natalizumab.care.case import Case
from natalizumab.errors import ProtocolError
from natalizumab.evidence import value
from natalizumab.record import Record
from natalizumab.record.level_assays import factors_for

HEAD = 'extends = "eu"\nname = "here"\nversion = "1"\ndate = 2026-11-01\n[level_assays]\n'
EXAMPLE = Path(__file__).parents[2] / "examples" / "protocols" / "st-elsewhere.toml"
MOST = value("evaluation.largest_factor").value
ON = date(2026, 4, 30)


def file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "here.toml"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def ours(factor: Any, name: str = "Our ELISA") -> str:
    return f'"{name}" = {{ factor = {factor}, source = "our meeting" }}'


@pytest.mark.parametrize("factor", [1, 1.2, MOST, 1 / MOST])
def test_a_protocol_has_the_clinics_factors_with_who_decided_them(tmp_path: Path, factor: float) -> None:
    found = load_protocol(file(tmp_path, ours(factor)))
    assert found.assay_factors == {"Our ELISA": factor}
    known = found.level_assays["Our ELISA"]
    assert (known.status, known.sources, known.note) == ("assumed", ("design",), "our meeting")
    assert load_protocol("eu").assay_factors == {}


REFUSED = [
    (ours(MOST + 0.01), "level_assays.Our ELISA.factor: 2.01 is not a number from 0.5 to 2"),
    (ours(1 / MOST - 0.01), "is not a number from 0.5 to 2"),
    (ours("nan"), "is not a number from 0.5 to 2"),
    (ours("true"), "True is not a number"),
    (ours('"1.2"'), "'1.2' is not a number"),
    ('"Our ELISA" = 1.2', "level_assays.Our ELISA needs factor and source"),
    ('"Our ELISA" = { factor = 1.2 }', "level_assays.Our ELISA needs factor and source"),
    ('"Our ELISA" = { factor = 1.2, source = " " }', "level_assays.Our ELISA.source must say who decided it"),
    ('" " = { factor = 1.2, source = "x" }', "is not the name of an assay"),
    (ours(1.2) + "\n" + ours(1.1, "our-elisa"), "level_assays.our-elisa: the same assay as 'Our ELISA'"),
    (ours(1.2, "US") + "\n" + ours(1.1, "American"), "level_assays.American: the same assay as 'US'"),
]


@pytest.mark.parametrize(("lines", "said"), REFUSED)
def test_what_is_no_factor_is_refused_with_its_place(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        load_protocol(file(tmp_path, lines))
    assert said in str(refused.value)
    assert "here.toml" in str(refused.value)


def test_level_assays_must_be_a_table(tmp_path: Path) -> None:
    path = tmp_path / "here.toml"
    path.write_text(HEAD.replace("[level_assays]", "level_assays = 3"), encoding="utf-8")
    with pytest.raises(ProtocolError, match="level_assays must be a table"):
        load_protocol(str(path))


def events(mg_per_l: float, assay: str | None = "our-elisa") -> list[dict[str, Any]]:
    named = {"assay": assay} if assay else {}
    given = [dose(day) for day in ("2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30")]
    level = event("concentration", "2026-03-30", mg_per_l=mg_per_l, **named)
    return [event("weight", "2026-01-05", kg=70), *given, level]


def record(*told: dict[str, Any]) -> Record:
    shape = {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": list(told)}
    return Record.from_dict(shape)


def test_the_plan_divides_a_level_by_the_clinics_factor(tmp_path: Path) -> None:
    """What reads 3.5 mg/L by an assay that reads 1.5 times as high is a trough that asks for an antibody test."""

    def asks(protocol: Protocol, assay: str | None) -> bool:
        return any(item.rule == "NAB-01" for item in plan(record(*events(3.5, assay)), ON, protocol).items)

    high = load_protocol(file(tmp_path, ours(1.5)))
    assert not asks(load_protocol("eu"), "our-elisa")
    assert asks(high, "our-elisa")
    assert not asks(high, "another")
    assert not asks(high, None)
    assert asks(load_protocol(file(tmp_path, ours(1.5, "unnamed"))), None)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["natalizumab", *arguments, "--json"])
        with contextlib.suppress(SystemExit):
            cli.main()
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_an_assay_that_the_clinic_forgot_is_said_beside_the_advice(tmp_path: Path) -> None:
    own = load_protocol(file(tmp_path, ours(1.5, "Harbour")))
    for events_, said in (
        (events(20.0, "US"), ["The protocol here has no factor for levels by the assay American assay."]),
        (events(20.0, None), ["The protocol here has no factor for levels by the assay unnamed."]),
        (events(20.0, "harbour"), []),
        (events(20.0)[:-1], []),
    ):
        beside = beside_interval(Case(course("2026-04-30", *events_), own), own)
        assert [one for one in beside if "factor" in one] == said
    eu = load_protocol("eu")
    assert not any("factor" in one for one in beside_interval(Case(course("2026-04-30", *events(20.0)), eu), eu))


def test_only_the_factors_that_a_level_needs_are_taken_and_the_callers_come_first() -> None:
    clinics = {"Our ELISA": 1.5, "US": 1.2, "unnamed": 1.1}
    named = course("2026-11-02", *events(20.0))
    assert factors_for(named, {}, clinics) == {"Our ELISA": 1.5}
    assert factors_for(course("2026-11-02", *events(20.0, None)), {}, clinics) == {"unnamed": 1.1}
    assert factors_for(named, {"our elisa": 1.0}, clinics) == {"our elisa": 1.0}
    assert factors_for(named, {"another": 1.0}, clinics) == {"another": 1.0, "Our ELISA": 1.5}


def test_the_check_of_a_protocol_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "protocol", "check", str(EXAMPLE))
    (assay,) = found["level_assays"]
    assert (assay["name"], assay["factor"]) == ("St Elsewhere ELISA", 1.15)
    assert assay["source"].startswith("evaluated with 60 levels (invented)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["natalizumab", "protocol", "check", str(EXAMPLE)])
        with pytest.raises(SystemExit):
            cli.main()
    assert "St Elsewhere ELISA: its levels are divided by 1.15. Yours: evaluated with 60" in capsys.readouterr().out
