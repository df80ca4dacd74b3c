"""Which program and protocol worked something out: another one must work it out anew."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from natalizumab.care import Protocol, load_protocol

_PACKAGE = Path(__file__).resolve().parents[2]
_DECIDING = ("errors.py", "evidence", "record", "care", "clinic/plans.py", "clinic/words.py", "clinic/work")
_LETTERS = 32


def made_by() -> str:
    """The mark of this program with the protocol that the clinic follows now."""
    return _mark(*_protocol())


def protocol() -> Protocol:
    """The protocol that the clinic follows."""
    return load_protocol(settings.NATALIZUMAB_PROTOCOL)


def _protocol() -> tuple[str, float]:
    """Its name, and for a file of the clinic's own when it was last changed."""
    file = Path(settings.NATALIZUMAB_PROTOCOL)
    return str(file), file.stat().st_mtime if file.is_file() else 0.0


@lru_cache(8)
def _mark(name: str, changed: float) -> str:
    file = Path(name)
    own = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    found = load_protocol(name)
    return hashlib.sha256(f"{_program()}\n{found.name}\n{found.version}\n{own}".encode()).hexdigest()[:_LETTERS]


@cache
def _program() -> str:
    """The hash of every file that a decision rests on: a version's number alone can stay while its rules change."""
    found = hashlib.sha256()
    for part in _DECIDING:
        place = _PACKAGE / part
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.suffix in (".py", ".toml"):
                found.update(file.relative_to(_PACKAGE).as_posix().encode())
                found.update(file.read_bytes())
    return found.hexdigest()
