"""The one reader of the evidence files.

The first word of a key names its file: ``pk.cl`` stands in ``data/pk.toml`` as ``[pk.cl]``. A file is read once,
when somebody first asks for something in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from natalizumab.errors import EvidenceError

STATUSES = ("primary", "secondary", "derived", "assumed", "recalled")
"""From strongest to weakest. ``assumed`` is our own choice (tag "design"), which may hold; ``recalled`` may not."""

_DATA = files("natalizumab.evidence") / "data"


@dataclass(frozen=True, slots=True)
class Value:
    """One number (or short list) and where it came from.

    ``interval`` is the published uncertainty in the unit of ``value``; None where none was published. ``match`` says
    whom a risk figure is about (antibody status, band, months), for the models that choose among several.
    """

    key: str
    value: Any
    unit: str
    status: str
    sources: tuple[str, ...]
    interval: tuple[float, float] | None = None
    about: str = ""
    note: str = ""
    match: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A paper or official document. ``ref`` is its key in the evidence notes, ``where`` its DOI, PubMed id or date."""

    key: str
    citation: str
    where: str = ""
    ref: str = ""


@cache
def value(key: str) -> Value:
    """The value called ``key``, for example ``value("pk.cl")``. Raises EvidenceError for an unknown key."""
    try:
        return _file(key.partition(".")[0])[key]
    except KeyError:
        raise EvidenceError(f"evidence: no value is called {key!r}; see 'natalizumab evidence'") from None


@cache
def values(prefix: str = "") -> tuple[Value, ...]:
    """Every value whose key is ``prefix`` or starts with ``prefix.``, in the order of the files."""
    stems = [prefix.partition(".")[0]] if prefix else _stems()
    wanted = [found for stem in stems for found in _file(stem).values()]
    return tuple(v for v in wanted if not prefix or v.key == prefix or v.key.startswith(prefix + "."))


def source(key: str) -> Source:
    """The source called ``key``. Raises EvidenceError for an unknown key."""
    try:
        return _sources()[key]
    except KeyError:
        raise EvidenceError(f"evidence: no source is called {key!r}") from None


def sources() -> tuple[Source, ...]:
    """Every source, in the order of the file."""
    return tuple(_sources().values())


def weakest(*statuses: str) -> str:
    """The weakest of the statuses: that of anything computed from them. Raises EvidenceError for an unknown one."""
    unknown = [s for s in statuses if s not in STATUSES]
    if unknown or not statuses:
        raise EvidenceError(f"evidence: status {unknown or 'missing'} is not one of {', '.join(STATUSES)}")
    return max(statuses, key=STATUSES.index)


def _stems() -> list[str]:
    names = sorted(entry.name for entry in _DATA.iterdir() if entry.name.endswith(".toml"))
    return [name.removesuffix(".toml") for name in names if name != "sources.toml"]


@cache
def _file(stem: str) -> dict[str, Value]:
    path = _DATA / f"{stem}.toml"
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        return {found.key: found for found in _leaves("", tomllib.load(stream), stem)}


def _leaves(prefix: str, table: dict[str, Any], stem: str) -> Iterator[Value]:
    for name, entry in table.items():
        key = f"{prefix}{name}"
        if not isinstance(entry, dict):
            raise EvidenceError(f"evidence: {stem}.toml: {key} stands alone; it needs value, unit, status and source")
        if "value" in entry:
            yield _value(key, entry, stem)
        else:
            yield from _leaves(f"{key}.", entry, stem)


def _value(key: str, entry: dict[str, Any], stem: str) -> Value:
    missing = [field for field in ("value", "unit", "status", "source") if field not in entry]
    if missing:
        raise EvidenceError(f"evidence: {stem}.toml: {key} lacks {', '.join(missing)}")
    if entry["status"] not in STATUSES:
        raise EvidenceError(
            f"evidence: {stem}.toml: {key}: status {entry['status']!r} is not one of {', '.join(STATUSES)}"
        )
    interval = entry.get("interval")
    return Value(
        key=key,
        value=entry["value"],
        unit=entry["unit"],
        status=entry["status"],
        sources=tuple(entry["source"]),
        interval=(interval[0], interval[1]) if interval else None,
        about=entry.get("about", ""),
        note=entry.get("note", ""),
        match=entry.get("match", {}),
    )


@cache
def _sources() -> dict[str, Source]:
    with (_DATA / "sources.toml").open("rb") as stream:
        table = tomllib.load(stream)
    return {key: Source(key=key, **entry) for key, entry in table.items()}
