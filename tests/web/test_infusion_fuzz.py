"""Whatever is typed into the forms of an infusion day, the answer is a page: never an error of the server."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.infusing import GIVE, NO_TO_ALL, ON, booked, fill, opened, place

from natalizumab.clinic.infusion.forms import STEPS
from natalizumab.clinic.models import Person

ODD = (
    "",
    "0",
    "-1",
    "1e308",
    "nan",
    "300",
    "12:00",
    "24:61",
    "2026-11-02",
    "iv",
    "yes",
    "on",
    "urticaria",
    "²",
    "\u202e",
    "\x00",
)
TYPED = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
FIELDS = (
    *("kg", "why", "new_or_worsening", "immune_condition", "other_drug", "reasons", "route", "product", "batch"),
    *("dose_mg", "start", "minutes", "second_injection_minutes", "observe", "note", "stop", "outcome", "features"),
    *("other", "grade", "hypersensitivity", "broken_off", "given_mg"),
)
FORMS = {
    "checklist": NO_TO_ALL,
    "answer": {},
    "give": GIVE,
    "withhold": {"withhold-why": "Unwell."},
    "observed": {"observed-outcome": "well", "observed-note": "early"},
    "reaction": {"reaction-features": "itch"},
}
quickly = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_form_is_tried() -> None:
    assert set(FORMS) == set(STEPS)


@pytest.mark.parametrize("step", FORMS)
def test_whatever_is_typed_into_the_screen_is_answered(as_nora: Client, ben: Person, step: str) -> None:
    fill(as_nora, ben, "checklist", NO_TO_ALL)

    @quickly
    @given(st.dictionaries(st.sampled_from(FIELDS), TYPED, max_size=4), st.sampled_from(("", "says")))
    def tried(typed: dict[str, str], only: str) -> None:
        fields = {**FORMS[step], **{f"{step}-{name}": text for name, text in typed.items()}, "only": only}
        assert fill(as_nora, ben, step, fields).status_code in (200, 302)

    tried()
    assert as_nora.get(place(ben)).status_code == 200


@quickly
@given(st.dictionaries(st.sampled_from(["step", "key", "seen", "only"]), TYPED, max_size=4))
def test_whatever_the_hidden_fields_say_is_answered(as_nora: Client, ben: Person, hidden: dict[str, str]) -> None:
    sent = {**opened(as_nora, ben), "step": "checklist", **hidden, **NO_TO_ALL}
    assert as_nora.post(place(ben), sent).status_code in (200, 302)


@quickly
@given(
    st.sampled_from(["book", "move", "arrived", "missed", "cancel"]),
    st.dictionaries(st.sampled_from(["who", "day", "time", "chair", "route", "key", "number", "shown"]), TYPED),
)
def test_whatever_is_typed_into_the_day_is_answered(
    as_nora: Client, ben: Person, step: str, typed: dict[str, Any]
) -> None:
    state = booked(ben, chair=str(uuid4()), day=booked_day(ben))
    usual = {"who": "B-2", "day": "2026-11-05", "time": "10:30", "chair": "1", "route": "iv", "key": str(uuid4())}
    sent = {**usual, "appointment": str(state.appointment_id), "number": "1", "step": step, **typed}
    assert as_nora.post("/infusions/", sent).status_code in (200, 302)


def booked_day(who: Person) -> date:
    """A day on which the person has no appointment yet."""
    return ON + timedelta(days=100 + who.appointments.count())


@quickly
@given(st.dictionaries(st.sampled_from(["day", "book", "change", "route", "saved"]), TYPED))
def test_whatever_the_address_asks_is_answered(as_nora: Client, ben: Person, query: dict[str, str]) -> None:
    assert as_nora.get("/infusions/", query).status_code == 200
    assert as_nora.get(place(ben), query).status_code == 200
