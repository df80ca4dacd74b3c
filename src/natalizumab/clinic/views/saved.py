"""What a form has just written, and what it changed: said on the page to which it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from natalizumab.clinic.entering.effect import Effect, effect
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.timeline import Line, timeline
from natalizumab.clinic.views.of_person import OfPerson

NAME = "saved"
_MOST = 20


@dataclass(frozen=True)
class Saved:
    """The entries that were written, and their effect on the plan."""

    lines: list[Line]
    effect: Effect


def lead_back(person: Person, written: Sequence[Entry]) -> HttpResponseRedirect:
    """To the person's page, which says what was saved and what it changed."""
    ids = ",".join(str(entry.pk) for entry in written)
    return redirect(f"{reverse('person', args=[person.pk])}?{NAME}={ids}#saved")


def saved(request: HttpRequest, found: OfPerson, on: date) -> Saved | None:
    """What the address says was saved; None where it names nothing of this person's."""
    wanted = set(_ids(request.GET.get(NAME, "")))
    written = [entry for entry in found.entries if entry.pk in wanted and not entry.erased] if wanted else []
    if not written:
        return None
    return Saved(timeline(written, None), effect(found.person, found.entries, written, on))


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(part) for part in text.split(",")[:_MOST]]
    except ValueError:
        return []
