"""How the tests fill in a form: they open it, keep what it carries, and send it with what somebody typed."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="(key|seen|corrects)" value="([^"]*)"')


def carried(page: str) -> dict[str, str]:
    """The key of a form, what its reader saw, and what it corrects."""
    return dict(HIDDEN.findall(page))


def opened(client: Client, place: str) -> dict[str, str]:
    response = client.get(place)
    assert response.status_code == 200, place
    return carried(response.content.decode())


def sent(client: Client, where: str, /, **typed: Any) -> Any:
    """Opens the form and sends it with what was typed."""
    return client.post(where, opened(client, where) | typed)


def without_token(page: bytes) -> bytes:
    """The page without its forms' token, which is a new random one in every answer."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


def text_of(response: Any) -> str:
    """The page's text without markup, on one line."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def told(response: Any, field: str) -> str:
    """What the page says at a field."""
    found = re.search(rf'id="told-{re.escape(field)}"[^>]*>(.*?)</div>', response.content.decode(), re.DOTALL)
    assert found, field
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def is_saved(response: Any) -> bool:
    return bool(response.status_code == 302 and "?saved=" in response.headers["Location"])
