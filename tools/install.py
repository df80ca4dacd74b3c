"""Set up everything that the demo, the checks or the tests need; in a second when nothing has changed.

Usage: install.py demo|check|test|bench. Exit status 1, with what to install, when it cannot go on; 0 otherwise.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

import debian

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.txt"
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("demo", "test", "bench")}
PURPOSES = {"demo": "demo", "check": "test", "test": "test", "bench": "bench"}
PARTS = {"demo": ["venv"], "check": ["venv"], "test": ["venv", "postgresql", "chromium", "letters"], "bench": ["venv"]}
UV_LOCK = ROOT / "requirements" / "uv.txt"


def main(purpose: str) -> int:
    """Set up for ``purpose``; the parts that only some tests need may stay missing, and are named."""
    missing = [part for part in PARTS[purpose] if not debian.here(part) and not (part == "venv" and _runs())]
    if missing and (why := debian.install(missing)):
        print(f"Missing: {', '.join(missing)}; {why}. Please run: {debian.advice(*missing)}", file=sys.stderr)
    problem = _environment(PURPOSES[purpose])
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


def _environment(lock: str) -> str | None:
    """Make .venv hold exactly what the lock file says. None when it does, else what is wrong."""
    if _installed(lock):
        return None
    if not _runs() and (problem := _make_venv()):
        return problem
    print(f"Installing the locked packages of {LOCKS[lock].relative_to(ROOT)} into .venv …", flush=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    uv: list[str | Path] = [VENV / "bin" / "uv", "pip"]
    steps = (
        [*pip, "--require-hashes", "--only-binary=:all:", "-r", UV_LOCK],
        [*uv, "sync", "-q", "--python", PYTHON, "--compile-bytecode", "--require-hashes", "--no-build", LOCKS[lock]],
        [*uv, "install", "-q", "--python", PYTHON, "--offline", "--no-deps", "--no-build-isolation", "-e", ROOT],
    )
    STAMP.unlink(missing_ok=True)
    for step in steps:
        # The machine's interpreter is the one to use; uv would otherwise fetch one of its own.
        if subprocess.run(step, check=False, cwd=ROOT, env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"}).returncode:
            return "The locked packages could not be installed (the words above say why). Is the network reachable?"
    STAMP.write_text(f"{lock} {_fingerprint(lock)}\n", encoding="utf-8")
    return None


def _installed(lock: str) -> bool:
    """Whether .venv already holds the locked packages: each lock includes those before it."""
    if not STAMP.is_file() or not PYTHON.exists():
        return False
    stamp = STAMP.read_text(encoding="utf-8").split()
    return any(stamp == [name, _fingerprint(name)] for name in list(LOCKS)[list(LOCKS).index(lock) :])


def _fingerprint(lock: str) -> str:
    """Changes whenever the lock files, the package's declaration, the interpreter or the folder's place change."""
    files = (UV_LOCK, LOCKS[lock], ROOT / "pyproject.toml", VENV / "pyvenv.cfg")
    parts = [str(ROOT).encode(), *(path.read_bytes() for path in files)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _runs() -> bool:
    """Whether .venv has a Python that works, new enough, with pip."""
    test = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", test], check=False, capture_output=True).returncode == 0


def _make_venv() -> str | None:
    if not debian.here("venv"):
        return "Without python3-venv, Python cannot make the environment that everything else is installed into."
    print(f"Making .venv with Python {sys.version.split()[0]} …", flush=True)
    venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
