"""Is the state of the service told: yes or no to everybody, the rest to those who look after it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.people import member, signed_in

from natalizumab.clinic import health, solver_ready, triggers
from natalizumab.clinic.auditing import seal_day
from natalizumab.clinic.clock import now
from natalizumab.clinic.models import Clinic, Person, Role
from natalizumab.clinic.operation import archive

pytestmark = pytest.mark.usefixtures("solver")


def unguarded() -> None:
    triggers.remove(connection)


def unmigrated() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'clinic' AND name = '0002_chain'")


def test_a_monitor_is_told_one_word_and_nothing_else(client: Client, clinic: Clinic) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("spoil", [unguarded, unmigrated])
def test_what_the_pages_need_and_lack_makes_it_not_ok(
    client: Client, clinic: Clinic, spoil: Callable[[], None]
) -> None:
    spoil()
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"not ok\n")
    triggers.install(connection)


def test_while_the_solver_is_compiled_it_is_not_ok(
    client: Client, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver_ready, "ready", lambda patience: False)
    assert client.get("/health/").status_code == 503


def test_a_database_that_does_not_answer_makes_it_not_ok(
    client: Client, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[bool, str]:
        from django.db import OperationalError

        raise OperationalError("gone")

    monkeypatch.setattr(health, "_database", broken)
    assert client.get("/health/").content == b"not ok\n"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_what_is_to_be_done_is_told_to_those_who_look_after_it(clinic: Clinic, ada: Person, role: str) -> None:
    page = signed_in(member(clinic, "somebody", role)).get("/health/details/").content.decode()
    assert "Something needs a hand" in page
    assert "No folder for backups is set" in page
    assert "No day is sealed yet" in page
    assert page.count("To be done") == 2
    assert "Ada " not in page


def test_when_all_is_done_it_says_so(clinic: Clinic, settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.NATALIZUMAB_BACKUPS = str(tmp_path)  # type: ignore[attr-defined]
    at = now()
    (tmp_path / archive.file_name(at - timedelta(hours=25))).touch()
    seal_day(clinic, at.date())
    client = signed_in(member(clinic, "audrey", Role.AUDITOR))
    assert "Everything is as it should be." in client.get("/health/details/").content.decode()
    (tmp_path / archive.file_name(at - timedelta(hours=25))).rename(
        tmp_path / archive.file_name(at - timedelta(days=3))
    )
    assert "Something needs a hand" in client.get("/health/details/").content.decode()


def test_the_pages_of_health_ask_few_questions_whatever_the_size(clinic: Clinic, ada: Person, ben: Person) -> None:
    auditor = signed_in(member(clinic, "audrey", Role.AUDITOR))
    for client, place, most in ((Client(), "/health/", 5), (auditor, "/health/details/", 12)):
        with CaptureQueriesContext(connection) as asked:
            client.get(place)
        assert 0 < len(asked) <= most
