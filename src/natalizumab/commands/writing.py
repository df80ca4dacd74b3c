"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from natalizumab import whole_file
from natalizumab.errors import ModelError
from natalizumab.whole_file import part_of


def check_folder(what: str, path: Path) -> None:
    """Raise ModelError unless a file can be written there, as far as can be told beforehand."""
    folder = path.parent
    if not folder.is_dir():
        raise ModelError(f'{what}: "{path}" cannot be written: the folder "{folder}" is not there')
    if path.is_dir():
        raise ModelError(f'{what}: "{path}" is a folder; name a file')
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ModelError(f'{what}: "{path}" cannot be written: the folder "{folder}" does not let you')
    _try(what, path)


def _try(what: str, path: Path) -> None:
    """Some folders take no file though they allow it: only trying tells. What is tried is gone at once."""
    part = part_of(path)
    try:
        part.touch()
        part.unlink()
    except OSError as error:
        raise ModelError(f'{what}: "{path}" cannot be written ({error.strerror})') from error


def replace_whole(what: str, path: Path, content: bytes) -> None:
    """Write the file; an older one is replaced whole or not at all. Raises ModelError where that fails."""
    try:
        whole_file.replace_whole(path, content)
    except OSError as error:
        raise ModelError(f'{what}: "{path}" cannot be written ({error.strerror})') from error
