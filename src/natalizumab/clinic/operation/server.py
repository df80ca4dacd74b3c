"""The web server of a clinic: gunicorn, with everything slow done before it listens."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from natalizumab.clinic.operation.refused import OperationRefused

COMPILE_SECONDS = 600
_BEFORE_LOOKING = 20_000
"""So many new objects before Python looks for what can go: a page makes several thousand, and keeps none in circles."""
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # workers say there that they live, without waiting for a disk


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen, and with how many hands."""

    bind: str
    workers: int
    threads: int


def prepare(say: Callable[[str], None]) -> None:
    """Collect the static files and compile the solver, so that no request ever does. Raises OperationRefused."""
    from django.core.management import call_command

    from natalizumab.clinic import solver_ready

    say("Collecting styles and scripts …")
    try:
        call_command("collectstatic", verbosity=0, interactive=False)
    except OSError as error:
        raise OperationRefused(
            f"serve: the static files can't be written ({error.strerror}): NATALIZUMAB_STATIC"
        ) from None
    say("Preparing the solver …")
    if not solver_ready.ready(COMPILE_SECONDS):
        raise OperationRefused("serve: the solver could not be compiled in ten minutes")


def serve(serving: Serving, listening: Callable[[], None]) -> None:
    """Listen until stopped; ``listening`` is called when visitors can come.

    Whatever was prepared is there in every worker, as they are forked from this process.
    """
    from django.db import connections

    from natalizumab.clinic import wire
    from natalizumab.clinic.operation import locked

    locked.hold_while_serving()
    application = wire.application()
    # A connection must not be shared by what is forked.
    connections.close_all()
    # What is there now stays: no worker looks through it for what could go, or takes pages of its own by looking.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BEFORE_LOOKING)
    Gunicorn(application, _options(serving) | {"when_ready": lambda _: listening()}).run()


class Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """One application that is loaded already."""

    def __init__(self, application: Callable[..., Any], options: dict[str, Any]) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return self.application


def _options(serving: Serving) -> dict[str, Any]:
    return {
        "bind": serving.bind,
        "workers": serving.workers,
        "threads": serving.threads,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 30,
        # A worker is renewed now and then: whatever it may have gathered over weeks goes.
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "preload_app": True,
        "worker_tmp_dir": str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None,
        # Django alone decides which header of a proxy is believed, and our own log says what was asked.
        "secure_scheme_headers": {},
        "accesslog": None,
        "logger_class": "natalizumab.clinic.operation.logs.ServerLog",
    }
