"""A clinic to be killed: its database, its web server, and writers who remember what was acknowledged."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread
from typing import Any
from uuid import uuid4

import psycopg
from postgres import NAME, Cluster, children

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).with_name("natalizumab"))
HOST = "clinic.example"
START_SECONDS = 60
PATIENCE_SECONDS = 30


@dataclass
class Sent:
    """A form: what it says, and the ids of its entries once the server said that they are written."""

    person: str
    key: str
    weights: list[int]
    ids: list[str] = field(default_factory=list)
    refusal: str = ""

    @property
    def body(self) -> str:
        events = [{"kind": "weight", "on": "2026-01-05", "kg": kg} for kg in self.weights]
        return json.dumps({"person": self.person, "key": self.key, "events": events})


@dataclass
class Clinic:
    """``cluster`` is None on SQLite."""

    folder: Path
    cluster: Cluster | None
    port: int
    web: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Path:
        return self.folder / "natalizumab.env"

    def address(self, role: str) -> str:
        assert self.cluster
        return self.cluster.address.replace(f"//{NAME}@", f"//{role}@")

    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NATALIZUMAB_", "DJANGO_"))}
        return kept | ({"NATALIZUMAB_OWNER": self.cluster.address} if self.cluster else {})

    def command(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command, environment = [COMMAND, *words], self.environment()
        return subprocess.run(
            command, check=False, cwd=self.folder, env=environment, input=given, capture_output=True, text=True
        )

    def begin(self) -> None:
        words = ["init", "--clinic", "Invented", "--administrator", "alma", "--hosts", HOST, "--password-from-stdin"]
        if self.cluster:
            self.ask("CREATE ROLE pages LOGIN")
            words += ["--database", self.address("pages")]
        made = self.command(*words, given="long enough 77\n")
        assert made.returncode == 0, made.stderr

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Of the database itself, with nothing of ours between."""
        if self.cluster:
            with psycopg.connect(self.cluster.address, autocommit=True) as connection:
                cursor = connection.execute(question)
                return list(cursor.fetchall()) if cursor.description else []
        with closing(sqlite3.connect(self.folder / "natalizumab.sqlite3", timeout=20)) as database, database:
            return database.execute(question).fetchall()

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns, in their order."""
        question = f"SELECT * FROM {table} LIMIT 0"
        if self.cluster:
            with psycopg.connect(self.cluster.address, autocommit=True) as connection:
                return [column.name for column in connection.execute(question).description or ()]
        with closing(sqlite3.connect(self.folder / "natalizumab.sqlite3", timeout=20)) as database:
            return [name for name, *_ in database.execute(question).description]

    def add_person(self) -> str:
        """Somebody invented, straight into the table; returns the id, without dashes as on SQLite."""
        key = uuid4()
        told = str(key) if self.cluster else key.hex
        columns = "id, clinic_id, number, name, sex"
        self.ask(f"INSERT INTO clinic_person ({columns}) SELECT '{told}', id, '{key}', 'I', 'other' FROM clinic_clinic")
        return key.hex

    # --- the web server ---

    def serve(self) -> None:
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.web", str(self.settings), str(self.port)],
                cwd=ROOT, env=self.environment() | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError, http.client.HTTPException):
                if _asked(self.port, "GET", "/ready/")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError((self.folder / "web.log").read_text(errors="replace")[-3000:])

    def kill_web(self) -> None:
        """The server and its workers at once."""
        assert self.web
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    def kill_workers(self) -> None:
        """Whoever answers just now; the server makes new ones."""
        assert self.web
        for worker in children(self.web.pid):
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)

    def stop(self) -> None:
        if self.web and self.web.poll() is None:
            self.kill_web()


@contextmanager
def clinic(folder: Path, cluster: Cluster | None) -> Iterator[Clinic]:
    """Begun and served; gone at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = Clinic(folder, cluster, port)
    try:
        made.begin()
        made.serve()
        yield made
    finally:
        made.stop()


def _asked(port: int, method: str, place: str, body: str | None = None) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)) as connection:
        connection.request(method, place, body, {"Host": HOST})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def send(port: int, form: Sent) -> None:
    """Send a form; it knows afterwards whether it was acknowledged, and what was said where it was not."""
    try:
        status, said = _asked(port, "POST", "/write/", form.body)
    except (OSError, http.client.HTTPException) as error:
        form.refusal = repr(error)
        return
    if status == 200:
        form.ids = json.loads(said)["ids"]
        assert len(form.ids) == len(form.weights)
    else:
        form.refusal = f"{status} {said}"


@dataclass
class Writers:
    """Several who write for the same few people at once, until told to stop."""

    port: int
    people: list[str]
    rng: Random
    sent: list[Sent] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _stop: Event = field(default_factory=Event)

    def start(self, number: int) -> None:
        self._threads = [Thread(target=self._write, args=(Random(self.rng.random()),)) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, rng: Random) -> None:
        while not self._stop.is_set():
            weights = [rng.randrange(40, 150) for _ in range(rng.choice([1, 1, 2, 5]))]
            form = Sent(rng.choice(self.people), uuid4().hex, weights)
            with self._lock:
                self.sent.append(form)
            send(self.port, form)
            if not form.ids:
                self._stop.wait(0.02)


def what_is_wrong(found: Clinic, sent: list[Sent], people: list[str]) -> list[str]:
    """Everything that breaks the promise, for these people: lost, half-written, doubled, or out of the chain."""
    among = ", ".join(f"'{person}'" for person in people)
    rows = found.ask(
        "SELECT id, person_id, sequence, previous, hash, payload FROM clinic_entry "
        f"WHERE person_id IN ({among}) ORDER BY person_id, sequence"
    )
    forms = found.ask(f"SELECT key, entries FROM clinic_submission WHERE person_id IN ({among})")
    entries = {_hex(row[0]): row for row in rows}
    written = {key: [_hex(one) for one in (json.loads(ids) if isinstance(ids, str) else ids)] for key, ids in forms}
    return [*_lost(sent, entries, written), *_halves(entries, written), *_unchained(rows)]


def _lost(sent: list[Sent], entries: dict[str, Any], written: dict[str, list[str]]) -> Iterator[str]:
    for form in sent:
        if form.ids and written.get(form.key) != form.ids:
            yield f"acknowledged and not written so: {form}"
        for key, kg in zip(form.ids, form.weights, strict=False):
            if key not in entries or json.loads(entries[key][5])["kg"] != kg:
                yield f"lost: {key} of {form}"


def _halves(entries: dict[str, Any], written: dict[str, list[str]]) -> Iterator[str]:
    by_form = [key for ids in written.values() for key in ids]
    if len(by_form) != len(set(by_form)):
        yield "an entry belongs to two forms"
    if set(by_form) != set(entries):
        yield f"half-written: {len(set(by_form) ^ set(entries))} entries without their form, or the other way"


def _unchained(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    last: dict[str, tuple[int, str]] = {}
    for _, person, sequence, previous, own, _ in rows:
        number, end = last.get(_hex(person), (0, "0" * 64))
        if (sequence, previous) != (number + 1, end):
            yield f"the chain of {person} breaks at {sequence}"
        last[_hex(person)] = (sequence, own)


def _hex(key: object) -> str:
    return str(key).replace("-", "")
