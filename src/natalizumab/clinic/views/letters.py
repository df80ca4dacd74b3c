"""A person's letters: those that were sent, and writing a new one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from natalizumab.clinic.calendar_file import usual_title
from natalizumab.clinic.chosen_language import for_the_person, letter_language
from natalizumab.clinic.clock import today
from natalizumab.clinic.letter_desk import agreement, asked_of, details_of, draft, keep, letterhead, typed
from natalizumab.clinic.membership import user_of
from natalizumab.clinic.merging import together
from natalizumab.clinic.models import Letter, Person
from natalizumab.clinic.views.of_person import of_person
from natalizumab.errors import Refusal
from natalizumab.languages import LANGUAGES
from natalizumab.letters import KINDS, Asked
from natalizumab.letters.letter import body_of

FORMS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
"""The kinds of file that a letter is kept as."""


@require_safe
def letters_view(request: HttpRequest, person_id: UUID, problem: str = "") -> HttpResponse:
    """The letters that were sent, the newest first, those that can be written, and the calendar."""
    person = of_person(request, person_id, "letters").person
    found = _letters_of(person).select_related("by", "person").defer("document", "pdf", "asked").order_by("-at")
    details = details_of(person.clinic)
    context = {
        "person": person,
        "letters": found,
        "kinds": KINDS,
        "missing": letterhead(details).missing,
        "title": usual_title(details, for_the_person(person, details)),
        "problem": problem,
    }
    return render(request, "clinic/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_letter(request: HttpRequest, person_id: UUID, kind: str) -> HttpResponse:
    """The letter as it would be sent, beside the form that adds to it; sending keeps it. Nothing typed is lost."""
    if kind not in KINDS:
        raise Http404
    found_person = of_person(request, person_id, "new letter")
    person, entries = found_person.person, found_person.entries
    on, problem, details = today(), "", details_of(person.clinic)
    language = letter_language(person, kind, details)
    try:
        asked = asked_of(person, kind, on, request.POST, language)
    except Refusal as refusal:
        asked, problem = _bare(person, kind, request, language), str(refusal)
    found = draft(person, entries, asked, letterhead(details))
    if request.POST.get("do") == "keep" and not problem:
        try:
            kept = keep(person, entries, found, user_of(request), typed(request.POST.get("key", ""))[:64])
            return redirect("letter", person.pk, kept.pk)
        except Refusal as refusal:
            problem = str(refusal)
    context = {
        "person": person,
        "kind": kind,
        "name": KINDS[kind],
        "languages": LANGUAGES,
        "draft": found,
        "typed": request.POST,
        "recipient": request.POST.get("recipient", ""),
        "key": typed(request.POST.get("key", ""))[:64] or uuid4().hex,
        "problem": problem or (found.refusal if found.letter is None else ""),
    }
    return render(request, "clinic/new_letter.html", context)


@require_safe
def letter_view(request: HttpRequest, person_id: UUID, letter_id: UUID) -> HttpResponse:
    """A letter as it was sent, and whether it still agrees with the record."""
    found = of_person(request, person_id, "letter")
    person, entries = found.person, found.entries
    kept = get_object_or_404(_letters_of(person).select_related("by", "person").defer("pdf"), pk=letter_id)
    context = {
        "person": person,
        "letter": kept,
        "body": body_of(kept.document),
        "agreement": None if kept.emptied else agreement(kept, person, entries),
    }
    return render(request, "clinic/letter.html", context)


@require_safe
def letter_file(request: HttpRequest, person_id: UUID, letter_id: UUID, form: str) -> HttpResponse:
    """The bytes that were kept, under a name that tells nothing; 404 where it was not kept in that form."""
    kept = get_object_or_404(_letters_of(of_person(request, person_id, "letter").person), pk=letter_id)
    content = {"pdf": bytes(kept.pdf or b""), "html": kept.document.encode()}.get(form)
    if not content:
        raise Http404
    name = f'attachment; filename="letter-{kept.day.isoformat()}.{form}"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=FORMS[form], headers=headers)


def _letters_of(person: Person) -> QuerySet[Letter]:
    """Also those that were written for whoever was merged into them."""
    return Letter.objects.filter(person__in=together([person.clinic_id]).members(person.pk))


def _bare(person: Person, kind: str, request: HttpRequest, language: str) -> Asked:
    """The letter without words that don't fit; the form still has them."""
    events = tuple(map(str, request.POST.getlist("event")))
    chosen = request.POST.get("language", "")
    return Asked(
        kind,
        today(),
        person.name,
        person.number,
        tell_holds="tell_holds" in request.POST,
        events=events,
        language=chosen if chosen in LANGUAGES else language,
    )
