"""One person's infusion: who may give what when, what is on record afterwards, and what the page says at once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.infusing import GIVE, NO_TO_ALL, booked, done, fill, kinds, opened, place
from tests.web.people import BEN, doses, enter, member, person, signed_in

from natalizumab.clinic.infusion import appointments, observing
from natalizumab.clinic.models import Clinic, Entry, Observation, Person, Reading, Role, User


@pytest.fixture(autouse=True)
def quarter_past_twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "12:15")


def set_clock(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    now = timezone.make_aware(datetime.fromisoformat(f"2026-11-02T{at}"))
    for view in ("infusion", "infusion_day"):
        monkeypatch.setattr(f"natalizumab.clinic.views.{view}.moment", lambda: now)


@pytest.fixture
def priya(clinic: Clinic) -> User:
    return member(clinic, "priya", Role.PRESCRIBER)


@pytest.fixture
def as_priya(priya: User) -> Client:
    return signed_in(priya)


def page_of(client: Client, who: Person) -> str:
    response = client.get(place(who))
    assert response.status_code == 200
    return str(response.content.decode())


def last(who: Person) -> dict[str, Any]:
    entry = Entry.objects.filter(person=who).order_by("sequence").last()
    assert entry is not None
    found: dict[str, Any] = json.loads(entry.payload)
    return found


def ready(client: Client, who: Person) -> None:
    assert done(fill(client, who, "checklist", NO_TO_ALL))


def test_without_the_checklist_no_dose_can_be_given(as_nora: Client, ben: Person) -> None:
    response = fill(as_nora, ben, "give", GIVE)
    assert "Go through the checklist first." in response.content.decode()
    assert "checklist" not in kinds(ben)
    assert kinds(ben).count("dose") == 3


def test_after_a_clean_checklist_the_dose_goes_on_record_as_it_was_given(as_nora: Client, ben: Person) -> None:
    ready(as_nora, ben)
    assert done(fill(as_nora, ben, "give", {**GIVE, "give-note": "left arm"}))
    assert last(ben) == {
        "kind": "dose",
        "on": "2026-11-02T12:00+00:00",
        "dose_mg": 300,
        "route": "iv",
        "product": "Tysabri",
        "batch": "B1",
        "minutes": 60,
        "place": "clinic",
        "note": "left arm",
    }
    assert "Given at 12:00" in page_of(as_nora, ben)


def test_a_dose_under_the_skin_has_the_minutes_between_its_injections(as_nora: Client, ben: Person) -> None:
    ready(as_nora, ben)
    under = {**GIVE, "give-route": "sc", "give-minutes": ""}
    response = fill(as_nora, ben, "give", under)
    assert "Say after how many minutes the second injection followed." in response.content.decode()
    assert done(fill(as_nora, ben, "give", {**under, "give-second_injection_minutes": "12"}))
    assert (last(ben)["route"], last(ben)["second_injection_minutes"]) == ("sc", 12)
    assert "minutes" not in last(ben)


def test_a_yes_on_the_checklist_holds_the_dose_at_once(as_nora: Client, ben: Person) -> None:
    assert done(fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-new_or_worsening": "yes"}))
    page = page_of(as_nora, ben)
    assert 'class="panel verdict hold"' in page
    assert "Think of PML." in page
    assert "call the prescriber before anything else" in page
    response = fill(as_nora, ben, "give", GIVE)
    assert "only a prescriber&#x27;s release" in response.content.decode()
    assert kinds(ben).count("dose") == 3


def test_a_yes_is_answered_while_the_form_is_filled_in_and_nothing_is_saved(as_nora: Client, ben: Person) -> None:
    before = kinds(ben)
    response = fill(as_nora, ben, "checklist", {"checklist-other_drug": "yes", "only": "says"})
    assert "With this, the plan says:" in response.content.decode()
    assert "call the prescriber" in response.content.decode()
    assert fill(as_nora, ben, "checklist", {**NO_TO_ALL, "only": "says"}).content.strip() == b""
    assert kinds(ben) == before


def test_a_nurse_can_not_release_a_hold_and_a_prescriber_can(as_nora: Client, as_priya: Client, ben: Person) -> None:
    fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-other_drug": "yes"})
    assert "A prescriber answers this." in page_of(as_nora, ben)
    (reason,) = as_priya.get(place(ben)).context["page"].answerable
    answer = {"answer-reasons": [reason.key], "answer-why": "One tablet of an old steroid."}
    refused = fill(as_nora, ben, "answer", answer)
    assert refused.status_code == 200
    assert "decision" not in kinds(ben)
    assert done(fill(as_priya, ben, "answer", answer))
    said = last(ben)
    assert (said["rule"], said["choice"], said["by"]) == ("CHK-01", "released", "priya")
    assert said["answers"] == reason.reason["facts"]
    assert done(fill(as_nora, ben, "give", GIVE))


def test_a_confirm_is_acknowledged_before_the_dose(as_nora: Client, clinic: Clinic) -> None:
    early = person(clinic, "E-5", "Eve Invented", [*BEN[:-1], *doses("2026-10-10")])
    ready(as_nora, early)
    assert "The reasons above must be acknowledged first." in fill(as_nora, early, "give", GIVE).content.decode()
    keys = [one.key for one in as_nora.get(place(early)).context["page"].answerable]
    unsaid = fill(as_nora, early, "answer", {"answer-reasons": keys, "answer-why": ""})
    assert "it goes on record with your name" in unsaid.content.decode()
    assert done(fill(as_nora, early, "answer", {"answer-reasons": keys, "answer-why": "Travels next week."}))
    assert last(early)["choice"] == "acknowledged"
    assert done(fill(as_nora, early, "give", GIVE))


def test_what_asks_a_prescriber_is_not_a_nurses_to_acknowledge(as_nora: Client, as_priya: Client, ada: Person) -> None:
    rules = {one.reason["rule"] for one in as_nora.get(place(ada)).context["page"].answerable}
    more = {one.reason["rule"] for one in as_priya.get(place(ada)).context["page"].answerable}
    assert "RSK-04" not in rules
    assert "RSK-04" in more


def test_a_stop_has_no_answer_even_for_a_prescriber(as_priya: Client, ben: Person) -> None:
    enter(ben, {"kind": "reaction", "on": "2026-10-05", "features": ["urticaria"]})
    ready(as_priya, ben)
    page = as_priya.get(place(ben)).context["page"]
    assert page.decision == "stop"
    assert {one.weight for one in page.against} == {"stop"}
    assert page.answerable == []
    assert "A stop ends only when the facts are corrected." in fill(as_priya, ben, "give", GIVE).content.decode()


def test_what_holds_another_order_is_seen_and_does_not_release_that_order(as_nora: Client, ben: Person) -> None:
    enter(ben, {"kind": "vaccine", "on": "2026-11-20", "name": "yellow fever", "planned": True})
    ready(as_nora, ben)
    (reason,) = as_nora.get(place(ben)).context["page"].answerable
    assert done(fill(as_nora, ben, "answer", {"answer-reasons": [reason.key], "answer-why": "Told not to have it."}))
    page = as_nora.get(place(ben)).context["page"]
    assert page.decision == "allow"
    assert [one.reason["effect"] for one in page.against] == ["hold"]
    assert done(fill(as_nora, ben, "give", GIVE))


def test_a_dose_withheld_is_on_record_as_nothing_given_and_every_reason_as_declined(
    as_nora: Client, ben: Person
) -> None:
    fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-new_or_worsening": "yes"})
    state = booked(ben)
    assert "Say why" in fill(as_nora, ben, "withhold", {"withhold-why": " "}).content.decode()
    assert done(fill(as_nora, ben, "withhold", {"withhold-why": "New weakness; the neurologist sees her now."}))
    entries = [json.loads(entry.payload) for entry in Entry.objects.filter(person=ben).order_by("-sequence")[:2]]
    assert (entries[0]["rule"], entries[0]["choice"]) == ("CHK-01", "declined")
    assert (entries[1]["kind"], entries[1]["given_mg"]) == ("dose", 0)
    page = as_nora.get(place(ben)).context["page"]
    assert (page.number, page.dose) == (4, None)
    now = appointments.find(ben.clinic, state.appointment_id)
    assert now is not None
    assert (now.status, now.reason) == ("withheld", "New weakness; the neurologist sees her now.")


def test_only_a_prescriber_stops_natalizumab_here(as_nora: Client, as_priya: Client, ben: Person, zoe: Person) -> None:
    why = {"withhold-why": "Wishes to stop.", "withhold-stop": "on"}
    assert done(fill(as_nora, ben, "withhold", why))
    assert "stop" not in kinds(ben)
    assert done(fill(as_priya, ben, "withhold", why))
    assert "stop" in kinds(ben)


def test_after_the_dose_the_observation_runs_on_the_servers_clock(
    as_nora: Client, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(as_nora, ben)
    fill(as_nora, ben, "give", GIVE)
    watch = as_nora.get(place(ben)).context["page"].watch
    assert (watch.phase, watch.minutes_left, f"{watch.observation.until:%H:%M}") == ("dose", 105, "14:00")
    set_clock(monkeypatch, "13:30")
    watch = as_nora.get(place(ben)).context["page"].watch
    assert (watch.phase, watch.minutes_left) == ("after", 30)
    assert "30 minutes left" in as_nora.get("/infusions/").content.decode()
    set_clock(monkeypatch, "14:00")
    assert as_nora.get(place(ben)).context["page"].watch.phase == "over"


def test_the_protocols_observation_can_be_made_longer_but_not_shorter(as_nora: Client, ben: Person) -> None:
    ready(as_nora, ben)
    response = fill(as_nora, ben, "give", {**GIVE, "give-observe": "30"})
    assert "Allowed: 60 to 1440 minutes after this dose." in response.content.decode()
    assert done(fill(as_nora, ben, "give", {**GIVE, "give-observe": "90"}))


def test_after_many_doses_a_clinician_decides_how_long_to_observe(as_nora: Client, clinic: Clinic) -> None:
    days = [f"{year}-{month:02}-10" for year in (2025, 2026) for month in range(1, 11)][:-1]
    old = person(clinic, "O-7", "Oda Invented", [*BEN[:-3], *doses(*days, "2026-10-05")])
    ready(as_nora, old)
    page = as_nora.get(place(old)).context["page"]
    assert page.minutes("iv") == 0
    assert page.observe == ""


def test_ending_an_observation_early_needs_a_word_and_there_is_one_end(
    as_nora: Client, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(as_nora, ben)
    fill(as_nora, ben, "give", GIVE)
    early = fill(as_nora, ben, "observed", {"observed-outcome": "left"})
    assert "It lasts until 14:00: say why it ends sooner." in early.content.decode()
    set_clock(monkeypatch, "14:01")
    assert done(fill(as_nora, ben, "observed", {"observed-outcome": "well"}))
    assert done(fill(as_nora, ben, "observed", {"observed-outcome": "left"}))
    observation = Observation.objects.get(person=ben)
    assert observation.end.outcome == "well"
    assert observing.finish(observation, "left", "", observation.until, by=None).outcome == "well"
    assert "Observation ended" in page_of(as_nora, ben)


def test_a_reaction_stops_treatment_and_says_what_to_do(as_nora: Client, ben: Person) -> None:
    ready(as_nora, ben)
    fill(as_nora, ben, "give", GIVE)
    seen = {"reaction-features": ["urticaria", "itch"], "reaction-other": "swollen ears; hot", "reaction-grade": "2"}
    before = fill(as_nora, ben, "reaction", {**seen, "only": "says"}).content.decode()
    assert "Think of hypersensitivity to natalizumab." in before
    assert done(fill(as_nora, ben, "reaction", {**seen, "reaction-minutes": "15"}))
    said = last(ben)
    assert said["features"] == ["urticaria", "itch", "swollen ears", "hot"]
    assert (said["grade"], said["minutes"]) == (2, 15)
    page = as_nora.get(place(ben)).context["page"]
    assert page.decision == "stop"
    assert "HYP-01" in {one.reason["rule"] for one in page.against}
    assert "DOS-03" not in {one.reason["rule"] for one in page.against}


def test_a_dose_that_was_broken_off_is_corrected_and_the_first_entry_stays(as_nora: Client, ben: Person) -> None:
    ready(as_nora, ben)
    fill(as_nora, ben, "give", GIVE)
    seen = {"reaction-features": ["wheeze"], "reaction-broken_off": "on"}
    assert (
        "Allowed: 0 to 300 mg" in fill(as_nora, ben, "reaction", {**seen, "reaction-given_mg": "400"}).content.decode()
    )
    assert done(fill(as_nora, ben, "reaction", {**seen, "reaction-given_mg": "120"}))
    corrected = Entry.objects.filter(person=ben).order_by("sequence").last()
    assert corrected is not None
    assert corrected.corrects is not None
    assert corrected.corrects.kind == "dose"
    assert (last(ben)["given_mg"], last(ben)["completed"]) == (120, False)
    assert "broken off" in page_of(as_nora, ben)


def test_a_reaction_without_anything_seen_is_asked_about(as_nora: Client, ben: Person) -> None:
    response = fill(as_nora, ben, "reaction", {"reaction-note": "unwell"})
    assert "Tick what was seen" in response.content.decode()
    assert "unwell" in response.content.decode()


def test_answers_given_again_correct_the_first_ones_with_a_reason(as_nora: Client, ben: Person) -> None:
    fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-other_drug": "yes"})
    assert "Say why" in fill(as_nora, ben, "checklist", NO_TO_ALL).content.decode()
    assert done(fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-why": "Misheard: paracetamol."}))
    assert as_nora.get(place(ben)).context["page"].decision == "allow"
    assert kinds(ben).count("checklist") == 2


def test_a_weight_taken_today_is_an_entry_of_its_own(as_nora: Client, ben: Person) -> None:
    wrong = fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-kg": "7"})
    assert "20" in wrong.content.decode()
    assert "checklist" not in kinds(ben)
    assert done(fill(as_nora, ben, "checklist", {**NO_TO_ALL, "checklist-kg": "81.5"}))
    assert last(ben) == {"kind": "weight", "on": "2026-11-02", "kg": 81.5}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("give-dose_mg", "600", "The dose is 300 mg, under the skin as two injections of 150 mg."),
        ("give-start", "12:16", "It is 12:15 now"),
        ("give-minutes", "2000", "1440"),
        ("give-minutes", "", "Say how many minutes the infusion takes."),
        ("give-product", "", "This field is required."),
        ("give-batch", "B\u202e1", "control character"),
        ("give-route", "po", "Select a valid choice"),
        ("give-observe", "nan", "Enter a number."),
    ],
)
def test_what_can_not_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    as_nora: Client, ben: Person, field: str, typed: str, said: str
) -> None:
    ready(as_nora, ben)
    response = fill(as_nora, ben, "give", {**GIVE, "give-note": "kept words", field: typed})
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert "kept words" in page
    assert kinds(ben).count("dose") == 3


def test_somebody_without_an_appointment_has_one_once_the_dose_is_given(as_nora: Client, ben: Person) -> None:
    ready(as_nora, ben)
    fill(as_nora, ben, "give", GIVE)
    (state,) = appointments.of_day(ben.clinic, as_nora.get(place(ben)).context["page"].on)
    assert (state.appointment.person, state.status) == (ben, "given")


def test_who_only_reads_sees_the_screen_and_no_form(clinic: Clinic, ben: Person) -> None:
    page = page_of(signed_in(member(clinic, "audrey", Role.AUDITOR)), ben)
    assert "Go through the checklist first." in page
    assert 'name="step"' not in page


def test_a_record_that_can_not_be_read_lets_nothing_be_given(as_priya: Client, ben: Person) -> None:
    enter(ben, {"kind": "dose", "on": "2026-10-05", "dose_mg": 300, "route": "iv"})
    response = fill(as_priya, ben, "give", GIVE)
    assert "The record cannot be read" in response.content.decode()


def test_seeing_the_screen_is_put_on_record(as_nora: Client, nora: User, ben: Person) -> None:
    page_of(as_nora, ben)
    (reading,) = Reading.objects.filter(person=ben)
    assert (reading.user, reading.what) == (nora, "infusion")


def test_the_screen_takes_few_queries(as_nora: Client, ben: Person, django_assert_max_num_queries: Any) -> None:
    booked(ben)
    ready(as_nora, ben)
    fill(as_nora, ben, "give", GIVE)
    with django_assert_max_num_queries(12):
        page_of(as_nora, ben)


def test_the_hidden_fields_of_a_page_are_its_own(as_nora: Client, ben: Person) -> None:
    first, second = opened(as_nora, ben), opened(as_nora, ben)
    assert first["seen"] == second["seen"] == str(len(kinds(ben)))
    assert first["key"] != second["key"]
