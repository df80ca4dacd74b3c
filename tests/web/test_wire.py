"""What is refused before any page: forms in an encoding that Django can't read, and forms that can't be read at all."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from natalizumab.clinic import wire

FORM = "application/x-www-form-urlencoded"


def answered(content_type: str, query: str = "page=1") -> str:
    """The status of a sign-in that is sent so, as a server hears it."""
    heard: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/sign-in/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": "3",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(b"a=b"),
    }
    body = wire.application()(environ, lambda status, headers: heard.append(status))
    assert b"".join(body)
    return heard[0]


@pytest.mark.parametrize(
    "charset", ["rot13", "base64", "idna", "utf-16", "utf-7", "utf8", "odd", '"', "utf-8; charset=rot13"]
)
def test_another_encoding_than_utf8_is_refused_in_words(charset: str) -> None:
    assert answered(f"{FORM}; charset={charset}") == "415 Unsupported Media Type"


@pytest.mark.parametrize("header", [f"{FORM}; charset*=odd''%ff", f"{FORM}; charset*=rot13''x"])
def test_a_header_that_can_not_be_read_is_refused_too(header: str) -> None:
    assert answered(header) == "415 Unsupported Media Type"


@pytest.mark.parametrize("charset", ["", "; charset=UTF-8", '; charset="utf-8"', "; boundary=odd"])
def test_what_browsers_send_goes_through(db: None, charset: str) -> None:
    assert answered(FORM + charset) == "403 Forbidden"  # it came without the form's token


TOO_MANY = ("&x=1" * 1200).encode(), FORM
TOO_LONG = b"x=" + b"1" * 2_700_000, FORM
CUT = b'--odd\r\nContent-Disposition: form-data; name="x"', "multipart/form-data"
FILES = b'--odd\r\nContent-Disposition: form-data; name="x"; filename="y"\r\n\r\nz\r\n' * 150 + b"--odd--\r\n"


@pytest.mark.parametrize("place", ["/", "/sign-in/", "/nowhere/"])
@pytest.mark.parametrize(
    ("sent", "status"),
    [(TOO_MANY, 413), (TOO_LONG, 413), (CUT, 400), ((FILES, "multipart/form-data; boundary=odd"), 413)],
)
def test_a_form_that_can_not_be_read_is_refused_in_words(
    db: None, place: str, sent: tuple[bytes, str], status: int
) -> None:
    browser = Client(enforce_csrf_checks=True)  # as one that has the cookie of the form's token, and so is asked for it
    browser.get("/sign-in/")
    body, content_type = sent
    answer = browser.generic("POST", place, body, content_type)
    assert answer.status_code == status
    assert "Nothing was saved" in answer.content.decode()


def test_a_cookie_that_no_browser_keeps_is_none(db: None) -> None:
    answer = Client().get("/", headers={"Cookie": 'sessionid="\\000\\000\\000\\000\\000\\000\\000\\000"'})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")
