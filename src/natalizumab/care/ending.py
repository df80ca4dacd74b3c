"""How long a plan stays true: the first later day on which it says something else, without a new entry.

While it is made, every comparison with a day still to come is remembered (``Case.reached``), so the earliest of those
days is the first on which anything can change. Whether it does is then looked up: most often it shows at a glance, else
by making the plan of that day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Protocol

from msgspec.structs import replace

from natalizumab.care.case import Case
from natalizumab.care.shape import Plan, PlannedItem, PlannedNote, PlannedReason

DAY_COUNT = re.compile(r"\b\d+ days?\b")

MOST_DAYS_LOOKED_AT = 400
"""A plan that stays the same for longer is called true until then, and looked at again."""

_SOME_DAYS = "some days"


class Draft(Protocol):
    """A plan in the making: its case, its plan with the first later day on which it may be another, a later day's."""

    case: Case

    def plan(self) -> tuple[Plan, date | None]: ...

    def later(self, day: date) -> Draft: ...


def first_change(made: Plan, changes: date | None, draft: Draft) -> date | None:
    """The day on which the plan first says something else; None where nothing ahead can change it.

    ``changes`` is the first day on which it may.
    """
    for _ in range(MOST_DAYS_LOOKED_AT):
        if changes is None or _ends_something(made, changes):
            return changes
        draft = draft.later(changes)
        if draft.case.exposure_month != made.pml.exposure_month:
            return changes
        later, next_change = draft.plan()
        if not says_the_same(later, made):
            return changes
        changes = next_change
    return changes


def _ends_something(made: Plan, day: date) -> bool:
    """Whether the plan holds something that no plan of that day can hold.

    An item's status follows from its own days and the date alone, so that on the day on which it changes no item has
    both those days and that status. A waiting time lies ahead as long as it is one.
    """
    return any(item.changes_on == day for item in made.items) or any(
        reason.not_before == day and reason.order is None for reason in made.reasons
    )


def says_the_same(one: Plan, other: Plan) -> bool:
    """Whether two plans of one person under one protocol differ in nothing but what moves on every day (``said``)."""
    return (
        (one.decision, one.state, one.next_dose) == (other.decision, other.state, other.next_dose)
        and one.pml == other.pml
        and _all_alike(one.reasons, other.reasons)
        and _all_alike(one.items, other.items)
        and _all_alike(one.notes, other.notes)
    )


Found = PlannedReason | PlannedItem | PlannedNote


def _all_alike(some: tuple[Found, ...], others: tuple[Found, ...]) -> bool:
    return len(some) == len(others) and all(map(_alike, some, others))


def _alike(one: Found, other: Found) -> bool:
    if one is other or one == other:
        return True
    if one.rule != other.rule or one.facts != other.facts:
        return False
    return _still(one) == _still(other)


def _still(found: Found) -> Found:
    """A finding without what moves on every day."""
    text = DAY_COUNT.sub(_SOME_DAYS, found.text)
    return replace(found, text=text, days_late=0) if isinstance(found, PlannedItem) else replace(found, text=text)


def said(made: Plan) -> dict[str, Any]:
    """What a plan says, but for what moves on every day: its date, how late things are, and counts of days in texts."""
    plain = made.to_dict()
    del plain["on"], plain["valid_until"]
    for item in plain["items"]:
        del item["days_late"]
    for finding in (*plain["reasons"], *plain["items"], *plain["notes"]):
        finding["text"] = DAY_COUNT.sub(_SOME_DAYS, finding["text"])
    return plain
