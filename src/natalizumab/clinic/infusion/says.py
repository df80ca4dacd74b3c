"""What an unsaved form would change: asked while it is filled in, and decided by the same rules as when it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from natalizumab.care.triage import Danger
from natalizumab.clinic.infusion.features import to_think_of, written
from natalizumab.clinic.infusion.forms import QUESTIONS, ChecklistForm, ReactionForm, StepForm
from natalizumab.clinic.infusion.reasons import Against, decision
from natalizumab.clinic.infusion.screen import Screen, would_say
from natalizumab.errors import Refusal


@dataclass(frozen=True)
class Says:
    """The decision that would follow, the reasons that would be new, and the dangers to think of."""

    decision: str
    reasons: list[Against]
    dangers: tuple[Danger, ...]


def says(screen: Screen, form: StepForm) -> Says | None:
    """None where the form changes nothing yet."""
    if isinstance(form, ChecklistForm):
        said = {name: form[name].value() for name in QUESTIONS}
        answers = {name: word for name, word in said.items() if word in ("yes", "no")}
        event: dict[str, Any] = {"kind": "checklist", "on": screen.on.isoformat(), "answers": answers}
        return _with(screen, event, ()) if "yes" in answers.values() else None
    if isinstance(form, ReactionForm):
        known = set(dict(form.fields["features"].choices))  # type: ignore[attr-defined]
        features = [name for name in form.ticked if name in known] + written(str(form["other"].value() or ""))
        event = {"kind": "reaction", "on": screen.on.isoformat(), "features": features}
        return _with(screen, event, to_think_of(features)) if features else None
    return None


def _with(screen: Screen, event: dict[str, Any], dangers: tuple[Danger, ...]) -> Says | None:
    """What the plan would say with the event; nothing where the record does not take it, which saving then says."""
    try:
        found = would_say(screen, [event])
    except Refusal:
        return None
    before = {one.key for one in screen.against}
    return Says(decision(found), [one for one in found if one.key not in before and not one.settled], dangers)
