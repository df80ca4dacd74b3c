"""The settings of an installation: lines of NAME=value in one file that nobody else may read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from natalizumab.clinic.operation.refused import OperationRefused

NAME = "natalizumab.env"
"""What the file is called where nobody says otherwise; it is looked for in the folder one is in."""

PLACE = "NATALIZUMAB_SETTINGS"
"""The variable that may say where the file lies."""

PRIVATE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LINE = re.compile(r"(?P<name>NATALIZUMAB_[A-Z_]+)=(?P<value>.*)")

HEADER = """\
# The settings of this installation of natalizumab. The secret is in here: let nobody else read this file.
# A variable of the same name in the environment wins over a line of this file.
"""


def found(given: Path | None) -> Path | None:
    """The file that holds: the one named, else that of the variable, else the one in this folder; None without one.

    Raises OperationRefused where one was named and is not there.
    """
    named = given or (Path(os.environ[PLACE]) if os.environ.get(PLACE) else None)
    if named is None:
        return Path(NAME) if Path(NAME).is_file() else None
    if not named.is_file():
        raise OperationRefused(f'settings: "{named}" is not there; "natalizumab init" makes one')
    return named


def read(file: Path) -> dict[str, str]:
    """What stands in the file. Raises OperationRefused where others may read it, or a line is none of ours."""
    try:
        others = file.stat().st_mode & _OTHERS
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OperationRefused(f'settings: "{file}" can\'t be read ({_why(error)})') from None
    if others:
        raise OperationRefused(f'settings: "{file}" can be read by others, and holds the secret: chmod 600 {file}')
    lines = enumerate((line.strip() for line in text.splitlines()), start=1)
    return dict(_pair(file, number, line) for number, line in lines if line and not line.startswith("#"))


def _pair(file: Path, number: int, line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    if match is None:
        # The line itself is not repeated: it may hold a secret.
        raise OperationRefused(f'settings: line {number} of "{file}" is not NATALIZUMAB_…=value, a comment or empty')
    value = match["value"].strip()
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return match["name"], value[1:-1] if quoted else value


def load(given: Path | None) -> Path | None:
    """Put what stands in the file into the environment, where it is not set already; returns the file."""
    file = found(given)
    if file is not None:
        for name, value in read(file).items():
            os.environ.setdefault(name, value)
    return file


def write(file: Path, settings: Mapping[str, str]) -> None:
    """A new file that only its owner may read. Raises OperationRefused where one is there, or none can be made."""
    text = HEADER + "".join(f"{name}={value}\n" for name, value in settings.items())
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    except FileExistsError:
        raise OperationRefused(f'settings: "{file}" is there already; it is left as it is') from None
    except OSError as error:
        raise OperationRefused(f'settings: "{file}" can\'t be made ({error.strerror})') from None
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def _why(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else "it is not text in UTF-8"
