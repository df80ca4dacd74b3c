"""Logs as lines of JSON on standard error, with request ids and without anybody's name, number or words.

What other packages log may hold an address or a value, so only their fixed words are taken, never what they fill in;
of an error its kind and the places it went through, never its message.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from natalizumab.clinic.request_ids import current

OURS = "natalizumab"
_FREE_TEXT = ("django.security", "py.warnings")
"""Loggers whose words themselves are made of what was sent."""

CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "natalizumab.clinic.operation.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        OURS: {"level": "INFO"},
        # Django gives these handlers of its own, which would write in another form.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
    },
}


class JsonLines(logging.Formatter):
    """One record, one line."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {"at": moment, "level": record.levelname.lower(), "what": _words(record)}
        if request_id := current():
            told["request"] = request_id
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            told |= _error(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


def _words(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    if record.name.startswith(_FREE_TEXT):
        return record.name
    return f"{record.name}: {record.msg}" if isinstance(record.msg, str) else record.name


def _error(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "where": places[-12:]}


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own log goes where all the rest goes."""

    def setup(self, cfg: Any) -> None:
        self.error_log = logging.getLogger("gunicorn.error")
        self.access_log = logging.getLogger("gunicorn.access")
        self.access_log.setLevel(logging.CRITICAL)
