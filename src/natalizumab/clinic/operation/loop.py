"""Work that comes round again: reminders, and whatever else a command keeps doing until it is told to stop."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from threading import Event

from django.db import DatabaseError, connection

_log = logging.getLogger("natalizumab.loop")


def every(seconds: float, work: Callable[[], object], stop: Event | None = None) -> None:
    """Do it, wait, do it again, until SIGTERM, SIGINT or ``stop``. A silent database is asked again next time."""
    stopped = stop or _told_to_stop()
    while not stopped.is_set():
        try:
            work()
        except DatabaseError as error:
            _log.error("the database does not answer; tried again later", exc_info=error)
        finally:
            connection.close()
        stopped.wait(seconds)


def _told_to_stop() -> Event:
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped
