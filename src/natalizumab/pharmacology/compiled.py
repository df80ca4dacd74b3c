"""Marks the few functions that are compiled to machine code, and compiles the one that Python calls.

Only this module and those with compiled functions import Numba, and they are imported only where nothing compiled has
been kept (``machine_code``): importing it takes longer than most answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import llvmlite.binding as llvm
import numba

Function = TypeVar("Function", bound=Callable[..., Any])

# Multiplications and additions may be fused, which is more exact and faster; nothing else may be rearranged, so
# that an answer does not depend on the place of a person among others.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}

_PART: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
"""Nothing but compiled code calls a part: what would let others call it need not be compiled. Nor are references to
arrays counted, as nobody makes one: to count them takes a quarter of the compiler's time, and in a loop that is hot
more than all the rest.
"""


def _wide_vectors() -> None:
    """From Ice Lake on, processors with vectors of 512 bits no longer slow down for them, and these loops take a tenth
    less time. LLVM prefers 256 bits there. Who has told Numba what to compile for is obeyed; once Numba has compiled
    anything, it is too late.
    """
    features, settings = llvm.get_host_cpu_features(), cast(Any, numba.config)
    untold = settings.CPU_NAME is None and settings.CPU_FEATURES is None and settings.ENABLE_AVX
    if features.get("avx512vbmi2") and untold:
        settings.CPU_NAME = llvm.get_host_cpu_name()
        settings.CPU_FEATURES = f"{features.flatten()},-prefer-256-bit"


_wide_vectors()  # Numba asks when the first function is marked


def inlined(function: Function) -> Function:
    """Compile a small function into those that call it."""
    return cast(Function, numba.njit(inline="always", **_OPTIONS)(function))


def part(function: Function) -> Function:
    """Compile a function that other compiled functions call."""
    return cast(Function, numba.njit(**_OPTIONS, **_PART)(function))


def compile_entry(function: Callable[..., Any], signature: str) -> tuple[str, tuple[str, ...], bytes]:
    """Compile a function of plain numbers and pointers, and all that it calls, for this processor.

    ``signature`` is the result's letter and those of the arguments: d and i are a float and an integer of 64 bits, D
    and I pointers to them. Returns the function's name in the object file, the names that the file expects from
    elsewhere, and the file.
    """
    kinds: Any = numba.types
    letters: dict[str, Any] = {"d": kinds.float64, "i": kinds.int64}
    letters |= {letter.upper(): kinds.CPointer(kind) for letter, kind in letters.items()}
    result, *arguments = (letters[letter] for letter in signature)
    options = {"nopython": True, **{name: _OPTIONS[name] for name in ("error_model", "fastmath")}}
    made: Any = numba.cfunc(result(*arguments), **options)(function)
    library = made._library
    _, _, (file, _) = library.serialize_using_object_code()
    module = library._final_module
    outside = [
        item.name for items in (module.functions, module.global_variables) for item in items if item.is_declaration
    ]
    return made.native_name, tuple(name for name in outside if not name.startswith("llvm.")), file
