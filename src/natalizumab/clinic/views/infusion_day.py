"""The day's page: who comes when, what stands against each dose, and the forms that book and move appointments."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.clock import moment, today
from natalizumab.clinic.infusion import appointments
from natalizumab.clinic.infusion.appointments import BookingRefused, ChangedMeanwhile
from natalizumab.clinic.infusion.booking import FURTHEST_DAYS, BookForm, SlotForm, moving
from natalizumab.clinic.infusion.day import CHANGEABLE, day_page
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.models import AppointmentState, AppointmentStatus, Person, Route
from natalizumab.clinic.permissions import MAY
from natalizumab.errors import Refusal

_BECOMES = {
    "arrived": AppointmentStatus.ARRIVED,
    "missed": AppointmentStatus.MISSED,
    "cancel": AppointmentStatus.CANCELLED,
}
_NOT_THERE = "That appointment is not there."
_LONGEST_KEY = 50


@never_cache  # a page that comes back out of a cache would bring a form that was sent already
@require_http_methods(["GET", "HEAD", "POST"])
def infusion_day(request: HttpRequest) -> HttpResponse:
    """A day's appointments (``?day=``, today by default); ``?book=`` and ``?change=`` open a form."""
    if request.method == "POST":
        return _posted(request)
    state = appointments.find(clinic_of(request), _uuid(request.GET.get("change", "")))
    changeable = state is not None and state.status in CHANGEABLE
    return _shown(
        request,
        _day(request.GET.get("day", "")),
        book=_book_form(request),
        changing=state if changeable else None,
        move=moving(state, today()) if state is not None and changeable else None,
    )


def _posted(request: HttpRequest) -> HttpResponse:
    step = request.POST.get("step", "")
    if step == "book":
        return _book(request)
    state = appointments.find(clinic_of(request), _uuid(request.POST.get("appointment", "")))
    shown = _day(request.POST.get("shown", ""))
    if state is None or step not in (*_BECOMES, "move"):
        return _shown(request, shown, problems=[_NOT_THERE if step else "Nothing was chosen."])
    try:
        _refuse_stale(request, state, _BECOMES.get(step, ""))
        if step == "move":
            return _move(request, state, shown)
        appointments.become(state, _BECOMES[step], by=user_of(request))
    except Refusal as refusal:
        return _shown(request, shown, problems=[str(refusal)])
    return _to(state.day)


def _refuse_stale(request: HttpRequest, state: AppointmentState, status: str) -> None:
    """Refuse to change what has changed since the page was made, or is closed. The same again is no change."""
    if status == state.status:
        return
    if request.POST.get("number") != str(state.number):
        raise ChangedMeanwhile(state)
    if state.status not in CHANGEABLE:
        raise Refusal(f"It is closed: {appointments.told(state)}. Nothing can be changed any more.")


def _book(request: HttpRequest) -> HttpResponse:
    clinic, key = clinic_of(request), request.POST.get("key", "")
    form = BookForm(clinic, today(), request.POST)
    if form.is_valid() and form.person is not None and 0 < len(key) <= _LONGEST_KEY and key.isprintable():
        try:
            made = appointments.book(clinic, form.person, form.slot, by=user_of(request), key=key)
        except BookingRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return _to(made.day)
    return _shown(request, form.cleaned_data.get("day") or today(), book=form, open_book=True)


def _move(request: HttpRequest, state: AppointmentState, shown: date) -> HttpResponse:
    form = moving(state, today(), request.POST)
    if form.is_valid():
        try:
            return _to(appointments.move(state, form.slot, by=user_of(request)).day)
        except BookingRefused as refusal:
            form.add_error(refusal.field, str(refusal))
    return _shown(request, shown, changing=state, move=form)


def _shown(
    request: HttpRequest,
    day: date,
    *,
    book: BookForm | None = None,
    open_book: bool = False,
    changing: AppointmentState | None = None,
    move: SlotForm | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    clinic, now = clinic_of(request), moment()
    context: dict[str, Any] = {
        "page": day_page(clinic, day, now),
        "today": today(),
        "now": now,
        "book": book or BookForm(clinic, today(), initial={"day": max(day, today()), "route": Route.IV}),
        "open_book": open_book or "book" in request.GET,
        "changing": changing,
        "move": move,
        "problems": problems or [],
        "key": str(uuid4()),
        "may": request.membership.role in MAY["infusion-day"]["POST"],  # type: ignore[attr-defined]
    }
    return render(request, "clinic/infusion/day.html", context)


def _book_form(request: HttpRequest) -> BookForm:
    """Empty, or for the person whose page it was asked from; another clinic's person is like nobody."""
    clinic = clinic_of(request)
    wanted = _uuid(request.GET.get("book", ""))
    person = Person.objects.filter(clinic=clinic, pk=wanted).first() if wanted else None
    first = {
        "who": person.number if person else "",
        "day": max(_day(request.GET.get("day", "")), today()),
        "route": request.GET.get("route") if request.GET.get("route") in Route.values else Route.IV,
    }
    return BookForm(clinic, today(), initial=first)


def _day(text: str) -> date:
    """The day asked about; today where it is none, or too far away to be meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today()
    return day if abs((day - today()).days) <= FURTHEST_DAYS else today()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _to(day: date) -> HttpResponse:
    return redirect(f"{reverse('infusion-day')}?day={day.isoformat()}")
