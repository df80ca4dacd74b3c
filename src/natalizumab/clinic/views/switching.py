"""The switch planner: one person, one drug, one date; the dates and duties of leaving natalizumab or coming to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from natalizumab.care import load_protocol
from natalizumab.care.leaving import Leaving
from natalizumab.care.switching import Switch, switch
from natalizumab.care.targets import known_targets
from natalizumab.clinic.clock import today
from natalizumab.clinic.entering.checks import readable
from natalizumab.clinic.entering.proposed import as_listed, as_said
from natalizumab.clinic.switch_shown import shown
from natalizumab.clinic.views.of_person import OfPerson, of_person
from natalizumab.errors import Refusal
from natalizumab.record.moments import read_day

_UNREADABLE = "The record cannot be read, so no date can be named: correct it first."


@require_safe
def switch_page(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The question in the address, and below it the answer."""
    found = of_person(request, person_id, "switch")
    to, on_text = request.GET.get("to", "").strip(), request.GET.get("on", "").strip()
    on, problems = _day(on_text)
    answer = None
    if to and on is not None:
        answer, wrong = _answer(found, to, on)
        problems |= wrong
    context = {
        "person": found.person,
        "to": to,
        "on": on_text or today().isoformat(),
        "names": [as_said(_names(), name) for name in _names()],
        "problems": problems,
        "answer": shown(answer) if answer else None,
        "leaving": isinstance(answer.answer, Leaving) if answer else False,
    }
    return render(request, "clinic/switch.html", context)


def _names() -> list[str]:
    return [term.name for term in known_targets()]


def _day(text: str) -> tuple[date | None, dict[str, str]]:
    if not text:
        return today(), {}
    try:
        return read_day(text), {}
    except ValueError as error:
        return None, {"on": f"“{text[:40]}” {error}."}


def _answer(found: OfPerson, to: str, on: date) -> tuple[Switch | None, dict[str, str]]:
    record = readable(found.person, found.entries)
    if record is None:
        return None, {"to": _UNREADABLE}
    try:
        return switch(record, as_listed(_names(), to), on, load_protocol(settings.NATALIZUMAB_PROTOCOL)), {}
    except Refusal as refusal:
        text = str(refusal).removeprefix("--to: ").replace(str(found.person.pk), found.person.name)
        return None, {"to": text[:1].upper() + text[1:] + "."}
