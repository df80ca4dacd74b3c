"""Suspected PML (PML-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.names import in_groups, named
from natalizumab.care.protocol import Protocol
from natalizumab.record import Csf, Diagnosis, Event, Mri, Symptom


def pml_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Suspected by a symptom, a scan, the spinal fluid or a diagnosis: no dose until PML is excluded."""
    excluded = _last_excluded(case)
    for event, words in _suspicions(case):
        if excluded is not None and event.day <= excluded:
            continue
        if isinstance(event, Symptom) and event.ended is not None and event.ended <= case.on:
            text = f"{words}, over since {event.ended}: make sure that it was not PML."
            yield Reason(text, [event], effect=Effect.CONFIRM)
            continue
        yield Reason(f"PML is suspected: {words}. No dose until it is excluded.", [event])
        if not any(scan.day >= event.day and scan is not event for scan in case.all(Mri)):
            text = "MRI for suspected PML: FLAIR, T2, diffusion, T1 with gadolinium."
            yield Item("mri for suspected pml", text, event.day, facts=[event])
        if not any(csf.day >= event.day for csf in case.all(Csf)):
            text = "Spinal fluid for JC virus PCR; a negative result does not exclude PML."
            yield Item("csf jcv pcr", text, event.day, facts=[event])


def _suspicions(case: Case) -> Iterator[tuple[Event, str]]:
    for found in named(case.all(Symptom), "symptoms"):
        if "pml" in found.term.attributes.get("suggests", ()):
            yield found.event, f"{found.name} since {found.event.day}"
    for scan in case.all(Mri):
        if scan.suspicious_for_pml:
            yield scan, f"the scan of {scan.day}"
    for csf in case.all(Csf):
        if csf.jcv_pcr == "detected":
            yield csf, f"JC virus found in the spinal fluid on {csf.day}"
    for found in in_groups(case.all(Diagnosis), "diagnoses", "pml"):
        if found.event.status == "suspected":
            yield found.event, f"recorded as suspected on {found.event.day}"


def _last_excluded(case: Case) -> date | None:
    found = in_groups(case.all(Diagnosis), "diagnoses", "pml")
    return max((f.event.day for f in found if f.event.status == "excluded"), default=None)
