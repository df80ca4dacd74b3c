"""What a person sees on their own page: the clinic's view of it, with releases, invitations and accounts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from natalizumab.clinic.auditing import saw
from natalizumab.clinic.clock import today
from natalizumab.clinic.me import carers, releasing
from natalizumab.clinic.me.shown import shown
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.merging import all_entries_of
from natalizumab.clinic.models import AccountEvent, Allowed, Entry, Person, PersonAccess, PlanRelease, Purpose
from natalizumab.clinic.permissions import NURSE, PRESCRIBER
from natalizumab.clinic.plans import plan_of
from natalizumab.errors import Refusal

LATEST = 20


@require_safe
@never_cache
def seen_page(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What the person sees, and who else does."""
    person = _person(request, person_id)
    saw(user_of(request), person, "person-seen")
    return _page(request, person)


@require_POST
def release_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let the person see a hold, in the team's words."""
    person = _person(request, person_id)
    entries = _entries(person)
    plan = plan_of(person, entries, today())
    sent = request.POST
    try:
        releasing.release(
            person, entries, plan, state=sent.get("state", ""), words=sent.get("words", ""), by=user_of(request)
        )
    except Refusal as refusal:
        return _page(request, person, problem=str(refusal), status=400)
    return redirect("person-seen", person.pk)


@require_POST
@never_cache
def invite_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A link for the person, or for a carer, shown once."""
    person = _person(request, person_id)
    purpose = Purpose.CARER if request.POST.get("purpose") == Purpose.CARER else Purpose.SELF
    allows = [name for name in request.POST.getlist("allows") if name in Allowed.values]
    try:
        token = carers.invite(person, allows, by=user_of(request), purpose=purpose)
    except Refusal as refusal:
        return _page(request, person, problem=str(refusal), status=400)
    address = request.build_absolute_uri(reverse("join", args=[token]))
    who = "the person alone" if purpose == Purpose.SELF else "the carer"
    context = {"address": address, "say": f"Hand it to {who}", "back": reverse("person-seen", args=[person.pk])}
    return render(request, "clinic/accounts/link_made.html", context)


@require_POST
def end_view(request: HttpRequest, person_id: UUID, access_id: int) -> HttpResponse:
    """End somebody's access to the page."""
    person = _person(request, person_id)
    carers.end(get_object_or_404(PersonAccess, pk=access_id, person=person), by=user_of(request))
    return redirect("person-seen", person.pk)


def _page(request: HttpRequest, person: Person, problem: str = "", status: int = 200) -> HttpResponse:
    on, entries = today(), _entries(person)
    plan = plan_of(person, entries, on)
    accesses = PersonAccess.objects.filter(person=person, ended=None).select_related("user", "invited_by")
    context = {
        "person": person,
        "shown": shown(person, entries, plan, on),
        "plan": plan,
        "open": releasing.is_open(plan),
        "state": releasing.state_of(plan),
        "accesses": accesses.order_by("-kind", "id"),
        "releases": PlanRelease.objects.filter(person=person).select_related("by").order_by("-at")[:LATEST],
        "events": AccountEvent.objects.filter(person=person).select_related("by", "about").order_by("-at")[:LATEST],
        "allowed": Allowed.choices,
        "may_act": request.membership.role in NURSE | PRESCRIBER,  # type: ignore[attr-defined]
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "clinic/person/seen.html", context, status=status)


def _person(request: HttpRequest, person_id: UUID) -> Person:
    """Another clinic's person and nobody's id get the same answer."""
    return get_object_or_404(Person.objects.select_related("clinic"), clinic=clinic_of(request), pk=person_id)


def _entries(person: Person) -> list[Entry]:
    return all_entries_of(person)
