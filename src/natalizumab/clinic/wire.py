"""The application that a server serves: Django's, behind the one refusal that must come before it.

Django reads a form in whatever encoding its header names. With one that is no encoding of text (``rot13``), or with
one that it refuses for forms, it breaks before any middleware or error page can answer. Browsers send UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

SAY_UTF8 = "Send this as UTF-8."


def application() -> Application:
    """Sets Django up and returns what a server calls for each request."""
    inner: Application = get_wsgi_application()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_utf8(environ.get("CONTENT_TYPE", "")):
            return inner(environ, start_response)
        start_response("415 Unsupported Media Type", [("Content-Type", "text/plain; charset=utf-8")])
        return [SAY_UTF8.encode()]

    return answer


def is_utf8(content_type: str) -> bool:
    """Whether this header names no other encoding than UTF-8. One that can't be read is another."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    except (ValueError, LookupError):
        return False
    return charset.strip("\"' ").lower() == "utf-8"
