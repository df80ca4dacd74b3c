"""One person's page and the data of its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from natalizumab.clinic import solver_ready
from natalizumab.clinic.clock import today
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.own_curve import PANELS, Key, NoCurve, own_advice, pictures
from natalizumab.clinic.person_page import PATIENCE_SECONDS, PREPARING, UNREADABLE, curve_key, person_page
from natalizumab.clinic.plans import plan_of

if TYPE_CHECKING:
    from natalizumab.clinic.interval_advice import OwnAdvice


@require_safe
def person_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The decision with its reasons, what is due, the risk, the curve and the whole record."""
    on = today()
    person, entries = _person(request, person_id)
    return render(
        request, "clinic/person.html", {"page": person_page(person, entries, plan_of(person, entries, on), on)}
    )


@require_safe
def chart_view(request: HttpRequest, person_id: UUID, panel: str) -> HttpResponse:
    """A picture as a Vega-Lite specification; 404 where the page has none, 503 while the solver is not ready."""
    if panel not in PANELS:
        raise Http404
    _, key = _asked_about(request, person_id)
    if key is None:
        raise Http404
    if not solver_ready.ready(PATIENCE_SECONDS):
        return HttpResponse(PREPARING, status=503, headers={"Retry-After": "5"})
    try:
        return JsonResponse(pictures(key)[panel])
    except NoCurve as refusal:
        raise Http404 from refusal


@require_safe
def interval_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Which interval would suit: a page of its own, and the part of the person's page that htmx asks for."""
    person, key = _asked_about(request, person_id)
    found, why_not = _advice(key)
    template = "clinic/person/interval.html" if request.htmx else "clinic/interval.html"  # type: ignore[attr-defined]
    return render(request, template, {"person": person, "found": found, "why_not": why_not})


def _advice(key: Key | None) -> tuple[OwnAdvice | None, str]:
    if key is None:
        return None, UNREADABLE
    if not solver_ready.ready(PATIENCE_SECONDS):
        return None, PREPARING
    try:
        return own_advice(key, settings.NATALIZUMAB_PROTOCOL), ""
    except NoCurve as refusal:
        return None, str(refusal)


def _asked_about(request: HttpRequest, person_id: UUID) -> tuple[Person, Key | None]:
    on = today()
    person, entries = _person(request, person_id)
    return person, curve_key(person, entries, plan_of(person, entries, on), on)


def _person(request: HttpRequest, person_id: UUID) -> tuple[Person, list[Entry]]:
    """Another clinic's person and nobody's id get the same answer."""
    person = get_object_or_404(Person, clinic=clinic_of(request), pk=person_id)
    return person, list(Entry.objects.filter(person=person).order_by("sequence"))
