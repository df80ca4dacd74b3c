"""What a plan rests on beside the record and the date: this package's rules and numbers, and the clinic's protocol.

A stored plan is as good as a new one until its end has come (``valid_until``) or its basis is another one. Nobody else
needs a new plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from natalizumab.care.protocol import Protocol

FOLDERS = ("care", "evidence", "record")
"""The folders whose code and numbers a plan is made of."""

_LENGTH = 16


def basis(protocol: Protocol) -> str:
    """A short name for it: another one after any change of code, evidence, protocol or signature."""
    numbers = {name: [number.value, number.unit, number.status] for name, number in protocol.parameters.items()}
    signatures = {about: signature.to_dict() for about, signature in protocol.signed.items()}
    said = [_package(), protocol.name, protocol.version, protocol.jurisdiction, numbers, signatures]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:_LENGTH]


def is_stale(stored: Mapping[str, Any], on: date, protocol: Protocol) -> bool:
    """Whether a plan that was stored as plain data, of the same entries, must be made anew for that date.

    So is one that was made for a later date, and one without an end or a basis on it.
    """
    if stored.get("basis") != basis(protocol) or "valid_until" not in stored or on < date.fromisoformat(stored["on"]):
        return True
    end = stored["valid_until"]
    return end is not None and on >= date.fromisoformat(end)


@cache
def _package() -> str:
    found = hashlib.sha256()
    root = files("natalizumab")
    for folder in FOLDERS:
        for path, content in _contents(root / folder, folder):
            found.update(path.encode() + b"\0" + content + b"\0")
    return found.hexdigest()


def _contents(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    """Every file of code and numbers below a folder, in one order on every machine."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            found += _contents(entry, path)
        elif entry.name.endswith((".py", ".toml")):
            found.append((path, entry.read_bytes().replace(b"\r\n", b"\n")))
    return found
