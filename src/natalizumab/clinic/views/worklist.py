"""The worklist, and the search by number."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from natalizumab.clinic.clock import today
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.models import Person, User
from natalizumab.clinic.work.shown import rows_html
from natalizumab.clinic.worklist import CHOICES, SORTS, Asked, worklist

_LONGEST_SEARCH = 100
_LONGEST_NUMBER = 6


@require_safe
def worklist_page(request: HttpRequest) -> HttpResponse:
    """Who needs what today. htmx asks for the same address and gets the results and the filters' new counts."""
    asked = asked_for(request)
    on = today()
    found = worklist(clinic_of(request), on, asked, _number(request.GET.get("page", "")))
    back = f"?{urlencode({'back': request.GET.urlencode()})}" if request.GET else ""
    context = {
        "on": on,
        "rows": rows_html(found.rows, back),
        "asked": asked,
        "found": found,
        "choices": _choices(asked, found.counts),
        "sorts": [{"value": value, "word": word, "chosen": asked.sort == value} for value, (word, _) in SORTS.items()],
    }
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "clinic/parts/worklist_swap.html" if part else "clinic/worklist.html", context)


@require_safe
def find_person(request: HttpRequest) -> HttpResponse:
    """A whole number or nothing else leads straight to the person; anything else narrows the worklist."""
    text = request.GET.get("number", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    person = Person.objects.filter(clinic=clinic_of(request), number__iexact=text).first()
    if person:
        return redirect("person", person.pk)
    return redirect(f"{reverse('worklist')}?{urlencode({'search': text})}" if text else "worklist")


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; a choice that doesn't exist is no choice."""
    query: QueryDict = request.GET
    chosen = {name: query.get(name, "") for name in [*CHOICES, "sort"]}
    known = {name: value if value in (CHOICES | {"sort": SORTS})[name] else "" for name, value in chosen.items()}
    user = request.user if isinstance(request.user, User) else None
    # No name holds a NUL, and PostgreSQL refuses one in a question.
    search = query.get("search", "").replace("\x00", "").strip()[:_LONGEST_SEARCH]
    return Asked(search=search, user=user, **known)


def _number(text: str) -> int:
    """The page asked for; anything that is no number is the first."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 1
    return max(number, 1)


def _choices(asked: Asked, counts: Mapping[str, Mapping[str, int]]) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            {"value": value, "word": word, "count": counts[name][value], "chosen": getattr(asked, name) == value}
            for value, word in words.items()
        ]
        for name, words in CHOICES.items()
    }
