"""What is refused in a record, each with its exact line: the place, the value, and what is allowed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.inspect import type_info
from tests.invented import Plain, dose, event, jcv, record

from natalizumab.errors import RecordError
from natalizumab.record import KINDS, Record, event_from_dict
from natalizumab.record.allowed import allowed

MOMENT = "YYYY-MM-DD, or a date-time with an offset such as 2024-02-28T09:30+01:00"
TEXT = "a text of 1 to 200 characters"
KINDS_ALLOWED = (
    "dose, earlier_treatment, interval, stop, jcv, antibody, concentration, lab, serology, mri, csf, therapy, "
    "procedure, diagnosis, allergy, symptom, reaction, relapse, edss, fatigue, vaccine, pregnancy, breastfeeding, "
    "weight, form, checklist, authorisation, selfcheck, review, decision, withdrawal, unmapped, followup"
)

ONE_EVENT = [
    # The kind.
    (
        event("dosis", "2024-01-01"),
        f'events[0].kind: "dosis" is not a kind (did you mean dose?); allowed: {KINDS_ALLOWED}',
    ),
    (event("qqq", "2024-01-01"), f'events[0].kind: "qqq" is not a kind; allowed: {KINDS_ALLOWED}'),
    ({"on": "2024-01-01"}, f"events[0].kind: is missing; allowed: {KINDS_ALLOWED}"),
    ({"kind": None, "on": "2024-01-01"}, f"events[0].kind: null is not a kind; allowed: {KINDS_ALLOWED}"),
    (5, "events[0]: 5 is not an event (an object with kind and on)"),
    # The date.
    ({"kind": "relapse"}, f"events[0].on: is missing (relapse needs it; allowed: {MOMENT})"),
    (event("relapse", "2024-02-30"), 'events[0].on: "2024-02-30" is not a date (YYYY-MM-DD)'),
    (event("relapse", "2023-02-29"), 'events[0].on: "2023-02-29" is not a date (YYYY-MM-DD)'),
    (event("relapse", "28/02/2024"), f'events[0].on: "28/02/2024" is not a date ({MOMENT})'),
    (event("relapse", "20240228"), f'events[0].on: "20240228" is not a date ({MOMENT})'),
    (event("relapse", "2024-02-28 "), f'events[0].on: "2024-02-28 " is not a date ({MOMENT})'),
    (event("relapse", "2024-W09-3"), f'events[0].on: "2024-W09-3" is not a date ({MOMENT})'),
    ({"kind": "relapse", "on": 20240228}, f"events[0].on: 20240228 is not a date ({MOMENT})"),
    ({"kind": "relapse", "on": None}, f"events[0].on: null is not a date ({MOMENT})"),
    (event("relapse", "0024-02-28"), 'events[0].on: "0024-02-28" is outside the years 1900 to 2199'),
    (event("relapse", "2204-02-28"), 'events[0].on: "2204-02-28" is outside the years 1900 to 2199'),
    (
        event("relapse", "2024-02-28T09:30"),
        (
            'events[0].on: "2024-02-28T09:30" is a date-time without an offset '
            "(allowed: a date-time with an offset such as 2024-02-28T09:30+01:00)"
        ),
    ),
    (
        event("relapse", "2024-02-28 09:30:00"),
        (
            'events[0].on: "2024-02-28 09:30:00" is a date-time without an offset '
            "(allowed: a date-time with an offset such as 2024-02-28T09:30+01:00)"
        ),
    ),
    (
        event("relapse", "2024-02-28T24:30Z"),
        'events[0].on: "2024-02-28T24:30Z" is not a date-time with an offset such as 2024-02-28T09:30+01:00',
    ),
    (
        event("relapse", "0024-02-28T09:30Z"),
        'events[0].on: "0024-02-28T09:30Z" is outside the years 1900 to 2199',
    ),
    (
        event("relapse", "2024-02-28T09:30+15:00"),
        'events[0].on: "2024-02-28T09:30+15:00" has an offset of more than 14 hours',
    ),
    (
        event("relapse", "2024-02-28", entered="2024-02-28"),
        'events[0].entered: "2024-02-28" is not a date-time with an offset such as 2024-02-28T09:30+01:00',
    ),
    (
        event("therapy", "2024-02-28", name="x", until="2024-06-31"),
        'events[0].until: "2024-06-31" is not a date (YYYY-MM-DD)',
    ),
    (
        event("therapy", "2024-02-28", name="x", until="2024-06-30T10:00Z"),
        'events[0].until: "2024-06-30T10:00Z" is not a date (YYYY-MM-DD)',
    ),
    (
        event("therapy", "2024-02-28", name="x", until="9999-12-31"),
        'events[0].until: "9999-12-31" is outside the years 1900 to 2199',
    ),
    # Fields.
    (
        jcv("2024-01-01", "positive", indx=1),
        (
            "events[0].indx: is not a field of jcv (did you mean index?); "
            "allowed: on, id, note, planned, corrects, entered, result, index, assay"
        ),
    ),
    (
        event("relapse", "2024-01-01", **{"a b": 1}),
        'events[0]."a b": is not a field of relapse; allowed: on, id, note, planned, corrects, entered',
    ),
    (
        event("jcv", "2024-01-01", result="positive"),
        f"events[0].assay: is missing (jcv needs it; allowed: {TEXT})",
    ),
    (event("weight", "2024-01-01"), "events[0].kg: is missing (weight needs it; allowed: 20 to 350)"),
    # Numbers.
    (jcv("2024-01-01", "positive", index=42), "events[0].index: 42 is above 10 (allowed: 0 to 10)"),
    (jcv("2024-01-01", "positive", index=42000), "events[0].index: 42000 is above 10 (allowed: 0 to 10)"),
    (jcv("2024-01-01", "positive", index=-0.1), "events[0].index: -0.1 is below 0 (allowed: 0 to 10)"),
    (jcv("2024-01-01", "positive", index="1.2"), 'events[0].index: "1.2" is not a number (allowed: 0 to 10)'),
    (jcv("2024-01-01", "positive", index=True), "events[0].index: true is not a number (allowed: 0 to 10)"),
    (jcv("2024-01-01", "positive", index=[1.2]), "events[0].index: a list is not a number (allowed: 0 to 10)"),
    (jcv("2024-01-01", "positive", index=float("nan")), "events[0].index: nan is not a number"),
    (dose("2024-01-01", dose_mg=-300), "events[0].dose_mg: -300 is not above 0 (allowed: above 0, up to 2000)"),
    (dose("2024-01-01", dose_mg=0), "events[0].dose_mg: 0 is not above 0 (allowed: above 0, up to 2000)"),
    (dose("2024-01-01", dose_mg=30000), "events[0].dose_mg: 30000 is above 2000 (allowed: above 0, up to 2000)"),
    (dose("2024-01-01", given_mg=-1), "events[0].given_mg: -1 is below 0 (allowed: 0 to 2000)"),
    (dose("2024-01-01", minutes=1441), "events[0].minutes: 1441 is above 1440 (allowed: 0 to 1440)"),
    (
        event("concentration", "2024-01-01", mg_per_l=1001),
        "events[0].mg_per_l: 1001 is above 1000 (allowed: 0 to 1000)",
    ),
    (
        event("lab", "2024-01-01", test="unobtainium", value=1, unit="U/L"),
        (
            'events[0].test: "unobtainium" is not allowed (allowed: "ALT" or "AST" or "bilirubin" or "haemoglobin" or '
            '"leukocytes" or "lymphocytes" or "platelets"); any other blood test is recorded as {"kind": "unmapped", '
            '"on": its date, "source": the laboratory, "label": the test with its value}, and a clinician is asked to '
            "decide"
        ),
    ),
    (event("weight", "2024-01-01", kg=6.8), "events[0].kg: 6.8 is below 20 (allowed: 20 to 350)"),
    (event("weight", "2024-01-01", kg=680), "events[0].kg: 680 is above 350 (allowed: 20 to 350)"),
    (event("interval", "2024-01-01", weeks=0), "events[0].weeks: 0 is below 1 (allowed: 1 to 52)"),
    (event("interval", "2024-01-01", weeks=53), "events[0].weeks: 53 is above 52 (allowed: 1 to 52)"),
    (
        event("edss", "2024-01-01", score=1.3),
        "events[0].score: 1.3 is not a step of 0.5 (allowed: 0 to 10 in steps of 0.5)",
    ),
    (event("edss", "2024-01-01", score=10.5), "events[0].score: 10.5 is above 10 (allowed: 0 to 10 in steps of 0.5)"),
    (
        event("reaction", "2024-01-01", features=[], grade=2.5),
        "events[0].grade: 2.5 is not a whole number (allowed: a whole number, 1 to 5)",
    ),
    (
        event("mri", "2024-01-01", protocol="full", new_t2=-1),
        "events[0].new_t2: -1 is below 0 (allowed: a whole number, 0 to 1000)",
    ),
    (
        event("mri", "2024-01-01", protocol="full", brain_volume_change_percent=-21),
        "events[0].brain_volume_change_percent: -21 is below -20 (allowed: -20 to 20)",
    ),
    (
        event("pregnancy", "2024-01-01", gestation_weeks=46),
        "events[0].gestation_weeks: 46 is above 45 (allowed: 0 to 45)",
    ),
    (
        event("lab", "2024-01-01", test="ALT", value=-3, unit="U/L"),
        "events[0].value: -3 is below 0 (allowed: 0 to 1000000)",
    ),
    # Words.
    (
        dose("2024-01-01", route="im"),
        'events[0].route: "im" is not allowed (allowed: "iv" or "sc")',
    ),
    (
        dose("2024-01-01", route="IV"),
        'events[0].route: "IV" is not allowed (did you mean iv?) (allowed: "iv" or "sc")',
    ),
    (
        jcv("2024-01-01", "pos"),
        'events[0].result: "pos" is not allowed (allowed: "indeterminate" or "negative" or "positive")',
    ),
    (
        jcv("2024-01-01", "positive", assay=" "),
        f'events[0].assay: " " is empty (allowed: {TEXT})',
    ),
    (
        jcv("2024-01-01", "positive", assay="x" * 201),
        f'events[0].assay: "{"x" * 59}…" (201 characters) is too long (allowed: {TEXT})',
    ),
    (event("relapse", "2024-01-01", id=""), f'events[0].id: "" is empty (allowed: {TEXT})'),
    (event("relapse", "2024-01-01", id=7), f"events[0].id: 7 is not a text (allowed: {TEXT})"),
    (
        jcv("2024-01-01", "positive", assay="a\x00b"),
        'events[0].assay: "a\\u0000b" holds a control character (U+0000)',
    ),
    (
        jcv("2024-01-01", "positive", assay="a\nb"),
        'events[0].assay: "a\\nb" holds a control character (U+000A)',
    ),
    (
        event("relapse", "2024-01-01", note="\ud800"),
        'events[0].note: "\\ud800" holds a control character (U+D800)',
    ),
    (
        event("relapse", "2024-01-01", id="a\u202eb"),
        'events[0].id: "a\\u202eb" holds a control character (U+202E)',
    ),
    (
        event("vaccine", "2024-01-01", name="MMR", cvx="3a"),
        'events[0].cvx: "3a" is not allowed (allowed: one to three digits as a text, such as "03")',
    ),
    (event("relapse", "2024-01-01", planned="yes"), 'events[0].planned: "yes" is not true or false'),
    (dose("2024-01-01", completed=1), "events[0].completed: 1 is not true or false"),
    # Lists and answers.
    (event("reaction", "2024-01-01", features="rash"), 'events[0].features: "rash" is not a list'),
    (
        event("reaction", "2024-01-01", features=["rash", ""]),
        f'events[0].features[1]: "" is empty (allowed: {TEXT})',
    ),
    (
        event("reaction", "2024-01-01", features=[["rash"]]),
        f"events[0].features[0]: a list is not a text (allowed: {TEXT})",
    ),
    (
        event("checklist", "2024-01-01", answers={"other_drug": "perhaps"}),
        'events[0].answers.other_drug: "perhaps" is not allowed (allowed: "no" or "yes")',
    ),
    (
        event("checklist", "2024-01-01", answers={"other_drug": True}),
        'events[0].answers.other_drug: true is not allowed (allowed: "no" or "yes")',
    ),
    (
        event("checklist", "2024-01-01", answers={"drug": "no"}),
        'events[0].answers: "drug" is not allowed (allowed: "immune_condition" or "new_or_worsening" or "other_drug")',
    ),
    (
        event("selfcheck", "2024-01-01", answers={"mood": "no", "left arm": "numb"}),
        'events[0].answers."left arm": "numb" is not allowed (allowed: "no" or "yes")',
    ),
    (event("reaction", "2024-01-01"), "events[0].features: is missing (reaction needs it; allowed: a list)"),
    (event("checklist", "2024-01-01"), "events[0].answers: is missing (checklist needs it; allowed: an object)"),
    (
        event("relapse", "2024-01-01", note=["a"]),
        "events[0].note: a list is not a text (allowed: a text of 0 to 20000 characters)",
    ),
    (event("selfcheck", "2024-01-01", answers=["mood"]), "events[0].answers: a list is not an object"),
    # Fields that contradict each other.
    (
        event("therapy", "2024-02-28", name="x", until="2024-02-27"),
        'events[0].until: "2024-02-27" is before the event itself (2024-02-28)',
    ),
    (
        event("symptom", "2024-02-28", name="x", ended="2024-02-27"),
        'events[0].ended: "2024-02-27" is before the event itself (2024-02-28)',
    ),
    (
        event("authorisation", "2024-02-28", status="authorised", until="2023-02-28"),
        'events[0].until: "2023-02-28" is before the event itself (2024-02-28)',
    ),
    (
        event("mri", "2024-02-28", protocol="full", compared_with="2024-02-28"),
        'events[0].compared_with: "2024-02-28" is not before the scan itself (2024-02-28)',
    ),
    (
        event("earlier_treatment", "2024-02-28", first_dose="2024-02-29"),
        'events[0].first_dose: "2024-02-29" is after the event itself (2024-02-28)',
    ),
    (
        event("csf", "2024-02-28", jcv_pcr="not_detected", copies_per_ml=500),
        "events[0].copies_per_ml: 500 contradicts not_detected (allowed: absent, or 0)",
    ),
    (
        event("withdrawal", "2024-02-28"),
        "events[0].corrects: is missing; a withdrawal names the id of the entry made in error",
    ),
    (
        dose("2024-02-28", planned=True, given_mg=300),
        "events[0].given_mg: is not allowed beside planned: true (a planned dose has not been given yet)",
    ),
    (
        event("mri", "2024-02-28", protocol="full", planned=True, suspicious_for_pml=False),
        "events[0].suspicious_for_pml: is not allowed beside planned: true (a planned scan has no findings yet)",
    ),
    (
        event("reaction", "2024-02-28", features=["urticaria"], planned=True),
        "events[0].planned: true is not allowed for reaction: it is a fact, not an intention",
    ),
    (
        event("decision", "2024-02-28", rule="CON-01", choice="released", planned=True),
        "events[0].planned: true is not allowed for decision: a decision is taken or not",
    ),
]


def refusal(plain: Any) -> str:
    with pytest.raises(RecordError) as caught:
        Record.from_dict(plain)
    return str(caught.value)


def whole(events: Any, **fields: Any) -> Plain:
    return {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events, **fields}


@pytest.mark.parametrize(("plain", "line"), ONE_EVENT)
def test_an_impossible_event_is_refused_with_place_value_and_what_is_allowed(plain: Any, line: str) -> None:
    assert refusal(whole([plain])) == line


@pytest.mark.parametrize(("plain", "line"), ONE_EVENT)
def test_a_single_event_is_refused_in_the_same_words(plain: Any, line: str) -> None:
    with pytest.raises(RecordError) as caught:
        event_from_dict(plain)
    assert str(caught.value) == line.removeprefix("events[0].").replace("events[0]:", "the event:")


@pytest.mark.parametrize(
    ("plain", "line"),
    [
        ([], "is a list, not a record (a JSON object with schema, person and events)"),
        ("x", "is a text, not a record (a JSON object with schema, person and events)"),
        ({}, 'schema: is missing (write "schema": "natalizumab-record/1")'),
        (
            whole([], schema="natalizumab-record/2"),
            'schema: "natalizumab-record/2" is not a schema this version reads (allowed: "natalizumab-record/1")',
        ),
        (whole([], extra=1), "extra: is not a field of the record; allowed: schema, person, events"),
        (
            {"schema": "natalizumab-record/1", "events": []},
            "person: is missing (the record needs it; allowed: an object)",
        ),
        (whole({}), "events: an object is not a list (allowed: a list of events)"),
        (whole([], person=None), "person: null is not an object (allowed: an object with id, born, sex)"),
        (whole([], person={}), f"person.id: is missing (person needs it; allowed: {TEXT})"),
        (whole([], person={"id": "a", "name": "b"}), "person.name: is not a field of person; allowed: id, born, sex"),
        (
            whole([], person={"id": "a", "sex": "f"}),
            'person.sex: "f" is not allowed (allowed: "female" or "male" or "other" or "unknown")',
        ),
        (
            whole([], person={"id": "a", "born": "1988-02-30"}),
            'person.born: "1988-02-30" is not a date (YYYY-MM-DD)',
        ),
        (
            whole([], person={"id": "a", "born": "0088-02-03"}),
            'person.born: "0088-02-03" is outside the years 1900 to 2199',
        ),
        (
            whole([event("reaction", "2024-02-28", features=[[[[["deep"]]]]])]),
            "events[0].features[0][0][0][0]…: is nested too deeply (allowed: 6 levels)",
        ),
    ],
)
def test_an_impossible_record_is_refused(plain: Any, line: str) -> None:
    assert refusal(plain) == line


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_refuses_a_field_that_it_does_not_have(kind: str) -> None:
    assert refusal(whole([event(kind, "2024-01-01", zzz=1)])).startswith(f"events[0].zzz: is not a field of {kind}")


@pytest.mark.parametrize(
    "extreme",
    [
        dose("2024-01-01", dose_mg=600),
        dose("2024-01-01", given_mg=0, completed=False),
        event("weight", "2024-01-01", kg=20),
        event("weight", "2024-01-01", kg=350),
        jcv("2024-01-01", "negative", index=0),
        jcv("2024-01-01", "positive", index=10, assay="an assay that nobody knows"),
        event("lab", "2024-01-01", test="ALT", value=24000, unit="U/L"),
        event("lab", "2024-01-01", test="platelets", value=0, unit="10*9/L"),
        event("reaction", "2024-01-01", features=[]),
        event("therapy", "2024-01-01", name="a drug that nobody knows", until="2024-01-01"),
        event("diagnosis", "1961-01-01", name="multiple sclerosis"),
        event("relapse", "2024-01-01", id=None, note=None, planned=None),
        event("relapse", "2024-01-01", note="first line\n\tsecond line"),
        event("relapse", "2199-12-31T23:59:59.999999-14:00"),
        event("dose", "2024-01-01", dose_mg=300, route="iv", planned=True),
    ],
)
def test_real_extremes_are_read(extreme: Plain) -> None:
    assert len(record(extreme).events) == 1


def test_what_a_date_allows_is_said_for_a_field_that_needs_one() -> None:
    assert allowed(type_info(date)) == "YYYY-MM-DD"
