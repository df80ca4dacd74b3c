"""An invented person with ten years of everything that a clinic enters: the record that a plan's time is asked of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

DOSES = 130
BLOODS = (
    ("ALT", 24, "U/L"),
    ("AST", 22, "U/L"),
    ("bilirubin", 9, "umol/L"),
    ("platelets", 230, "10*9/L"),
)


def ten_years(on: date) -> bytes:
    """A dose every four weeks up to four weeks before ``on``, with checks, bloods, scans, scores and reviews."""
    start = on - timedelta(weeks=4 * DOSES)
    events = [*_before(start), *(event for number in range(DOSES) for event in _visit(number, start))]
    person = {"id": "invented", "born": "1988-03-02", "sex": "female"}
    return json.dumps({"schema": "natalizumab-record/1", "person": person, "events": events}).encode()


def _before(start: date) -> Iterator[dict[str, Any]]:
    yield _event("diagnosis", start, -400, name="multiple sclerosis")
    yield _event("therapy", start, -700, name="teriflunomide", until=str(start - timedelta(days=90)))
    yield _event("mri", start, -30, protocol="full", new_t2=2, gd=1)
    yield _event("serology", start, -20, test="VZV", result="positive")
    for test in ("HBV", "HCV", "HIV", "TB"):
        yield _event("serology", start, -20, test=test, result="negative")
    for form in ("alert card", "initiation"):
        yield _event("form", start, name=form)


def _visit(number: int, start: date) -> Iterator[dict[str, Any]]:
    day = start + timedelta(weeks=4 * number)
    no = {"new_or_worsening": "no", "immune_condition": "no", "other_drug": "no"}
    yield _event("checklist", day, answers=no)
    yield _event("dose", day, dose_mg=300, route="iv", product="Tysabri", tolerated=True)
    yield _event("selfcheck", day, answers={"infection": "no", "breast": "no"})
    if number % 3 == 0:
        for test, value, unit in BLOODS:
            yield _event("lab", day, test=test, value=value, unit=unit)
        yield _event("lab", day, test="lymphocytes", value=3.4 if number else 2.0, unit="10*9/L")
    if number % 6 == 0:
        yield from _half_year(number, day)
    if number % 26 == 5:
        yield _event("symptom", day, name="headache", days=2, ended=str(day + timedelta(days=3)))
        yield _event("vaccine", day, 7, name="influenza inactivated")
    if number == DOSES // 2:
        yield _event("relapse", day, 9)
        yield _event("therapy", day, 10, name="methylprednisolone", until=str(day + timedelta(days=14)))


def _half_year(number: int, day: date) -> Iterator[dict[str, Any]]:
    positive = number > DOSES // 2
    result, index = ("positive", 1.1) if positive else ("negative", 0.2)
    yield _event("jcv", day, result=result, index=index, assay="STRATIFY")
    yield _event("mri", day, 2, protocol="full", new_t2=0, gd=0, brain_volume_change_percent=-0.2)
    yield _event("weight", day, kg=70)
    yield _event("edss", day, score=2.5)
    yield _event("fatigue", day, scale="FSS", score=30)
    yield _event("review", day, by="Dr Invented")
    yield _event("concentration", day, mg_per_l=14.2)


def _event(kind: str, day: date, later: int = 0, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "on": str(day + timedelta(days=later)), **fields}
