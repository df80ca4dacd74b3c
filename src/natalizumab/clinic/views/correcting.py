"""An entry by itself: its history, and marking it as entered in error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from natalizumab.clinic.clock import now, today
from natalizumab.clinic.deciding import taken_by_a_prescriber
from natalizumab.clinic.entering.checks import check
from natalizumab.clinic.entering.field import note_shape
from natalizumab.clinic.entering.kinds import FORMS
from natalizumab.clinic.entering.parsing import Wrong, parsed
from natalizumab.clinic.entering.saving import Made, Outcome, Sent, save, seen_now
from natalizumab.clinic.entering.typed import Problems
from natalizumab.clinic.entries import EntryRefused
from natalizumab.clinic.histories import gone, history, lines_with_names
from natalizumab.clinic.membership import user_of
from natalizumab.clinic.models import Entry, Role
from natalizumab.clinic.timeline import timeline
from natalizumab.clinic.views.of_person import OfPerson, of_person, role_of, unrecorded
from natalizumab.clinic.views.saved import lead_back

SAY_WHY = "Say why: the reason is kept with the entry."


@require_safe
def entry_page(request: HttpRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Who entered it, when, from where, and what was corrected in it, the old and the new side by side."""
    found = of_person(request, person_id, "entry")
    entry = found.entry(entry_id)
    context = {
        "person": found.person,
        "history": history(found.person, entry, found.entries),
        "entry": entry,
        "stands": str(entry.pk) not in gone(found.person, found.entries),
        "has_form": entry.kind in FORMS,
        "line": timeline([entry], None)[0],
    }
    return render(request, "clinic/entry/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_entry(request: HttpRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """An entry was made in error and nothing takes its place: a new entry says so, and why."""
    post = request.method == "POST"
    found = unrecorded(request, person_id) if post else of_person(request, person_id, "entry-withdraw")
    entry = found.entry(entry_id)
    if taken_by_a_prescriber(entry, found.entries) and role_of(request) != Role.PRESCRIBER:
        raise PermissionDenied("this is a prescriber’s decision: only a prescriber takes it back.")
    if not post:
        if str(entry.pk) in gone(found.person, found.entries):
            return redirect("entry", found.person.pk, entry.pk)
        return _page(request, found, entry, Sent.new(found.entries), None)
    return _withdrawn(request, found, entry)


def _withdrawn(request: HttpRequest, found: OfPerson, entry: Entry) -> HttpResponse:
    sent = Sent.of(request.POST)

    def make(entries: Sequence[Entry]) -> Made:
        reason, problems = reason_of(request)
        if str(entry.pk) in gone(found.person, entries):
            problems = {"": "This entry does not stand any more: somebody corrected or withdrew it."}
        event = {"kind": "withdrawal", "on": today().isoformat(), "note": reason}
        return [event], problems or check(found.person, entries, [event], entry, now()).problems

    try:
        outcome = save(found.person, sent, user_of(request), make, entry)
    except EntryRefused as refusal:
        outcome = Outcome(found.entries, problems={"": str(refusal)})
    if outcome.written:
        return lead_back(found.person, outcome.written)
    new = Sent.new(outcome.entries) if outcome.before else Sent(sent.key, seen_now(outcome.entries))
    return _page(request, found, entry, new, outcome)


def reason_of(request: HttpRequest) -> tuple[str, Problems]:
    """The reason in words, which is needed, and what is wrong with it."""
    try:
        reason = parsed(request.POST.getlist("reason"), note_shape()) or ""
    except Wrong as wrong:
        return "", {"reason": str(wrong)}
    return reason, {} if reason else {"reason": SAY_WHY}


def _page(request: HttpRequest, found: OfPerson, entry: Entry, sent: Sent, outcome: Outcome | None) -> HttpResponse:
    context: dict[str, Any] = {
        "person": found.person,
        "entry": entry,
        "line": timeline([entry], None)[0],
        "sent": sent,
        "reason": request.POST.get("reason", ""),
        "problems": outcome.problems if outcome else {},
        "general": outcome.problems.get("", "") if outcome else "",
        "added": lines_with_names(found.person, outcome.entries, outcome.added) if outcome else [],
        "before": lines_with_names(found.person, outcome.entries, outcome.before) if outcome else [],
    }
    return render(request, "clinic/entry/withdraw.html", context)
