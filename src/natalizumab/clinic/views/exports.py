"""The worklist as it was narrowed, to take along: a table and a calendar."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from natalizumab.clinic.auditing import saw_list
from natalizumab.clinic.clock import now, today
from natalizumab.clinic.language import language
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.models import Work
from natalizumab.clinic.projection import TOGETHER, refresh_rows, to_make
from natalizumab.clinic.views.worklist import asked_for
from natalizumab.clinic.work.exporting import calendar, table

_CHUNK = 500


@require_safe
def worklist_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody whom the list shows, over all its pages."""
    lines = table(_rows(request, today(), "worklist-csv").iterator(chunk_size=_CHUNK), today(), language())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_named("worklist.csv"))


@require_safe
def worklist_ics(request: HttpRequest) -> HttpResponse:
    """The next dose of each of them."""
    made = calendar(_rows(request, today(), "worklist-ics").iterator(chunk_size=_CHUNK), today(), now(), language())
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=_named("worklist.ics"))


def _rows(request: HttpRequest, on: date, what: str) -> QuerySet[Work]:
    """The rows asked for, with the first of those that are stale worked out; that they leave is put on record."""
    asked, clinic = asked_for(request), clinic_of(request)
    found = asked.people(clinic, on)
    saw_list(user_of(request), clinic, what, found.count(), asked.words)
    if old := list(found.filter(to_make(on))[:TOGETHER]):
        refresh_rows(old, on)
    return found


def _named(file: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
