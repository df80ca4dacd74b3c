"""Invented courses for the tests of disease activity: first dose on 2022-01-10, rebaseline scan on 2022-05-10."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from natalizumab.record import Course, Record

Event = dict[str, Any]

START: Event = {"kind": "dose", "on": "2022-01-10", "dose_mg": 300, "route": "iv"}


def scan(on: str, new_t2: int | None = None, gd: int | None = None, protocol: str = "full", **fields: Any) -> Event:
    """A scan; what is None is not said."""
    told = {"new_t2": new_t2, "gd": gd, **fields}
    return {"kind": "mri", "on": on, "protocol": protocol, **{name: x for name, x in told.items() if x is not None}}


def edss(on: str, score: float) -> Event:
    return {"kind": "edss", "on": on, "score": score}


def relapse(on: str) -> Event:
    return {"kind": "relapse", "on": on}


REBASELINE = scan("2022-05-10", 2, 0)


def course(*events: Event, on: str = "2024-06-01", born: str | None = "1975-01-01", start: bool = True) -> Course:
    """What stands on a date; the first dose and the rebaseline scan are added unless ``start`` is False."""
    person: dict[str, str] = {"id": "invented"} | ({"born": born} if born else {})
    given = [START, REBASELINE, *events] if start else list(events)
    plain = {"schema": "natalizumab-record/1", "person": person, "events": given}
    return Record.from_json(json.dumps(plain).encode()).course(date.fromisoformat(on))
