"""Leaving natalizumab and coming to it, for invented people: every date here was counted by hand on a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from natalizumab.care import load_protocol
from natalizumab.care.switching import switch
from natalizumab.care.targets import known_targets
from natalizumab.errors import Refusal
from natalizumab.evidence import STATUSES, source
from natalizumab.record import Record

Event = dict[str, Any]
DOSE = {"kind": "dose", "on": "2026-01-05", "dose_mg": 300, "route": "iv", "id": "last"}
STOP = {"kind": "stop", "on": "2026-02-02", "id": "stop"}
POSITIVE = {"kind": "jcv", "on": "2025-12-01", "result": "positive", "index": 1.2, "assay": "STRATIFY"}
NEGATIVE = {**POSITIVE, "result": "negative", "index": 0.1}
SUSPECTED = {"kind": "diagnosis", "on": "2026-01-20", "name": "PML", "status": "suspected"}


def asked(to: str, on: str, *events: Event, sex: str = "female", protocol: str = "eu") -> dict[str, Any]:
    person = {"id": "invented", "born": "1990-01-01", "sex": sex}
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": person, "events": list(events)})
    return switch(record, to, date.fromisoformat(on), load_protocol(protocol)).to_dict()


def leaving(to: str, on: str = "2026-02-02", *more: Event, **how: Any) -> dict[str, Any]:
    return asked(to, on, DOSE, STOP, *more, **how)


def therapy(name: str, until: str | None = "2026-01-15", on: str = "2024-01-01", **fields: Any) -> Event:
    return {"kind": "therapy", "on": on, "name": name, "id": "drug", **({"until": until} if until else {}), **fields}


def steps(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["action"]: step for step in answer["steps"]}


def about(answer: dict[str, Any]) -> str:
    return " ".join(answer["warnings"])


# --- from natalizumab: the dates ---

ONE_WINDOW = [
    ("ocrelizumab", "2026-02-02", "2026-02-16"),
    ("Kesimpta", "2026-02-02", "2026-02-16"),
    ("rituximab", "2026-02-02", "2026-02-16"),
    ("Briumvi", "2026-02-02", "2026-02-16"),
    ("obinutuzumab", "2026-02-02", "2026-02-16"),
    ("interferon beta", None, "2026-03-02"),
    ("Avonex", None, "2026-03-02"),
    ("Copaxone", None, "2026-03-02"),
    ("Tecfidera", None, "2026-03-02"),
    ("Aubagio", None, "2026-03-02"),
    ("Mayzent", None, "2026-03-02"),
    ("Zeposia", None, "2026-03-02"),
    ("Ponvory", None, "2026-03-02"),
    ("Mavenclad", None, "2026-03-02"),
    ("mitoxantrone", None, "2026-03-02"),
    ("azathioprine", None, "2026-03-02"),
    ("aHSCT", None, "2026-03-02"),
]


@pytest.mark.parametrize(("drug", "earliest", "latest"), ONE_WINDOW)
def test_the_window_of_a_drug_is_counted_from_the_last_dose(drug: str, earliest: str | None, latest: str) -> None:
    start = leaving(drug)["start"]
    assert (start["earliest"], start["latest"]) == (earliest, latest)
    assert start["why_not"] is None
    assert not start["conflict"]
    assert len(start["sides"]) == 1


def test_for_fingolimod_every_side_is_shown_and_none_is_picked() -> None:
    start = leaving("Gilenya")["start"]
    assert (start["earliest"], start["latest"], start["conflict"]) == (None, None, True)
    sides = {side["key"].rpartition("_")[2]: side for side in start["sides"]}
    assert (sides["label"]["earliest"], sides["label"]["latest"]) == ("2026-03-05", "2026-04-05")
    assert (sides["evidence"]["earliest"], sides["evidence"]["latest"]) == (None, "2026-03-02")
    assert (sides["aan"]["earliest"], sides["aan"]["latest"]) == ("2026-03-02", "2026-03-30")
    assert [sides[name]["status"] for name in ("label", "evidence", "aan")] == ["primary", "primary", "secondary"]
    assert sides["label"]["sources"] == ["eu-fingolimod-leaflets"]
    assert "tofingo-2015" in sides["evidence"]["sources"]
    assert "a clinician decides" in start["why_not"].casefold()


def test_for_alemtuzumab_what_was_seen_and_what_is_ours_are_both_shown() -> None:
    start = leaving("Lemtrada")["start"]
    windows = {(side["earliest"], side["latest"], side["status"]) for side in start["sides"]}
    assert windows == {("2026-02-15", "2026-04-14", "primary"), (None, "2026-03-02", "assumed")}


@pytest.mark.parametrize("drug", [term.name for term in known_targets() if term.name != "natalizumab"])
def test_every_drug_for_ms_has_an_answer_with_evidence_and_sources_that_resolve(drug: str) -> None:
    answer = leaving(drug)
    assert answer["direction"] == "from natalizumab"
    assert answer["to"]["name"] == drug
    for found in (*answer["start"]["sides"], *answer["evidence"], *answer["steps"]):
        assert found["status"] in STATUSES
        assert all(source(key).citation for key in found["sources"])
    keys = {found["key"] for found in answer["evidence"]}
    assert {"switching.restore.mri_placebo", "switching.france_relapse_1_year"} <= keys


KNOWN = [
    ("fingolimod", "switching.tofingo.lesions_16_weeks", True),
    ("fingolimod", "switching.fingolimod_late_odds", True),
    ("fingolimod", "switching.moderate_against_high.mri_6_months", False),
    ("ocrelizumab", "switching.fingolimod_against_ocrelizumab", True),
    ("ocrelizumab", "switching.msbase_people", True),
    ("ocrelizumab", "switching.tofingo.lesions_16_weeks", False),
    ("ocrelizumab", "pml_course.carry_over_to_ocrelizumab", True),
    ("ofatumumab", "switching.ocrelizumab_relapse_rate", False),
    ("dimethyl fumarate", "switching.msbase_people", True),
    ("dimethyl fumarate", "switching.moderate_against_high.mri_6_months", True),
    ("teriflunomide", "switching.moderate_against_high.mri_6_months", True),
    ("glatiramer acetate", "switching.restore.mri_glatiramer", True),
    ("rituximab", "switching.rituximab_relapses", True),
    ("alemtuzumab", "switching.alemtuzumab_washout", True),
    ("cladribine", "switching.alemtuzumab_washout", False),
]


@pytest.mark.parametrize(("drug", "key", "told"), KNOWN)
def test_evidence_is_told_for_the_drugs_that_it_is_about(drug: str, key: str, told: bool) -> None:
    assert (key in {found["key"] for found in leaving(drug)["evidence"]}) == told


def test_evidence_comes_with_its_interval_status_and_source() -> None:
    found = {value["key"]: value for value in leaving("ocrelizumab")["evidence"]}
    ratio = found["switching.fingolimod_against_ocrelizumab"]
    assert (ratio["value"], ratio["interval"]) == (3.4, [1.1, 11])
    assert (ratio["status"], ratio["sources"]) == ("primary", ["bigaut-2022"])


WINDOW_DAYS = [
    ("2026-03-01", "none"),
    ("2026-03-02", "amber"),
    ("2026-03-03", "amber"),
    ("2026-03-29", "amber"),
    ("2026-03-30", "red"),
    ("2026-03-31", "red"),
]


@pytest.mark.parametrize(("on", "reached"), WINDOW_DAYS)
def test_amber_begins_eight_weeks_and_red_twelve_weeks_after_the_last_dose(on: str, reached: str) -> None:
    windows = leaving("ocrelizumab", on)["windows"]
    assert windows == {"amber": "2026-03-02", "red": "2026-03-30", "reached": reached}


def test_once_another_drug_acts_neither_window_counts() -> None:
    windows = leaving("ocrelizumab", "2026-05-01", therapy("Ocrevus", None, "2026-02-16"))["windows"]
    assert windows["reached"] is None


def test_a_start_that_has_passed_is_told_from_the_day_after() -> None:
    assert "has passed" not in about(leaving("ocrelizumab", "2026-02-16"))
    assert "2026-02-16, has passed" in about(leaving("ocrelizumab", "2026-02-17"))
    assert "has passed" not in about(leaving("ocrelizumab", "2026-05-01", therapy("Ocrevus", None, "2026-02-16")))


def test_the_watch_lasts_six_months_and_the_scans_a_year_from_the_latest_start() -> None:
    answer = leaving("ocrelizumab")
    assert answer["watch_until"] == "2026-07-05"
    assert answer["scans_after"] == {
        "every_months": [3, 4],
        "until_months": 12,
        "from": "2026-02-16",
        "first_from": "2026-05-16",
        "first_by": "2026-06-16",
        "until": "2027-02-16",
    }


def test_the_scans_run_from_the_planned_or_the_true_start_where_there_is_one() -> None:
    planned = therapy("Ocrevus", None, "2026-02-10", planned=True)
    assert leaving("ocrelizumab", "2026-02-02", planned)["scans_after"]["from"] == "2026-02-10"
    begun = therapy("Avonex", None, "2026-02-09")
    assert leaving("ocrelizumab", "2026-02-20", begun)["scans_after"]["from"] == "2026-02-09"
    assert leaving("fingolimod")["scans_after"]["from"] is None
    assert leaving("fingolimod", "2026-02-02", planned)["scans_after"]["from"] is None


# --- from natalizumab: the bundle ---


def test_without_anything_done_every_step_is_open_with_its_days() -> None:
    found = steps(leaving("ocrelizumab", "2026-02-02", POSITIVE))
    days = {action: (step["window_from"], step["due"], step["done"]) for action, step in found.items()}
    assert days == {
        "mri at stop": ("2026-02-02", "2026-03-02", None),
        "mri before the next drug": ("2026-01-26", "2026-02-16", None),
        "csf jcv pcr": ("2026-01-26", "2026-02-16", None),
        "full blood count": (None, "2026-02-16", None),
        "vaccines": (None, "2026-02-16", None),
    }
    assert [action for action, step in found.items() if step["consider"]] == ["csf jcv pcr"]
    assert "before 2026-07-05" in found["vaccines"]["text"]


DONE = [
    ({"kind": "mri", "on": "2026-01-04", "protocol": "full"}, set()),
    ({"kind": "mri", "on": "2026-01-05", "protocol": "full"}, {"mri at stop"}),
    ({"kind": "mri", "on": "2026-01-25", "protocol": "full"}, {"mri at stop"}),
    ({"kind": "mri", "on": "2026-01-26", "protocol": "abbreviated"}, {"mri at stop", "mri before the next drug"}),
    ({"kind": "mri", "on": "2026-01-26", "protocol": "full", "suspicious_for_pml": True}, {"mri at stop"}),
    ({"kind": "csf", "on": "2026-01-04", "jcv_pcr": "not_detected"}, set()),
    ({"kind": "csf", "on": "2026-01-05", "jcv_pcr": "not_detected"}, {"csf jcv pcr"}),
    ({"kind": "lab", "on": "2026-01-05", "test": "lymphocytes", "value": 3, "unit": "10*9/L"}, set()),
    ({"kind": "lab", "on": "2026-01-06", "test": "lymphocytes", "value": 3, "unit": "10*9/L"}, {"full blood count"}),
    ({"kind": "lab", "on": "2026-01-06", "test": "ALT", "value": 20, "unit": "U/L"}, set()),
]


@pytest.mark.parametrize(("entry", "expected"), DONE)
def test_an_entry_of_the_right_kind_and_time_shows_a_step_done(entry: Event, expected: set[str]) -> None:
    found = steps(leaving("ocrelizumab", "2026-02-02", POSITIVE, {**entry, "id": "it"}))
    assert {action for action, step in found.items() if step["done"] == "it"} == expected


@pytest.mark.parametrize(("results", "asked_for"), [([POSITIVE], True), ([NEGATIVE], False), ([], True)])
def test_spinal_fluid_is_considered_unless_antibodies_are_known_to_be_absent(
    results: list[Event], asked_for: bool
) -> None:
    assert ("csf jcv pcr" in steps(leaving("ocrelizumab", "2026-02-02", *results))) == asked_for


def test_an_unknown_antibody_status_is_named_as_such() -> None:
    assert "not known" in steps(leaving("ocrelizumab"))["csf jcv pcr"]["text"]
    assert "not known" not in steps(leaving("ocrelizumab", "2026-02-02", POSITIVE))["csf jcv pcr"]["text"]


PREGNANCY_TESTS = ["teriflunomide", "fingolimod", "siponimod", "ozanimod", "ponesimod", "cladribine", "mitoxantrone"]


@pytest.mark.parametrize("drug", PREGNANCY_TESTS)
def test_a_drug_that_may_harm_a_child_asks_for_a_pregnancy_test_but_not_of_a_man(drug: str) -> None:
    step = steps(leaving(drug))["pregnancy test"]
    assert (step["status"], step["done"]) == ("recalled", None)
    assert "pregnancy test" not in steps(leaving(drug, sex="male"))
    assert "pregnancy test" in steps(leaving(drug, sex="unknown"))


@pytest.mark.parametrize("drug", ["interferon beta", "glatiramer acetate", "dimethyl fumarate", "ocrelizumab"])
def test_other_drugs_do_not_ask_for_one(drug: str) -> None:
    assert "pregnancy test" not in steps(leaving(drug))


def test_the_last_pregnancy_test_is_told_and_does_not_count_as_done() -> None:
    test = {"kind": "serology", "on": "2026-01-30", "test": "pregnancy", "result": "neg", "id": "it"}
    step = steps(leaving("teriflunomide", "2026-02-02", test))["pregnancy test"]
    assert step["done"] is None
    assert "negative on 2026-01-30" in step["text"]


@pytest.mark.parametrize(
    ("drug", "asked_for"), [("ocrelizumab", True), ("fingolimod", True), ("HSCT", True), ("Copaxone", False)]
)
def test_vaccines_come_before_the_drugs_that_blunt_them(drug: str, asked_for: bool) -> None:
    assert ("vaccines" in steps(leaving(drug))) == asked_for


def test_who_is_pregnant_is_told_and_graver_where_the_drug_may_harm() -> None:
    pregnant = {"kind": "pregnancy", "on": "2026-01-20", "gestation_weeks": 8}
    assert "may harm the child" in about(leaving("teriflunomide", "2026-02-02", pregnant))
    gentle = about(leaving("glatiramer acetate", "2026-02-02", pregnant))
    assert "Pregnant" in gentle
    assert "may harm" not in gentle
    assert "Pregnant" not in about(leaving("teriflunomide", "2026-02-02", {**pregnant, "ended": "2026-02-02"}))
    assert "Pregnant" in about(leaving("teriflunomide", "2026-02-02", {**pregnant, "ended": "2026-02-03"}))


def test_who_breast_feeds_is_told_until_it_ends() -> None:
    feeding = {"kind": "breastfeeding", "on": "2026-01-20"}
    assert "Breast-feeding" in about(leaving("ocrelizumab", "2026-02-02", feeding))
    assert "Breast-feeding" not in about(leaving("ocrelizumab", "2026-02-02", {**feeding, "ended": "2026-02-01"}))


# --- from natalizumab: who has not simply stopped ---


def test_for_somebody_held_the_clock_runs_but_no_start_is_named_while_pml_is_suspected() -> None:
    answer = asked("ocrelizumab", "2026-03-30", DOSE, SUSPECTED)
    assert answer["state"] == "held"
    assert answer["windows"]["reached"] == "red"
    assert (answer["start"]["earliest"], answer["start"]["latest"]) == (None, None)
    assert "PML is suspected" in answer["start"]["why_not"]
    assert "PML-01" in {hold["rule"] for hold in answer["holds"]}


def test_after_pml_is_excluded_the_start_is_named_again() -> None:
    excluded = {**SUSPECTED, "on": "2026-02-10", "status": "excluded"}
    answer = asked("ocrelizumab", "2026-02-12", DOSE, SUSPECTED, excluded)
    assert (answer["start"]["latest"], answer["start"]["why_not"]) == ("2026-02-16", None)


def test_with_pml_on_record_no_start_is_named() -> None:
    start = leaving("ocrelizumab", "2026-02-02", {**SUSPECTED, "status": "confirmed"})["start"]
    assert start["latest"] is None
    assert "PML is on record" in start["why_not"]


def test_on_treatment_it_is_told_that_every_further_dose_moves_the_dates() -> None:
    answer = asked("ocrelizumab", "2026-02-01", DOSE, {**DOSE, "on": "2026-02-02", "planned": True, "id": "next"})
    assert "No stop is on record" in about(answer)
    assert "planned for 2026-02-02" in about(answer)
    assert answer["start"]["latest"] == "2026-02-16"
    assert steps(answer)["mri at stop"]["due"] is None


def test_without_a_last_dose_on_record_the_stop_is_taken_and_that_is_told() -> None:
    elsewhere = {"kind": "earlier_treatment", "on": "2026-01-01", "first_dose": "2020-01-01"}
    answer = asked("ocrelizumab", "2026-02-02", elsewhere, STOP)
    assert answer["last_dose"] is None
    assert answer["start"]["latest"] == "2026-03-16"
    assert "counted from the stop" in about(answer)


def test_without_last_dose_and_stop_no_date_is_named_and_why() -> None:
    elsewhere = {"kind": "earlier_treatment", "on": "2026-01-01", "first_dose": "2020-01-01"}
    answer = asked("ocrelizumab", "2026-02-02", elsewhere)
    assert answer["start"]["why_not"] == "the date of the last dose is not on record"
    assert answer["windows"] == {"amber": None, "red": None, "reached": None}
    assert answer["watch_until"] is None
    assert steps(answer)["mri before the next drug"]["window_from"] is None


def test_another_drug_that_is_planned_or_begun_is_told() -> None:
    other = therapy("Copaxone", None, "2026-02-20", planned=True)
    assert "plans Copaxone from 2026-02-20" in about(leaving("ocrelizumab", "2026-02-02", other))
    assert "plans" not in about(leaving("glatiramer", "2026-02-02", other))
    begun = therapy("Copaxone", None, "2026-02-01")
    assert "Copaxone has followed already, from 2026-02-01" in about(leaving("ocrelizumab", "2026-02-02", begun))


def test_a_suspicious_scan_is_told() -> None:
    scan = {"kind": "mri", "on": "2026-01-30", "protocol": "full", "suspicious_for_pml": True}
    assert "clears nothing" in about(leaving("ocrelizumab", "2026-02-02", scan))
    assert "clears nothing" not in about(leaving("ocrelizumab", "2026-02-02", {**scan, "suspicious_for_pml": False}))


# --- to natalizumab ---

WAITS = [
    ("fingolimod", "2026-02-15", "2026-03-15"),
    ("siponimod", "2026-01-25", "2026-01-25"),
    ("ozanimod", "2026-02-15", "2026-04-15"),
    ("ponesimod", "2026-01-22", "2026-01-29"),
    ("teriflunomide", "2026-04-30", "2026-04-30"),
    ("leflunomide", "2026-04-30", "2026-04-30"),
    ("cladribine", "2026-07-15", "2026-07-15"),
    ("ocrelizumab", "2026-07-15", "2026-07-15"),
    ("azathioprine", "2026-07-15", "2026-07-15"),
    ("trial drug", "2026-07-15", "2026-07-15"),
]


@pytest.mark.parametrize(("drug", "not_before", "by"), WAITS)
def test_a_waiting_time_says_until_when_it_holds(drug: str, not_before: str, by: str) -> None:
    answer = asked("natalizumab", "2026-01-20", therapy(drug))
    (washout,) = answer["washouts"]
    assert (washout["drug"], washout["open"]) == (drug, True)
    assert (washout["not_before"], washout["by"]) == (not_before, by)
    assert answer["not_before"] == not_before
    assert washout["wait"]["status"] in STATUSES


@pytest.mark.parametrize("drug", ["interferon beta-1a", "glatiramer acetate"])
def test_where_there_is_no_wait_nothing_is_open(drug: str) -> None:
    (washout,) = asked("natalizumab", "2026-01-20", therapy(drug))["washouts"]
    assert (washout["open"], washout["not_before"], washout["wait"]["value"]) == (False, None, 0)


def test_after_alemtuzumab_guidance_conflicts_and_no_wait_is_named() -> None:
    answer = asked("natalizumab", "2026-01-20", therapy("Lemtrada"))
    (washout,) = answer["washouts"]
    assert (washout["wait"], washout["not_before"], washout["open"]) == (None, None, True)
    assert "conflicts" in washout["reasons"][0]["text"]
    assert answer["prior_immunosuppressants"] == [
        {"entry": "drug", "drug": "alemtuzumab", "counts": "undefined", "index_unreliable": True}
    ]


def test_the_last_of_several_waits_decides() -> None:
    answer = asked("natalizumab", "2026-01-20", therapy("fingolimod"), therapy("Aubagio") | {"id": "other"})
    assert answer["not_before"] == "2026-04-30"
    assert len(answer["washouts"]) == 2


def test_a_drug_without_a_last_day_is_asked_about() -> None:
    (washout,) = asked("natalizumab", "2026-01-20", therapy("fingolimod", None))["washouts"]
    assert (washout["until"], washout["not_before"], washout["by"]) == (None, None, None)
    assert {"SWI-02", "CON-05"} == {reason["rule"] for reason in washout["reasons"]}


def test_what_is_missing_for_a_first_dose_is_asked_for_on_that_day() -> None:
    answer = asked("natalizumab", "2026-03-20", therapy("fingolimod"))
    missing = {(item["rule"], item["action"]): item["due"] for item in answer["missing"]}
    assert answer["restart"] is False
    wanted = [
        ("BAS-01", "mri full"),
        ("BAS-02", "jcv test"),
        ("BAS-03", "full blood count"),
        ("SWI-02", "full blood count"),
    ]
    assert {key: missing.get(key) for key in wanted} == dict.fromkeys(wanted, "2026-03-20")


def test_what_is_missing_for_a_restart_is_asked_for_although_nobody_planned_it() -> None:
    answer = asked("natalizumab", "2026-06-01", DOSE, STOP)
    assert answer["restart"] is True
    restart = {item["action"] for item in answer["missing"] if item["rule"] == "DOS-09"}
    assert {"antibody test", "mri full"} <= restart


def test_a_planned_dose_keeps_its_own_day() -> None:
    planned = {**DOSE, "on": "2026-04-01", "planned": True}
    missing = asked("natalizumab", "2026-03-20", planned)["missing"]
    assert {item["due"] for item in missing if item["rule"] == "BAS-03"} == {"2026-04-01"}


def test_an_immunosuppressant_taken_after_natalizumab_counts_when_coming_back() -> None:
    answer = asked("natalizumab", "2026-06-01", DOSE, STOP, therapy("mitoxantrone", "2026-04-01", "2026-03-01"))
    assert [(p["drug"], p["counts"]) for p in answer["prior_immunosuppressants"]] == [("mitoxantrone", "counts")]


def test_other_reasons_are_not_told_twice() -> None:
    answer = asked("natalizumab", "2026-01-20", therapy("fingolimod"))
    assert "SWI-02" not in {reason["rule"] for reason in answer["reasons"]}
    assert "BAS-01" in {reason["rule"] for reason in answer["reasons"]}


# --- what is refused ---


def test_leaving_what_never_began_is_refused() -> None:
    with pytest.raises(Refusal, match="no dose of natalizumab by 2026-01-04: there is nothing to switch from"):
        asked("ocrelizumab", "2026-01-04", DOSE)


def test_coming_to_what_is_being_taken_is_refused_until_it_would_be_a_restart() -> None:
    with pytest.raises(Refusal, match="is on natalizumab on 2026-03-30, last dose on 2026-01-05"):
        asked("natalizumab", "2026-03-30", DOSE)
    assert asked("natalizumab", "2026-03-31", DOSE)["restart"] is True
    with pytest.raises(Refusal, match="is on natalizumab on 2026-02-01: there is nothing"):
        asked("Tysabri", "2026-02-01", {"kind": "earlier_treatment", "on": "2026-01-01"})


@pytest.mark.parametrize(
    ("drug", "said"),
    [
        ("ocrelizumaab", "near it: ocrelizumab"),
        ("Ocrevvus", "near it: ocrevus (ocrelizumab)"),
        ("fingolimode", "near it: fingolimod"),
        ("moonlight", "allowed: natalizumab, interferon beta"),
        ("", "allowed: natalizumab"),
    ],
)
def test_an_unknown_drug_is_refused_with_what_is_known_and_what_lies_near(drug: str, said: str) -> None:
    with pytest.raises(Refusal, match="is not a drug that is known here") as refused:
        leaving(drug)
    assert said in str(refused.value)


def test_no_more_than_three_near_names_are_offered_and_a_long_word_is_cut_short() -> None:
    with pytest.raises(Refusal) as refused:
        leaving("interferon bet")
    near = str(refused.value).partition("near it: ")[2].partition("; allowed")[0]
    assert near == "interferon beta, peginterferon beta (peginterferon beta-1a), interferon beta-1b"
    with pytest.raises(Refusal, match=f"'{'x' * 60}' is not a drug"):
        leaving("x" * 61)


def test_a_word_like_no_drug_has_no_near_name() -> None:
    with pytest.raises(Refusal) as refused:
        leaving("moonlight")
    assert "near it" not in str(refused.value)


@pytest.mark.parametrize(("drug", "meaning"), [("baclofen", "symptom relief in MS"), ("PLEX", "plasma exchange")])
def test_what_does_not_replace_natalizumab_is_refused_by_what_it_is(drug: str, meaning: str) -> None:
    with pytest.raises(Refusal, match=f"{meaning}.* is not a drug that replaces natalizumab"):
        leaving(drug)
