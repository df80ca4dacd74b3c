"""The forms of the infusion screen. Each turns what was typed into events of the record, or says what is wrong.

The record itself knows what is allowed: a form asks it, and puts its words beside the field that they are about.
"""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings

from natalizumab.care import load_protocol
from natalizumab.clinic.infusion.features import groups, written
from natalizumab.clinic.infusion.numbers import NumberField
from natalizumab.clinic.infusion.reasons import DECLINED, Against, answers, still_open
from natalizumab.clinic.infusion.screen import Screen
from natalizumab.clinic.language import choices_said
from natalizumab.clinic.models import ObservationOutcome, Role, Route
from natalizumab.errors import Refusal
from natalizumab.evidence import value
from natalizumab.record import event_from_dict

Event = dict[str, Any]

QUESTIONS = ("new_or_worsening", "immune_condition", "other_drug")
_YES_NO = (("no", "No"), ("yes", "Yes"))
_AREA = {"rows": 2}
_LONGEST, _LONGEST_NOTE = 200, 500


class StepForm(forms.Form):
    """A form of the screen. ``screen`` is what it stands on, ``who`` the name of whoever fills it in."""

    step = ""
    use_required_attribute = False

    def __init__(self, screen: Screen, who: str, data: Any = None) -> None:
        self.screen, self.who = screen, who
        super().__init__(data, prefix=self.step, initial=None if data is not None else self.first())

    def first(self) -> dict[str, Any]:
        """What stands in the fields before anybody types."""
        return {}

    def events(self) -> list[Event]:
        """What is to be entered, from ``cleaned_data``."""
        return []

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors:
            for event in self.events():
                self._ask_the_record(event)
        return found

    def _ask_the_record(self, event: Event) -> None:
        try:
            event_from_dict({key: part for key, part in event.items() if key != "corrects"})
        except Refusal as refusal:
            field, _, problem = str(refusal).partition(": ")
            known = field in self.fields
            self.add_error(field if known else None, problem if known else str(refusal))

    @property
    def today(self) -> str:
        return self.screen.on.isoformat()


class ChecklistForm(StepForm):
    """The questions before a dose. Answered again on the same day, it corrects the first answers."""

    step = "checklist"
    kg = NumberField(label="Weight (kg)", required=False)
    why = forms.CharField(
        label="Why the answers are corrected", required=False, max_length=_LONGEST_NOTE, widget=forms.Textarea(_AREA)
    )

    def __init__(self, screen: Screen, who: str, data: Any = None) -> None:
        super().__init__(screen, who, data)
        for name in QUESTIONS:
            question = str(value(f"checklist.{name}.question").value)
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=_YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose yes or no.", "invalid_choice": "Choose yes or no."},
            )
        if screen.checklist is None:
            del self.fields["why"]

    def first(self) -> dict[str, Any]:
        said: dict[Any, Any] = dict(self.screen.checklist.answers) if self.screen.checklist else {}
        return said

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in QUESTIONS]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "why" in self.fields and not found.get("why"):
            self.add_error("why", "Say why: the first answers stay on record beside the new ones.")
        return found

    def events(self) -> list[Event]:
        said = {name: self.cleaned_data[name] for name in QUESTIONS}
        checklist: Event = {"kind": "checklist", "on": self.today, "answers": said, "place": "clinic"}
        if self.cleaned_data.get("why"):
            checklist["note"] = self.cleaned_data["why"]
        weight = _plain(self.cleaned_data["kg"])
        return [checklist, *([] if weight is None else [{"kind": "weight", "on": self.today, "kg": weight}])]


class AnswerForm(StepForm):
    """A clinician's answer to reasons of the plan: acknowledged, or, by a prescriber, released."""

    step = "answer"
    reasons = forms.MultipleChoiceField(
        label="Which", error_messages={"required": "Choose at least one.", "invalid_choice": "It stands no longer."}
    )
    why = forms.CharField(
        label="Why the dose may be given all the same",
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(_AREA),
        error_messages={"required": "Say why: it goes on record with your name."},
    )

    def __init__(self, screen: Screen, who: str, data: Any = None) -> None:
        super().__init__(screen, who, data)
        choices = [(one.key, one.reason["text"]) for one in screen.answerable]
        self.fields["reasons"] = forms.MultipleChoiceField(
            label="Which", choices=choices, error_messages=self.fields["reasons"].error_messages
        )

    @property
    def chosen(self) -> list[str]:
        """The keys that were ticked."""
        return list(self["reasons"].value() or [])

    def events(self) -> list[Event]:
        keys = self.cleaned_data["reasons"]
        found = [one for one in self.screen.answerable if one.key in keys]
        return answers(found, None, self.cleaned_data["why"], self.who, self.today)


class GiveForm(StepForm):
    """The dose as it is given now."""

    step = "give"
    route = forms.ChoiceField(label="Route", choices=choices_said(Route.choices))
    product = forms.CharField(label="Product", max_length=_LONGEST)
    batch = forms.CharField(label="Batch", max_length=_LONGEST, required=False)
    dose_mg = NumberField(label="Dose (mg)")
    start = forms.TimeField(label="Start", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    minutes = NumberField(label="Minutes", required=False)
    second_injection_minutes = NumberField(label="Second injection after (minutes)", required=False)
    observe = NumberField(label="Observe afterwards (minutes)")
    note = forms.CharField(label="Note", required=False, max_length=_LONGEST_NOTE)

    def first(self) -> dict[str, Any]:
        route = self.screen.route
        last = self.screen.last_given(route)
        dose = load_protocol(settings.NATALIZUMAB_PROTOCOL)["dose_mg"]
        usual = round(dose / value("dosing.infusion_rate").value) if route == Route.IV else None
        return {
            "route": route,
            "product": last.product if last else None,
            "dose_mg": dose,
            "start": self.screen.now.time(),
            "minutes": (last.minutes if last else None) or usual,
            "observe": self.screen.minutes(route),
        }

    def clean_dose_mg(self) -> float:
        given: float = self.cleaned_data["dose_mg"]
        protocol = load_protocol(settings.NATALIZUMAB_PROTOCOL)
        if given != protocol["dose_mg"]:
            syringe = protocol["sc_syringe_mg"]
            raise forms.ValidationError(
                f"The dose is {protocol['dose_mg']} mg, under the skin as two injections of {syringe} mg."
            )
        return given

    def clean_start(self) -> time:
        start: time = self.cleaned_data["start"]
        if start.replace(second=0) > self.screen.now.time():
            raise forms.ValidationError(f"It is {self.screen.now:%H:%M} now: a dose is entered when it has begun.")
        return start

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        route, observe = found.get("route"), found.get("observe")
        if route == Route.IV and found.get("minutes") is None and "minutes" not in self.errors:
            self.add_error("minutes", "Say how many minutes the infusion takes.")
        if route == Route.SC and found.get("second_injection_minutes") is None and not self.errors:
            self.add_error("second_injection_minutes", "Say after how many minutes the second injection followed.")
        if route and observe is not None and not self.screen.minutes(route) <= observe <= _LONGEST_OBSERVATION:
            least = self.screen.minutes(route)
            self.add_error("observe", f"Allowed: {least} to {_LONGEST_OBSERVATION} minutes after this dose.")
        return found

    @property
    def began(self) -> datetime:
        return datetime.combine(self.screen.on, self.cleaned_data["start"], tzinfo=self.screen.now.tzinfo)

    @property
    def dose_minutes(self) -> float:
        """How long the dose itself takes."""
        name = "minutes" if self.cleaned_data["route"] == Route.IV else "second_injection_minutes"
        return float(self.cleaned_data[name] or 0)

    def events(self) -> list[Event]:
        said = self.cleaned_data
        infused = said["route"] == Route.IV
        dose = {
            "kind": "dose",
            "on": self.began.isoformat(timespec="minutes"),
            "dose_mg": _plain(said["dose_mg"]),
            "route": said["route"],
            "product": said["product"],
            "batch": said["batch"] or None,
            "minutes": _plain(said["minutes"]) if infused else None,
            "second_injection_minutes": None if infused else _plain(said["second_injection_minutes"]),
            "place": "clinic",
            "note": said["note"] or None,
        }
        return [{key: part for key, part in dose.items() if part is not None}]


_LONGEST_OBSERVATION = 1440
"""A day: longer than that is a slip of the keyboard."""


class WithholdForm(StepForm):
    """No dose today. On record: an ordered dose of which nothing was given, and each open reason declined."""

    step = "withhold"
    why = forms.CharField(
        label="Why no dose is given today",
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(_AREA),
        error_messages={"required": "Say why: it goes on record with your name."},
    )
    stop = forms.BooleanField(label="Natalizumab is stopped for good", required=False)

    def __init__(self, screen: Screen, who: str, data: Any = None) -> None:
        super().__init__(screen, who, data)
        if screen.role != Role.PRESCRIBER:
            del self.fields["stop"]

    def events(self) -> list[Event]:
        why = self.cleaned_data["why"]
        dose = load_protocol(settings.NATALIZUMAB_PROTOCOL)["dose_mg"]
        nothing = {"kind": "dose", "on": self.today, "dose_mg": dose, "given_mg": 0, "route": self.screen.route}
        declined = answers(self._declined(), DECLINED, why, self.who, self.today)
        stopped = [{"kind": "stop", "on": self.today, "reason": why}] if self.cleaned_data.get("stop") else []
        return [{**nothing, "note": why}, *declined, *stopped]

    def _declined(self) -> list[Against]:
        return [one for one in still_open(self.screen.against) if one.choice is not None]


class ObservedForm(StepForm):
    """The end of an observation."""

    step = "observed"
    outcome = forms.ChoiceField(
        label="How it ended",
        choices=ObservationOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ended."},
    )
    note = forms.CharField(label="Note", required=False, max_length=_LONGEST_NOTE)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        watch = self.screen.watch
        if watch and watch.running and not watch.over and not found.get("note"):
            self.add_error("note", f"It lasts until {watch.observation.until:%H:%M}: say why it ends sooner.")
        return found


class ReactionForm(StepForm):
    """A reaction to today's dose, or to one before that is told today."""

    step = "reaction"
    features = forms.MultipleChoiceField(required=False, label="What was seen", choices=())
    other = forms.CharField(label="Anything else, between commas", required=False, max_length=_LONGEST_NOTE)
    grade = forms.TypedChoiceField(label="Grade", required=False, coerce=int, empty_value=None, choices=())
    minutes = NumberField(label="Minutes after the start of the dose", required=False)
    hypersensitivity = forms.ChoiceField(
        label="Was it hypersensitivity?",
        required=False,
        choices=choices_said((("", "Not said yet"), ("yes", "Yes"), ("no", "No"))),
    )
    broken_off = forms.BooleanField(label="The dose was broken off", required=False)
    given_mg = NumberField(label="Given before that (mg), if known", required=False)
    note = forms.CharField(
        label="What was seen and done", required=False, max_length=_LONGEST_NOTE, widget=forms.Textarea(_AREA)
    )

    def __init__(self, screen: Screen, who: str, data: Any = None) -> None:
        super().__init__(screen, who, data)
        named = [(name, name.capitalize()) for group in groups() for name in group.names]
        self.fields["features"].choices = named  # type: ignore[attr-defined]
        self.fields["grade"].choices = choices_said(GRADES)  # type: ignore[attr-defined]
        if screen.dose is None:
            for name in ("broken_off", "given_mg"):
                del self.fields[name]

    def first(self) -> dict[str, Any]:
        began = self.screen.dose.at if self.screen.dose else None
        return {"minutes": int((self.screen.now - began).total_seconds() // 60)} if began else {}

    @property
    def ticked(self) -> list[str]:
        return list(self["features"].value() or [])

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and not self.events()[0]["features"]:
            self.add_error("features", "Tick what was seen, or write it below.")
        given, dose = found.get("given_mg"), self.screen.dose
        if given is not None and dose is not None and not 0 <= given <= dose.ordered_mg:
            self.add_error("given_mg", f"Allowed: 0 to {dose.ordered_mg:g} mg, as ordered.")
        return found

    def events(self) -> list[Event]:
        said = self.cleaned_data
        reaction: Event = {
            "kind": "reaction",
            "on": self.screen.now.isoformat(timespec="minutes"),
            "features": list(dict.fromkeys([*said["features"], *written(said["other"])])),
            "grade": said["grade"],
            "minutes": _plain(said["minutes"]),
            "hypersensitivity": {"yes": True, "no": False}.get(said["hypersensitivity"]),
            "note": said["note"] or None,
        }
        return [{key: part for key, part in reaction.items() if part is not None}]

    def broken_dose(self) -> Event | None:
        """Today's dose as it turned out, where it was broken off."""
        entry = self.screen.dose_entry
        if entry is None or not self.cleaned_data.get("broken_off"):
            return None
        event: Event = {**json.loads(entry.payload), "completed": False, "tolerated": False}
        given = _plain(self.cleaned_data.get("given_mg"))
        return event if given is None else {**event, "given_mg": given}


GRADES = (
    ("", "Not graded"),
    ("1", "1, mild"),
    ("2", "2, moderate"),
    ("3", "3, severe"),
    ("4", "4, life-threatening"),
    ("5", "5, death"),
)

STEPS: dict[str, type[StepForm]] = {
    form.step: form for form in (ChecklistForm, AnswerForm, GiveForm, WithholdForm, ObservedForm, ReactionForm)
}


def _plain(number: float | None) -> int | float | None:
    """A whole number as one: 68, not 68.0."""
    return int(number) if number is not None and float(number).is_integer() else number
