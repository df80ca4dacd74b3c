"""The forms that book and move appointments."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms

from natalizumab.clinic.infusion.appointments import Slot, slot_of
from natalizumab.clinic.language import choices_said
from natalizumab.clinic.models import AppointmentState, Clinic, Person, Route

FURTHEST_DAYS = 730
"""Two years: nobody's doses are booked further ahead, and a longer time is a slip of the keyboard."""

_LONGEST_CHAIR, _LONGEST_NUMBER = 40, 200


class SlotForm(forms.Form):
    """Day, time, chair and route."""

    use_required_attribute = False
    day = forms.DateField(label="Day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label="Time", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    chair = forms.CharField(label="Chair or room", max_length=_LONGEST_CHAIR, required=False)
    route = forms.ChoiceField(label="Route", choices=choices_said(Route.choices))

    def __init__(self, on: date, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        self.on = on
        super().__init__(data, initial=initial)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        last = self.on + timedelta(days=FURTHEST_DAYS)
        if not self.on <= day <= last:
            raise forms.ValidationError(f"Allowed: {self.on} (today) to {last}.")
        return day

    @property
    def slot(self) -> Slot:
        said = self.cleaned_data
        begins: time = said["time"]
        return Slot(said["day"], begins.replace(second=0, microsecond=0), said["chair"], said["route"])


class BookForm(SlotForm):
    """A new appointment for somebody of the clinic, named by number or by the whole name."""

    who = forms.CharField(label="Person (number or whole name)", max_length=_LONGEST_NUMBER)
    field_order = ("who", "day", "time", "chair", "route")

    def __init__(self, clinic: Clinic, on: date, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        self.clinic = clinic
        self.person: Person | None = None
        super().__init__(on, data, initial)

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        people = Person.objects.filter(clinic=self.clinic)
        found = list(people.filter(number__iexact=who)[:1]) or list(people.filter(name__iexact=who)[:2])
        if len(found) != 1:
            problem = (
                "Several people have this name: give the number." if found else "Nobody here has this number or name."
            )
            raise forms.ValidationError(problem)
        self.person = found[0]
        return who


def moving(state: AppointmentState, on: date, data: Any = None) -> SlotForm:
    """The form that gives an appointment another day, time, chair or route."""
    slot = slot_of(state)
    first = {"day": slot.day, "time": slot.time, "chair": slot.chair, "route": slot.route}
    return SlotForm(on, data, None if data is not None else first)
