"""`natalizumab serve` as it is started: ready before it listens, quiet about people, alone with its file."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from tests.operation.installation import COMMAND, ON_POSTGRESQL, SERVER, Installation, copy, remove

HTTPS = {"X-Forwarded-Proto": "https"}


class Served:
    """A running server, and what it said."""

    def __init__(self, clinic: Installation) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.log = clinic.folder / "log"
        log = self.log.open("wb")
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"],
            cwd=clinic.folder, env=clinic.environment(), stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        log.close()
        assert self.process.stdout
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("Listening"):
                break

    def ask(self, place: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", place, headers={"Host": "clinic.example", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def served(
    first: tuple[Installation, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Installation]]:
    if ON_POSTGRESQL:
        pytest.skip("the tests' PostgreSQL may lose what it acknowledged, so the server rightly does not start on it")
    clinic = copy(first[0], tmp_path_factory.mktemp("served"))
    made = Served(clinic)
    yield made, clinic
    made.process.kill()
    made.process.wait()
    assert made.process.stdout
    made.process.stdout.close()
    remove(clinic)


def test_all_that_is_slow_is_done_before_it_listens(served: tuple[Served, Installation]) -> None:
    assert [line.split()[0] for line in served[0].said] == ["Collecting", "Preparing", "Listening"]
    assert served[0].ask("/health/")[:2] == (200, "ok\n")


def test_pages_are_for_https_alone(served: tuple[Served, Installation]) -> None:
    status, _, headers = served[0].ask("/sign-in/")
    assert (status, headers["Location"]) == (301, "https://clinic.example/sign-in/")
    status, page, headers = served[0].ask("/sign-in/", **HTTPS)
    assert status == 200
    assert "Secure" in headers["Set-Cookie"]
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert served[0].ask(style, **HTTPS)[0] == 200


def test_another_host_gets_no_page(served: tuple[Served, Installation]) -> None:
    assert served[0].ask("/sign-in/", Host="elsewhere.example", **HTTPS)[0] == 400


def test_the_log_is_json_with_the_id_of_the_answer_and_without_what_was_asked_for(
    served: tuple[Served, Installation],
) -> None:
    _, _, headers = served[0].ask("/people/?number=Ada+Secretson", **HTTPS)
    _, _, other = served[0].ask("/people/Ada-Secretson/", **HTTPS)
    lines = {line.get("request"): line for line in served[0].lines()}
    asked = lines[headers["X-Request-Id"]]
    assert (asked["method"], asked["path"], asked["status"]) == ("GET", "/people/", 302)
    assert lines[other["X-Request-Id"]]["path"] == "unknown"
    assert "Secretson" not in served[0].log.read_text()


def test_while_it_serves_its_file_is_not_exchanged(served: tuple[Served, Installation]) -> None:
    _, clinic = served
    clinic.done("backup")
    (backup,) = clinic.backups.glob("*.backup")
    assert "a server has it open; stop that first" in clinic.refused("restore", str(backup), "--yes")
    assert "a server has it open; stop that first" in clinic.refused("migrate")


def test_it_stops_calmly_when_told_to(served: tuple[Served, Installation]) -> None:
    served[0].process.send_signal(signal.SIGTERM)
    assert served[0].process.wait(timeout=40) == 0
    assert not [line for line in served[0].lines() if line["level"] == "error" and "DisallowedHost" not in line["what"]]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite's file has a lock of its own")
def test_a_database_that_others_are_connected_to_is_not_exchanged(clinic: Installation) -> None:
    import psycopg

    clinic.done("backup")
    (backup,) = clinic.backups.glob("*.backup")
    with psycopg.connect(SERVER.replace("/natalizumab?", f"/{clinic.name}?")):
        said = clinic.refused("restore", str(backup), "--yes", owner=True)
    assert "1 others are connected to the database; stop the servers first" in said
