"""Signs the visitor in without a question: as the demo nurse, or as another of the invented accounts."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from natalizumab.clinic.demo.accounts import AS, NURSE
from natalizumab.clinic.demo.guard import require_demo_settings
from natalizumab.clinic.membership import home_of
from natalizumab.clinic.models import User


@login_not_required
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """To wherever the visitor wanted to go; as the nurse unless ``as`` names another."""
    require_demo_settings()
    user = User.objects.get(username=AS.get(request.GET.get("as", ""), NURSE))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if safe else home_of(user))
