"""A PostgreSQL cluster of one's own: made in a temporary folder, reachable there only, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "natalizumab"
START_SECONDS = 60
# The cluster lives for minutes and holds nothing of worth, so it need not survive a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass
class Cluster:
    """A server that can be stopped, killed and started again over the same data."""

    programs: Path
    folder: Path
    settings: tuple[str, ...]
    account: dict[str, Any] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={self.folder}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make(self) -> None:
        """Its data, and one empty database; it runs afterwards."""
        if self.account:
            os.chown(self.folder, self.account["user"], self.account["group"])
        options: list[str | Path] = ["-U", NAME, "--auth=trust", "--encoding=UTF8", "--no-locale", "-N"]
        self.run([self.programs / "initdb", "-D", self.data, *options])
        self.start()
        self.run([self.programs / "createdb", "-h", self.folder, "-U", NAME, NAME])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = ("listen_addresses=", f"unix_socket_directories={self.folder}", *self.settings)
        settings = [word for setting in given for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *settings],
                cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **self.account,
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Until the server answers; if it ends or stays silent, its log says why."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.server and self.server.poll() is None:
            question: list[str | Path] = [self.programs / "pg_isready", "-q", "-h", self.folder]
            if subprocess.run(question, check=False).returncode == 0:
                return
            time.sleep(0.1)
        log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"PostgreSQL did not start:\n{log}")

    def kill(self) -> None:
        """At once, without a word to it or to any of its processes."""
        assert self.server
        own = [self.server.pid, *children(self.server.pid)]
        for process in own:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.server.wait()
        while any(_lives(process) for process in own):
            time.sleep(0.01)

    def stop(self) -> None:
        """SIGINT closes all connections and shuts down, and what stays is killed."""
        if self.server is None or self.server.poll() is not None:
            return
        self.server.send_signal(signal.SIGINT)
        try:
            self.server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def run(self, command: list[str | Path]) -> None:
        """One of PostgreSQL's own programs, as the account that owns the data."""
        done = subprocess.run(command, check=False, cwd=self.folder, capture_output=True, text=True, **self.account)
        if done.returncode != 0:
            raise SystemExit(f"PostgreSQL: {Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A running server with one empty database; yields its address. ``programs`` holds initdb and postgres."""
    with running(programs, SETTINGS) as server:
        yield server.address


@contextmanager
def running(programs: Path, settings: tuple[str, ...] = ()) -> Iterator[Cluster]:
    """The same, to be killed and started again; without ``settings`` it survives what PostgreSQL survives."""
    # A socket's path may have about a hundred characters, so a long TMPDIR is no place for it.
    folder = Path(tempfile.mkdtemp(prefix="natalizumab-postgresql-", dir="/tmp"))
    made = Cluster(programs, folder, settings, _account())
    try:
        made.make()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict[str, Any]:
    """Whom to run as: ourselves, or an unprivileged account when we are root, as the server refuses root."""
    if os.geteuid() != 0:
        return {}
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = accounts.get("postgres") or accounts["nobody"]
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}


def children(parent: int) -> list[int]:
    """The processes that were started by this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name, in brackets, may hold spaces; the parent is the second word after it.
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def _lives(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
