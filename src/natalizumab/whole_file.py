"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def part_of(path: Path) -> Path:
    """Where a file's content is put first: through a link to the file behind it, and beside that, so that the last step
    is one renaming on one disk.
    """
    target = Path(os.path.realpath(path))
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def replace_whole(path: Path, content: bytes) -> None:
    """Write the file; an older one is replaced whole or not at all. Raises OSError where that fails."""
    part = part_of(path)
    try:
        part.write_bytes(content)
        part.replace(os.path.realpath(path))
    finally:
        part.unlink(missing_ok=True)
