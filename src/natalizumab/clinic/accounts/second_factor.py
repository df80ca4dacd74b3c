"""Nobody sees anything of a clinic before they have a second factor: a code from an app, or a passkey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from natalizumab.clinic.permissions import MAY, PUBLIC, SIGNED_IN

HAS = "has_second_factor"
TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorMiddleware:
    """Leads whoever has none to the page where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None where there is nothing to ask for."""
        if not settings.NATALIZUMAB_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        rows = MAY.get(match.view_name if match else "", {}).values()
        if all(roles is PUBLIC or roles is SIGNED_IN for roles in rows) or _has_one(request):
            return None
        return redirect("mfa_index")


def _has_one(request: HttpRequest) -> bool:
    """Asked of the database once a session: whoever takes a second factor away ends the sessions too."""
    if not request.session.get(HAS):
        if not Authenticator.objects.filter(user=request.user, type__in=TYPES).exists():
            return False
        request.session[HAS] = True
    return True
