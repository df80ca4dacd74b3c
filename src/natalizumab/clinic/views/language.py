"""The language of the pages, kept in a cookie of the browser; without one the browser's own language counts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from natalizumab.clinic.models import User
from natalizumab.clinic.permissions import MAY


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language and leads back to the page; an unknown language changes nothing.

    Of somebody who is signed in it is noted too: their letters and reminders come in it.

    The browser says best which page it comes from: parts may have changed, and its address with them, since it was
    sent. ``next`` is for browsers that don't say.
    """
    asked = request.POST.copy()
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _note(request, chosen[:2])
    else:  # Django would keep any language that it knows itself
        asked.pop("language", None)
    if request.headers.get("Referer"):
        asked.pop("next", None)
    request.POST = asked  # type: ignore[assignment,unused-ignore]
    response: HttpResponse = set_language(request)
    if "Location" in response and not _opens(response["Location"]):
        response["Location"] = reverse("choose")
    return response


def _note(request: HttpRequest, chosen: str) -> None:
    if isinstance(request.user, User) and request.user.language != chosen:
        request.user.language = chosen
        request.user.save(update_fields=["language"])


def _opens(address: str) -> bool:
    """Whether the page can be asked for: the answer to a form has the form's address, which may take forms alone."""
    try:
        name = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return True
    return "GET" in MAY.get(name, {})
