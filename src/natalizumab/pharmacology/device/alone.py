"""The solver's own functions for one person alone, compiled for the device.

On the processor people stand side by side in blocks, and each of the solver's functions finds a person's numbers at the
places of ``lanes``, which are constants for the compiler. A thread of the device has one person, whose numbers are to
stay in its registers: the compiler sees to that for a short array, not for one with room for 64. So here the same
functions, down to the very Python code, are compiled with the places of a block of one. There are no others: what
changes in the solver changes on the device too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import Any, TypeVar, cast

from natalizumab.pharmacology import lanes

Function = TypeVar("Function", bound=Callable[..., Any])

SIZE = lanes.SIZE // lanes.ROW
"""Numbers in a block of one person."""

_ALIKE = {"LANES": 1, "STAGES": lanes.STAGES}
PLACES = {
    name: _ALIKE.get(name, place // lanes.ROW)
    for name, place in vars(lanes).items()
    if isinstance(place, int) and name.isupper() and not name.startswith("_")
}
"""What the names of ``lanes`` stand for in a block of one: its rows begin one number after the other."""


def alone(function: Function) -> Function:
    """A function that the device's compiled functions call, made of one of the solver's."""
    return cast(Function, _compiled(of_one(function)))


@cache
def of_one(function: Callable[..., Any]) -> FunctionType:
    """The plain Python function, with the places of a block of one wherever it, or what it calls, names one.

    Where it names none and calls none, it is the very function.
    """
    plain = cast(FunctionType, getattr(function, "py_func", function))
    known = plain.__globals__
    used = {name: known[name] for name in plain.__code__.co_names if name in known}
    there = {name: _there(name, value) for name, value in used.items()}
    if there == used:
        return plain
    return FunctionType(plain.__code__, known | there, plain.__name__)


@cache
def _compiled(plain: FunctionType) -> Any:
    cuda: Any = import_module("numba.cuda")  # only now: it takes long to load
    return cuda.jit(device=True, inline="always")(plain)


def _there(name: str, value: Any) -> Any:
    if hasattr(value, "py_func"):
        return alone(value)
    return PLACES[name] if name in PLACES and getattr(lanes, name) == value else value
