"""What is shown when something broke: plain words, and the number under which it stands in the log.

Where it is the database that can't write or can't be reached, the page says that nothing was saved. Its transaction was
taken back whole, so nothing is half-written.
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from natalizumab.clinic.request_ids import current

RETRY_SECONDS = "30"
SQLITE_NO_ROOM = "is full"
POSTGRESQL_NO_ROOM = "53100"
"""What the two say when the disk has no room: in words, and in the code of the SQL standard's classes."""


def broke(request: HttpRequest) -> HttpResponse:
    """Django calls this while the error is at hand. Nothing here may ask the database, which may be what broke."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return _out_of_order(request, error)
    return render(None, "500.html", {"request_id": current(), "styles": _styles()}, status=500)


def _out_of_order(request: HttpRequest, error: Exception) -> HttpResponse:
    context = {
        "full": _no_room(error),
        "wrote": request.method not in ("GET", "HEAD", "OPTIONS"),
        "request_id": current(),
        "styles": _styles(),
    }
    response = render(None, "503.html", context, status=503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def _no_room(error: Exception) -> bool:
    code = getattr(error.__cause__, "sqlstate", None)
    return code == POSTGRESQL_NO_ROOM or SQLITE_NO_ROOM in str(error)


def _styles() -> list[str]:
    """Where the style sheets are; none where not even that can be told: the page is for when things are broken."""
    try:
        return [static("vendor/pico.min.css"), static("clinic/clinic.css")]
    except (ValueError, OSError):
        return []
