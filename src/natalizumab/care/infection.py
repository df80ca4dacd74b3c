"""Suspected PML (PML-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

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
        if isinstance(event, Symptom) and (doubt := _harmless(case, event)):
            yield Reason(f"{words}, {doubt}: make sure that it is not PML.", [event], effect=Effect.CONFIRM)
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
        if "pml" in found.term.attributes.get("suggests", ()) and _under_treatment(case, found.event.day):
            yield found.event, f"{found.name}, noted on {found.event.day}"
    for scan in case.all(Mri):
        if scan.suspicious_for_pml:
            yield scan, f"the scan of {scan.day}"
    for csf in case.all(Csf):
        if csf.jcv_pcr == "detected":
            yield csf, f"JC virus found in the spinal fluid on {csf.day}"
    for found in in_groups(case.all(Diagnosis), "diagnoses", "pml"):
        if found.event.status == "suspected":
            yield found.event, f"recorded as suspected on {found.event.day}"


def _under_treatment(case: Case, day: date) -> bool:
    """A symptom from before the first dose is not a sign of what natalizumab allows."""
    return case.started and (case.first_dose is None or day >= case.first_dose)


def _harmless(case: Case, symptom: Symptom) -> str | None:
    """What speaks against PML without excluding it: the symptom is over, or older than treatment and not worsening."""
    if symptom.ended is not None and symptom.ended <= case.on:
        return f"over since {symptom.ended}"
    if symptom.worsening is False and symptom.days is not None and case.first_dose is not None:
        began = symptom.day - timedelta(days=symptom.days)
        if began < case.first_dose:
            return "older than the treatment and not worsening"
    return None


def _last_excluded(case: Case) -> date | None:
    found = in_groups(case.all(Diagnosis), "diagnoses", "pml")
    return max((f.event.day for f in found if f.event.status == "excluded"), default=None)
