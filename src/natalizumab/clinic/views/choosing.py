"""Somebody who works in several clinics, or looks after several people, chooses as whom they are here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.membership import accesses, choose, key_of, memberships
from natalizumab.clinic.models import AccessKind, Membership, PersonAccess, Role


@require_http_methods(["GET", "HEAD", "POST"])
def choose_page(request: HttpRequest) -> HttpResponse:
    """The choices, and the chosen one's first page."""
    found: list[Membership | PersonAccess] = [*memberships(request.user)]
    found = found or [*accesses(request.user)]
    by_key = {key_of(one): one for one in found}
    if request.method == "POST":
        chosen = by_key.get(request.POST.get("as", ""))
        if chosen is None:
            raise Http404
        choose(request, chosen)
        return redirect(_first_page(chosen))
    if len(found) == 1:
        return redirect(_first_page(found[0]))
    return render(request, "clinic/accounts/choose.html", {"choices": [(k, *_words(one)) for k, one in by_key.items()]})


def _first_page(chosen: Membership | PersonAccess) -> str:
    if isinstance(chosen, PersonAccess):
        return "me"
    return "colleagues" if chosen.role == Role.ADMINISTRATOR else "worklist"


def _words(one: Membership | PersonAccess) -> tuple[str, str]:
    if isinstance(one, Membership):
        return one.clinic.name, in_their_language(f"as {one.get_role_display().lower()}")
    if one.kind == AccessKind.SELF:
        return in_their_language("Your own page"), one.person.clinic.name
    return one.person.name, in_their_language("whom you care for")
