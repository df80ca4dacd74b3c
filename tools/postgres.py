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
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "natalizumab"
START_SECONDS = 60
# The cluster lives for minutes and holds nothing of worth, so it need not survive a power cut.
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A running server with one empty database; yields its address. ``programs`` holds initdb and postgres."""
    # A socket's path may have about a hundred characters, so a long TMPDIR is no place for it.
    folder = Path(tempfile.mkdtemp(prefix="natalizumab-postgresql-", dir="/tmp"))
    account = _account()
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = folder / "data"
        setup: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            NAME,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "-N",
        ]
        _run(setup, folder, account)
        settings = [word for setting in (*SETTINGS, f"unix_socket_directories={folder}") for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *settings],
                cwd=folder, stdout=log, stderr=log, start_new_session=True, **account,
            )  # fmt: skip
        try:
            _wait(server, programs, folder)
            _run([programs / "createdb", "-h", folder, "-U", NAME, NAME], folder, account)
            yield f"postgresql://{NAME}@/{NAME}?host={folder}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict[str, Any]:
    """Whom to run as: ourselves, or an unprivileged account when we are root, as the server refuses root."""
    if os.geteuid() != 0:
        return {}
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = accounts.get("postgres") or accounts["nobody"]
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], folder: Path, account: dict[str, Any]) -> None:
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, **account)
    if done.returncode != 0:
        raise SystemExit(f"PostgreSQL: {Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _wait(server: subprocess.Popen[bytes], programs: Path, folder: Path) -> None:
    """Until the server answers; if it ends or stays silent, its log says why."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text(encoding='utf-8', errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: SIGINT closes all connections and shuts down, and what stays is killed."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
