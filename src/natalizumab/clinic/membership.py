"""Which clinic a request is about: that of the signed-in member. Everything a view shows is taken from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from natalizumab.clinic.models import Clinic, Membership


class MembershipMiddleware:
    """Gives every request a lazy ``membership``; views that never ask cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _membership(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def clinic_of(request: HttpRequest) -> Clinic:
    """The clinic of whoever is signed in; PermissionDenied for somebody who belongs to none."""
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    if not membership:
        raise PermissionDenied("you belong to no clinic here; ask your administrator")
    return membership.clinic


def context(request: HttpRequest) -> dict[str, Any]:
    """What every template may name: the membership, and whether this is the invented clinic."""
    return {"membership": getattr(request, "membership", None), "demo": settings.NATALIZUMAB_DEMO}


def _membership(request: HttpRequest) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    return Membership.objects.select_related("clinic").filter(user=request.user).order_by("id").first()
