"""When a person may see that a dose is held: after somebody of the team has let them, and for that state alone.

Nothing is counted on that a person can guess from: what is not released looks like a dose that has yet to be confirmed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from natalizumab.clinic.models import Entry, Person, PlanRelease, User
from natalizumab.clinic.plans import PersonPlan, person_plan
from natalizumab.clinic.words import EMERGENCIES
from natalizumab.errors import Refusal

FEW = 40
"""A release that is older than so many entries is not looked into any more: the team makes a new one."""


class ReleaseRefused(Refusal):
    """It can't be released as asked."""


def is_open(plan: PersonPlan) -> bool:
    """Whether nothing in the plan needs a talk first: no hold, no stop, no sign of danger, no dose missed for long.

    That a dose today would be too soon is no hold, so the decision that counts is the one for the day of the dose.
    """
    grave = plan.decision in ("hold", "stop") or plan.today["state"] in ("held", "stopped")
    signs = any(reason["rule"] in EMERGENCIES for reason in [*plan.reasons, *plan.today["reasons"]])
    return not (grave or signs or plan.gap or plan.ended or plan.refusal)


def state_of(plan: PersonPlan) -> str:
    """A mark of the plan's state: what is decided, why, and from which facts. Days that pass leave it as it is."""
    reasons = sorted((r["rule"], r["effect"], r["order"] or "", sorted(r["facts"])) for r in plan.reasons)
    content = [plan.decision, plan.today["state"], plan.ended, plan.refusal, plan.today["next_dose"]["due"], reasons]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def release(person: Person, entries: Sequence[Entry], plan: PersonPlan, *, state: str, words: str, by: User) -> None:
    """Let the person see the state that was ``state`` when the form was opened, in the team's own words."""
    if state != state_of(plan):
        raise ReleaseRefused("the plan has changed since you opened this page: look at it again, then release")
    if not words.strip():
        raise ReleaseRefused("write the words that the person will read")
    last = entries[-1].sequence if entries else 0
    PlanRelease(person=person, by=by, state=state, sequence=last, words=words.strip()).save()


def released(person: Person, entries: Sequence[Entry], plan: PersonPlan, on: date) -> PlanRelease | None:
    """The release that counts now: the last one, if the plan has had this state ever since."""
    last = PlanRelease.objects.filter(person=person).select_related("by").order_by("-at", "-id").first()
    if last is None or last.state != state_of(plan):
        return None
    since = [number for number, entry in enumerate(entries) if entry.sequence > last.sequence]
    if len(since) > FEW:
        return None
    between = (person_plan(person, entries[: number + 1], on) for number in since)
    return last if all(state_of(one) == last.state for one in between) else None
