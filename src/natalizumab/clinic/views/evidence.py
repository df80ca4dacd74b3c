"""Where the numbers come from: every source, and one source with the values that rest on it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from natalizumab.care import RULES
from natalizumab.errors import Refusal
from natalizumab.evidence import STATUSES, source, sources, values

STATUS_MEANS = {
    "primary": "read in the source itself",
    "secondary": "read in a copy or summary",
    "derived": "computed from other values",
    "assumed": "a choice of ours",
    "recalled": "not yet seen in any text: unverified",
}


@require_safe
@login_not_required
def evidence_page(request: HttpRequest) -> HttpResponse:
    """All sources, and how many values stand on which footing."""
    every = values()
    counts = [(status, STATUS_MEANS[status], sum(v.status == status for v in every)) for status in STATUSES]
    context = {"sources": sources(), "counts": counts, "total": len(every)}
    return render(request, "clinic/evidence.html", context)


@require_safe
@login_not_required
def source_page(request: HttpRequest, key: str) -> HttpResponse:
    """One source: its citation, the values taken from it, the rules that cite it."""
    try:
        found = source(key)
    except Refusal:
        raise Http404 from None
    context = {
        "source": found,
        "values": [value for value in values() if key in value.sources],
        "rules": [rule for rule in RULES if any(cited.key == key for cited in rule.source)],
        "means": STATUS_MEANS,
    }
    return render(request, "clinic/source.html", context)
