"""Keeps the solver's machine code between runs, and takes it up again without the compiler.

Compiling takes ten seconds, and only to import the compiler, find its own store and link from it takes as long as a
thousand answers. So the object file is kept with what it needs to be linked; the next run links it with LLVM and calls
it, and never imports Numba. The file's name holds a hash of the source of every compiled module, of the compiler's
versions and of the processor: changed equations are compiled anew. Where nothing can be kept (a read-only or full
disk), or where what was kept is damaged, the code is compiled again. That costs time and never an answer.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

MODULES = (
    "compiled.py", "equations.py", "errors.py", "happening.py", "kinds.py", "lanes.py", "lockstep.py", "march.py",
    "observe.py", "pace.py", "point_rows.py", "points.py", "stepper.py", "strides.py", "tsitouras.py",
)  # fmt: skip
"""Every module whose functions are compiled, and what they import; a test holds this list against the imports."""

ENTRIES = {
    "march": ("march", "entry", "SIGNATURE"),
    "lockstep": ("lockstep", "entry", "SIGNATURE"),
    "weigh": ("points", "weigh_entry", "WEIGH_SIGNATURE"),
    "carry": ("points", "carry_entry", "CARRY_SIGNATURE"),
}
"""What Python calls: the module, the function in it, and its signature."""

FOLDER_VARIABLE = "NATALIZUMAB_CACHE"
"""Names a folder for the compiled code; unset, it is the person's own cache folder."""

FRAME = 180_000
"""Places in the frame within which is compiled: more than half a megabyte is left for the calls inside."""

FORMAT = 1
"""Of the kept file: a line of JSON, then the object file."""

TOLD = ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NUMBA_ENABLE_AVX")
"""Variables that tell Numba what to compile for."""

BUILDS_KEPT = 8
"""Of each entry, the newest: several versions and several Pythons may share the folder."""

NEVER_CALLED = ("numba_", "NRT_", "Py")
"""Names that the file expects for what the compiler adds around each function, errors and counted references. Neither
can occur here: nothing is raised, and no array is made."""

_KINDS: dict[str, Any] = {"d": ctypes.c_double, "i": ctypes.c_int64, "D": ctypes.c_void_p, "I": ctypes.c_void_p}


@dataclass(frozen=True, slots=True)
class MachineCode:
    """An object file, the name of the function in it with its signature, and the names it expects from elsewhere."""

    name: str
    signature: str
    outside: tuple[str, ...]
    file: bytes


def compiled(name: str) -> Callable[..., int]:
    """One of the compiled ``ENTRIES``, which take addresses; from what was kept, or compiled now and kept."""
    if name not in _functions:
        _functions[name] = _taken_up(name)
    return _functions[name]


def prepare(*names: str) -> None:
    """Compile what is not kept of these at the same time, the first here and the others in a process beside it.

    Where nothing can be kept, each is compiled when it is asked for.
    """
    missing = [name for name in names if not are_kept(name)]
    if len(missing) < 2 or cache_folder() is None or not sys.executable:
        return
    asked = f"from natalizumab.pharmacology.machine_code import compiled; [compiled(n) for n in {missing[1:]}]"
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-c", asked]
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet):  # noqa: S603 — it is ourselves
        compiled(missing[0])


_functions: dict[str, Callable[..., int]] = {}
"""What this process has linked."""


def _taken_up(name: str) -> Callable[..., int]:
    path = kept_path(name)
    code = _read(path) if path else None
    if code is not None and (function := _linked(code)):
        return function
    code = _compiled(name)
    if path:
        _keep(code, path)
    function = _linked(code)
    if function is None:  # its own compiler knows where to find what is missing
        raise RuntimeError(f"the compiled solver can't be linked on this machine; it expects {', '.join(code.outside)}")
    return function


def are_linked(*names: str) -> bool:
    """Whether this process has them already, so that nothing is read or compiled for the next answer."""
    return all(name in _functions for name in names)


def are_kept(*names: str) -> bool:
    """Whether the next answer will find the machine code of these on disk, so that nothing is compiled for it."""
    paths = [kept_path(name) for name in names if name not in _functions]
    return all(path is not None and _read(path) is not None for path in paths)


def kept_path(name: str) -> Path | None:
    """The file of this version's machine code; None where there is no place that is ours to write."""
    folder = cache_folder()
    return folder / f"{name}-{fingerprint()}.bin" if folder else None


@cache
def cache_folder() -> Path | None:
    """Where compiled code is kept; None where there is no place that is ours to write."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else _persons_own() / "natalizumab"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Code from this folder is run: somebody else's folder is none to take it from.
        ours = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return None
    return folder if ours and os.access(folder, os.W_OK) else None


@cache
def fingerprint() -> str:
    """A hash of everything that the machine code depends on."""
    here = Path(__file__).parent
    parts = [str(FORMAT), llvmlite.__version__, _numba_version(), sys.version, llvm.get_host_cpu_name()]
    parts.append(llvm.get_host_cpu_features().flatten())
    parts += [os.environ.get(name, "") for name in TOLD]
    contents = [(here / name).read_bytes() for name in MODULES]
    return hashlib.sha256(b"\0".join([*map(str.encode, parts), *contents])).hexdigest()[:16]


def _numba_version() -> str:
    """Read from its files: importing it is what is to be spared."""
    found = find_spec("numba")
    if found is None or found.origin is None:
        return "none"
    return (Path(found.origin).parent / "_version.py").read_text(encoding="utf-8")


def _compiled(name: str) -> MachineCode:
    from natalizumab.pharmacology.compiled import compile_entry

    module, function, signature = ENTRIES[name]
    there = import_module(f"natalizumab.pharmacology.{module}")
    letters = getattr(there, signature)
    native, outside, file = _in_one_piece(lambda: compile_entry(getattr(there, function), letters))
    return MachineCode(native, letters, outside, file)


def _in_one_piece(work: Callable[[], Any]) -> Any:
    """Do the work as a function with a very large frame of its own would.

    Python keeps the frames of calls in pieces of 16 KiB. Compiling is all calls within calls, and where they cross the
    end of a piece again and again, each gets a new one from the system and gives it back: a fifth of the time. A frame
    that needs a large piece leaves the rest of it to the calls inside.
    """

    def roomy() -> Any:
        return work()

    roomy.__code__ = roomy.__code__.replace(co_stacksize=FRAME)
    return roomy()


def _keep(code: MachineCode, path: Path) -> None:
    """Whole or not at all; where it can't be kept, the next run compiles again."""
    head = {
        "name": code.name,
        "signature": code.signature,
        "outside": code.outside,
        "sha256": hashlib.sha256(code.file).hexdigest(),
    }
    written = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        written.write_bytes(json.dumps(head).encode() + b"\n" + code.file)
        written.replace(path)
        _prune(path)
    except OSError:
        pass
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)


def _prune(path: Path) -> None:
    """Remove old builds of the same entry. Whoever is reading one has it whole, and whoever wants it compiles again."""
    entry = path.name.partition("-")[0]
    builds = sorted(path.parent.glob(f"{entry}-*.bin"), key=lambda build: build.stat().st_mtime_ns, reverse=True)
    for build in builds[BUILDS_KEPT:]:
        if build != path:
            build.unlink(missing_ok=True)


def _read(path: Path) -> MachineCode | None:
    """What was kept; None where there is nothing, or what is there is damaged."""
    try:
        line, _, file = path.read_bytes().partition(b"\n")
        head = json.loads(line)
        whole = hashlib.sha256(file).hexdigest() == head["sha256"]
        return MachineCode(head["name"], head["signature"], tuple(head["outside"]), file) if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


_engines: list[Any] = []
"""Linked code lives as long as its engine."""


def _linked(code: MachineCode) -> Callable[..., int] | None:
    """The function as Python calls it, which lets other threads run meanwhile; None where a name is not to be had."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    if not all(_provided(name) for name in code.outside):
        return None
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code.file))
    engine.finalize_object()
    _engines.append(engine)
    result, *arguments = (_KINDS[letter] for letter in code.signature)
    function: Callable[..., int] = ctypes.CFUNCTYPE(result, *arguments)(engine.get_function_address(code.name))
    return function


def _provided(name: str) -> bool:
    """Make sure that the linker finds the name: a missing one would end the process without a word."""
    if llvm.address_of_symbol(name) is not None:
        return True
    if name.startswith(NEVER_CALLED):
        llvm.add_symbol(name, ctypes.cast(_UNREACHABLE, ctypes.c_void_p).value)
        return True
    try:
        address = ctypes.cast(getattr(_process(), name), ctypes.c_void_p).value
    except (AttributeError, OSError):
        return False
    llvm.add_symbol(name, address)
    return True


_UNREACHABLE = ctypes.CFUNCTYPE(None)(lambda: None)
"""Stands for what is never called."""


@cache
def _process() -> ctypes.CDLL:
    """The libraries that this process has loaded, the one with the mathematical functions among them."""
    return ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)


def _persons_own() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
