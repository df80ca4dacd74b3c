"""The simulator: a question in the address, and its answer as soon as it has been worked out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from natalizumab.clinic import solver_ready
from natalizumab.clinic.curve_shown import PREPARING
from natalizumab.clinic.membership import clinic_of
from natalizumab.clinic.simulator.desk import Job, desk
from natalizumab.clinic.simulator.page import kind_fields, shown, strategy_fields
from natalizumab.clinic.simulator.question import Asked, Question, read
from natalizumab.errors import Refusal

PATIENCE_SECONDS = 1.5
"""How long an answer may take before the page says that it is being worked out; a short one comes at once."""

KIND, HOW = ("age", "weight", "jcv", "prior", "activity"), ("years", "pml")


@require_safe
def simulator_page(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer. htmx asks for the same address and gets what is below."""
    clinic_of(request)
    asked = read(request.GET)
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    context: dict[str, Any] = _state(asked, request.user.pk or 0) | {
        "strategies": strategy_fields(asked),
        "kind": kind_fields(asked, KIND),
        "how": kind_fields(asked, HOW),
        "part": part,
        "again": part and request.htmx.trigger == "answer",  # type: ignore[attr-defined]
    }
    template = "clinic/simulator/answer.html" if part else "clinic/simulator.html"
    # htmx shows nothing of an answer that is an error.
    return render(request, template, context, status=400 if context["problems"] and not part else 200)


def _state(asked: Asked, asker: int) -> dict[str, Any]:
    """What has come of the question: problems, an answer, a job that goes on, or nothing at all."""
    state: dict[str, Any] = {"problems": asked.problems, "answer": None, "job": None, "preparing": ""}
    if asked.question is None:
        return state
    try:
        return state | _worked_out(asked.question, asker)
    except Refusal as refusal:
        return state | {"problems": (str(refusal),)}


def _worked_out(question: Question, asker: int) -> dict[str, Any]:
    job: Job = desk.ask(question, asker)
    found = job.found(PATIENCE_SECONDS)
    if found is not None:
        return {"answer": shown(found)}
    return {"job": job, "percent": round(100 * job.share), "preparing": "" if solver_ready.ready(0) else PREPARING}
