"""An administrator's pages: the clinic's accounts, one account, invitations. Nothing clinical is on them."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from natalizumab.clinic.accounts import links, members
from natalizumab.clinic.accounts.confirming import confirmed
from natalizumab.clinic.accounts.log import note
from natalizumab.clinic.accounts.members import AccountRefused
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.models import AccountDone, AccountEvent, Clinic, Membership, OneTimeLink, Role

SHOWN = 50
"""So many of the latest lines of the audit table stand on the page."""


@require_safe
def colleagues_page(request: HttpRequest) -> HttpResponse:
    """Everybody on the team, the invitations that wait, and what was done."""
    return render(request, "clinic/accounts/colleagues.html", _context(request))


@require_POST
@never_cache
@confirmed
def invite(request: HttpRequest) -> HttpResponse:
    """Make a link for a new colleague and show it, once."""
    try:
        token = members.invite(clinic_of(request), request.POST.get("role", ""), by=user_of(request))
    except AccountRefused as refusal:
        context = _context(request) | {"problem": str(refusal)}
        return render(request, "clinic/accounts/colleagues.html", context, status=400)
    return _link(request, token, "Hand it to your new colleague", "colleagues")


@require_POST
@confirmed
@transaction.atomic
def withdraw_invitation(request: HttpRequest, link_id: int) -> HttpResponse:
    """Take back a link that nobody has used."""
    clinic = clinic_of(request)
    link = get_object_or_404(OneTimeLink, pk=link_id, clinic=clinic, person=None)
    if links.withdraw(link):
        note(AccountDone.WITHDRAWN, clinic, by=user_of(request), about=link.user, detail=link.role or link.purpose)
    return redirect("colleagues")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed
def colleague_page(request: HttpRequest, member_id: int) -> HttpResponse:
    """One account, and what can be done with it."""
    member = get_object_or_404(
        Membership.objects.select_related("user", "clinic"), pk=member_id, clinic=clinic_of(request)
    )
    problem = ""
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        try:
            if act is None:
                raise AccountRefused("choose what to do")
            token = act(request, member)
            if token:
                return _link(request, token, f"Hand it to {member.user}", "colleague", member.pk)
            return redirect("colleague", member.pk)
        except AccountRefused as refusal:
            problem = str(refusal)
            member.refresh_from_db()
    context = {"member": member, "roles": Role.choices, "problem": problem, "typed": request.POST}
    return render(request, "clinic/accounts/colleague.html", context, status=400 if problem else 200)


def _lock(request: HttpRequest, member: Membership) -> None:
    members.lock(member, by=user_of(request), reason=request.POST.get("reason", ""))


def _reset(request: HttpRequest, member: Membership) -> None:
    members.reset_second_factor(member, by=user_of(request), reason=request.POST.get("reason", ""))


ACTS: dict[str, Callable[[HttpRequest, Membership], str | None]] = {
    "role": lambda request, member: members.change_role(member, request.POST.get("role", ""), by=user_of(request)),
    "lock": _lock,
    "unlock": lambda request, member: members.unlock(member, by=user_of(request)),
    "sessions": lambda request, member: members.end_sessions(member, by=user_of(request)),
    "second-factor": _reset,
    "password": lambda request, member: members.password_link(member, by=user_of(request)),
}
"""What an administrator may do with an account; what returns a token makes a link."""


def _context(request: HttpRequest) -> dict[str, object]:
    clinic = clinic_of(request)
    return {
        "members": Membership.objects.filter(clinic=clinic).select_related("user").order_by("user__username"),
        "links": links.waiting(clinic),
        "events": _events(clinic),
        "roles": Role.choices,
    }


def _events(clinic: Clinic) -> list[AccountEvent]:
    found = AccountEvent.objects.filter(clinic=clinic, person=None).select_related("by", "about")
    return list(found.order_by("-at", "-id")[:SHOWN])


def _link(request: HttpRequest, token: str, say: str, back: str, *place: int) -> HttpResponse:
    address = request.build_absolute_uri(reverse("join", args=[token]))
    context = {"address": address, "say": say, "back": reverse(back, args=place)}
    return render(request, "clinic/accounts/link_made.html", context)
