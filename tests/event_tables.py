"""Event tables of invented people for the tests: right ones, and one row with some cells changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables import Subject, read_event_table

EXAMPLE = Path(__file__).parents[1] / "examples" / "event-table.csv"

HEADER = "ID,TIME,EVID,AMT,RATE,CMT,DV,WT"
DOSE = "1,0,1,300,7200,2,.,70"
LEVEL = "1,28,0,0,0,2,11.5,70"


def table(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines]) + "\n"


def row(event: str, changes: Mapping[str, str]) -> str:
    """A table of that one row with some cells changed or added."""
    cells = dict(zip(HEADER.split(","), event.split(","), strict=True)) | dict(changes)
    return table(",".join(cells.values()), header=",".join(cells))


def one(text: str, **arguments: Any) -> Subject:
    (subject,) = read_event_table(text, **arguments)
    return subject


def refusal(text: str | Path, **arguments: Any) -> str:
    with pytest.raises(ModelError) as refused:
        read_event_table(text, **arguments)
    return str(refused.value)
