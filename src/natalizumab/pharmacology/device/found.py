"""Whether there is a device to solve on, and why not."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from natalizumab.errors import ModelError

INSTALL = 'pip install "natalizumab[gpu]"'

SIMULATOR_VARIABLE = "NUMBA_ENABLE_CUDASIM"
"""Set to 1, Numba runs kernels as plain Python, without a device and very slowly: for tests."""


def simulated() -> bool:
    """Whether Numba's simulator stands for a device."""
    return os.environ.get(SIMULATOR_VARIABLE, "0") not in ("", "0")


def why_none() -> str | None:
    """Why nothing can be solved on a device here, in words; None where it can."""
    if simulated():
        return None
    if find_spec("numba_cuda") is None:
        return f"numba-cuda is not installed: {INSTALL}"
    there = _module()
    if not _devices(there):
        return "no CUDA device was found on this machine, or no driver for one"
    if not there.is_available():
        return 'the compiler for the device was not found: pip install "numba-cuda[cu13]", or [cu12] for older drivers'
    return None


def cuda() -> Any:
    """Numba's module ``cuda``. Raises ModelError where there is nothing to solve on."""
    if missing := why_none():
        raise ModelError(f"solving on a graphics card is not possible here: {missing}")
    return _module()


def _module() -> Any:
    return import_module("numba.cuda")  # only now: it takes long to load


def _devices(there: Any) -> int:
    try:
        return len(there.gpus)
    except there.CudaSupportError:  # no driver, or one that does not start
        return 0
