"""One person's page and the data of its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from natalizumab.care import load_protocol
from natalizumab.clinic import solver_ready
from natalizumab.clinic.chart_words import spoken
from natalizumab.clinic.clock import today
from natalizumab.clinic.curve_shown import PATIENCE_SECONDS, PREPARING, UNREADABLE, curve_shown
from natalizumab.clinic.merging import version
from natalizumab.clinic.models import Person
from natalizumab.clinic.own_curve import PANELS, Key, NoCurve, own_advice, pictures
from natalizumab.clinic.person_page import person_page
from natalizumab.clinic.timeline import by_year, day_of, first_shown, timeline
from natalizumab.clinic.timeline_html import years_html
from natalizumab.clinic.views.of_person import may_enter, of_person, part_of_page
from natalizumab.clinic.views.saved import saved
from natalizumab.record.level_assays import factors_for

if TYPE_CHECKING:
    from natalizumab.clinic.interval_advice import OwnAdvice


@require_safe
def person_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The decision with its reasons, what is due, the risk and the whole record; the curve follows by itself."""
    on = today()
    found = of_person(request, person_id, "person")
    person = found.person
    if person.pk != found.asked:
        return redirect("person", person.pk)
    page = person_page(person, found.told, found.record, found.plan(on), on)
    context = {
        "page": page,
        "saved": saved(request, found, on),
        "may_enter": may_enter(request),
        "timeline": years_html(page.years, person, may_enter(request)),
    }
    return render(request, "clinic/person.html", context)


@require_safe
def earlier_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The earlier years of the timeline: a page of its own, and what htmx asks for when somebody unfolds them."""
    on = today()
    found = part_of_page(request, person_id, "earlier")
    first = first_shown(map(day_of, found.told), on)
    lines = timeline([entry for entry in found.told if day_of(entry) < first], found.record)
    context = {
        "person": found.person,
        "timeline": years_html(by_year(lines), found.person, may_enter(request)),
    }
    template = "clinic/person/years.html" if request.htmx else "clinic/earlier.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_safe
def curve_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person's own curve: a page of its own, and the part of the person's page that htmx asks for."""
    person, key = _asked_about(request, person_id, "curve")
    template = "clinic/person/curve.html" if request.htmx else "clinic/curve.html"  # type: ignore[attr-defined]
    return render(request, template, {"person": person, "shown": curve_shown(key)})


@require_safe
def chart_view(request: HttpRequest, person_id: UUID, panel: str) -> HttpResponse:
    """A picture as a Vega-Lite specification; 404 where the page has none, 503 while the solver is not ready."""
    if panel not in PANELS:
        raise Http404
    _, key = _asked_about(request, person_id, "chart")
    if key is None:
        raise Http404
    if not solver_ready.ready(PATIENCE_SECONDS):
        return HttpResponse(PREPARING, status=503, headers={"Retry-After": "5"})
    try:
        return JsonResponse(spoken(pictures(key)[panel]))
    except NoCurve as refusal:
        raise Http404 from refusal


@require_safe
def interval_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Which interval would suit: a page of its own, and the part of the person's page that htmx asks for."""
    person, key = _asked_about(request, person_id, "interval")
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


def _asked_about(request: HttpRequest, person_id: UUID, what: str) -> tuple[Person, Key | None]:
    on = today()
    found = part_of_page(request, person_id, what)
    if found.record is None:
        return found.person, None
    due, course = found.plan(on).next_due, found.record.course(on)
    clinics = load_protocol(settings.NATALIZUMAB_PROTOCOL).assay_factors
    factors = tuple(sorted(factors_for(course, {}, clinics).items()))
    return found.person, Key(found.person.pk, version(found.told), on, due, factors, course)
