"""What reports of adverse events ask, as adverse_event.toml has it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Facts = dict[str, Any]


def sections() -> list[Facts]:
    """The questions, in the order of a report."""
    found: list[Facts] = _file()["section"]
    return found


def german_form() -> frozenset[str]:
    """The keys of the questions that the German form asks, that of the Paul-Ehrlich-Institut and the BfArM."""
    return frozenset(_file()["german_form"])


@cache
def _file() -> Facts:
    return tomllib.loads((files("natalizumab.letters") / "adverse_event.toml").read_text(encoding="utf-8"))
