"""Where a person is reminded: the team's page about it, and the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from natalizumab.clinic import reminder_addresses as addresses
from natalizumab.clinic.auditing import saw
from natalizumab.clinic.contact import clinic_contact
from natalizumab.clinic.entering.saving import Sent
from natalizumab.clinic.membership import access_of, user_of
from natalizumab.clinic.merging import Together
from natalizumab.clinic.models import Person, Reminder
from natalizumab.clinic.views.of_person import of_person, unrecorded
from natalizumab.errors import Refusal

_Sent = tuple[Mapping[str, str], Mapping[str, str]]
"""What a form said, and what is wrong with it, by field."""

_FORM = ["GET", "HEAD", "POST"]
_LATEST = 20
_LONGEST_NUMBER = 15
_SHARED = "Also the address of {}: one family, or a mistake?"


@require_http_methods(_FORM)
def reminders_page(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The address, how they agreed, what was sent, and every earlier address."""
    if request.method != "POST":
        person = of_person(request, person_id, "reminders").person
        return _team(request, person)
    person = unrecorded(request, person_id).person
    problems, typed = _written(request, person, own=False)
    return _team(request, person, (typed, problems)) if problems else redirect("reminders", person.pk)


@require_POST
def check_reminders(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is wrong so far, for htmx, while somebody types; nothing is written."""
    person, email = unrecorded(request, person_id).person, request.POST.get("email", "").strip()
    return _checked(request, email, _shared(person, email))


@require_http_methods(_FORM)
@never_cache
def own_reminders(request: HttpRequest) -> HttpResponse:
    """The person's own form."""
    person = access_of(request).person
    if request.method != "POST":
        saw(user_of(request), person, "me-reminders")
        return _own(request, person)
    problems, typed = _written(request, person, own=True)
    return _own(request, person, (typed, problems)) if problems else redirect("me-reminders")


@require_POST
def check_own_reminders(request: HttpRequest) -> HttpResponse:
    """The same for the person, who hears nothing of others."""
    return _checked(request, request.POST.get("email", "").strip(), "")


def _written(request: HttpRequest, person: Person, *, own: bool) -> tuple[Mapping[str, str], dict[str, str]]:
    """What is wrong, and what was typed; without anything wrong it is written, or withdrawn."""
    sent = request.POST.dict()
    email = consent = ""
    problems: dict[str, str] = {}
    if sent.get("do") != "withdraw":
        typed = addresses.read(sent, own=own)
        email, consent, problems = typed.email, typed.consent, dict(typed.problems)
    if not problems:
        try:
            key = Sent.of(request.POST).key
            addresses.change(person, email, consent, by=user_of(request), key=key, seen=_number(sent.get("seen", "")))
        except Refusal as refusal:
            problems = {"": str(refusal)}
    return problems, {"email": sent.get("email", ""), "consent": consent}


def _team(request: HttpRequest, person: Person, sent: _Sent | None = None) -> HttpResponse:
    known = addresses.addresses_of(person)
    context = _about(person, known, sent)
    context |= {
        "history": known.rows,
        "how": addresses.HOW,
        "hint": _shared(person, context["typed"]["email"], known.who),
        "reminders": Reminder.objects.filter(person__in=known.members).order_by("-made_at", "-due")[:_LATEST],
    }
    return render(request, "clinic/reminders/page.html", context, status=400 if sent else 200)


def _own(request: HttpRequest, person: Person, sent: _Sent | None = None) -> HttpResponse:
    context = _about(person, addresses.addresses_of(person), sent) | {"contact": clinic_contact(person.clinic)}
    return render(request, "clinic/me/reminders.html", context, status=400 if sent else 200)


def _about(person: Person, known: addresses.Addresses, sent: _Sent | None) -> dict[str, Any]:
    """A form as it was sent, with what is wrong with it, or with what is kept."""
    typed, problems = sent or ({"email": known.now}, {})
    return {
        "person": person,
        "address": known.now,
        "typed": typed,
        "problems": problems,
        "general": problems.get("", ""),
        "seen": known.seen,
        "key": Sent.new([]).key,
    }


def _checked(request: HttpRequest, email: str, hint: str) -> HttpResponse:
    # An empty field is not wrong before somebody has begun to fill it in.
    problem = addresses.address_problem(email) if email else ""
    return render(request, "clinic/reminders/checked.html", {"problem": problem, "hint": hint})


def _shared(person: Person, email: str, who: Together | None = None) -> str:
    others = addresses.others_with(person, email, who)
    return _SHARED.format(", ".join(f"{one.name} ({one.number})" for one in others)) if others else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0
