"""Compiles the few functions that do the arithmetic to machine code, and keeps what was compiled between runs.

Numba looks only at the file of the function it compiles, so a change of the equations in another file would go
unnoticed. The name of the folder below therefore holds a hash of the source of every compiled module, and of the
versions of the compiler: changed equations are compiled anew. Where nothing can be kept (a read-only or full disk),
or where what was kept is damaged, the functions are compiled again. That costs time and never an answer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite
import numba
from numba.core.caching import FunctionCache

Function = TypeVar("Function", bound=Callable[..., Any])

MODULES = ("compiled.py", "equations.py", "lanes.py", "march.py", "observe.py", "stepper.py")
"""Every module whose functions are compiled; a test holds this list against the imports."""

FOLDER_VARIABLE = "NATALIZUMAB_CACHE"
"""Names a folder for the compiled code; unset, it is the person's own cache folder."""

# Multiplications and additions may be fused, which is more exact and faster; nothing else may be rearranged, so
# that an answer does not depend on the place of a person among others.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}


def inlined(function: Function) -> Function:
    """Compile a small function into those that call it."""
    return cast(Function, numba.njit(inline="always", **_OPTIONS)(function))


def part(function: Function) -> Function:
    """Compile a function that only compiled functions call; it is kept with them."""
    return cast(Function, numba.njit(**_OPTIONS)(function))


def compiled(function: Function) -> Function:
    """Compile a function that Python calls, and keep the machine code for the next run."""
    dispatcher: Any = numba.njit(**_OPTIONS)(function)
    folder = cache_folder()
    if folder is not None and (kept := _kept_in(folder, function)):
        dispatcher._cache = kept
    return cast(Function, dispatcher)


def is_kept(function: Callable[..., Any]) -> bool:
    """Whether the next call of a compiled function will find its machine code, in memory or on disk."""
    dispatcher = cast(Any, function)
    path = getattr(dispatcher._cache, "cache_path", None)
    return bool(dispatcher.overloads) or (path is not None and any(Path(path).glob(f"*.{function.__name__}-*.nbi")))


@cache
def cache_folder() -> Path | None:
    """Where compiled code is kept; None where there is no place that is ours to write."""
    named = os.environ.get(FOLDER_VARIABLE)
    base = Path(named) if named else _persons_own() / "natalizumab"
    folder = base / f"compiled-{fingerprint()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Code from this folder is run: somebody else's folder is none to take it from.
        ours = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return None
    return folder if ours and os.access(folder, os.W_OK) else None


def fingerprint() -> str:
    """A hash of everything that the machine code depends on beside the processor, which Numba minds itself."""
    here = Path(__file__).parent
    parts = [numba.__version__.encode(), llvmlite.__version__.encode(), sys.version.encode()]
    parts += [(here / name).read_bytes() for name in MODULES]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


class _Forgiving(FunctionCache):
    """Numba's own store of compiled code, to which every failure means: not kept."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001  # a damaged pickle may raise anything
            self._forget()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001  # a full disk, a folder that has gone, a damaged index
            self._forget()

    def _forget(self) -> None:
        with contextlib.suppress(OSError):  # then the next run compiles again
            self.flush()  # type: ignore[no-untyped-call]


def _kept_in(folder: Path, function: Callable[..., Any]) -> FunctionCache | None:
    """The store of one function in that folder. Numba takes the folder only from its global settings."""
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, str(folder)
    try:
        return _Forgiving(function)  # type: ignore[no-untyped-call]
    except (RuntimeError, OSError):
        return None
    finally:
        settings.CACHE_DIR = before


def _persons_own() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
