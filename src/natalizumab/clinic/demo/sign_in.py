"""Signs the visitor in as the demo nurse, without a question."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from natalizumab.clinic.demo.guard import require_demo_settings
from natalizumab.clinic.demo.seed import NURSE
from natalizumab.clinic.models import User


@login_not_required
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """To wherever the visitor wanted to go, as the demo nurse."""
    require_demo_settings()
    nurse = User.objects.get(username=NURSE)
    login(request, nurse, backend="django.contrib.auth.backends.ModelBackend")
    wanted = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if safe else "/")
