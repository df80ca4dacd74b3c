"""The worklist, and the search by number."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from natalizumab.clinic.clock import today
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.models import Person
from natalizumab.clinic.worklist import CHOICES, Asked, worklist

PER_PAGE = 25
_LONGEST_SEARCH = 100


@require_safe
def worklist_page(request: HttpRequest) -> HttpResponse:
    """Who needs what today. htmx asks for the same address and gets the results and the filters' new counts."""
    asked = _asked(request.GET)
    on = today()
    found = worklist(clinic_of(request), on, asked)
    context = {
        "on": on,
        "asked": asked,
        "found": found,
        "page": Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page")),
        "choices": _choices(asked, found.counts),
    }
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "clinic/parts/worklist_swap.html" if part else "clinic/worklist.html", context)


@require_safe
def find_person(request: HttpRequest) -> HttpResponse:
    """A whole number or nothing else leads straight to the person; anything else narrows the worklist."""
    text = request.GET.get("number", "").strip()[:_LONGEST_SEARCH]
    person = Person.objects.filter(clinic=clinic_of(request), number__iexact=text).first()
    if person:
        return redirect("person", person.pk)
    return redirect(f"{reverse('worklist')}?{urlencode({'search': text})}" if text else "worklist")


def _asked(query: QueryDict) -> Asked:
    """What the address asks for; a choice that doesn't exist is no choice."""
    chosen = {name: query.get(name, "") for name in CHOICES}
    known = {name: value if value in CHOICES[name] else "" for name, value in chosen.items()}
    return Asked(search=query.get("search", "").strip()[:_LONGEST_SEARCH], **known)


def _choices(asked: Asked, counts: Mapping[str, Mapping[str, int]]) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            {"value": value, "word": word, "count": counts[name][value], "chosen": getattr(asked, name) == value}
            for value, word in words.items()
        ]
        for name, words in CHOICES.items()
    }
