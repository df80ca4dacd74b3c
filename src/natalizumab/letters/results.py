"""The latest result of each kind, as a line of a letter: what, when, and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from natalizumab.record import Antibody, Concentration, Course, Csf, Jcv, Lab, Mri

Line = dict[str, str | None]

TESTS = ("ALT", "AST", "bilirubin", "lymphocytes", "leukocytes", "haemoglobin", "platelets")

_SCANS = {"full": "full scan", "abbreviated": "abbreviated scan"}


def results(course: Course, *, csf: bool = True) -> list[Line]:
    """What was found last, scans first. ``csf`` False leaves out spinal fluid, which is examined for PML alone."""
    kinds: tuple[Any, ...] = (Mri, Jcv, Antibody, Concentration, *((Csf,) if csf else ()))
    last = [found[-1] for kind in kinds if (found := course.all(kind))]
    return [_line(event) for event in last] + list(blood(course))


def blood(course: Course) -> Iterator[Line]:
    """The last result of each blood test."""
    for test in TESTS:
        found = course.labs(test)
        if found:
            yield _line(found[-1])


def _line(event: Any) -> Line:
    return {"kind": event.kind, "what": _what(event), "on": event.day.isoformat(), "result": result(event)}


def _what(event: Any) -> str | None:
    return event.test if isinstance(event, Lab) else None


def result(event: Any) -> str:
    """What came out, in the record's own words and units."""
    if isinstance(event, Lab):
        limit = f" (upper limit {event.upper_limit:g})" if event.upper_limit is not None else ""
        return f"{event.value:g} {event.unit}{limit}"
    if isinstance(event, Mri):
        return _scan(event)
    if isinstance(event, Jcv):
        index = f", index {event.index:g}" if event.index is not None else ""
        return f"{event.result}{index} ({event.assay})"
    if isinstance(event, Concentration):
        return f"{'below ' if event.below else ''}{event.mg_per_l:g} mg/L"
    return str(getattr(event, "result", None) or getattr(event, "jcv_pcr", "")).replace("_", " ")


def _scan(scan: Mri) -> str:
    parts = [_SCANS[scan.protocol]]
    if scan.new_t2 is not None:
        parts.append(f"new T2 lesions: {scan.new_t2}")
    if scan.gd is not None:
        parts.append(f"enhancing: {scan.gd}")
    if scan.suspicious_for_pml:
        parts.append("suspicious for PML")
    return ", ".join(parts)
