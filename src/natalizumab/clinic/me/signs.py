"""What a person can tick: the signs of worsening and the questions of the monthly check, as signs.toml has them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

_FILE = files("natalizumab.clinic.me") / "signs.toml"


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that can be ticked on "I feel worse now"; ``symptom`` is its name in the record."""

    key: str
    words: str
    symptom: str
    source: tuple[str, ...]
    emergency: bool = False


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the monthly check."""

    topic: str
    asks: str


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    worse: tuple[Sign, ...]
    check: tuple[Question, ...]


@cache
def written() -> Written:
    """All of it, in its order."""
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), Written)


def sign(key: str) -> Sign | None:
    """The sign of that key."""
    return next((one for one in written().worse if one.key == key), None)
