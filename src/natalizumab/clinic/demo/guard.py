"""What keeps the demo's open door away from real people: its own settings, this machine only, its own database only."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from natalizumab.clinic.demo import marker


def require_demo_settings() -> None:
    """Raise ImproperlyConfigured under any settings but the demo's."""
    if not getattr(settings, "NATALIZUMAB_DEMO", False):
        raise ImproperlyConfigured("the demo's sign-in works under natalizumab.clinic.settings.demo alone")


class DemoGuard:
    """The first middleware of the demo; refuses to start over a database that ``natalizumab demo`` did not make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        require_demo_settings()
        if not marker.finished(connection):
            raise ImproperlyConfigured("this database was not made by 'natalizumab demo': the demo doesn't open it")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden("The demo answers only on the machine it runs on.", content_type="text/plain")
        return self.get_response(request)


def is_loopback(address: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
