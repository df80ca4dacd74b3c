"""A clinician's decision about one reason of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.clock import now, today
from natalizumab.clinic.deciding import CHOICES, Question
from natalizumab.clinic.entering.checks import check
from natalizumab.clinic.entering.saving import Made, Outcome, Sent, save, seen_now
from natalizumab.clinic.entering.typed import Problems
from natalizumab.clinic.entries import EntryRefused
from natalizumab.clinic.histories import lines_with_names
from natalizumab.clinic.membership import user_of
from natalizumab.clinic.models import Entry, Person, Role
from natalizumab.clinic.person_page import Shown, reasons_shown
from natalizumab.clinic.plans import person_plan
from natalizumab.clinic.timeline import timeline
from natalizumab.clinic.views.correcting import reason_of
from natalizumab.clinic.views.of_person import OfPerson, name_of, of_person, role_of, unrecorded
from natalizumab.clinic.views.saved import lead_back

CHANGED = "This reason is no longer given, or it rests on other entries now: look at the person’s page again."


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, person_id: UUID, reason: str) -> HttpResponse:
    """Acknowledge, release or decline a reason, and say why."""
    if request.method == "POST":
        return _decided(request, unrecorded(request, person_id), reason)
    found = of_person(request, person_id, "decide")
    shown = _asked(found.person, found.entries, reason)
    if shown is None:
        return redirect(f"{reverse('person', args=[found.person.pk])}#decision")
    return _page(request, found, shown, Sent.new(found.entries), None)


def _decided(request: HttpRequest, found: OfPerson, reason: str) -> HttpResponse:
    sent = Sent.of(request.POST)

    def make(entries: Sequence[Entry]) -> Made:
        shown = _asked(found.person, entries, reason)
        if shown is None:
            return [], {"": CHANGED}
        why, problems = reason_of(request)
        choice = request.POST.get("choice", "")
        problems |= _wrong_choice(choice, shown.question, role_of(request))
        events = shown.question.events(choice, why, name_of(request), today())
        return events, problems or check(found.person, entries, events, None, now()).problems

    try:
        outcome = save(found.person, sent, user_of(request), make)
    except EntryRefused as refusal:
        outcome = Outcome(found.entries, problems={"": str(refusal)})
    if outcome.written:
        return lead_back(found.person, outcome.written)
    new = Sent.new(outcome.entries) if outcome.before else Sent(sent.key, seen_now(outcome.entries))
    return _page(request, found, _asked(found.person, outcome.entries, reason), new, outcome)


def _asked(person: Person, entries: Sequence[Entry], handle: str) -> Shown | None:
    """The reason of that name in the plan as it is now, if it can be decided."""
    lines = {str(line.id): line for line in timeline(entries, None)}
    reasons = reasons_shown(person_plan(person, entries, today()), lines)
    return next((one for one in reasons if one.question.can_be_decided and one.question.handle == handle), None)


def _wrong_choice(choice: str, question: Question, role: str) -> Problems:
    allowed = question.choices(role)
    if choice in allowed:
        return {}
    if choice in question.choices(Role.PRESCRIBER):
        return {"choice": "Only a prescriber may do this."}
    return {"choice": f"Choose: {' or '.join(CHOICES[one][0].lower() for one in allowed)}."}


def _page(
    request: HttpRequest, found: OfPerson, shown: Shown | None, sent: Sent, outcome: Outcome | None
) -> HttpResponse:
    role, chosen = role_of(request), request.POST.get("choice", "")
    choices = shown.question.choices(role) if shown else []
    context: dict[str, Any] = {
        "person": found.person,
        "shown": shown,
        "choices": [(one, *CHOICES[one], one == chosen) for one in choices],
        "only_prescriber": bool(shown and shown.question.for_a_prescriber and len(choices) == 1),
        "sent": sent,
        "reason": request.POST.get("reason", ""),
        "problems": outcome.problems if outcome else {},
        "general": outcome.problems.get("", "") if outcome else "",
        "added": lines_with_names(found.person, outcome.entries, outcome.added) if outcome else [],
        "before": lines_with_names(found.person, outcome.entries, outcome.before) if outcome else [],
    }
    return render(request, "clinic/entry/decide.html", context)
