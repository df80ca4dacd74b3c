"""The plan as plain data: exactly the fields that programs which read it rely on, with the values of the plan."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace
from tests.invented import dose, event, jcv, record

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.care.basis import basis

DAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def made() -> Plan:
    person = record(
        event("interval", "2026-01-10", weeks=6),
        dose("2026-01-10"),
        dose("2026-03-07"),
        jcv("2026-01-05", "positive", index=1.7, assay="STRATIFY"),
        event("diagnosis", "2026-03-08", name="PML", status="suspected", id="pml"),
        event("vaccine", "2026-06-01", name="MMR", planned=True),
    )
    return plan(person, DAY, load_protocol("eu"))


def test_a_plan_has_these_fields(made: Plan) -> None:
    plain = made.to_dict()
    assert list(plain) == (
        "person on protocol basis state decision valid_until reasons items pml next_dose notes".split()
    )
    assert plain["protocol"] == {"name": "eu", "version": made.protocol.version}
    assert plain["basis"] == basis(made.protocol)
    assert (plain["person"], plain["on"], plain["state"], plain["decision"]) == (
        "invented", "2026-03-10", "held", "hold",
    )  # fmt: skip
    assert plain["valid_until"] == str(made.valid_until)
    assert plain["next_dose"] == {"earliest": "2026-03-28", "due": "2026-04-18", "latest": "2026-05-30"}


def test_a_reason_has_these_fields(made: Plan) -> None:
    for reason, plain in zip(made.reasons, made.to_dict()["reasons"], strict=True):
        assert plain == {
            "rule": reason.rule,
            "effect": reason.effect.word,
            "text": reason.text,
            "facts": list(reason.facts),
            "because": list(reason.because),
            "order": reason.order,
            "not_before": str(reason.not_before) if reason.not_before else None,
            "needs": reason.needs,
            "sources": [{"key": use.key, "status": use.status} for use in reason.sources],
            "signed_off": None,
        }
    pml = next(plain for plain in made.to_dict()["reasons"] if plain["rule"] == "PML-01")
    assert pml["effect"] == "hold"
    assert "pml" in pml["facts"]


def test_an_item_has_these_fields(made: Plan) -> None:
    assert {item.status for item in made.items} >= {"upcoming", "due"}
    for item, plain in zip(made.items, made.to_dict()["items"], strict=True):
        assert plain == {
            "rule": item.rule,
            "action": item.action,
            "window_from": str(item.window_from) if item.window_from else None,
            "due": str(item.due),
            "not_before": str(item.not_before) if item.not_before else None,
            "status": item.status,
            "changes_on": str(item.changes_on) if item.changes_on else None,
            "days_late": item.days_late,
            "text": item.text,
            "facts": list(item.facts),
            "because": list(item.because),
            "prompt": item.prompt,
            "sources": [{"key": use.key, "status": use.status} for use in item.sources],
        }


def test_an_item_says_when_its_status_changes_next(made: Plan) -> None:
    rebaseline = next(item for item in made.items if item.rule == "MRI-01")
    assert (rebaseline.status, rebaseline.window_from, rebaseline.changes_on) == (
        "upcoming", date(2026, 4, 10), date(2026, 4, 10),
    )  # fmt: skip


def test_a_note_has_these_fields(made: Plan) -> None:
    assert made.notes
    for note, plain in zip(made.notes, made.to_dict()["notes"], strict=True):
        assert plain == {
            "rule": note.rule,
            "text": note.text,
            "facts": list(note.facts),
            "because": list(note.because),
            "sources": [{"key": use.key, "status": use.status} for use in note.sources],
        }


def test_the_risk_of_pml_has_these_fields(made: Plan) -> None:
    plain = made.to_dict()["pml"]
    assert (
        list(plain)
        == (
            "per_1000 cumulative_per_1000 exposure_month stratum why_not alternatives infusions treated_months status "
            "sources words note signed_off"
        ).split()
    )
    assert plain["per_1000"] == made.pml.per_1000
    assert plain["alternatives"]
    for other in plain["alternatives"]:
        assert {"model", "stratum", "per_1000", "interval", "status", "sources", "note"} <= set(other)
        assert all(set(use) == {"key", "status"} for use in other["sources"])


def test_the_json_is_written_in_one_way() -> None:
    person = record(dose("2026-01-10"), event("diagnosis", "2026-02-01", name="Ménière’s"))
    written = plan(person, DAY, load_protocol("eu")).to_json().decode()
    assert written.startswith('{\n  "person": "invented",\n  "on": "2026-03-10",\n  "protocol": {\n    "name": "eu",\n')
    assert "Ménière’s" in written


def test_what_is_no_number_is_never_written(made: Plan) -> None:
    wrong = replace(made, pml=replace(made.pml, per_1000=float("nan")))
    with pytest.raises(ValueError, match="not JSON compliant"):
        wrong.to_json()


def test_the_json_is_that_data(made: Plan) -> None:
    assert json.loads(made.to_json()) == made.to_dict()
    assert made.to_json().endswith(b"}\n")
