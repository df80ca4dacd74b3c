"""What an entry changed in the plan: the plan without it beside the plan with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.care.ending import DAY_COUNT
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.plans import PersonPlan, person_plan

Finding = Mapping[str, Any]


@dataclass(frozen=True)
class Moved:
    """Something to do whose date or standing is another one now."""

    before: Finding
    after: Finding


@dataclass(frozen=True)
class Effect:
    """Both plans, and what differs between them."""

    before: PersonPlan
    after: PersonPlan
    items_gone: list[Finding]
    items_new: list[Finding]
    items_moved: list[Moved]
    reasons_gone: list[Finding]
    reasons_new: list[Finding]

    @property
    def decision_changed(self) -> bool:
        return (self.before.decision, self.before.decision_for) != (self.after.decision, self.after.decision_for)

    @property
    def due_changed(self) -> bool:
        return bool(self.before.today["next_dose"]["due"] != self.after.today["next_dose"]["due"])

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        found = (self.items_gone, self.items_new, self.items_moved, self.reasons_gone, self.reasons_new)
        return self.decision_changed or self.due_changed or any(found)


def effect(person: Person, entries: Sequence[Entry], written: Sequence[Entry], on: date) -> Effect:
    """What the entries ``written`` changed when they were added; later ones are left out of both plans."""
    ids = {entry.pk for entry in written}
    last = max(place for place, entry in enumerate(entries) if entry.pk in ids)
    upto = entries[: last + 1]
    before = person_plan(person, [entry for entry in upto if entry.pk not in ids], on)
    after = person_plan(person, upto, on)
    gone, new, moved = _items(before.today["items"], after.today["items"])
    return Effect(
        before=before,
        after=after,
        items_gone=gone,
        items_new=new,
        items_moved=moved,
        reasons_gone=_without(before.reasons, after.reasons),
        reasons_new=_without(after.reasons, before.reasons),
    )


def _items(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[list[Finding], list[Finding], list[Moved]]:
    """Those that went, that came, and that moved. What is to be done by the same rule is the same thing."""
    old, new = _by_rule(before), _by_rule(after)
    gone = [item for key, item in old.items() if key not in new]
    came = [item for key, item in new.items() if key not in old]
    moved = [Moved(old[key], item) for key, item in new.items() if key in old and _when(old[key]) != _when(item)]
    return gone, came, moved


def _by_rule(items: Sequence[Finding]) -> dict[tuple[Any, ...], Finding]:
    """By rule and action; of several alike, each by its place among them. Prompts are no tasks."""
    found: dict[tuple[Any, ...], Finding] = {}
    for item in items:
        if not item["prompt"]:
            place = sum(key[:2] == (item["rule"], item["action"]) for key in found)
            found[item["rule"], item["action"], place] = item
    return found


def _when(item: Finding) -> tuple[Any, ...]:
    return item["due"], item["window_from"], item["status"]


def _without(some: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    said = {_said(reason) for reason in others}
    return [reason for reason in some if _said(reason) not in said]


def _said(reason: Finding) -> tuple[Any, ...]:
    return reason["rule"], reason["effect"], reason["order"], DAY_COUNT.sub("", reason["text"])
