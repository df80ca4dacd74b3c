"""Natalizumab at a glance, for everybody: no sign-in, and nothing of any clinic or person."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from natalizumab.clinic.curve_shown import PATIENCE_SECONDS, PREPARING
from natalizumab.clinic.glance.asked import ROUTES, Asked, NotAllowed, all_weeks, all_weights, read, usual
from natalizumab.clinic.glance.picture import Picture, picture
from natalizumab.clinic.glance.statements import groups


@require_safe
@login_not_required
@vary_on_headers("HX-Request")
def glance_page(request: HttpRequest) -> HttpResponse:
    """The statements and the picture, of which htmx gets the picture alone; 400 where it can't be drawn."""
    try:
        asked, problems = read(request.GET), []
    except NotAllowed as refusal:
        asked, problems = usual(), refusal.problems
    context = {
        "asked": asked,
        "problems": problems,
        "picture": None if problems else _picture(asked),
        "preparing": PREPARING,
        "weeks": all_weeks(),
        "routes": ROUTES.items(),
        "weights": all_weights(),
        "groups": groups(),
        "said": _said(get_language() or "", linked=bool(request.membership)),  # type: ignore[attr-defined]
    }
    return render(request, _template(request), context, status=400 if problems else 200)


@cache
def _said(language: str, *, linked: bool) -> SafeString:
    """All statements, alike for all who read the language; ``linked``: sources lead to their pages, once signed in."""
    return render_to_string("clinic/glance/groups.html", {"groups": groups(), "linked": linked})


def _picture(asked: Asked) -> Picture | None:
    return picture(asked, PATIENCE_SECONDS)


def _template(request: HttpRequest) -> str:
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return "clinic/glance/chain.html" if part else "clinic/glance.html"
