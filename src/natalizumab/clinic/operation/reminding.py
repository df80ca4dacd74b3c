"""Reminders: what is due becomes a row, a row is claimed by one process alone, and then it is sent.

They tell a person what to come for, in their own language, and never more: whoever is on hold, or may have something
grave, is told by the clinic and gets no reminder at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from natalizumab.clinic.caseload import people_of
from natalizumab.clinic.chosen_language import language_of, own_languages
from natalizumab.clinic.letter_desk import details_of
from natalizumab.clinic.models import Clinic, Reminder, ReminderState
from natalizumab.clinic.operation.delivery import WAYS, Delivery
from natalizumab.clinic.plans import PersonPlan, plans_for
from natalizumab.clinic.reminder_words import TEXTS, text, title
from natalizumab.clinic.words import EMERGENCIES, due_kind

MAY_TELL = ("allow", "confirm")
TRIES = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """Something due, as a person may hear of it."""

    kind: str
    due: date


@dataclass(frozen=True, slots=True)
class Reminded:
    """How a round went; ``unsure`` are those whose sender died while sending."""

    made: int
    sent: int
    failed: int
    unsure: int


def remind(on: date, at: datetime, ahead: timedelta, ways: Sequence[Delivery] = WAYS) -> Reminded:
    """Store what is due until ``on`` + ``ahead``, and send all that wait."""
    made = sum(_store(clinic, on, ahead, at) for clinic in Clinic.objects.order_by("pk"))
    outcomes = [_send(reminder, at, ways) for reminder in _waiting()]
    unsure = Reminder.objects.filter(state=ReminderState.CLAIMED).count()
    return Reminded(made, outcomes.count(True), outcomes.count(False), unsure)


def _store(clinic: Clinic, on: date, ahead: timedelta, at: datetime) -> int:
    """What was stored before, by this or another process, is left as it is."""
    before = Reminder.objects.filter(person__clinic=clinic).count()
    theirs, ours = own_languages(clinic), language_of(details_of(clinic))
    rows = [
        _worded(Reminder(person=person, kind=thing.kind, due=thing.due, made_at=at), theirs.get(person.pk, ours))
        for person, plan in plans_for(list(people_of(clinic)), on).items()
        for thing in things(plan, on, ahead)
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return Reminder.objects.filter(person__clinic=clinic).count() - before


def _worded(reminder: Reminder, language: str) -> Reminder:
    reminder.title, reminder.text = title(language), text(reminder.kind, reminder.due, language)
    return reminder


def things(plan: PersonPlan, on: date, ahead: timedelta) -> Iterator[Thing]:
    """What this person may be told of: nothing where a hold or a stop stands, or the record can't be read."""
    if plan.ended or plan.refusal or _held(plan):
        return
    latest = on + ahead
    due = plan.today["next_dose"]["due"]
    if due is not None and on <= date.fromisoformat(due) <= latest:
        yield Thing("dose", date.fromisoformat(due))
    for item in plan.today["items"]:
        kind = due_kind(item["action"])
        if kind in TEXTS and kind != "dose" and _counts(item, latest):
            yield Thing(kind, date.fromisoformat(item["due"]))


def _counts(item: dict[str, object], latest: date) -> bool:
    if item["prompt"] or item["rule"] in EMERGENCIES or item["status"] not in ("due", "overdue"):
        return False
    return date.fromisoformat(str(item["due"])) <= latest


def _held(plan: PersonPlan) -> bool:
    """Any hold but that it is too soon for a dose, which is everybody's between two; and anything grave."""
    if plan.decision not in MAY_TELL or plan.today["state"] == "held":
        return True
    grave = any(reason["rule"] in EMERGENCIES for reason in (*plan.reasons, *plan.today["reasons"]))
    return grave or any(reason["effect"] not in MAY_TELL for reason in plan.reasons)


def _waiting() -> list[Reminder]:
    states = (ReminderState.WAITING, ReminderState.FAILED)
    found = Reminder.objects.filter(state__in=states, tries__lt=TRIES).select_related("person")
    return list(found.order_by("due", "id"))


def claim(reminder: Reminder, at: datetime) -> bool:
    """Take it, unless somebody else has: one conditional update, which the database lets one process win."""
    own = Reminder.objects.filter(pk=reminder.pk, state=reminder.state, tries=reminder.tries)
    return own.update(state=ReminderState.CLAIMED, claimed_at=at, tries=F("tries") + 1) == 1


def _send(reminder: Reminder, at: datetime, ways: Sequence[Delivery]) -> bool | None:
    """True where it went, False where it could not, None where it is another's."""
    if not claim(reminder, at):
        return None
    way = next(way for way in ways if way.takes(reminder))
    try:
        way.send(reminder)
    except OSError:
        # It may be tried again: whatever carries it said that it did not take it.
        Reminder.objects.filter(pk=reminder.pk).update(state=ReminderState.FAILED, way=way.name)
        return False
    Reminder.objects.filter(pk=reminder.pk).update(state=ReminderState.SENT, finished_at=at, way=way.name)
    return True
