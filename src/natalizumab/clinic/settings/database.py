"""The database from one environment variable: a PostgreSQL address, a path of a SQLite file, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(address: str, default_file: Path) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address (``?host=/socket/folder`` works), a SQLite file's path, or ""."""
    if address.startswith(("postgresql://", "postgres://")):
        return _postgresql(address)
    if "://" in address:
        kind = address.partition("://")[0]
        raise ImproperlyConfigured(f"NATALIZUMAB_DATABASE: {kind}:// is not allowed; write postgresql:// or a path")
    return sqlite(Path(address) if address else default_file)


def sqlite(path: Path | str) -> dict[str, Any]:
    """SQLite set up so that an acknowledged entry survives a power cut, and a second writer waits."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
                "PRAGMA recursive_triggers = ON;"
            ),
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
