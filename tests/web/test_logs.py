"""Does the log tell what happened, under the number that the visitor sees, and nothing about anybody?"""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from tests.web.people import signed_in

from natalizumab.clinic.models import Person, User
from natalizumab.clinic.operation.logs import JsonLines
from natalizumab.clinic.request_ids import a_request, current
from natalizumab.clinic.views import errors

pytestmark = pytest.mark.usefixtures("solver")


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    lines = [JsonLines().format(record) for record in caplog.records if record.name.startswith("natalizumab")]
    assert not any("\n" in line for line in lines)
    return [json.loads(line) for line in lines]


def line_of(name: str, words: str, *filled: object, error: bool = False) -> dict[str, object]:
    record = logging.LogRecord(name, logging.ERROR, "", 0, words, filled, sys.exc_info() if error else None)
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_a_request_is_told_by_its_kind_and_its_number_stands_in_the_answer(
    nora: User, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="natalizumab")
    answer = signed_in(nora).get(f"/people/{ada.pk}/?note=Ada")
    (line,) = told(caplog)
    assert line["path"] == "/people/<uuid:person_id>/"
    assert (line["method"], line["status"], line["role"]) == ("GET", 200, "nurse")
    assert isinstance(line["ms"], float)
    text = json.dumps(line)
    assert not any(word in text for word in (str(ada.pk), "Ada", "A-1", "nora"))
    assert len(answer["X-Request-Id"]) == 16


def test_each_request_has_a_number_of_its_own_and_the_visitor_can_not_choose_it(client: Client, db: None) -> None:
    numbers = {client.get("/glance/", headers={"X-Request-Id": "mine"})["X-Request-Id"] for _ in range(3)}
    assert len(numbers) == 3
    assert "mine" not in numbers
    assert current() == ""


def test_an_address_that_is_not_there_is_not_repeated(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="natalizumab")
    client.get("/Ada-Invented/")
    (line,) = told(caplog)
    assert (line["path"], line["status"], line["role"]) == ("unknown", 404, None)


def test_of_other_packages_only_the_fixed_words_are_told() -> None:
    line = line_of("django.request", "Internal Server Error: %s", "/people/ada/")
    assert line["what"] == "django.request: Internal Server Error: %s"
    assert (
        line_of("django.security.DisallowedHost", "Invalid header: 'ada'")["what"] == "django.security.DisallowedHost"
    )


def test_of_an_error_its_kind_and_its_places_are_told_and_not_its_message() -> None:
    try:
        raise ValueError("Ada Invented, A-1")
    except ValueError:
        line = line_of("django.request", "%s", "Ada", error=True)
    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["where"])
    assert "Ada" not in json.dumps(line)


def broken(error: Exception, method: str) -> tuple[int, str]:
    with a_request() as number:
        try:
            raise error
        except Exception:  # noqa: BLE001  # as Django does it
            answer = errors.broke(RequestFactory().generic(method, "/"))
    assert number in answer.content.decode()
    return answer.status_code, answer.content.decode()


def test_the_page_of_a_mistake_has_the_number_of_the_log() -> None:
    status, page = broken(ValueError("Ada"), "GET")
    assert status == 500
    assert "It is our mistake" in page
    assert "Ada " not in page


def test_whoever_saves_while_the_database_does_not_answer_is_told_that_nothing_was_saved() -> None:
    status, page = broken(OperationalError("database or disk is full"), "POST")
    assert status == 503
    assert "Nothing of what you sent was written" in page
    assert "The disk of this server is full." in page
    status, page = broken(OperationalError("connection refused"), "GET")
    assert status == 503
    assert "Nothing was lost" in page
    assert "disk" not in page


def test_a_mistake_in_a_page_is_answered_in_plain_words(
    nora: User, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*arguments: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("natalizumab.clinic.views.worklist.worklist", gone)
    client = signed_in(nora)
    client.raise_request_exception = False
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["X-Request-Id"] in answer.content.decode()
