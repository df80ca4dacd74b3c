"""Every table, in the order of the rules."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.spec.spec import Spec


def all_specs() -> list[Spec]:
    """The tables of every module in this folder."""
    modules = sorted(module.name for module in iter_modules(__path__))
    return [spec for name in modules for spec in import_module(f"{__name__}.{name}").SPECS]
