"""A clinic's own protocol: a file that extends a shipped one, moves parameters within bounds, and signs things off.

It also says by how much its laboratory's assay for the concentration reads higher than the model's.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from natalizumab.care.protocol import SHIPPED, Protocol, bounds, fixed, shipped
from natalizumab.care.sign_off import SignOff, read_sign_offs
from natalizumab.errors import ProtocolError
from natalizumab.evidence import Value, value
from natalizumab.record.level_assays import same_assay

WITHIN = 2
"""Where no bounds are stated, a clinic's own value lies between half and double the shipped one."""

FIELDS = ("extends", "name", "title", "version", "date", "parameters", "level_assays", "sign_off")


def own_protocol(path: Path) -> Protocol:
    """The protocol of that TOML file.

    Raises ProtocolError, which names file, place and what is allowed, for anything else.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProtocolError(f"{path}: not a protocol file: {error}") from None
    try:
        return _protocol(table)
    except ProtocolError as error:
        raise ProtocolError(f"{path}: {error}") from None


def _protocol(table: dict[str, Any]) -> Protocol:
    _check_head(table)
    parent = shipped(table["extends"])
    released = table.get("date", parent.date)
    replaced = table.get("parameters", {})
    if not isinstance(replaced, dict):
        raise ProtocolError("parameters must be a table")
    own = {key: _replaced(parent, key, entry) for key, entry in replaced.items()}
    parameters = {**parent.parameters, **own}
    _check_order(parameters)
    return Protocol(
        name=table["name"],
        jurisdiction=parent.name,
        title=table.get("title", f"{table['name']}, on top of {parent.title}"),
        version=table["version"],
        parameters=parameters,
        date=released,
        extends=f"{parent.name} {parent.version}",
        signed=_signed(table.get("sign_off", []), released),
        level_assays=_level_assays(table.get("level_assays", {})),
    )


def _check_head(table: dict[str, Any]) -> None:
    unknown = sorted(set(table) - set(FIELDS))
    if unknown:
        raise ProtocolError(f"unknown field {unknown[0]!r}; allowed: {', '.join(sorted(FIELDS))}")
    for field in ("extends", "name", "version"):
        if not isinstance(table.get(field), str) or not table[field].strip() or not table[field].isprintable():
            raise ProtocolError(f"{field} is missing or not one line of text")
    if table["name"] in SHIPPED:
        raise ProtocolError(f"name: {table['name']!r} is the name of a shipped protocol; choose another")
    if not isinstance(table.get("title", ""), str):
        raise ProtocolError(f"title: {table['title']!r} is not a text")
    if type(table.get("date", date.min)) is not date:
        raise ProtocolError(f"date: {table['date']!r} is not a date without quotation marks, such as 2026-11-02")
    if table.get("sign_off") and "date" not in table:
        raise ProtocolError("date is missing: a version with signatures says from when it is")
    if table["extends"] not in SHIPPED:
        raise ProtocolError(f"extends: {table['extends']!r} is not one of {', '.join(SHIPPED)}")


def _signed(entries: Any, released: date) -> dict[str, SignOff]:
    # The table of rules imports this package's protocols, so it is looked at only here.
    from natalizumab.care.table import RULES

    signed = read_sign_offs(entries, released)
    rules = {rule.id: rule for rule in RULES}
    for about in signed:
        if "." in about:
            continue
        if about not in rules:
            raise ProtocolError(f"sign_off: {about} is not a rule; 'natalizumab protocol show eu' lists the rules")
        if not any(rules[about].unverified(place) for place in rules[about].applies):
            raise ProtocolError(f"sign_off: {about} does not rest on recalled sources alone: it needs no signature")
    return signed


def _replaced(parent: Protocol, key: str, entry: Any) -> Value:
    if key not in parent.parameters:
        raise ProtocolError(f"parameters.{key} is not a parameter of {parent.name}")
    if key in fixed():
        raise ProtocolError(f"parameters.{key} can't be replaced: {fixed()[key]}")
    old = parent.parameters[key]
    if not isinstance(entry, dict) or set(entry) != {"value", "unit", "source"}:
        raise ProtocolError(f"parameters.{key} needs value, unit and source, as {{ value = …, unit = … }}")
    if entry["unit"] != old.unit:
        raise ProtocolError(f"parameters.{key}.unit: {entry['unit']!r} is not allowed; it is {old.unit!r}")
    number = entry["value"]
    if isinstance(old.value, list) or isinstance(number, bool) or not isinstance(number, int | float):
        raise ProtocolError(f"parameters.{key}.value: {number!r} can't replace {old.value!r}")
    if isinstance(old.value, int) and not isinstance(number, int):
        raise ProtocolError(f"parameters.{key}.value: {number!r} is not a whole number")
    low, high = allowed(key, old)
    if not low <= number <= high:
        raise ProtocolError(f"parameters.{key}.value: {number} is outside {low:g} to {high:g} {old.unit}")
    source = _source(f"parameters.{key}", entry)
    return Value(key, number, old.unit, "assumed", ("design",), about=old.about, note=source)


def _source(key: str, entry: dict[str, Any]) -> str:
    source = entry["source"]
    if not isinstance(source, str) or not source.strip():
        raise ProtocolError(f"{key}.source must say who decided it, and where")
    return source


def _level_assays(entries: Any) -> dict[str, Value]:
    if not isinstance(entries, dict):
        raise ProtocolError("level_assays must be a table")
    found: dict[str, Value] = {}
    for name, entry in entries.items():
        twin = next((other for other in found if same_assay(name, other)), None)
        if twin is not None:
            raise ProtocolError(f"level_assays.{name}: the same assay as {twin!r}; say it once")
        found[name] = _level_assay(name, entry)
    return found


def _level_assay(name: str, entry: Any) -> Value:
    if not name.strip() or not name.isprintable():
        raise ProtocolError(f"level_assays: {name!r} is not the name of an assay on one line")
    if not isinstance(entry, dict) or set(entry) != {"factor", "source"}:
        raise ProtocolError(f"level_assays.{name} needs factor and source, as {{ factor = …, source = … }}")
    factor, most = entry["factor"], float(value("evaluation.largest_factor").value)
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not 1 / most <= factor <= most:
        raise ProtocolError(f"level_assays.{name}.factor: {factor!r} is not a number from {1 / most:g} to {most:g}")
    source = _source(f"level_assays.{name}", entry)
    about = f"How many times as high as the model's assay that of the name {name!r} reads."
    return Value(f"level_assays.{name}", factor, "1", "assumed", ("design",), about=about, note=source)


def allowed(key: str, old: Value) -> tuple[float, float]:
    """The lowest and the highest number that a clinic may put in the place of a shipped one."""
    return bounds().get(key, (old.value / WITHIN, old.value * WITHIN))


def _check_order(parameters: dict[str, Value]) -> None:
    """A window that starts must end later, and what is early must come before what is usual."""
    pairs = [(name, name.replace("_from_", "_to_")) for name in parameters if "_from_" in name]
    pairs += [("earliest_days", "early_until_days")]
    for first, last in pairs:
        if last in parameters and parameters[first].value > parameters[last].value:
            raise ProtocolError(
                f"parameters: {first} ({parameters[first].value:g}) lies beyond {last} ({parameters[last].value:g})"
            )
