"""An invented letterhead and how to write a letter about one of the examples, for the tests of letters."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

from natalizumab.care import load_protocol
from natalizumab.letters import Asked, ClinicDetails, Letter, letter
from natalizumab.record import Record, read_record

ROOT = Path(__file__).parent.parent
ON = date(2026, 11, 2)
HEAD = ClinicDetails(
    name="Harbour clinic (invented)",
    address="12 Quay Street\nHarbourtown",
    phone="01234 567 890",
    emergency="call 999",
    sender="Dr Petra Prescriber (invented)\nConsultant neurologist",
)


def record(name: str) -> Record:
    """An example; ``name`` without its ending."""
    return read_record(ROOT / "examples" / f"{name}.json")


def written(
    kind: str, example: str = "stable", /, *, on: date = ON, head: ClinicDetails = HEAD, **asked: Any
) -> Letter:
    """A letter about an example."""
    wanted = Asked(kind=kind, on=on, **{"name": "Ada Example", "number": "A-17", **asked})
    return letter(record(example), load_protocol("uk"), wanted, head)


def text(found: Letter) -> str:
    """What one reads, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found.body)).split()).replace(" ,", ",").replace(" .", ".")
