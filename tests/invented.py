"""Short records for unit tests. All people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from natalizumab.record import Course, Record

Plain = dict[str, Any]


def record(*events: Plain, **person: Any) -> Record:
    """A record of the events; person fields as keywords."""
    return Record.from_dict(
        {"schema": "natalizumab-record/1", "person": {"id": "invented", **person}, "events": list(events)}
    )


def course(on: str, *events: Plain, **person: Any) -> Course:
    """What the events say on a date."""
    return record(*events, **person).course(date.fromisoformat(on))


def event(kind: str, on: str, **fields: Any) -> Plain:
    """An event as it stands in the JSON."""
    return {"kind": kind, "on": on, **fields}


def dose(on: str, **fields: Any) -> Plain:
    """300 mg into a vein, unless said otherwise."""
    return {"kind": "dose", "on": on, "dose_mg": 300, "route": "iv", **fields}


def half(on: str, **fields: Any) -> Plain:
    """One of the two injections of an SC dose."""
    return {"kind": "dose", "on": on, "dose_mg": 150, "route": "sc", **fields}


def jcv(on: str, result: str, **fields: Any) -> Plain:
    """A STRATIFY result, unless said otherwise."""
    return {"kind": "jcv", "on": on, "result": result, "assay": "STRATIFY", **fields}
