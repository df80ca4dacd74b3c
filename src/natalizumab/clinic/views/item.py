"""One thing to do of one person: who takes it, whether it is ordered, until when it is put off, and all that before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.auditing import saw
from natalizumab.clinic.clock import today
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.models import Handling, User, Work, WorkItem
from natalizumab.clinic.permissions import CARERS
from natalizumab.clinic.projection import is_to_make, refresh_rows
from natalizumab.clinic.words import DUE_KINDS, written_action
from natalizumab.clinic.work.asked import change_of, mark_of, seen_by
from natalizumab.clinic.work.handled import NOTHING, Handled, from_plain
from natalizumab.clinic.work.handling import ChangedMeanwhile, HandlingRefused, handle


@dataclass(frozen=True)
class Said:
    """What is wrong with a form that was sent, and what was typed into it."""

    problem: str
    typed: Mapping[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def item_page(request: HttpRequest, person_id: UUID, item: str) -> HttpResponse:
    """The thing and its history; a form that was sent is written down, or shown again with what is wrong."""
    row = get_object_or_404(Work.objects.select_related("person"), clinic=clinic_of(request), pk=person_id)
    back = _back(request)
    if request.method == "POST":
        said = _handled(request, row, item)
        return _page(request, row, item, said) if said else redirect(back)
    if is_to_make(row, today()):
        refresh_rows([row], today())
        return redirect(request.get_full_path())
    return _page(request, row, item, None)


def _handled(request: HttpRequest, row: Work, key: str) -> Said | None:
    """None where it is written down."""
    assert isinstance(request.user, User)
    form = {name: str(value) for name, value in request.POST.items()}
    try:
        change = change_of(form, _team(row))
        mark, seen = mark_of(form), seen_by(form)
        handle(row.person, key, change, by=request.user, form=mark, seen=seen, on=today())
    except ChangedMeanwhile as changed:
        row.refresh_from_db()
        return Said(str(changed), form)
    except HandlingRefused as refusal:
        return Said(str(refusal), form)
    return None


def _page(request: HttpRequest, row: Work, key: str, said: Said | None) -> HttpResponse:
    item = WorkItem.objects.filter(person=row.person, key=key, prompt=False).first()
    history = list(
        Handling.objects.filter(person=row.person, key=key).select_related("by", "owner").order_by("-number")
    )
    if item is None and not history:
        raise Http404
    saw(request.user, row.person, "item")  # type: ignore[arg-type]
    state = from_plain(row.handled[key]) if key in row.handled else NOTHING
    context = {
        "on": today(),
        "row": row,
        "item": item,
        "word": _word(item, history),
        "action": _action(item, history),
        "state": state,
        "history": history,
        "said": said,
        "typed": said.typed if said else _typed(state),
        "form": uuid.uuid4(),
        "team": _team(row),
        "back": request.GET.get("back", ""),
        "list": _back(request),
        "may": getattr(request, "membership").role in CARERS,  # noqa: B009
    }
    return render(request, "clinic/item.html", context)


def _word(item: WorkItem | None, history: list[Handling]) -> str:
    return DUE_KINDS[item.kind] if item and item.kind != "other" else _action(item, history)


def _action(item: WorkItem | None, history: list[Handling]) -> str:
    return written_action(item.action if item else history[0].action)


def _typed(state: Handled) -> dict[str, str]:
    """What the fields hold before anybody types."""
    return {
        "ordered_on": state.ordered_on.isoformat() if state.ordered_on else "",
        "reference": state.reference,
        "until": state.snoozed_until.isoformat() if state.snoozed_until else "",
        "reason": state.snooze_reason,
        "owner": str(state.owner or ""),
    }


def _team(row: Work) -> list[User]:
    """Who may own a thing of this clinic."""
    roles = {"memberships__clinic": row.clinic_id, "memberships__role__in": CARERS}
    return list(User.objects.filter(is_active=True, **roles).order_by("last_name", "first_name", "username"))


def _back(request: HttpRequest) -> str:
    """The worklist as it was narrowed; never another place, whatever the address says."""
    query = QueryDict(request.GET.get("back", "")[:1000]).urlencode()
    return f"{reverse('worklist')}?{query}" if query else reverse("worklist")
