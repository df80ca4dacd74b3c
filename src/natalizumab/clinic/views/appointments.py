"""A person's appointments as a calendar file, under a title that tells nothing."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from natalizumab.care import load_protocol
from natalizumab.clinic.calendar_file import FILE_NAME, calendar_file, neutral, usual_title
from natalizumab.clinic.chosen_language import for_the_person
from natalizumab.clinic.clock import today
from natalizumab.clinic.letter_desk import details_of
from natalizumab.clinic.records import record_of
from natalizumab.clinic.views.letters import letters_view
from natalizumab.clinic.views.of_person import of_person
from natalizumab.errors import Refusal
from natalizumab.letters.treatment import seen


@require_safe
def appointments_file(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The file. A title that tells something, or a record that can't be read, leads back to the letters, with why."""
    found = of_person(request, person_id, "appointments")
    person, entries = found.person, found.entries
    details = details_of(person.clinic)
    language = for_the_person(person, details)
    try:
        title = neutral(request.GET.get("title", "") or usual_title(details, language))
        look = seen(record_of(person, entries), today(), load_protocol(settings.NATALIZUMAB_PROTOCOL))
    except Refusal as refusal:
        return letters_view(request, person_id, problem=str(refusal))
    last = entries[-1].sequence if entries else 0
    content = calendar_file(person.pk, look, title, last, settings.TIME_ZONE, language)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
