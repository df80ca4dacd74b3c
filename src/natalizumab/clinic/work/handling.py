"""Taking, ordering and putting off a thing to do. Each is an entry of an append-only history, and the newest counts.

A form says which state of the thing it was opened on. Where somebody changed it since, nothing is written, so that two
people at once never overwrite each other silently; sent again, a form writes nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.db.models import Q

from natalizumab.clinic.clock import now
from natalizumab.clinic.models import Handling, Person, User, WorkItem
from natalizumab.clinic.projection import add_rows, lock, remake
from natalizumab.clinic.work.handled import Handled, from_plain, state_of
from natalizumab.errors import Refusal

LONGEST_SNOOZE_DAYS = 366
"""Further ahead a date is a slip of the keyboard, and what is due would be forgotten."""


class HandlingRefused(Refusal):
    """It can't be done as asked."""


class ChangedMeanwhile(HandlingRefused):
    """Somebody else did something with it since the form was opened; ``state`` is what holds now."""

    def __init__(self, state: Handled) -> None:
        super().__init__("somebody changed this after you opened it: look at what holds now, and save again if need be")
        self.state = state


class NoSuchItem(HandlingRefused):
    """The plan no longer asks for it."""


@dataclass(frozen=True)
class Change:
    """What somebody wants to hold from now on; what is None stays as it is.

    ``owner``: a person of the team, or 0 for nobody. ``ordered`` and ``snoozed``: the date and the words with it; ""
    instead of the date takes it back.
    """

    owner: User | int | None = None
    ordered: tuple[date | None, str] | None = None
    snoozed: tuple[date | None, str] | None = None


def handle(person: Person, key: str, change: Change, *, by: User, form: str, seen: int, on: date) -> Handled:
    """Write what somebody did with a thing to do, and the worklist with it; returns what holds of it now.

    ``form`` is the form's own mark, ``seen`` the number of the newest entry of its history when it was opened. Raises
    ChangedMeanwhile, NoSuchItem, or HandlingRefused for what no day or reason allows.
    """
    with transaction.atomic():
        rows = lock([person.pk])
        if not rows:
            add_rows([person])
            rows = lock([person.pk])
        before = _newest(person, key, form)
        if before is not None and before.form == form:
            return state_of(before)
        row = rows[0]
        now_holds = from_plain(row.handled.get(key, {}))
        if now_holds.number != seen:
            raise ChangedMeanwhile(now_holds)
        item = WorkItem.objects.filter(person=person, key=key).first()
        if item is None or item.prompt:
            raise NoSuchItem("this is no longer to be done: an entry may have done it")
        entry = _entry(item, now_holds, change, by, form, on)
        entry.save()
        state = state_of(entry)
        row.handled = {**row.handled, key: state.plain()}
        remake([row], on)
        return state


def _newest(person: Person, key: str, form: str) -> Handling | None:
    """What this form wrote before, else the newest of the thing's history."""
    found = Handling.objects.filter(Q(form=form) | Q(person=person, key=key)).select_related("owner")
    rows = sorted(found, key=lambda row: (row.form == form, row.number))
    if rows and rows[-1].form == form and rows[-1].person_id != person.pk:
        raise HandlingRefused("this form was sent before, for somebody else: open it again")
    return rows[-1] if rows else None


def _entry(item: WorkItem, before: Handled, change: Change, by: User, form: str, on: date) -> Handling:
    entry = Handling(person_id=item.person_id, key=item.key, number=before.number + 1, form=form, by=by, at=now())
    entry.rule, entry.action, entry.due = item.rule, item.action, item.due
    for field in fields(Handled):
        if field.name not in ("number", "owner", "owner_name"):
            setattr(entry, field.name, getattr(before, field.name))
    entry.owner_id = before.owner
    if change.owner is not None:
        entry.owner = change.owner if isinstance(change.owner, User) else None
    if change.ordered is not None:
        entry.ordered_on, entry.reference = _ordered(change.ordered)
    if change.snoozed is not None:
        entry.snoozed_until, entry.snooze_reason = _snoozed(change.snoozed, item, on)
    return entry


def _ordered(asked: tuple[date | None, str]) -> tuple[date | None, str]:
    day, reference = asked
    return (day, reference.strip()) if day else (None, "")


def _snoozed(asked: tuple[date | None, str], item: WorkItem, on: date) -> tuple[date | None, str]:
    until, reason = asked
    if until is None:
        return None, ""
    if item.urgent:
        raise HandlingRefused("what an emergency asks for can't be put off")
    if not on < until or (until - on).days > LONGEST_SNOOZE_DAYS:
        raise HandlingRefused(f"put off until: choose a day after {on} and within {LONGEST_SNOOZE_DAYS} days")
    if not reason.strip():
        raise HandlingRefused("put off: say why; the reason is kept")
    return until, reason.strip()
