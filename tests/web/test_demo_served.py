"""Does `natalizumab demo`, started as a visitor starts it, answer, keep its door shut and stop calmly?"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ON = "2026-11-02"


def _listen_to_interruptions() -> None:
    """Tests that run in the background ignore interruptions, and so would what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def demo(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int, list[str]]]:
    """The running demo: its process, its port, and what it said until it was ready."""
    command = [str(Path(sys.executable).with_name("natalizumab")), "demo", "--port", "0", "--on", ON]
    # A forgotten variable must not lead the demo to another database.
    environment = os.environ | {"NATALIZUMAB_DATABASE": "postgresql://nobody@/precious"}
    process = subprocess.Popen(
        [*command, "--folder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=_listen_to_interruptions,  # noqa: PLW1509 (the tests that use it start no threads)
    )
    assert process.stdout
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.match(r"Ready: http://127\.0\.0\.1:(\d+)/", line):
                yield process, int(found[1]), said
                break
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with demo(folder) as (_, port, _):
        yield port


def ask(port: int, place: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", place, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


def test_a_visitor_is_signed_in_without_a_question(port: int) -> None:
    status, _, headers = ask(port, "/")
    assert (status, headers["Location"]) == (302, "/demo-sign-in/?next=/")
    status, _, headers = ask(port, headers["Location"])
    assert (status, headers["Location"]) == (302, "/")
    (cookie,) = [c.split(";")[0] for c in headers.get_all("Set-Cookie", []) if c.startswith("sessionid=")]
    status, page, _ = ask(port, "/", Cookie=cookie)
    assert status == 200
    assert "80 of 80 people" in page
    assert "Demo: all people are invented." in page


def test_the_sign_in_leads_nowhere_else(port: int) -> None:
    _, _, headers = ask(port, "/demo-sign-in/?next=https://elsewhere.example/")
    assert headers["Location"] == "/"


@pytest.mark.parametrize("host", ["clinic.example", "192.0.2.7", "localhost.clinic.example"])
def test_the_demo_answers_to_no_other_name(port: int, host: str) -> None:
    assert ask(port, "/demo-sign-in/", Host=host)[0] == 400


def test_the_demo_can_not_be_reached_from_other_machines(port: int) -> None:
    """It listens on the loopback address alone; another address of this machine gets no answer."""
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.2", port, timeout=5).connect()


def test_a_second_start_on_the_same_day_reuses_the_database(port: int, folder: Path) -> None:
    before = (folder / "demo.sqlite3").stat().st_ino
    with demo(folder) as (_, _, said):
        assert not any("Making" in line for line in said)
    assert (folder / "demo.sqlite3").stat().st_ino == before


def test_an_interruption_stops_it_calmly(port: int, folder: Path) -> None:
    with demo(folder) as (process, _, _):
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert process.stdout is not None
        assert "Stopped." in process.stdout.read()


BREAKS = """
import logging
import django
django.setup()
from natalizumab.clinic.request_ids import a_request
logging.getLogger("natalizumab.request").info("all went well")
with a_request() as number:
    print(number)
    try:
        1 / 0
    except ZeroDivisionError:
        logging.getLogger("django.request").exception("it broke")
"""


def test_what_breaks_is_told_with_the_number_that_its_page_shows_and_nothing_else(tmp_path: Path) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "natalizumab.clinic.settings.demo", "NATALIZUMAB_DEMO_FILE": str(tmp_path / "d")}
    done = subprocess.run(
        [sys.executable, "-c", BREAKS], env=os.environ | own, capture_output=True, text=True, check=True
    )
    (line,) = done.stderr.splitlines()
    told = json.loads(line)
    assert told["request"] == done.stdout.strip()
    assert "ZeroDivisionError" in line
