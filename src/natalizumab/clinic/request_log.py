"""Every request is told to the log, by its kind: which page, never whose, and never what was typed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty

from natalizumab.clinic.request_ids import a_request

HEADER = "X-Request-Id"
_log = logging.getLogger("natalizumab.request")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLogMiddleware:
    """The first of all: gives the request its id, and says how it went. The id stands in the answer's header too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with a_request() as request_id:
            request.request_id = request_id  # type: ignore[attr-defined]
            began = time.perf_counter()
            response = self.get_response(request)
            response[HEADER] = request_id
            fields = _fields(request, response, time.perf_counter() - began)
            _log.info("request", extra={"fields": fields})
            return response


def _fields(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, Any]:
    return {
        "method": request.method if request.method in _METHODS else "another",
        "path": _pattern(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "role": _role(request),
    }


def _pattern(request: HttpRequest) -> str:
    """The address as the configuration has it, with names in place of ids; one that it doesn't have is not told."""
    match = request.resolver_match
    return f"/{match.route}" if match else "unknown"


def _role(request: HttpRequest) -> str | None:
    """Known only where the page had to ask for it: the log asks the database nothing."""
    membership = getattr(request, "membership", None)
    if not isinstance(membership, SimpleLazyObject) or membership._wrapped is empty:  # type: ignore[attr-defined]
        return None
    return membership.role if membership else None  # type: ignore[attr-defined]
