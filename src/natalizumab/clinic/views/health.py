"""Is the service well? Everybody is told yes or no; auditors and administrators are told what is looked at."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from natalizumab.clinic import health
from natalizumab.clinic.clock import now


@require_safe
@never_cache
@login_not_required
def health_view(request: HttpRequest) -> HttpResponse:
    """One word, for a machine that watches: 200 and ok, or 503 and not ok."""
    well = all(sign.good for sign in health.needed())
    return HttpResponse("ok\n" if well else "not ok\n", content_type="text/plain", status=200 if well else 503)


@require_safe
@never_cache
def health_page(request: HttpRequest) -> HttpResponse:
    """Every sign, in words."""
    signs = [*health.needed(), *health.duties(now())]
    return render(request, "clinic/health.html", {"signs": signs, "all_good": all(sign.good for sign in signs)})
