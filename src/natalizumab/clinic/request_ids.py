"""The id of the request at hand, for whatever is logged while it is answered."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id; empty outside any request."""
    return _current.get()


@contextmanager
def a_request() -> Iterator[str]:
    """A new id while a request is answered."""
    made = secrets.token_hex(8)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)
