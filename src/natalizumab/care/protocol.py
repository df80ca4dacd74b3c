"""A protocol: which jurisdiction's rules apply, and the parameters they use, each a value of the evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from natalizumab.care.sign_off import SignOff
from natalizumab.errors import ProtocolError
from natalizumab.evidence import Value, value

SHIPPED = ("eu", "uk", "us")
FOLDER = files("natalizumab.care") / "protocols"

NOTHING_SIGNED: Mapping[str, SignOff] = MappingProxyType({})
NO_ASSAYS: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Protocol:
    """A named, versioned set of parameters. ``protocol["dose_mg"]`` is the number, ``parameter`` its evidence.

    ``signed`` holds the clinic's signatures, by rule id or key of the evidence; ``extends`` names the shipped protocol
    with its version that a clinic's own stands on. ``level_assays`` are the clinic's factors of assays for the
    concentration, by their names.
    """

    name: str
    jurisdiction: str
    title: str
    version: str
    parameters: dict[str, Value]
    date: date
    extends: str | None = None
    signed: Mapping[str, SignOff] = field(default_factory=lambda: NOTHING_SIGNED)
    level_assays: Mapping[str, Value] = field(default_factory=lambda: NO_ASSAYS)

    def __getitem__(self, name: str) -> Any:
        return (self.parameters.get(name) or self.parameter(name)).value

    @property
    def assay_factors(self) -> dict[str, float]:
        """By what levels of each of the clinic's assays are divided to compare them with the model's."""
        return {name: float(factor.value) for name, factor in self.level_assays.items()}

    def parameter(self, name: str) -> Value:
        """The value behind a parameter. Raises ProtocolError if this protocol has none of that name."""
        try:
            return self.parameters[name]
        except KeyError:
            raise ProtocolError(f"protocol {self.name}: no parameter is called {name!r}") from None


def load_protocol(name: str) -> Protocol:
    """The shipped protocol ``eu``, ``uk`` or ``us``, or a clinic's own TOML file that extends one of them.

    Raises ProtocolError for another name, and for a file that ``own_protocol`` refuses.
    """
    if name in SHIPPED:
        return shipped(name)
    path = Path(name)
    try:
        there = path.is_file()
    except OSError as error:
        raise ProtocolError(f"protocol {name[:80]!r} cannot be read ({error.strerror})") from None
    if not there:
        raise ProtocolError(f"protocol {name!r} is not known; allowed: {', '.join(SHIPPED)}, or a TOML file")
    from natalizumab.care.own_protocol import own_protocol

    return own_protocol(path)


@cache
def shipped(name: str) -> Protocol:
    """A protocol of the package, with what it inherits."""
    table = _table(name)
    parent = table.get("extends")
    inherited = shipped(parent).parameters if parent else {}
    own = {key: value(entry) for key, entry in table["parameters"].items()}
    return Protocol(name, name, table["title"], table["version"], {**inherited, **own}, table["date"])


@cache
def bounds() -> dict[str, tuple[float, float]]:
    """Between which numbers a clinic may move a parameter, where that is stated."""
    return {name: (low, high) for name, (low, high) in _table("common")["bounds"].items()}


@cache
def fixed() -> dict[str, str]:
    """What no clinic may move, and why."""
    return dict(_table("common")["fixed"])


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
