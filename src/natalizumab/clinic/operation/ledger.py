"""The erasures beside the backups: whoever restores an older backup erases again what has been erased since.

One line of JSON for each erased entry; lines are only ever added. It names no person and holds nothing that was erased.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from natalizumab.clinic.models import Erasure
from natalizumab.clinic.operation.forgetting import is_forgotten
from natalizumab.clinic.operation.refused import OperationRefused

NAME = "erasures.jsonl"
TABLE = "clinic_erasure"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure on record; the two who asked are known by username."""

    entry: str
    asked_by: str
    confirmed_by: str
    reason: str
    at: str
    whole_person: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def in_database() -> Iterator[Erased]:
    """Those that the database knows."""
    rows = Erasure.objects.order_by("id").select_related("asked_by", "confirmed_by", "entry__person")
    for row in rows.iterator():
        who = (row.asked_by.username, row.confirmed_by.username)
        whole = is_forgotten(row.entry.person)
        yield Erased(str(row.entry_id), *who, row.reason, row.at.isoformat(), whole)


def read(folder: Path) -> list[Erased]:
    """Those of the ledger. Raises OperationRefused over a line that can't be read; half a last line counts for none."""
    file = folder / NAME
    if not file.exists():
        return []
    *lines, _ = file.read_text(encoding="utf-8").split("\n")
    return [_erased(file, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _erased(file: Path, number: int, line: str) -> Erased:
    try:
        return Erased(**json.loads(line))
    except (ValueError, TypeError):
        raise OperationRefused(f'"{file}", line {number} can\'t be read: restore the ledger first') from None


def bring_up_to_date(folder: Path) -> int:
    """Add what the database knows and the ledger does not; returns how many lines were added."""
    known = {(erased.entry, erased.whole_person) for erased in read(folder)}
    new = [erased for erased in in_database() if (erased.entry, erased.whole_person) not in known]
    if new:
        _add(folder / NAME, new)
    return len(new)


def _add(file: Path, erased: Iterable[Erased]) -> None:
    text = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in erased)
    try:
        _end_the_last_line(file)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _PRIVATE)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise OperationRefused(f'the ledger of erasures "{file}" can\'t be written ({error.strerror})') from None


def _end_the_last_line(file: Path) -> None:
    """Half a line, from a disk that was full, goes: its erasure is in the database, and is written again."""
    if not file.exists():
        return
    content = file.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        os.truncate(file, len(whole))
