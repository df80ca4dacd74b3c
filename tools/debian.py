"""What must come from Debian: is it here, may we install it, and what to say where we may not."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

PACKAGES = Path(__file__).with_name("debian-packages.txt")
# The program that steers the browser comes with its Python package, but is linked against this library of Debian's.
DRIVER_LIBRARY = "libatomic.so.1"
# What WeasyPrint, which makes PDFs, loads from Debian when it is imported.
LETTERS_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def packages(part: str) -> list[str]:
    """The Debian packages of one part of the list."""
    return [names[0] for names in _choices(part)]


def advice(*parts: str) -> str:
    """What a person with the right to install would type."""
    return f"apt-get install {' '.join(name for part in parts for name in packages(part))}"


def here(part: str) -> bool:
    """Whether this machine has the part, from Debian or from anywhere else."""
    if part == "venv":
        # Debian keeps this piece of Python's own library, which a virtual environment needs, in a package of its own.
        return find_spec("ensurepip") is not None
    return bool({"postgresql": postgresql_folder, "chromium": chromium, "letters": letters}[part]())


def postgresql_folder() -> Path | None:
    """The folder of the PostgreSQL server programs, the newest where there are several; None without one."""
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    folders = ([Path(on_path).resolve().parent] if on_path else []) + installed
    wanted = ("initdb", "postgres", "createdb", "pg_isready")
    return next((folder for folder in folders if all((folder / name).is_file() for name in wanted)), None)


def chromium() -> str | None:
    """The browser for the browser tests, NATALIZUMAB_CHROMIUM or the first of the machine; None if they cannot run."""
    named = os.environ.get("NATALIZUMAB_CHROMIUM")
    found = named or next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)
    return found if _loads(DRIVER_LIBRARY) else None


def letters() -> bool:
    """Whether PDFs can be made."""
    return all(map(_loads, LETTERS_LIBRARIES))


def install(parts: list[str]) -> str | None:
    """Install the packages of ``parts``. None when it worked, else a few words saying why not."""
    command = _privileged()
    if command is None:
        return "this account may not install packages"
    print("Asking Debian what there is …", flush=True)
    if not _done([*command, "update", "-qq"]):
        return "apt-get update failed"
    wanted = [_to_be_had(names) for part in parts for names in _choices(part)]
    print(f"Installing {' '.join(wanted)} from Debian …", flush=True)
    if not _done([*command, "install", "-y", "-qq", "--no-install-recommends", *wanted]):
        return "apt-get install failed"
    invalidate_caches()  # so that a freshly installed piece of Python is seen
    return None


def _choices(part: str) -> list[list[str]]:
    """Of each package of a part, the names by which it may come, the best first."""
    lines = [line.split() for line in PACKAGES.read_text(encoding="utf-8").splitlines()]
    return [words[1].split("|") for words in lines if words and words[0] == part]


def _to_be_had(names: list[str]) -> str:
    """The first that Debian has here; an older one may lack it."""
    return next((name for name in names[:-1] if _known(name)), names[-1])


def _known(name: str) -> bool:
    return subprocess.run(["apt-cache", "show", name], check=False, capture_output=True).returncode == 0


def _done(command: list[str]) -> bool:
    """Whether it worked; where not, what it complained of is passed on."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
    return done.returncode == 0


def _privileged() -> list[str] | None:
    """How to call apt-get on this machine: directly as root, through sudo where it asks nothing, or not at all."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    if os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if sudo is None or subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode != 0:
        return None
    return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", apt]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0
