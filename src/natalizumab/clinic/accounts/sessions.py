"""Sessions end when nobody uses them, and after a working day at the latest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from natalizumab.clinic.clock import now

BEGUN, SEEN = "begun", "seen"
NOTED_EVERY = 60
"""Seconds: a session is not written anew on every page."""

NO_SIGN_OF_LIFE = "/triage/waiting/"
"""Asked for by pages themselves, whether anybody sits before them or not."""


def begin(request: HttpRequest, **kwargs: Any) -> None:
    """Note when a session began, as somebody signs in."""
    request.session[BEGUN] = request.session[SEEN] = int(now().timestamp())


class SessionLimits:
    """Signs out whoever has been idle or here for too long, before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = int(now().timestamp())
            begun, seen = request.session.get(BEGUN, 0), request.session.get(SEEN, 0)
            idle, whole = settings.NATALIZUMAB_IDLE_MINUTES * 60, settings.NATALIZUMAB_SESSION_HOURS * 3600
            if moment - seen > idle or moment - begun > whole:
                logout(request)
            elif moment - seen >= NOTED_EVERY and request.path != NO_SIGN_OF_LIFE:
                request.session[SEEN] = moment
        return self.get_response(request)
