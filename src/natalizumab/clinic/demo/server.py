"""The demo from an empty folder to a page that answers: make or reuse the database, then serve until Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from natalizumab import __version__
from natalizumab.clinic.demo import marker
from natalizumab.errors import Refusal

if TYPE_CHECKING:
    from django.core.servers.basehttp import ThreadedWSGIServer

FILE = "demo.sqlite3"
HOST = "127.0.0.1"
_SETTINGS = "natalizumab.clinic.settings.demo"


class DemoRefused(Refusal):
    """The demo can't be made or served as asked."""


def default_folder() -> Path:
    """Where this user's programs keep what can be made again."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "natalizumab" / "demo"


def prepare(folder: Path, on: date, *, fixed: bool, fresh: bool, say: Callable[[str], None]) -> Path:
    """A finished demo database for the day ``on``, made anew unless today's is there. Loads Django as a side effect.

    ``fixed``: the visitor chose the day, so the pages stay on it. Raises DemoRefused over a file that isn't the demo's.
    """
    file = folder / FILE
    known = marker.read(file) if file.exists() else None
    if file.exists() and known is None:
        raise DemoRefused(f"{file} was not made by 'natalizumab demo'; it is left alone. Choose another --folder")
    reusable = known is not None and known.finished and known.day == on and known.version == __version__
    if known is not None and (fresh or not reusable):
        _remove(file)
    _make_folder(folder)
    _load_django(file, on if fixed else None)
    if fresh or not reusable:
        say(f"Making the invented clinic for {on} in {file} …")
        _make(on)
    return file


def listen(port: int) -> ThreadedWSGIServer:
    """Take the port on this machine alone, before any work is done. Raises DemoRefused where it can't be had."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    try:
        return ThreadedWSGIServer((HOST, port), _quiet(WSGIRequestHandler))
    except OSError as error:
        raise DemoRefused(
            f"port {port} can't be had ({error.strerror}); choose another, for example --port {port + 1}"
        ) from None


def serve(server: ThreadedWSGIServer, ready: Callable[[str], None]) -> None:
    """Serve the prepared database until interrupted; ``ready`` gets the address once pages answer."""
    from natalizumab.clinic import wire

    server.set_app(wire.application())
    _warm_up()
    try:
        ready(f"http://{HOST}:{server.server_port}/")
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _make(on: date) -> None:
    from django.core.management import call_command
    from django.db import connection

    from natalizumab.clinic.demo.cast import SEED, characters
    from natalizumab.clinic.demo.seed import make_clinic
    from natalizumab.clinic.vigilance.keeping import refresh_stale

    marker.begin(connection, on, __version__)
    call_command("migrate", verbosity=0)
    refresh_stale(make_clinic(on, characters(on, SEED)), on)
    marker.finish(connection)


def _load_django(file: Path, fixed: date | None) -> None:
    """The demo's settings read these two; nothing in the environment can point them at another database."""
    import django

    os.environ["NATALIZUMAB_DEMO_FILE"] = str(file)
    os.environ["NATALIZUMAB_DEMO_ON"] = fixed.isoformat() if fixed else ""
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    django.setup()


def _warm_up() -> None:
    """Make everybody's plan before the address is printed, so that the first page is as quick as the next.

    The solver is prepared beside that, and need not be ready before somebody opens a person's page.
    """
    from natalizumab.clinic import solver_ready
    from natalizumab.clinic.clock import now, today
    from natalizumab.clinic.work.ticking import until_done

    until_done(today, now)
    solver_ready.prepare()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DemoRefused(f"{folder} can't be made ({error.strerror}); choose another with --folder") from None


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _quiet(handler: type) -> type:
    """The server's handler without a line for every request."""

    def log_message(self: object, *args: object) -> None:
        pass

    return type("QuietHandler", (handler,), {"log_message": log_message})
