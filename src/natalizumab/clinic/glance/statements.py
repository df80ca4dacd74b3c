"""What the page says in words: groups of statements, each with the values and sources that it rests on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from natalizumab.evidence import Source, Value, source, value

_FILE = files("natalizumab.clinic.glance") / "statements.toml"
_NUMBER = re.compile(r"\{(?P<one_in>1 in )?(?P<key>[\w.]+)(?:\[(?P<place>\d)\])?\}")
_PER = 1000
_SAID_WHOLE = 10
_OURS = "design"
"""Not a text that anybody could read: what is our own choice has that status beside it."""


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement as it stands in the file; ``numbers`` are keys beside those in braces."""

    id: str
    text: str
    sources: tuple[str, ...]
    doubt: str = ""
    numbers: tuple[str, ...] = ()


class WrittenGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group as it stands in the file."""

    id: str
    title: str
    lead: str
    statement: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is known, ready to be shown; ``doubt`` is empty where nothing speaks against it."""

    id: str
    text: str
    doubt: str
    values: tuple[Value, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that belong together."""

    id: str
    title: str
    lead: str
    statements: tuple[Statement, ...]


@cache
def written() -> tuple[WrittenGroup, ...]:
    """The file as it stands. Raises ValidationError where something is missing in it, or too much."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return msgspec.convert(found["group"], tuple[WrittenGroup, ...])


@cache
def groups() -> tuple[Group, ...]:
    """All of them, in the order of the page. Raises EvidenceError for a number or source that nobody knows."""
    return tuple(
        Group(group.id, group.title, group.lead, tuple(map(_statement, group.statement))) for group in written()
    )


def _statement(found: Written) -> Statement:
    named = [match["key"] for match in _NUMBER.finditer(f"{found.text} {found.doubt}")]
    values = tuple(value(key) for key in dict.fromkeys([*named, *found.numbers]))
    cited = dict.fromkeys([*found.sources, *(key for one in values for key in one.sources)])
    return Statement(found.id, _filled(found.text), _filled(found.doubt), values, _known(cited))


def _known(keys: Iterable[str]) -> tuple[Source, ...]:
    return tuple(source(key) for key in keys if key != _OURS)


def _filled(text: str) -> str:
    """The text with its numbers as the evidence has them."""
    return _NUMBER.sub(_number, text)


def _number(match: re.Match[str]) -> str:
    """As one says it: no more exact than one can picture. The exact number stands with what the statement rests on."""
    found, place = value(match["key"]).value, match["place"]
    number = float(found if place is None else found[int(place)])
    if match["one_in"]:
        return f"1 in {float(f'{_PER / number:.2g}'):,.0f}"
    return f"{number:.0f}" if number >= _SAID_WHOLE else f"{number:g}"
