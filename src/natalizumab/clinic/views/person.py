"""One person's page and the data of its pictures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from natalizumab.clinic.charts import PANELS, chart
from natalizumab.clinic.clock import today
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.person_page import PersonPage, person_page
from natalizumab.clinic.plans import plan_of


@require_safe
def person_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The decision with its reasons, what is due, the risk, the curve and the whole record."""
    return render(request, "clinic/person.html", {"page": _page(request, person_id, today())})


@require_safe
def chart_view(request: HttpRequest, person_id: UUID, panel: str) -> HttpResponse:
    """A picture as a Vega-Lite specification; 404 where the page has none."""
    if panel not in PANELS:
        raise Http404
    curve = _page(request, person_id, today()).curve
    if curve is None:
        raise Http404
    return JsonResponse(chart(curve, panel))


def _page(request: HttpRequest, person_id: UUID, on: date) -> PersonPage:
    """Another clinic's person and nobody's id get the same answer."""
    person = get_object_or_404(Person, clinic=clinic_of(request), pk=person_id)
    entries = list(Entry.objects.filter(person=person).order_by("sequence"))
    return person_page(person, entries, plan_of(person, entries, on), on)
