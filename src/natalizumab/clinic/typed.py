"""What nobody can type: a form that can't be read, or a NUL character, which PostgreSQL can't store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

SAY_SO_THEMSELVES = frozenset(
    "person-add person-details person-merge person-unmerge entry-add entry-check entry-correct entry-withdraw decide "
    "new-letter clinic-details infusion infusion-day item".split()
)
"""Addresses whose forms say at the field what is wrong, and keep all else that was typed."""


TOO_MUCH = "This form is longer than any of ours. Nothing was saved."
UNREADABLE = "This form came in pieces that can't be read. Nothing was saved: open it again."


class Readable:
    """Refuses a form that can't be read, before anything asks for its fields; a cookie that can't be is none.

    Django's own pages for what went wrong ask for a form's token, and so for its fields once more: there they break.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]  # a session's key is asked of the database
        try:
            request.POST.keys()
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return HttpResponse(TOO_MUCH, content_type="text/plain", status=413)
        except (BadRequest, MultiPartParserError, UnreadablePostError):
            return HttpResponseBadRequest(UNREADABLE, content_type="text/plain")
        return self.get_response(request)


class RefuseNul:
    """Refuses any other form with such a character before a view sees it; an address is read leniently by its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None where all is plain text."""
        if request.resolver_match and request.resolver_match.view_name in SAY_SO_THEMSELVES:
            return None
        if any("\0" in str(value) for _, values in request.POST.lists() for value in values):
            return HttpResponseBadRequest(
                "There is a character in this form that is no text.", content_type="text/plain"
            )
        return None
