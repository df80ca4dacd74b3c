"""Suspected PML (PML-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.names import in_groups, named
from natalizumab.care.protocol import Protocol


def pml_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Suspected by a symptom, a scan, the spinal fluid or a diagnosis: no dose until PML is excluded."""
    excluded = _last_excluded(case)
    for event, words in _suspicions(case):
        if excluded is not None and event.day <= excluded:
            continue
        ended = event.kind == "symptom" and event.ended is not None and event.ended <= case.on
        if ended:
            text = f"{words}, over since {event.ended}: make sure that it was not PML."
            yield Reason(text, [event], effect=Effect.CONFIRM)
            continue
        yield Reason(f"PML is suspected: {words}. No dose until it is excluded.", [event])
        if not any(scan.day >= event.day and scan is not event for scan in case.course.of("mri")):
            text = "MRI for suspected PML: FLAIR, T2, diffusion, T1 with gadolinium."
            yield Item("mri for suspected pml", text, event.day, facts=[event])
        if not any(csf.day >= event.day for csf in case.course.of("csf")):
            text = "Spinal fluid for JC virus PCR; a negative result does not exclude PML."
            yield Item("csf jcv pcr", text, event.day, facts=[event])


def _suspicions(case: Case) -> Iterator[tuple[Any, str]]:
    for found in named(case.course.of("symptom"), "symptoms"):
        if "pml" in found.term.attributes.get("suggests", ()):
            yield found.event, f"{found.name} since {found.event.day}"
    for scan in case.course.of("mri"):
        if scan.suspicious_for_pml:
            yield scan, f"the scan of {scan.day}"
    for csf in case.course.of("csf"):
        if csf.jcv_pcr == "detected":
            yield csf, f"JC virus found in the spinal fluid on {csf.day}"
    for found in in_groups(case.course.of("diagnosis"), "diagnoses", "pml"):
        if found.event.status == "suspected":
            yield found.event, f"recorded as suspected on {found.event.day}"


def _last_excluded(case: Case) -> date | None:
    found = in_groups(case.course.of("diagnosis"), "diagnoses", "pml")
    return max((f.event.day for f in found if f.event.status == "excluded"), default=None)
