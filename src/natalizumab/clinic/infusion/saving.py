"""Saving what was filled in: entries, appointment and observation together, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from natalizumab.clinic.entries import append_all
from natalizumab.clinic.infusion import appointments, observing
from natalizumab.clinic.infusion.appointments import Slot
from natalizumab.clinic.infusion.forms import GiveForm, ObservedForm, ReactionForm, StepForm
from natalizumab.clinic.infusion.screen import Screen
from natalizumab.clinic.models import AppointmentStatus, Entry, Source, User


@transaction.atomic
def save(screen: Screen, form: StepForm, *, by: User, key: str) -> None:
    """Write what a valid form says. Raises MovedOn where the record has moved on since the screen was made."""
    _SAVE[form.step](screen, form, by, key)


def _append(screen: Screen, form: StepForm, by: User, key: str, corrects: Entry | None = None) -> list[Entry]:
    return append_all(
        screen.person,
        form.events(),
        by=by,
        source=Source.FORM,
        key=key,
        after=screen.seen,
        corrects=corrects,
    )


def _checklist(screen: Screen, form: StepForm, by: User, key: str) -> None:
    """New answers correct today's earlier ones; a weight is a weight of its own."""
    events = form.events()
    first = screen.checklist_entry
    append_all(screen.person, events[:1], by=by, source=Source.FORM, key=key, after=screen.seen, corrects=first)
    if events[1:]:
        append_all(screen.person, events[1:], by=by, source=Source.FORM, key=f"{key}:weight")


def _answer(screen: Screen, form: StepForm, by: User, key: str) -> None:
    _append(screen, form, by, key)


def _give(screen: Screen, form: StepForm, by: User, key: str) -> None:
    assert isinstance(form, GiveForm)
    (dose,) = _append(screen, form, by, key)
    observing.begin(dose, form.began, form.dose_minutes, form.cleaned_data["observe"], by=by)
    slot = Slot(screen.on, form.began.time(), "", form.cleaned_data["route"])
    _becomes(screen, AppointmentStatus.GIVEN, "", slot, by, key)


def _withhold(screen: Screen, form: StepForm, by: User, key: str) -> None:
    _append(screen, form, by, key)
    slot = Slot(screen.on, screen.now.time().replace(second=0), "", screen.route)
    _becomes(screen, AppointmentStatus.WITHHELD, form.cleaned_data["why"], slot, by, key)


def _observed(screen: Screen, form: StepForm, by: User, key: str) -> None:
    assert isinstance(form, ObservedForm)
    assert screen.watch is not None
    said = form.cleaned_data
    observing.finish(screen.watch.observation, said["outcome"], said["note"], screen.now, by=by)


def _reaction(screen: Screen, form: StepForm, by: User, key: str) -> None:
    assert isinstance(form, ReactionForm)
    _append(screen, form, by, key)
    broken = form.broken_dose()
    if broken is not None:
        append_all(screen.person, [broken], by=by, source=Source.FORM, key=f"{key}:dose", corrects=screen.dose_entry)


def _becomes(screen: Screen, status: str, reason: str, slot: Slot, by: User, key: str) -> None:
    """What became of today's appointment; somebody who came without one has one now."""
    if screen.state is None:
        appointments.walk_in(screen.person, slot, status, reason, by=by, key=key)
    else:
        appointments.become(screen.state, status, reason, by=by)


_SAVE: Mapping[str, Callable[[Screen, Any, User, str], None]] = {
    "checklist": _checklist,
    "answer": _answer,
    "give": _give,
    "withhold": _withhold,
    "observed": _observed,
    "reaction": _reaction,
}
