"""Packages that only some installations have: found when they are needed, missed in plain words."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from natalizumab.errors import ModelError


def package(name: str, what_for: str, install: str) -> Any:
    """The module ``name``. Raises ModelError, which says what it is wanted for and how to install it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:  # it is there, but broken inside: that is no matter of an extra
            raise
        raise ModelError(f"{what_for} needs {name}, which is not installed: pip install {install}") from missing
