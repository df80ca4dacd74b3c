"""Does every kind of entry have a form that writes exactly what was typed, and nothing that the core refuses?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.web.forms import is_saved, opened, sent, text_of, told
from tests.web.people import enter

from natalizumab.clinic.entering.field import shapes
from natalizumab.clinic.entering.kinds import FORMS
from natalizumab.clinic.models import Entry, Person, User
from natalizumab.record import KINDS

pytestmark = pytest.mark.usefixtures("solver")

FILLED: dict[str, dict[str, Any]] = {
    "dose": {"dose_mg": "300", "route": "iv", "product": "Tysabri", "minutes": "60", "tolerated": "yes"},
    "interval": {"weeks": "6"},
    "stop": {"reason": "A wish for children."},
    "earlier_treatment": {"first_dose": "2022-02-01", "doses": "12", "interval_weeks": "4"},
    "therapy": {"name": "vitamin D", "until": "2026-12-01", "accelerated_elimination": "no"},
    "procedure": {"name": "plasma exchange"},
    "vaccine": {"name": "influenza", "cvx": "150"},
    "jcv": {"result": "positive", "index": "1.2", "assay": "STRATIFY"},
    "mri": {"protocol": "full", "new_t2": "0", "gd": "0", "suspicious_for_pml": "no", "compared_with": "2026-04-20"},
    "concentration": {"mg_per_l": "14,2", "below": "no"},
    "antibody": {"result": "negative"},
    "lab": {"test": "ALT", "value": "22", "unit": "U/L", "upper_limit": "45"},
    "serology": {"test": "VZV", "result": "positive"},
    "csf": {"jcv_pcr": "detected", "copies_per_ml": "120"},
    "weight": {"kg": "68.5"},
    "unmapped": {"source": "Harbour laboratory", "label": "CRP 3", "received": "a line\nand another"},
    "symptom": {"name": "headache", "days": "3", "worsening": "no", "ended": "2026-11-02"},
    "relapse": {"note": "left leg"},
    "reaction": {"features": ["urticaria", "goose bumps; yawning"], "grade": "2", "hypersensitivity": "yes"},
    "diagnosis": {"name": "asthma", "status": "history"},
    "allergy": {"substance": "nuts", "status": "confirmed"},
    "edss": {"score": "2.5"},
    "fatigue": {"scale": "MFIS", "score": "38"},
    "pregnancy": {"gestation_weeks": "8"},
    "breastfeeding": {"ended": "2026-11-02"},
    "checklist": {"answers.new_or_worsening": "no", "answers.other_drug": "yes", "place": "home"},
    "form": {"name": "alert card"},
    "authorisation": {"status": "authorised", "until": "2027-05-02"},
    "review": {"by": "Dr Invented", "outcome": "go on"},
    "selfcheck": {"answers.mood": "yes", "by": "Ada"},
    "followup": {"status": "transferred"},
}
WRITTEN: dict[str, dict[str, Any]] = {
    "dose": {"dose_mg": 300, "minutes": 60, "tolerated": True},
    "concentration": {"mg_per_l": 14.2, "below": False},
    "reaction": {"features": ["urticaria", "goose bumps", "yawning"], "hypersensitivity": True},
    "checklist": {"answers": {"new_or_worsening": "no", "other_drug": "yes"}, "place": "home"},
    "unmapped": {"received": "a line\nand another"},
    "weight": {"kg": 68.5},
}


def place(who: Person, kind: str) -> str:
    return f"/people/{who.pk}/add/{kind}/"


def last(who: Person) -> Entry:
    found = Entry.objects.filter(person=who).order_by("-sequence").first()
    assert found is not None
    return found


def test_every_kind_has_a_form_but_those_with_pages_of_their_own() -> None:
    assert set(KINDS) - set(FORMS) == {"decision", "withdrawal"}
    assert set(FILLED) == set(FORMS)


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_has_every_field_of_its_kind_and_a_word_for_every_choice(kind: str) -> None:
    own = {field.name: field for field in FORMS[kind].fields}
    assert set(own) == set(shapes(kind))
    for name, shape in shapes(kind).items():
        if shape.input == "choice":
            assert set(shape.options) <= set(own[name].choices)


@pytest.mark.parametrize("kind", FORMS)
def test_what_was_typed_is_written_as_it_was_meant(as_nora: Client, nora: User, ada: Person, kind: str) -> None:
    before = Entry.objects.filter(person=ada).count()
    response = sent(as_nora, place(ada, kind), on="2026-11-02", **FILLED[kind])
    assert is_saved(response), text_of(response)
    entry = last(ada)
    assert Entry.objects.filter(person=ada).count() == before + 1
    assert (entry.kind, entry.source, entry.entered_by) == (kind, "form", nora)
    payload = json.loads(entry.payload)
    assert payload["on"] == "2026-11-02"
    told_fields = {name.partition(".")[0] for name in FILLED[kind]}
    assert set(payload) - {"kind", "on"} == told_fields
    for name, value in WRITTEN.get(kind, {}).items():
        assert payload[name] == value


@pytest.mark.parametrize("kind", FORMS)
def test_an_empty_form_says_what_is_needed_and_writes_nothing(as_nora: Client, ada: Person, kind: str) -> None:
    before = Entry.objects.count()
    response = sent(as_nora, place(ada, kind), on="")
    assert response.status_code == 200
    assert told(response, "on") == "This is needed."
    for name, shape in shapes(kind).items():
        if shape.required:
            assert told(response, name) == "This is needed."
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "typed", "field", "words"),
    [
        ("weight", {"kg": "5"}, "kg", "5 is below 20 (allowed: 20 to 350)."),
        ("weight", {"kg": "seventy"}, "kg", "is not a number"),
        ("weight", {"kg": "1,200"}, "kg", "could be 1.200 or 1200"),
        ("weight", {"kg": "9" * 400}, "kg", "is not a number"),
        ("weight", {"kg": "70", "on": "2026-11-03"}, "on", "is after today (2 Nov 2026): correct the date"),
        ("weight", {"kg": "70", "on": "31.12.2025"}, "on", "is not a date"),
        ("weight", {"kg": "70", "on": "0024-01-01"}, "on", "is outside the years"),
        ("weight", {"kg": "70", "note": "a\x00b"}, "note", "control character"),
        ("weight", {"kg": "70", "on": "1970-01-01"}, "on", "before the person was born"),
        ("dose", {"dose_mg": "300", "route": "by mouth"}, "route", "is not allowed"),
        ("dose", {"dose_mg": "300", "route": "iv", "on": "2026-11-09"}, "on", "tick “Planned”"),
        ("dose", {"dose_mg": "300", "route": "iv", "on_time": "25:00"}, "on", "is no time"),
        (
            "dose",
            {"dose_mg": "300", "route": "iv", "on": "2026-10-12"},
            "on",
            "A second dose on 12 Oct 2026, beside the entry “Dose” of 12 Oct 2026",
        ),
        ("mri", {"protocol": "full", "compared_with": "2026-11-02"}, "compared_with", "is not before the scan itself"),
        ("edss", {"score": "2.3"}, "score", "in steps of 0.5"),
        ("checklist", {"answers.other_drug": "perhaps"}, "answers", "is no answer"),
        ("csf", {"jcv_pcr": "not_detected", "copies_per_ml": "5"}, "copies_per_ml", "contradicts not_detected"),
    ],
)
def test_what_the_core_refuses_is_said_at_its_field(
    as_nora: Client, ada: Person, kind: str, typed: dict[str, str], field: str, words: str
) -> None:
    before = Entry.objects.count()
    response = sent(as_nora, place(ada, kind), **({"on": "2026-11-02"} | typed))
    assert response.status_code == 200
    assert words in told(response, field)
    assert Entry.objects.count() == before


def test_nothing_typed_is_lost_when_something_is_wrong(as_nora: Client, ada: Person) -> None:
    typed = {
        "on": "2026-11-01",
        "features": ["wheeze", "goose bumps"],
        "grade": "9",
        "minutes": "twenty",
        "hypersensitivity": "yes",
        "note": "came & went",
    }
    page = sent(as_nora, place(ada, "reaction"), **typed).content.decode()
    for shown in (
        'value="wheeze" checked',
        'value="goose bumps"',
        'value="9"',
        'value="twenty"',
        'value="yes" checked',
        "came &amp; went",
        'value="2026-11-01"',
    ):
        assert shown in page


def test_all_that_is_wrong_is_said_at_once(as_nora: Client, ada: Person) -> None:
    response = sent(as_nora, place(ada, "jcv"), on="2026-11-05", result="maybe", index="15")
    for field in ("on", "result", "index", "assay"):
        assert told(response, field)
    assert "4 things to look at" in text_of(response)


def test_a_planned_dose_may_lie_ahead(as_nora: Client, ada: Person) -> None:
    response = sent(as_nora, place(ada, "dose"), on="2026-11-09", dose_mg="300", route="iv", planned="yes")
    assert is_saved(response)
    assert json.loads(last(ada).payload)["planned"] is True


def test_a_new_dose_begins_with_today_and_what_is_usual_for_this_person(as_nora: Client, ada: Person) -> None:
    page = as_nora.get(place(ada, "dose")).content.decode()
    assert 'name="on" type="date" value="2026-11-02"' in page
    assert 'name="dose_mg" type="text" value="300"' in page
    assert 'value="iv" checked' in page
    assert 'value="Tysabri"' in page


def test_a_time_carries_the_offset_of_the_clinic(as_nora: Client, ada: Person) -> None:
    sent(as_nora, place(ada, "concentration"), on="2026-07-20", on_time="09:05", mg_per_l="10")
    assert json.loads(last(ada).payload)["on"] == "2026-07-20T09:05+01:00"


def test_a_name_in_no_list_is_kept_and_said_to_be_unknown(as_nora: Client, ada: Person) -> None:
    checked = as_nora.post(f"{place(ada, 'vaccine')}check/", {"on": "2026-11-02", "name": "influensa, inactivated"})
    assert "is in no list" in told(checked, "name")
    assert "Did you mean" in told(checked, "name")
    assert is_saved(sent(as_nora, place(ada, "vaccine"), on="2026-11-02", name="influensa"))


def test_what_is_on_record_already_for_that_day_is_pointed_out(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "edss", "on": "2026-10-20", "score": 2})
    checked = as_nora.post(f"{place(ada, 'edss')}check/", {"on": "2026-10-20", "score": "3"})
    assert told(checked, "on") == "Already on record for that day: EDSS score 2."


def test_the_check_while_typing_says_the_same_as_saving_and_writes_nothing(as_nora: Client, ada: Person) -> None:
    typed = {"on": "2026-10-12", "dose_mg": "300", "route": "iv"}
    before = Entry.objects.count()
    checked = as_nora.post(f"{place(ada, 'dose')}check/", typed)
    assert told(checked, "on") == told(sent(as_nora, place(ada, "dose"), **typed), "on")
    assert "1 thing to look at" in text_of(checked)
    assert Entry.objects.count() == before


def test_the_check_does_not_complain_of_what_is_still_empty(as_nora: Client, ada: Person) -> None:
    checked = as_nora.post(f"{place(ada, 'jcv')}check/", {"on": "2026-11-02", "index": "1.1"})
    assert text_of(checked).strip() == ""


def test_a_kind_without_a_form_is_not_found(as_nora: Client, ada: Person) -> None:
    for kind in ("decision", "withdrawal", "nonsense"):
        assert as_nora.get(place(ada, kind)).status_code == 404
        assert as_nora.post(place(ada, kind)).status_code == 404
        assert as_nora.post(f"{place(ada, kind)}check/").status_code == 404


def test_a_record_that_can_not_be_read_takes_the_entry_that_mends_it(as_nora: Client, ada: Person) -> None:
    second = enter(ada, {"kind": "dose", "on": "2026-10-12", "dose_mg": 300, "route": "iv"})
    assert "can’t be read as it stands" in text_of(as_nora.get(place(ada, "weight")))
    assert is_saved(sent(as_nora, place(ada, "weight"), on="2026-11-02", kg="68"))
    mended = sent(as_nora, f"/people/{ada.pk}/entries/{second.pk}/withdraw/", reason="Typed twice.")
    assert is_saved(mended)
    assert "can’t be read" not in text_of(as_nora.get(place(ada, "weight")))


def test_what_changed_in_the_plan_is_said_after_saving(as_nora: Client, ada: Person) -> None:
    response = sent(as_nora, place(ada, "mri"), on="2026-11-02", protocol="full", new_t2="0", gd="0")
    page = text_of(as_nora.get(response.headers["Location"]))
    assert "Saved" in page
    assert "What it changed in the plan" in page
    assert "Overdue, by 20 Oct 2026 → became upcoming" in page


def test_that_nothing_changed_in_the_plan_is_said_too(as_nora: Client, ben: Person) -> None:
    response = sent(as_nora, place(ben, "edss"), on="2026-11-02", score="2")
    assert "Nothing in the plan changed." in text_of(as_nora.get(response.headers["Location"]))


def test_a_saved_entry_of_somebody_else_is_not_shown(as_nora: Client, ada: Person, ben: Person) -> None:
    other = last(ben)
    for text in (str(other.pk), "nonsense", f"{other.pk},x"):
        assert "Saved" not in text_of(as_nora.get(f"/people/{ada.pk}/?saved={text}"))


@pytest.mark.parametrize("kind", ["dose", "weight"])
def test_a_form_takes_few_queries(as_nora: Client, ada: Person, kind: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        carry = opened(as_nora, place(ada, kind))
    with django_assert_max_num_queries(12):
        as_nora.post(place(ada, kind), carry | {"on": "2027-01-01"})
    with django_assert_max_num_queries(12):
        as_nora.post(f"{place(ada, kind)}check/", carry)
