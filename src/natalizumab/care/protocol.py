"""A protocol: which jurisdiction's rules apply, and the parameters they use, each a value of the evidence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from natalizumab.errors import ProtocolError
from natalizumab.evidence import Value, value

SHIPPED = ("eu", "uk", "us")
FIXED = ("dose_mg", "sc_syringe_mg")
"""What no clinic may replace: the cap on a dose."""
WITHIN = 2
"""A clinic's own value lies between half and double the shipped one."""
_A_DAY = date(2000, 1, 1)
_FOLDER = files("natalizumab.care") / "protocols"
_FIELDS = {"extends", "name", "title", "version", "date", "parameters"}


@dataclass(frozen=True, slots=True)
class Protocol:
    """A named, versioned set of parameters. ``protocol["dose_mg"]`` is the number, ``parameter`` its evidence."""

    name: str
    jurisdiction: str
    title: str
    version: str
    parameters: dict[str, Value]

    def __getitem__(self, name: str) -> Any:
        return self.parameter(name).value

    def parameter(self, name: str) -> Value:
        """The value behind a parameter. Raises ProtocolError if this protocol has none of that name."""
        try:
            return self.parameters[name]
        except KeyError:
            raise ProtocolError(f"protocol {self.name}: no parameter is called {name!r}") from None


def load_protocol(name: str) -> Protocol:
    """The shipped protocol ``eu``, ``uk`` or ``us``, or a clinic's own TOML file that extends one of them."""
    if name in SHIPPED:
        return _shipped(name)
    path = Path(name)
    try:
        there = path.is_file()
    except OSError as error:
        raise ProtocolError(f"protocol {name[:80]!r} cannot be read ({error.strerror})") from None
    if not there:
        raise ProtocolError(f"protocol {name!r} is not known; allowed: {', '.join(SHIPPED)}, or a TOML file")
    return _own(path)


@cache
def _shipped(name: str) -> Protocol:
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    parent = table.get("extends")
    inherited = _shipped(parent).parameters if parent else {}
    own = {key: value(entry) for key, entry in table["parameters"].items()}
    return Protocol(name, name, table["title"], table["version"], {**inherited, **own})


def _own(path: Path) -> Protocol:
    """A clinic's file: it extends a shipped protocol and may replace parameters, each with its unit and source."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProtocolError(f"{path}: not a protocol file: {error}") from None
    unknown = sorted(set(table) - _FIELDS)
    if unknown:
        raise ProtocolError(f"{path}: unknown field {unknown[0]!r}; allowed: {', '.join(sorted(_FIELDS))}")
    for field in ("extends", "name", "version"):
        if not isinstance(table.get(field), str) or not table[field].strip() or not table[field].isprintable():
            raise ProtocolError(f"{path}: {field} is missing or not one line of text")
    if table["name"] in SHIPPED:
        raise ProtocolError(f"{path}: name: {table['name']!r} is the name of a shipped protocol; choose another")
    if not isinstance(table.get("title", ""), str) or not isinstance(table.get("date", _A_DAY), date):
        raise ProtocolError(f"{path}: title must be a text and date a date")
    if table["extends"] not in SHIPPED:
        raise ProtocolError(f"{path}: extends: {table['extends']!r} is not one of {', '.join(SHIPPED)}")
    parent = _shipped(table["extends"])
    replaced = table.get("parameters", {})
    if not isinstance(replaced, dict):
        raise ProtocolError(f"{path}: parameters must be a table")
    own = {key: _replaced(path, parent, key, entry) for key, entry in replaced.items()}
    title = table.get("title", f"{table['name']}, on top of {parent.title}")
    return Protocol(table["name"], parent.name, title, table["version"], {**parent.parameters, **own})


def _replaced(path: Path, parent: Protocol, key: str, entry: Any) -> Value:
    if key not in parent.parameters:
        raise ProtocolError(f"{path}: parameters.{key} is not a parameter of {parent.name}")
    if key in FIXED:
        raise ProtocolError(f"{path}: parameters.{key} can't be replaced: it is the labelled dose")
    old = parent.parameters[key]
    if not isinstance(entry, dict) or set(entry) != {"value", "unit", "source"}:
        raise ProtocolError(f"{path}: parameters.{key} needs value, unit and source, as {{ value = …, unit = … }}")
    if entry["unit"] != old.unit:
        raise ProtocolError(f"{path}: parameters.{key}.unit: {entry['unit']!r} is not allowed; it is {old.unit!r}")
    number = entry["value"]
    if isinstance(old.value, list) or isinstance(number, bool) or not isinstance(number, int | float):
        raise ProtocolError(f"{path}: parameters.{key}.value: {number!r} can't replace {old.value!r}")
    if isinstance(old.value, int) and not isinstance(number, int):
        raise ProtocolError(f"{path}: parameters.{key}.value: {number!r} is not a whole number")
    if not old.value / WITHIN <= number <= old.value * WITHIN:
        bounds = f"{old.value / WITHIN:g} to {old.value * WITHIN:g} {old.unit}"
        raise ProtocolError(f"{path}: parameters.{key}.value: {number} is outside {bounds}")
    if not isinstance(entry["source"], str) or not entry["source"].strip():
        raise ProtocolError(f"{path}: parameters.{key}.source must say who decided it, and where")
    return Value(key, number, old.unit, "assumed", ("design",), about=old.about, note=entry["source"])
