"""What calibration has reckoned, kept in a file: whoever was interrupted begins again, and goes on in a moment.

Calibration takes the same way each time. So it need not know where it was: each answer that is in the file already
is read instead of reckoned.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from natalizumab import __version__
from natalizumab.disease.calibration.targets import Target
from natalizumab.disease.model import Block, Parameters
from natalizumab.errors import ModelError

FILE = "calibration.jsonl"


class Remembered:
    """Answers in a folder, a line each; None: nothing is kept. Raises ModelError where the folder can't be used."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None
        self._known: dict[str, list[float]] = {}
        if self._path:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._known = dict(_lines(self._path))
            except OSError as error:
                raise ModelError(f'keep: "{self._path}" cannot be used ({error.strerror})') from error

    def of(
        self, targets: Sequence[Target], parameters: Parameters, block: Block, reckon: Callable[[], Sequence[float]]
    ) -> Sequence[float]:
        """The answer for those, from the file or else reckoned, and then written before it is given."""
        if self._path is None:
            return reckon()
        name = _name(targets, parameters, block)
        if name not in self._known:
            self._known[name] = [float(number) for number in reckon()]
            try:
                _append(self._path, json.dumps([name, self._known[name]]))
            except OSError as error:
                raise ModelError(f'keep: "{self._path}" cannot be written ({error.strerror})') from error
        return self._known[name]


def _name(targets: Sequence[Target], parameters: Parameters, block: Block) -> str:
    """A hash of all that decides an answer."""
    asked = [[one.name, one.published.value, one.scale] for one in targets]
    told = json.dumps([__version__, asked, asdict(parameters), asdict(block)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _lines(path: Path) -> list[tuple[str, list[float]]]:
    """Whole lines; one that was cut off, or damaged, is reckoned again."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            name, numbers = json.loads(line)
            found.append((str(name), [float(number) for number in numbers]))
        except (ValueError, TypeError):
            continue
    return found


def _append(path: Path, line: str) -> None:
    """On a line of its own, even after one that was cut off."""
    with path.open("ab") as file:
        file.write(f"\n{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
