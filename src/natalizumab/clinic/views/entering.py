"""The forms: choose what to enter, fill it in, have it checked while typing, save it, correct it, withdraw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from natalizumab.clinic.clock import now, today
from natalizumab.clinic.entering.checks import check, hints, readable
from natalizumab.clinic.entering.field import Kind
from natalizumab.clinic.entering.kinds import FORMS, GROUPS
from natalizumab.clinic.entering.proposed import usual
from natalizumab.clinic.entering.saving import Made, Outcome, Sent, added_since, save, seen_now
from natalizumab.clinic.entering.shown import shown
from natalizumab.clinic.entering.typed import Problems, Typed, Values, needed, read, values_of
from natalizumab.clinic.entries import EntryRefused
from natalizumab.clinic.event_words import read as payload_of
from natalizumab.clinic.event_words import title
from natalizumab.clinic.histories import gone, lines_with_names
from natalizumab.clinic.membership import user_of
from natalizumab.clinic.models import Entry
from natalizumab.clinic.views.of_person import OfPerson, name_of, of_person, unrecorded
from natalizumab.clinic.views.saved import lead_back

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def choose_kind(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What can be entered."""
    found = of_person(request, person_id, "entry-kinds")
    groups = [(name, [(kind, title(kind.name)) for kind in kinds]) for name, kinds in GROUPS]
    return render(request, "clinic/entry/kinds.html", {"person": found.person, "groups": groups})


@require_http_methods(_FORM)
def add_entry(request: HttpRequest, person_id: UUID, kind: str) -> HttpResponse:
    """A new entry of a kind."""
    form = _form(kind)
    if request.method == "POST":
        return _saved(request, unrecorded(request, person_id), form, None)
    found = of_person(request, person_id, "entry-add")
    record = readable(found.person, found.entries)
    event = usual(form, record, today(), settings.NATALIZUMAB_PROTOCOL, name_of(request))
    return _page(request, found, form, values_of(event), Sent.new(found.entries))


@require_http_methods(_FORM)
def correct_entry(request: HttpRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """The form of an entry with what it says, to write a new one that takes its place."""
    post = request.method == "POST"
    found = unrecorded(request, person_id) if post else of_person(request, person_id, "entry-correct")
    old = found.entry(entry_id)
    if old.kind not in FORMS or (not post and str(old.pk) in gone(found.person, found.entries)):
        # What can't be corrected, or was already: its own page says what became of it. What was typed is shown again.
        return redirect("entry", found.person.pk, old.pk)
    if post:
        return _saved(request, found, FORMS[old.kind], old)
    return _page(request, found, FORMS[old.kind], values_of(payload_of(old.payload)), Sent.new(found.entries), old=old)


@require_POST
def check_entry(request: HttpRequest, person_id: UUID, kind: str) -> HttpResponse:
    """What is wrong so far, for htmx, while somebody types; nothing is written."""
    form, found = _form(kind), unrecorded(request, person_id)
    old = _corrected(request, found)
    typed = read(form, request.POST, today(), payload_of(old.payload) if old else None)
    problems = typed.problems
    if typed.right:
        problems = check(found.person, found.entries, [typed.event], old, now()).problems
    context = {"form": shown(form, typed.values, problems, _hints(form, typed, found, old)), "swapped": True}
    return render(request, "clinic/entry/messages.html", context)


def _saved(request: HttpRequest, found: OfPerson, form: Kind, old: Entry | None) -> HttpResponse:
    """Written, and back to the person's page; or the form again with all that was typed and what stands against it."""
    sent = Sent.of(request.POST)
    typed = read(form, request.POST, today(), payload_of(old.payload) if old else None)

    def make(entries: Sequence[Entry]) -> Made:
        return [typed.event], check(found.person, entries, [typed.event], old, now()).problems

    outcome = _tried(request, found, sent, typed, make, old)
    if outcome.written:
        return lead_back(found.person, outcome.written)
    new = Sent.new(outcome.entries) if outcome.before else Sent(sent.key, seen_now(outcome.entries))
    return _page(request, found, form, typed.values, new, outcome=outcome, typed=typed, old=old)


def _tried(
    request: HttpRequest,
    found: OfPerson,
    sent: Sent,
    typed: Typed,
    make: Callable[[Sequence[Entry]], Made],
    old: Entry | None,
) -> Outcome:
    """What came of saving; a form that is wrong by itself need not be asked of the record."""
    if not typed.right:
        return Outcome(found.entries, added=added_since(found.entries, sent.seen), problems=needed(typed))
    try:
        return save(found.person, sent, user_of(request), make, old)
    except EntryRefused as refusal:
        return Outcome(found.entries, problems={"": str(refusal)})


def _page(
    request: HttpRequest,
    found: OfPerson,
    form: Kind,
    values: Values,
    sent: Sent,
    *,
    outcome: Outcome | None = None,
    typed: Typed | None = None,
    old: Entry | None = None,
) -> HttpResponse:
    problems: Problems = outcome.problems if outcome else {}
    hinted = _hints(form, typed, found, old) if typed else {}
    context: dict[str, Any] = {
        "person": found.person,
        "form": shown(form, values, problems, hinted, payload_of(old.payload) if old else None),
        "title": title(form.name),
        "sent": sent,
        "old": old,
        "added": lines_with_names(found.person, outcome.entries, outcome.added) if outcome else [],
        "before": lines_with_names(found.person, outcome.entries, outcome.before) if outcome else [],
        "doubt": _doubt(found),
    }
    return render(request, "clinic/entry/form.html", context)


def _doubt(found: OfPerson) -> str:
    """What is wrong with the record as it stands."""
    return check(found.person, found.entries, [], None, now()).doubt


def _hints(form: Kind, typed: Typed, found: OfPerson, old: Entry | None) -> Problems:
    aside = gone(found.person, found.entries) | ({str(old.pk)} if old else set())
    return hints(form.fields, typed.event, found.entries, frozenset(aside))


def _corrected(request: HttpRequest, found: OfPerson) -> Entry | None:
    """The entry that a form under way corrects, if it names one of this person's."""
    wanted = request.POST.get("corrects", "")
    return next((entry for entry in found.entries if str(entry.pk) == wanted), None)


def _form(kind: str) -> Kind:
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]
