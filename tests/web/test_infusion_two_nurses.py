"""Two nurses, one person: nothing is written twice, nothing is overwritten, and whoever comes second is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.web.infusing import GIVE, NO_TO_ALL, ON, booked, done, fill, kinds, opened, place
from tests.web.people import enter, member, signed_in

from natalizumab.clinic.infusion import appointments
from natalizumab.clinic.models import AppointmentState, Clinic, Person, Role

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import django; django.setup(); from tests.web.two_at_once import main; main()"


@pytest.fixture
def as_nils(clinic: Clinic) -> Client:
    return signed_in(member(clinic, "nils", Role.NURSE))


@pytest.fixture(autouse=True)
def quarter_past_twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.make_aware(datetime(2026, 11, 2, 12, 15))
    monkeypatch.setattr("natalizumab.clinic.views.infusion.moment", lambda: now)


def test_a_form_sent_twice_is_written_once(as_nora: Client, ben: Person) -> None:
    hidden = opened(as_nora, ben)
    assert done(fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-kg": "80"}, hidden))
    assert done(fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-kg": "80"}, hidden))
    assert (kinds(ben).count("checklist"), kinds(ben)[-1]) == (1, "weight")


def test_whoever_comes_second_sees_what_the_first_entered_and_is_asked_again(
    as_nora: Client, as_nils: Client, ben: Person
) -> None:
    hidden = opened(as_nils, ben)
    fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-new_or_worsening": "yes"})
    response = fill(as_nils, ben, "checklist", {**NO_TO_ALL, "checklist-kg": "79"}, hidden)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody else entered something meanwhile." in page
    assert "yes to new or worsening" in page
    assert "by nora" in page
    assert 'value="79"' in page
    assert kinds(ben).count("checklist") == 1


def test_two_nurses_give_one_dose(as_nora: Client, as_nils: Client, ben: Person) -> None:
    fill(as_nora, ben, "checklist", NO_TO_ALL)
    hidden = opened(as_nils, ben)
    assert done(fill(as_nora, ben, "give", GIVE))
    assert "Somebody else entered" in fill(as_nils, ben, "give", GIVE, hidden).content.decode()
    assert "A dose was given today at 12:00." in fill(as_nils, ben, "give", GIVE).content.decode()
    assert kinds(ben).count("dose") == 4


def test_a_form_that_was_sent_for_somebody_else_is_refused(as_nora: Client, ben: Person, ada: Person) -> None:
    hidden = opened(as_nora, ben)
    fill(as_nora, ben, "checklist", NO_TO_ALL, hidden)
    theirs = {**hidden, "seen": opened(as_nora, ada)["seen"]}
    assert "for somebody else" in fill(as_nora, ada, "checklist", NO_TO_ALL, theirs).content.decode()
    assert "checklist" not in kinds(ada)


@pytest.mark.parametrize("hidden", [{}, {"key": "x" * 51}, {"key": ""}, {"seen": "9" * 400}, {"seen": "²"}])
def test_without_its_hidden_fields_a_form_is_shown_again_with_what_was_typed(
    as_nora: Client, ben: Person, hidden: dict[str, str]
) -> None:
    sent = {**opened(as_nora, ben), **hidden} if hidden else {}
    response = fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-kg": "77"}, sent)
    assert response.status_code == 200
    assert 'value="77"' in response.content.decode()
    assert "checklist" not in kinds(ben)


def test_an_appointment_that_was_changed_meanwhile_is_shown_as_it_is(as_nora: Client, ben: Person) -> None:
    old = booked(ben)
    appointments.become(old, "arrived", by=None)
    asked = {"step": "missed", "appointment": str(old.appointment_id), "number": str(old.number)}
    assert "Somebody else changed it meanwhile: Arrived" in as_nora.post("/infusions/", asked).content.decode()
    assert done(as_nora.post("/infusions/", {**asked, "step": "arrived"}))
    assert AppointmentState.objects.filter(appointment=old.appointment_id).count() == 2


def test_an_appointment_moved_meanwhile_does_not_lose_the_dose(as_nora: Client, ben: Person) -> None:
    state = booked(ben)
    fill(as_nora, ben, "checklist", NO_TO_ALL)
    hidden = opened(as_nora, ben)
    appointments.become(state, "cancelled", by=None)
    assert done(fill(as_nora, ben, "give", GIVE, hidden))
    assert [one.status for one in appointments.of_day(ben.clinic, ON)] == ["given"]


def test_an_entry_of_somebody_else_is_news_only_to_a_form_from_before_it(as_nora: Client, ben: Person) -> None:
    enter(ben, {"kind": "edss", "on": "2026-11-02", "score": 2})
    assert as_nora.get(place(ben)).context["news"] == []


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of two nurses who press the button at one moment, eight times over, in a program of its own."""
    mine = {} if connection.vendor == "postgresql" else {"NATALIZUMAB_DATABASE": str(_file(tmp_path_factory))}
    mine["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    mine["DJANGO_SETTINGS_MODULE"] = "natalizumab.clinic.settings.test"
    command = [sys.executable, "-c", PROGRAM]
    ran = subprocess.run(command, capture_output=True, text=True, env=os.environ | mine, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _file(folders: pytest.TempPathFactory) -> Path:
    return folders.mktemp("two") / "clinic.sqlite3"


def test_at_one_moment_two_pages_give_one_dose_and_the_second_is_told(rounds: dict[str, Any]) -> None:
    wanted = {"statuses": [200, 302], "doses": 1, "observations": 1, "states": ["given"]}
    assert rounds["rounds"]["two pages"] == [wanted] * 8


def test_at_one_moment_one_form_sent_twice_gives_one_dose_and_both_are_fine(rounds: dict[str, Any]) -> None:
    wanted = {"statuses": [302, 302], "doses": 1, "observations": 1, "states": ["given"]}
    assert rounds["rounds"]["one page"] == [wanted] * 8


def test_at_one_moment_a_chair_goes_to_one_of_two_people(rounds: dict[str, Any]) -> None:
    assert rounds["rounds"]["two bookings"] == [{"statuses": [200, 302], "booked": 1}] * 8


def test_at_one_moment_one_booking_sent_twice_is_made_once(rounds: dict[str, Any]) -> None:
    assert rounds["rounds"]["one booking"] == [{"statuses": [302, 302], "booked": 1}] * 8


def test_after_all_that_the_chains_hold(rounds: dict[str, Any]) -> None:
    assert rounds["problems"] == []
