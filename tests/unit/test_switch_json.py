"""The answer of ``natalizumab switch`` as plain data: the fields that docs/switching.md states, and the odd cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from natalizumab.care import load_protocol
from natalizumab.care.switching import switch
from natalizumab.care.targets import known_targets
from natalizumab.evidence import value
from natalizumab.record import Record

Event = dict[str, Any]
DOSE = {"kind": "dose", "on": "2026-01-05", "dose_mg": 300, "route": "iv", "id": "last"}
STOP = {"kind": "stop", "on": "2026-02-02", "id": "stop"}
SUSPECTED = {"kind": "diagnosis", "on": "2026-01-20", "name": "PML", "status": "suspected"}
FINGOLIMOD = {"kind": "therapy", "on": "2024-01-01", "name": "Gilenya", "until": "2026-01-15", "id": "drug"}


def asked(to: str, on: str, *events: Event) -> dict[str, Any]:
    person = {"id": "invented", "born": "1990-01-01", "sex": "female"}
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": person, "events": list(events)})
    return switch(record, to, date.fromisoformat(on), load_protocol("eu")).to_dict()


def leaving(to: str, *more: Event, on: str = "2026-02-02") -> dict[str, Any]:
    return asked(to, on, DOSE, STOP, *more)


def step(answer: dict[str, Any], action: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["steps"] if one["action"] == action)
    return found


def plain(key: str) -> dict[str, Any]:
    """A value of the evidence as it must stand in the data."""
    found = value(key)
    return {
        "key": key,
        "about": found.about,
        "value": found.value,
        "unit": found.unit,
        "interval": [*found.interval] if found.interval else None,
        "status": found.status,
        "sources": [*found.sources],
        "note": found.note or None,
    }


HEAD = "person on protocol direction to state decision holds".split()


def test_leaving_has_these_fields() -> None:
    answer = leaving("Ocrevus")
    assert list(answer) == [
        *HEAD, "last_dose", "start", "windows", "steps", "watch_until", "scans_after", "evidence", "warnings",
    ]  # fmt: skip
    assert {field: answer[field] for field in HEAD} == {
        "person": "invented",
        "on": "2026-02-02",
        "protocol": {"name": "eu", "version": load_protocol("eu").version},
        "direction": "from natalizumab",
        "to": {"asked": "Ocrevus", "name": "ocrelizumab", "groups": ["anti-cd20", "dmt"]},
        "state": "stopped",
        "decision": "confirm",
        "holds": [],
    }
    assert answer["start"] == {
        "earliest": "2026-02-02",
        "latest": "2026-02-16",
        "why_not": None,
        "conflict": False,
        "sides": [{"earliest": "2026-02-02", "latest": "2026-02-16", **plain("switching.from.anti_cd20")}],
    }
    ratio, people = "switching.fingolimod_against_ocrelizumab", "switching.msbase_people"
    assert [one for one in answer["evidence"] if one["key"] in (ratio, people)] == [plain(ratio), plain(people)]
    assert step(answer, "mri at stop") == {
        "action": "mri at stop",
        "text": "MRI with a look for PML when natalizumab is stopped.",
        "window_from": "2026-02-02",
        "due": "2026-03-02",
        "done": None,
        "consider": False,
        "status": value("switching.stop.mri_within").status,
        "sources": [*value("switching.stop.mri_within").sources],
    }


def test_a_value_shows_its_note_or_that_it_has_none() -> None:
    sides = {side["key"]: side for side in leaving("fingolimod")["start"]["sides"]}
    assert "Conflicts with" in sides["switching.from.fingolimod_label"]["note"]
    assert sides["switching.from.fingolimod_aan"]["note"] is None


def test_coming_has_these_fields() -> None:
    answer = asked("natalizumab", "2026-01-20", FINGOLIMOD)
    assert list(answer) == [
        *HEAD, "restart", "not_before", "washouts", "missing", "reasons", "prior_immunosuppressants",
    ]  # fmt: skip
    (washout,) = answer["washouts"]
    (wait,) = washout.pop("reasons")
    assert washout == {
        "entry": "drug",
        "drug": "fingolimod",
        "written": "Gilenya",
        "until": "2026-01-15",
        "wait": plain("switching.to.fingolimod"),
        "not_before": "2026-02-15",
        "by": "2026-03-15",
        "open": True,
    }
    assert wait == {
        "rule": "SWI-02",
        "effect": "confirm",
        "text": wait["text"],
        "not_before": "2026-02-15",
        "order": None,
        "sources": [
            {"key": "montalban-lecture", "status": "secondary"},
            {"key": "ms-nurse-pro-switching", "status": "primary"},
        ],
    }
    assert wait["text"].startswith("Gilenya until 2026-01-15: 1 to 2 months, and then lymphocytes")
    blood = next(item for item in answer["missing"] if item["rule"] == "BAS-03")
    assert blood == {
        "rule": "BAS-03",
        "action": "full blood count",
        "text": blood["text"],
        "due": "2026-01-20",
        "status": "due",
    }
    assert next(reason for reason in answer["reasons"] if reason["rule"] == "BAS-02")["order"] is None


# --- which reasons stand where ---


def test_each_earlier_drug_has_its_own_reasons_and_no_other() -> None:
    other = {**FINGOLIMOD, "name": "Aubagio", "id": "other"}
    alemtuzumab = {**FINGOLIMOD, "name": "Lemtrada", "id": "reset"}
    test = {"kind": "jcv", "on": "2026-01-18", "result": "positive", "index": 1.2, "assay": "STRATIFY"}
    answer = asked("natalizumab", "2026-01-20", FINGOLIMOD, other, alemtuzumab, test)
    rules = {one["entry"]: [reason["rule"] for reason in one["reasons"]] for one in answer["washouts"]}
    assert rules == {"drug": ["SWI-02"], "other": ["SWI-03"], "reset": ["SWI-09"]}
    assert "JCV-08" in {reason["rule"] for reason in answer["reasons"]}


def test_only_what_holds_or_stops_is_among_the_holds_and_no_waiting_time() -> None:
    fresh = asked("ocrelizumab", "2026-01-10", DOSE)
    assert (fresh["decision"], fresh["holds"]) == ("hold", [])  # the 21 days after a dose
    held = asked("ocrelizumab", "2026-02-12", DOSE, SUSPECTED, {"kind": "diagnosis", "on": "2026-02-01", "name": "cat"})
    assert held["decision"] == "hold"
    assert {(hold["rule"], hold["effect"]) for hold in held["holds"]} == {("PML-01", "hold")}
    assert all(hold["text"].startswith("PML is suspected") for hold in held["holds"])


# --- dates ---


def test_a_dose_that_is_planned_for_the_day_asked_about_is_not_planned_twice() -> None:
    answer = asked("natalizumab", "2026-03-20", {**DOSE, "on": "2026-03-20", "planned": True})
    assert {item["due"] for item in answer["missing"] if item["rule"] == "BAS-03"} == {"2026-03-20"}


@pytest.mark.parametrize(
    ("start", "window"), [("2026-01-25", None), ("2026-01-26", "2026-01-26"), ("2026-01-27", "2026-01-26")]
)
def test_the_scan_before_the_next_drug_has_a_window_unless_it_would_open_after_the_switch(
    start: str, window: str | None
) -> None:
    order = {"kind": "therapy", "on": start, "name": "Ocrevus", "planned": True}
    scan = step(leaving("ocrelizumab", order), "mri before the next drug")
    assert (scan["window_from"], scan["due"]) == (window, start)


def test_a_transplantation_has_its_own_day_as_its_last() -> None:
    for kind in ("procedure", "therapy"):
        done = {"kind": kind, "on": "2025-06-01", "name": "HSCT", "id": "drug"}
        assert [one["until"] for one in asked("natalizumab", "2026-01-20", done)["washouts"]] == ["2025-06-01"]


# --- what is told ---


def test_two_statements_on_the_start_are_a_conflict() -> None:
    start = leaving("alemtuzumab")["start"]
    assert (start["conflict"], len(start["sides"])) == (True, 2)
    assert start["why_not"].startswith("guidance differs: ")


def test_what_only_asks_about_pml_and_what_ends_natalizumab_alone_leave_the_start_named() -> None:
    older = {"kind": "symptom", "on": "2026-01-10", "name": "weakness", "days": 200, "worsening": False}
    hives = {"kind": "reaction", "on": "2026-01-05", "features": ["hives"]}
    assert asked("ocrelizumab", "2026-02-02", DOSE, older)["start"]["latest"] == "2026-02-16"
    answer = asked("ocrelizumab", "2026-02-02", DOSE, hives)
    assert (answer["decision"], answer["start"]["latest"], answer["start"]["why_not"]) == ("stop", "2026-02-16", None)


def test_that_dates_are_counted_from_the_stop_is_told_only_where_they_are() -> None:
    elsewhere = {"kind": "earlier_treatment", "on": "2026-01-01", "first_dose": "2020-01-01"}
    counted = "everything is counted from the stop"
    told = [
        leaving("ocrelizumab"),
        asked("ocrelizumab", "2026-02-02", elsewhere),
        asked("ocrelizumab", "2026-02-02", elsewhere, STOP),
    ]
    assert [counted in " ".join(answer["warnings"]) for answer in told] == [False, False, True]


def test_a_missing_stop_is_told_unless_natalizumab_is_never_given_again() -> None:
    hives = {"kind": "reaction", "on": "2026-01-05", "features": ["hives"]}
    told = [
        asked("ocrelizumab", "2026-02-02", DOSE),
        leaving("ocrelizumab"),
        asked("ocrelizumab", "2026-02-02", DOSE, hives),
        leaving("ocrelizumab", hives),
    ]
    assert ["No stop is on record" in " ".join(answer["warnings"]) for answer in told] == [True, False, False, False]


def test_of_several_planned_doses_the_first_is_told() -> None:
    planned = [{**DOSE, "on": day, "planned": True, "id": day} for day in ("2026-02-02", "2026-03-02")]
    warnings = asked("ocrelizumab", "2026-02-01", DOSE, *planned)["warnings"]
    assert [text for text in warnings if "is planned for" in text] == [
        "A dose of natalizumab is planned for 2026-02-02."
    ]


def test_of_several_pregnancy_tests_the_last_is_told_in_its_own_words_where_they_are_not_plain() -> None:
    tests = [
        {"kind": "serology", "on": "2026-01-20", "test": "pregnancy", "result": "negative"},
        {"kind": "serology", "on": "2026-01-30", "test": "pregnancy", "result": "repeat needed"},
    ]
    assert step(leaving("teriflunomide", *tests), "pregnancy test")["text"].endswith("repeat needed on 2026-01-30.")


def test_what_does_not_follow_natalizumab_is_no_plan_for_what_follows() -> None:
    plans = [
        {"kind": "therapy", "on": "2026-02-10", "name": "baclofen", "planned": True},
        {"kind": "therapy", "on": "2026-02-20", "name": "Copaxone", "planned": True},
        {"kind": "therapy", "on": "2026-03-20", "name": "Avonex", "planned": True},
    ]
    warnings = " ".join(leaving("ocrelizumab", *plans)["warnings"])
    assert "The record plans Copaxone from 2026-02-20, not ocrelizumab." in warnings


def test_a_transplantation_is_among_the_drugs_that_are_offered() -> None:
    assert any("hsct" in term.groups for term in known_targets())
