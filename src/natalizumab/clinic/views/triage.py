"""The clinic's triage list."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from natalizumab.clinic.auditing import saw
from natalizumab.clinic.me import triage
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.models import SelfReport
from natalizumab.clinic.permissions import CARERS

PER_PAGE = 25
ANSWERED = 10
"""So many of the latest answered ones stand below."""


@require_safe
@never_cache
def triage_page(request: HttpRequest) -> HttpResponse:
    """What waits, the gravest first, and what was answered last."""
    clinic = clinic_of(request)
    page = Paginator(triage.waiting(clinic), PER_PAGE).get_page(request.GET.get("page"))
    done = triage.reports(clinic).exclude(answered_at=None).order_by("-answered_at")[:ANSWERED]
    context = {
        "page": page,
        "items": [triage.item(report) for report in page.object_list],
        "answered": [triage.item(report) for report in done],
        "may_answer": _may_answer(request),
    }
    return render(request, "clinic/triage/list.html", context)


@require_safe
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    """How many wait, for the header of every page."""
    found = triage.waiting(clinic_of(request)).order_by().values_list("level", flat=True)
    return render(request, "clinic/triage/waiting.html", {"count": len(found), "urgent": 0 in found})


@require_POST
def claim_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Take a report; whoever comes second is told who has it."""
    report = _report(request, report_id)
    try:
        triage.claim(report.pk, clinic_of(request), by=user_of(request))
    except triage.ReportRefused as refusal:
        return _shown(request, _report(request, report_id), str(refusal), status=409)
    return redirect("triage-answer", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer_page(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report, and the form that answers it."""
    report = _report(request, report_id)
    if request.method == "POST":
        try:
            triage.answer(report, request.POST.get("words", ""), by=user_of(request))
            return redirect("triage")
        except triage.ReportRefused as refusal:
            return _shown(request, report, str(refusal), status=400)
    saw(user_of(request), report.person, "triage-answer")
    return _shown(request, report)


def _shown(request: HttpRequest, report: SelfReport, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "item": triage.item(report),
        "problem": problem,
        "typed": request.POST,
        "may_answer": _may_answer(request),
    }
    return render(request, "clinic/triage/answer.html", context, status=status)


def _report(request: HttpRequest, report_id: UUID) -> SelfReport:
    """Another clinic's report and nobody's get the same answer."""
    return get_object_or_404(triage.reports(clinic_of(request)), pk=report_id)


def _may_answer(request: HttpRequest) -> bool:
    return request.membership.role in CARERS  # type: ignore[attr-defined]
