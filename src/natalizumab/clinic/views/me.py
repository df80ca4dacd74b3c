"""The person's own pages. A carer has them too, as far as the person allowed."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from natalizumab.care import load_protocol
from natalizumab.clinic.accounts.confirming import confirmed
from natalizumab.clinic.auditing import saw
from natalizumab.clinic.clock import today
from natalizumab.clinic.contact import clinic_contact
from natalizumab.clinic.me import carers, telling
from natalizumab.clinic.me.shown import shown
from natalizumab.clinic.me.signs import written
from natalizumab.clinic.membership import access_of, user_of
from natalizumab.clinic.merging import all_entries_of
from natalizumab.clinic.models import AccessKind, Allowed, PersonAccess, SelfReport
from natalizumab.clinic.plans import plan_of
from natalizumab.errors import Refusal

LATEST = 5
"""So many reports and their answers stand on the page."""


@require_safe
@never_cache
def me_page(request: HttpRequest) -> HttpResponse:
    """The next dose, what is due and why, what the team answered, and the ways to tell it something."""
    access = _noted(request, "me")
    context = _about(access)
    if access.may(Allowed.TELL):
        reports = SelfReport.objects.filter(person=access.person).select_related("claimed_by")
        context["reports"] = reports.prefetch_related("answers__by").order_by("-told_at")[:LATEST]
    if access.may(Allowed.DATES):
        on = today()
        entries = all_entries_of(access.person)
        context["shown"] = shown(access.person, entries, plan_of(access.person, entries, on), on)
    return render(request, "clinic/me/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_page(request: HttpRequest) -> HttpResponse:
    """The monthly check."""
    access = _teller(request)
    problem = ""
    if request.method == "POST":
        try:
            said = telling.answers(_lists(request))
            report = telling.tell_check(
                access.person, said, by=user_of(request), who=_who(access), on=today(), key=_key(request)
            )
            return redirect("me-told", report.pk) if report else redirect(f"{reverse('me')}?checked=yes")
        except Refusal as refusal:
            problem = str(refusal)
    questions = [(one, request.POST.get(one.topic, "")) for one in written().check]
    context = _about(access) | {"questions": questions, "problem": problem, "key": _key(request)}
    return render(request, "clinic/me/check.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def worse_page(request: HttpRequest) -> HttpResponse:
    """I feel worse now: the emergency number first, then what has changed."""
    access = _teller(request)
    problem = ""
    if request.method == "POST":
        try:
            told = telling.worse(_lists(request))
            report = telling.tell_worse(access.person, told, by=user_of(request), on=today(), key=_key(request))
            return redirect("me-told", report.pk)
        except Refusal as refusal:
            problem = str(refusal)
    ticked = request.POST.getlist("sign")
    signs = [(one, one.key in ticked) for one in written().worse]
    context = _about(access) | {
        "urgent": [one for one in signs if one[0].emergency],
        "others": [one for one in signs if not one[0].emergency],
        "typed": request.POST,
        "problem": problem,
        "key": _key(request),
    }
    return render(request, "clinic/me/worse.html", context, status=400 if problem else 200)


@require_safe
@never_cache
def told_page(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What to do now, and what the team answered."""
    access = _teller(request)
    saw(user_of(request), access.person, "me-told")
    reports = SelfReport.objects.select_related("claimed_by").prefetch_related("answers__by")
    report = get_object_or_404(reports, pk=report_id, person=access.person)
    return render(request, "clinic/me/told.html", _about(access) | {"report": report})


@require_safe
@never_cache
def card_page(request: HttpRequest) -> HttpResponse:
    """The alert card: what other doctors must know. Made to be printed."""
    access = _noted(request, "me-card")
    months = load_protocol(settings.NATALIZUMAB_PROTOCOL)["watch_after_stop_months"]
    return render(request, "clinic/me/card.html", _about(access) | {"months": months})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed
def carers_page(request: HttpRequest) -> HttpResponse:
    """The person's carers and what each sees; a link for another one."""
    access = access_of(request)
    address = ""
    if request.method == "POST":
        allows = [name for name in request.POST.getlist("allows") if name in Allowed.values]
        if change := request.POST.get("change", ""):
            carers.allow(access.person, change, allows, by=user_of(request))
            return redirect("me-carers")
        token = carers.invite(access.person, allows, by=user_of(request))
        address = request.build_absolute_uri(reverse("join", args=[token]))
    found = PersonAccess.objects.filter(person=access.person, kind=AccessKind.CARER, ended=None)
    context = _about(access) | {
        "carers": found.select_related("user").order_by("id"),
        "allowed": Allowed.choices,
        "address": address,
    }
    return render(request, "clinic/me/carers.html", context)


@require_POST
def end_carer(request: HttpRequest, access_id: int) -> HttpResponse:
    """A carer sees nothing any more."""
    access = access_of(request)
    carer = get_object_or_404(PersonAccess, pk=access_id, person=access.person, kind=AccessKind.CARER, ended=None)
    carers.end(carer, by=user_of(request))
    return redirect("me-carers")


def _noted(request: HttpRequest, what: str) -> PersonAccess:
    """Whose page this is; that it was read is put on record."""
    access = access_of(request)
    saw(user_of(request), access.person, what)
    return access


def _teller(request: HttpRequest) -> PersonAccess:
    access = access_of(request)
    if not access.may(Allowed.TELL):
        raise PermissionDenied("the person has not allowed you to send this for them")
    return access


def _about(access: PersonAccess) -> dict[str, object]:
    contact = clinic_contact(access.person.clinic)
    return {"access": access, "person": access.person, "contact": contact, "own": access.kind == AccessKind.SELF}


def _lists(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in request.POST}


def _key(request: HttpRequest) -> str:
    """The form's own key, by which it is written once however often it is sent."""
    sent = request.POST.get("key", "")
    return sent if len(sent) == len(uuid.uuid4().hex) and sent.isalnum() else uuid.uuid4().hex


def _who(access: PersonAccess) -> str:
    return "person" if access.kind == AccessKind.SELF else "carer"
