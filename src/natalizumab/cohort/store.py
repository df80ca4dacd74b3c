"""Finished lots of people in folders, each in files that its task alone names: whole, or not there."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from natalizumab.cohort.person_rows import PersonRows
from natalizumab.cohort.summary import Sums
from natalizumab.cohort.trial import Trial
from natalizumab.cohort.unknowns import Unknowns
from natalizumab.disease.model import Parameters
from natalizumab.errors import ModelError
from natalizumab.whole_file import replace_whole


@dataclass(frozen=True, slots=True)
class Task:
    """All that decides the answer of a lot of ``count`` people, the first of whom has the number ``first``."""

    trial: Trial
    parameters: Parameters
    unknowns: Unknowns
    first: int
    count: int
    rows: bool = False

    @property
    def name(self) -> str:
        """A hash of all that."""
        trial = asdict(self.trial)
        del trial["people"]  # more people later are more lots, and those there are stay
        told = [trial, asdict(self.parameters), asdict(self.unknowns), self.first, self.count]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


class Store:
    """``kept`` is a folder for sums of lots, ``rows`` one for the rows of their people; None: nothing is kept."""

    def __init__(self, kept: Path | None, rows: Path | None) -> None:
        self._kept, self._rows = kept, rows
        for what, folder in (("keep", kept), ("rows", rows)):
            if folder is not None:
                _make(what, folder)
        if rows is not None:
            _parquet({})  # that it can be written at all should be known before the work is done

    def read(self, task: Task) -> Sums | None:
        """What was kept; None where there is nothing, or half of something, or the rows are missing."""
        if self._kept is None or (task.rows and not self._rows_of(task).is_file()):
            return None
        try:
            known: Mapping[str, object] = json.loads(self._sums_of(task).read_text())
            leaf: Sums = known["sums"]  # type: ignore[assignment]
            return leaf if known["of"] == task.name else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, task: Task, leaf: Sums, rows: PersonRows | None) -> None:
        """Rows first: where the sums are, the rows are too."""
        if rows is not None and self._rows is not None:
            _replace("rows", self._rows_of(task), _parquet(rows))
        if self._kept is not None:
            _replace("keep", self._sums_of(task), json.dumps({"of": task.name, "sums": leaf}).encode())

    def _sums_of(self, task: Task) -> Path:
        assert self._kept is not None
        return self._kept / f"{task.name}.json"

    def _rows_of(self, task: Task) -> Path:
        assert self._rows is not None
        return self._rows / f"people-{task.first:08d}-{task.name[:8]}.parquet"


def _make(what: str, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f'{what}: "{folder}" cannot be made ({error.strerror})') from error


def _parquet(rows: PersonRows) -> bytes:
    from natalizumab.pharmacology.extras import package

    polars = package("polars", "Parquet files", "polars")
    written = io.BytesIO()
    polars.DataFrame(rows).write_parquet(written)
    return written.getvalue()


def _replace(what: str, path: Path, content: bytes) -> None:
    try:
        replace_whole(path, content)
    except OSError as error:
        raise ModelError(f'{what}: "{path}" cannot be written ({error.strerror}); what is finished is kept') from error
