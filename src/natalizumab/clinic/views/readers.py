"""Who read a person's pages: for auditors."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from natalizumab.clinic.merging import together
from natalizumab.clinic.models import ListReading, Reading
from natalizumab.clinic.permissions import WHAT
from natalizumab.clinic.views.of_person import of_person

_PER_PAGE = 50


@require_safe
def readers_page(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every reading on record, the latest first; looking here is one too."""
    found = of_person(request, person_id, "readers")
    members = together([found.person.clinic_id]).members(found.person.pk)
    readings = Reading.objects.filter(person__in=members).select_related("user").order_by("-at", "-pk")
    page = Paginator(readings, _PER_PAGE).get_page(request.GET.get("page"))
    lists = ListReading.objects.filter(clinic=found.person.clinic_id).select_related("user").order_by("-at", "-pk")
    rows = [(reading, WHAT.get(reading.what, reading.what)) for reading in page.object_list]
    told = [(reading, WHAT.get(reading.what, reading.what)) for reading in lists[:_PER_PAGE]]
    return render(request, "clinic/readers.html", {"person": found.person, "page": page, "rows": rows, "lists": told})
