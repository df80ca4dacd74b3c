"""Adding a person, changing who they are said to be, and those who may be listed twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from natalizumab.clinic import people_keeping
from natalizumab.clinic.clock import today
from natalizumab.clinic.doubles import doubles, listed
from natalizumab.clinic.entering.saving import Sent
from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.models import Person, PersonChange, Sex
from natalizumab.clinic.people_keeping import NAMES, ChangedMeanwhile, Details, Problems
from natalizumab.clinic.views.of_person import OfPerson, of_person, unrecorded

_PER_PAGE = 25
_FORM = ["GET", "HEAD", "POST"]
_TAKEN = {"number": "Somebody has this number already: every number is given once."}


@require_http_methods(_FORM)
def add_person(request: HttpRequest) -> HttpResponse:
    """A new person of this clinic; whom they may already be is pointed out before anybody is added."""
    clinic = clinic_of(request)
    if request.method != "POST":
        return _form(request, {"sex": Sex.UNKNOWN.value}, {}, Sent.new([]).key)
    details, key = people_keeping.read(request.POST.dict(), today()), Sent.of(request.POST).key
    before = PersonChange.objects.filter(key=key, person__clinic=clinic).first()
    if before is not None:
        return redirect("person", before.person_id)
    problems = details.problems or people_keeping.number_problem(clinic, details.typed["number"])
    alike = [] if problems else people_keeping.possible(clinic, details)
    if problems or (alike and request.POST.get("another") != "yes"):
        return _form(request, details.typed, problems, key, alike=alike)
    try:
        made = people_keeping.add(clinic, details, by=user_of(request), key=key)
    except IntegrityError:
        return _form(request, details.typed, _TAKEN, key)
    return redirect("person", made.pk)


@require_http_methods(_FORM)
def person_details(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who somebody is said to be, with every earlier version; those who enter may change it."""
    if request.method == "POST":
        return _changed(request, unrecorded(request, person_id))
    found = of_person(request, person_id, "person-details")
    return _details(request, found.person, people_keeping.details_of(found.person), {}, Sent.new([]).key)


def _changed(request: HttpRequest, found: OfPerson) -> HttpResponse:
    person, key = found.person, Sent.of(request.POST).key
    details = people_keeping.read(request.POST.dict(), today())
    problems = details.problems or _stands_against(found, details)
    if problems:
        return _details(request, person, details.typed, problems, key)
    try:
        people_keeping.change(person, details, by=user_of(request), key=key, seen=_seen(request))
    except ChangedMeanwhile as refusal:
        person.refresh_from_db()
        return _details(request, person, details.typed, {"": str(refusal)}, key)
    except IntegrityError:
        return _details(request, person, details.typed, _TAKEN, key)
    return redirect("person-details", person.pk)


def _stands_against(found: OfPerson, details: Details) -> Problems:
    taken = people_keeping.number_problem(found.person.clinic, details.typed["number"], found.person)
    return taken | people_keeping.record_problem(found.person, found.entries, details.values["born"])


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("9" * 18) else 0


def _details(
    request: HttpRequest, person: Person, typed: Mapping[str, str], problems: Problems, key: str
) -> HttpResponse:
    changes = list(PersonChange.objects.filter(person=person).select_related("by").order_by("-pk"))
    history = [(change, [_told(name, *both) for name, both in change.changed.items()]) for change in changes]
    own = people_keeping.details_of(person)
    now = [_told(name, own[name], typed.get(name, "")) for name in NAMES if problems and own[name] != typed.get(name)]
    seen = changes[0].pk if changes else 0
    return _form(request, typed, problems, key, person=person, history=history, seen=seen, now=now)


def _told(name: str, old: str | None, new: str | None) -> tuple[str, str | None, str | None]:
    """What a detail is called, and two of its values: the sex in words, all else as it was typed."""
    if name != "sex":
        return NAMES[name], old, new
    return NAMES[name], old and in_their_language(old), new and in_their_language(new)


def _form(request: HttpRequest, typed: Mapping[str, str], problems: Problems, key: str, **more: Any) -> HttpResponse:
    context = {"typed": typed, "problems": problems, "general": problems.get("", ""), "key": key, "sexes": Sex.choices}
    return render(request, "clinic/people/details.html", context | more)


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of people who may be one."""
    found = doubles(listed(clinic_of(request)))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "clinic/people/duplicates.html", {"page": page})
