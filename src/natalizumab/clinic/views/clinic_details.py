"""The clinic's letterhead: what letters need, its history, and how appointments are called in a calendar."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.calendar_file import neutral
from natalizumab.clinic.chosen_language import language_of
from natalizumab.clinic.clock import now
from natalizumab.clinic.letter_desk import details_of
from natalizumab.clinic.letter_desk import typed as typed_text
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.models import ClinicDetails, User
from natalizumab.clinic.models.letters import TITLE
from natalizumab.errors import Refusal
from natalizumab.languages import LANGUAGES
from natalizumab.letters.details import WORDS

FIELDS = (*WORDS, "calendar_title")
LONGEST = {name: getattr(ClinicDetails._meta.get_field(name), "max_length") or 0 for name in FIELDS}  # noqa: B009
"""How many characters each place takes."""

HISTORY = 20
"""So many of the latest versions are shown."""


@require_http_methods(["GET", "HEAD", "POST"])
def clinic_details(request: HttpRequest) -> HttpResponse:
    """The form with what counts now, or what was just typed; saving adds a version."""
    clinic = clinic_of(request)
    current = details_of(clinic)
    if request.method == "POST":
        typed = {name: typed_text(request.POST.get(name, "")) for name in FIELDS}
        typed["language"] = request.POST.get("language", "") or language_of(current)
        problems = _problems(typed)
        if not problems:
            assert isinstance(request.user, User)
            if current is None or any(getattr(current, name) != text for name, text in typed.items()):
                ClinicDetails(clinic=clinic, by=request.user, at=now(), **typed).save()
            return redirect("clinic-details")
    else:
        typed = {name: getattr(current, name, TITLE if name == "calendar_title" else "") for name in FIELDS}
        typed["language"] = language_of(current)
        problems = {}
    history = ClinicDetails.objects.filter(clinic=clinic).select_related("by").order_by("-at", "-id")[:HISTORY]
    context = {"typed": typed, "problems": problems, "history": history, "words": WORDS, "languages": LANGUAGES}
    return render(request, "clinic/clinic_details.html", context)


def _problems(typed: Mapping[str, str]) -> dict[str, str]:
    """By field, what is wrong with it in plain words."""
    found = {}
    if typed["language"] not in LANGUAGES:
        found["language"] = f"Choose one of these: {', '.join(LANGUAGES.values())}."
    for name, text in ((name, typed[name]) for name in FIELDS):
        if not text:
            found[name] = f"Enter {WORDS.get(name, 'a title')}."
        elif len(text) > LONGEST[name]:
            found[name] = f"At most {LONGEST[name]} characters fit here; this has {len(text)}."
    if "calendar_title" not in found:
        try:
            neutral(typed["calendar_title"])
        except Refusal as refusal:
            found["calendar_title"] = str(refusal)
    return found
