"""Suspected PML (PML-01)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from natalizumab.care.case import Case
from natalizumab.care.conditions import comes_after
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.names import in_groups, named
from natalizumab.care.protocol import Protocol
from natalizumab.record import Csf, Diagnosis, Event, Mri, Symptom


def pml_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Suspected by a symptom, a scan, the spinal fluid or a diagnosis: no dose until PML is excluded."""
    if case.pml_on_record:
        return  # it is no longer suspected
    excluded = _last_excluded(case)
    suspected: list[Event] = []
    for event, words in _suspicions(case):
        if excluded is not None and comes_after(case, excluded, event):
            continue
        if isinstance(event, Symptom) and (doubt := _harmless(case, event)):
            yield Reason(f"{words}, {doubt}: make sure that it is not PML.", [event], effect=Effect.CONFIRM)
            continue
        yield Reason(f"PML is suspected: {words}. No dose until it is excluded; tell the neurologist today.", [event])
        suspected.append(event)
    mri = "MRI for suspected PML: FLAIR, T2, diffusion, T1 with gadolinium."
    yield from _same_day("mri for suspected pml", mri, suspected, case.all(Mri))
    csf = "Spinal fluid for JC virus PCR; a negative result does not exclude PML."
    yield from _same_day("csf jcv pcr", csf, suspected, case.all(Csf))


def _same_day(action: str, text: str, suspected: Sequence[Event], done: Sequence[Event]) -> Iterator[Item]:
    """One thing to do for all suspicions for which nothing was done since, on the day of the first.

    A scan that raised the suspicion is not the scan that it calls for; spinal fluid with the virus needs no repeat.
    """
    done = [event for event in done if event not in suspected or isinstance(event, Csf)]
    waiting = [event for event in suspected if not any(event.day <= later.day for later in done)]
    if waiting:
        yield Item(action, text, min(event.day for event in waiting), facts=waiting)


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
    if symptom.ended is not None and case.reached(symptom.ended):
        return f"over since {symptom.ended}"
    if symptom.worsening is False and symptom.days is not None and case.first_dose is not None:
        began = symptom.day - timedelta(days=symptom.days)
        if began < case.first_dose:
            return "older than the treatment and not worsening"
    return None


def _last_excluded(case: Case) -> Diagnosis | None:
    found = in_groups(case.all(Diagnosis), "diagnoses", "pml")
    excluded = [f.event for f in found if f.event.status == "excluded"]
    return excluded[-1] if excluded else None
