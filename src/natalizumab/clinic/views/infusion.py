"""One person's infusion screen: checklist, decision, dose, observation and reaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.auditing import saw
from natalizumab.clinic.clock import moment, today
from natalizumab.clinic.entries import MovedOn
from natalizumab.clinic.infusion import appointments, observing
from natalizumab.clinic.infusion.features import at_once, groups
from natalizumab.clinic.infusion.forms import STEPS, ChecklistForm, StepForm
from natalizumab.clinic.infusion.saving import save
from natalizumab.clinic.infusion.says import says
from natalizumab.clinic.infusion.screen import Screen, course_of, told, would_say
from natalizumab.clinic.membership import user_of
from natalizumab.clinic.models import Submission
from natalizumab.clinic.permissions import MAY
from natalizumab.clinic.plans import plan_of
from natalizumab.clinic.views.of_person import name_of, unrecorded
from natalizumab.errors import Refusal

SAVED = {
    "checklist": "The checklist is on record.",
    "answer": "The answer is on record.",
    "give": "The dose is on record, and the observation has begun.",
    "withhold": "It is on record that no dose was given.",
    "observed": "The end of the observation is on record.",
    "reaction": "The reaction is on record; the decision above takes it into account.",
}
_LONGEST_KEY = 50
_MOVED = "Somebody else entered something meanwhile. Look at it; if yours still holds, save again: nothing is lost."


@never_cache  # a page that comes back out of a cache would bring a form that was sent already
@require_http_methods(["GET", "HEAD", "POST"])
def infusion_view(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The screen, and what its forms save. A form sent twice is saved once; whoever comes second is asked again."""
    screen = _screen(request, person_id)
    if request.method == "POST":
        return _posted(request, screen)
    saw(user_of(request), screen.person, "infusion")
    return _shown(request, screen)


def _posted(request: HttpRequest, screen: Screen) -> HttpResponse:
    step = request.POST.get("step", "")
    kind = STEPS.get(step)
    if kind is None:
        return _shown(request, screen, problems=["Nothing was chosen: use one of the forms below."])
    form = kind(screen, name_of(request), request.POST)
    if request.POST.get("only") == "says":
        return render(request, "clinic/infusion/says.html", {"says": says(screen, form)})
    key = request.POST.get("key", "")
    if Submission.objects.filter(key=key, person=screen.person).exists():
        return _done(screen, step)
    try:
        problems = _problems(request, screen, form, key)
        if not problems and form.is_valid():
            would_say(screen, form.events())
            save(screen, form, by=user_of(request), key=key)
            return _done(screen, step)
    except MovedOn:
        return _again(request, screen.person.pk, step, [_MOVED])
    except Refusal as refusal:
        return _again(request, screen.person.pk, step, [str(refusal)])
    return _shown(request, screen, form=form, problems=problems or ["Not saved yet: look at what is marked below."])


def _problems(request: HttpRequest, screen: Screen, form: StepForm, key: str) -> list[str]:
    """What stands against saving, whatever was typed."""
    if not key or len(key) > _LONGEST_KEY or not key.isprintable():
        return ["The form came without its number. Here it is again, with what you typed: save it now."]
    if request.POST.get("seen") != str(screen.seen):
        return [_MOVED]
    if form.step == "give":
        return screen.why_not_given()
    if form.step == "withhold" and screen.dose is not None:
        return ["A dose was given today: it can't be withheld any more."]
    if form.step == "observed" and screen.watch is None:
        return ["Nobody is being observed here today."]
    return []


def _again(request: HttpRequest, person_id: UUID, step: str, problems: list[str]) -> HttpResponse:
    """The screen as it is now, with what was typed before."""
    screen = _screen(request, person_id)
    form = STEPS[step](screen, name_of(request), request.POST)
    form.is_valid()
    return _shown(request, screen, form=form, problems=problems)


def _done(screen: Screen, step: str) -> HttpResponse:
    return redirect(f"{reverse('infusion', args=[screen.person.pk])}?saved={step}")


def _shown(
    request: HttpRequest, screen: Screen, form: StepForm | None = None, problems: list[str] | None = None
) -> HttpResponse:
    may = request.membership.role in MAY["infusion"]["POST"]  # type: ignore[attr-defined]
    forms = {step: kind(screen, name_of(request)) for step, kind in STEPS.items()} if may else {}
    if form is not None:
        forms[form.step] = form
    context: dict[str, Any] = {
        "page": screen,
        "forms": forms,
        "sent": form.step if form else "",
        "problems": problems or [],
        "news": _news(request, screen),
        "saved": SAVED.get(request.GET.get("saved", "")) if request.method != "POST" else None,
        "key": str(uuid4()),
        "groups": groups(),
        "at_once": at_once(),
        "today": [told(entry) for entry in screen.entries if entry.day == screen.on],
        "asked": ChecklistForm(screen, "").questions if not may else [],
    }
    return render(request, "clinic/infusion/screen.html", context)


def _news(request: HttpRequest, screen: Screen) -> list[Any]:
    """What was entered after the page was made that a form came from."""
    seen = request.POST.get("seen", "")
    return screen.since(int(seen)) if seen.isascii() and seen.isdigit() and len(seen) < len(str(2**31)) else []


def _screen(request: HttpRequest, person_id: UUID) -> Screen:
    """Another clinic's person and nobody's id get the same answer."""
    found = unrecorded(request, person_id)
    person, entries = found.person, found.entries
    prefetch_related_objects(entries, "entered_by")
    on, now = today(), moment()
    todays = [state for state in appointments.coming(person, on) if state.day == on]
    return Screen(
        person=person,
        on=on,
        now=now,
        role=request.membership.role,  # type: ignore[attr-defined]
        plan=plan_of(person, entries, on),
        entries=entries,
        course=course_of(person, entries, on),
        state=todays[-1] if todays else None,
        watch=observing.of_person(person, on, now),
    )
