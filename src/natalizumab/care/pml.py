"""JC virus in the brain: PML suspected, confirmed, not cleared by a negative test; granule cell neuronopathy.

PML-01 to PML-04, MRI-06 and GCN-01. A suspicion ends only by an entry that excludes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from natalizumab.care.case import Case
from natalizumab.care.conditions import comes_after, standing
from natalizumab.care.findings import Effect, Item, Note, Reason
from natalizumab.care.names import in_groups, within
from natalizumab.care.protocol import Protocol
from natalizumab.care.triage import doubt, same_day, signs, speak, suggesting, under_treatment
from natalizumab.record import Course, Csf, Diagnosis, Event, Mri, Relapse, Symptom
from natalizumab.record.dates import add_months

_CSF = "Spinal fluid for JC virus PCR; a negative result does not exclude PML."


def pml_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Suspected by a symptom, a scan, the spinal fluid or a diagnosis: no dose until PML is excluded."""
    if case.pml_on_record:
        return  # it is no longer suspected
    for event, words, why in case.once(_standing_suspicions):
        if why is not None:
            yield Reason(f"{words}, {why}: make sure that it is not PML.", [event], effect=Effect.CONFIRM)
        else:
            text = f"PML is suspected: {words}. No dose until it is excluded; tell the neurologist today."
            yield Reason(text, [event])
    suspected = _suspected(case)
    mri = "MRI for suspected PML: FLAIR, T2, diffusion, T1 with gadolinium."
    # The scan that raised the suspicion is not the one that it needs.
    yield from same_day("mri for suspected pml", mri, suspected, (s for s in case.all(Mri) if s not in suspected))
    yield from same_day("csf jcv pcr", _CSF, suspected, case.all(Csf))


def pml_02(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """Confirmed: stopped for good. Plasma exchange is never proposed; the weeks after are watched for IRIS."""
    confirmed = [event for event in case.pml_on_record if event.status != "history"]
    if not confirmed:
        return
    text = "PML is confirmed: natalizumab is stopped for good. Tell the neurologist today; report it."
    yield Reason(text, confirmed)
    if case.passed(add_months(confirmed[-1].day, p["watch_after_stop_months"])):
        return
    yield Note(
        "Plasma exchange is a clinician's decision and is not proposed here: where it was studied, it lowered neither "
        "deaths nor poor outcome.",
        confirmed,
    )
    yield Note(
        "Watch for IRIS: getting worse within days to weeks of the last dose is urgent. Tell the neurologist the same "
        "day; whether steroids are given is a specialist's decision.",
        confirmed,
    )


def pml_03(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A negative test of the spinal fluid never clears a suspicion: small lesions leave little virus. Repeat."""
    suspected = [] if case.pml_on_record else _suspected(case)
    fluids = [csf for csf in case.all(Csf) if any(event.day <= csf.day for event in suspected)]
    if not fluids or fluids[-1].jcv_pcr == "detected":
        return
    negative = [csf for csf in fluids if csf.jcv_pcr == "not_detected"]
    text = (
        f"No JC virus found in the spinal fluid on {negative[-1].day}: that does not clear PML, because small lesions "
        "leave little or none. No dose until a neurologist records PML as excluded."
    )
    yield Reason(text, [*(event for event in suspected if event not in fluids), *negative])
    if len(negative) == 1:
        due = negative[-1].day + timedelta(days=p["csf_repeat_days"])
        yield Item("csf jcv pcr", "Repeat the spinal fluid for JC virus PCR, and the scan.", due, facts=negative)


def pml_04(case: Case, p: Protocol) -> Iterator[Reason]:
    """A relapse is told apart from PML before the next dose, unless there are no JC virus antibodies.

    A scan since then that is not suspicious answers it, or a dose on a later day: whoever gave it had answered it.
    """
    if not case.treated or case.antibody.positive is False or case.pml_on_record or _suspected(case):
        return
    who = "JC virus antibodies" if case.antibody.positive else "JC virus antibody status not known"
    relapses = [relapse for relapse in case.all(Relapse) if _may_be_pml(case, relapse)]
    for relapse in relapses:
        yield Reason(
            f"Relapse of {relapse.day}, {who}: think of PML before the next dose. PML comes on over weeks: weakness or "
            "clumsiness of a limb, loss of part of the field of vision, change of thinking, behaviour or speech. Enter "
            "such symptoms by name. Scan (FLAIR, T2, diffusion, T1 with gadolinium) beside the earlier ones; in doubt "
            "no dose, and tell the neurologist today.",
            [relapse],
        )


def _may_be_pml(case: Case, relapse: Relapse) -> bool:
    """Whether nothing since that relapse on treatment says that it was no PML."""
    if not under_treatment(case, relapse.day) or (case.last_dose is not None and case.last_dose.day > relapse.day):
        return False
    excluded = last_excluded(case)
    if excluded is not None and comes_after(case, excluded, relapse):
        return False
    return not any(scan.day >= relapse.day and not scan.suspicious_for_pml for scan in case.all(Mri))


def mri_06(case: Case, p: Protocol) -> Iterator[Item]:
    """A lesion like PML: a second reading beside the earlier scans, with gadolinium.

    The hold, the next scan and the spinal fluid stand in PML-01, for a scan as for a symptom: nothing is asked twice.
    """
    raised = [event for event in _suspected(case) if isinstance(event, Mri)] if not case.pml_on_record else []
    if not raised or any(scan.day > raised[-1].day for scan in case.all(Mri)):
        return
    text = (
        f"Second reading of the scan of {raised[-1].day} by a neuroradiologist, beside the earlier ones; T1 with "
        "gadolinium if it was not given. Tell the radiologist that the person is on natalizumab."
    )
    yield Item("second reading of the scan", text, raised[-1].day, facts=raised[-1:])


def gcn_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Progressive ataxia: suspended until granule cell neuronopathy is excluded, as PML is, and apart from it."""
    found = signs(case, "gcn")
    yield from speak("gcn", found)
    on_record = list(standing(case, "gcn"))
    for event in on_record:
        text = f"{event.name} is on record: no dose. Tell the neurologist today; only its exclusion ends a suspicion."
        yield Reason(text, [event])
    asked_for_pml = [] if case.pml_on_record else _suspected(case)
    waiting: list[Event] = [sign.event for sign in found if not sign.asks and sign.event not in asked_for_pml]
    waiting += [event for event in on_record if event.status == "suspected"]
    yield from same_day("csf jcv pcr", "Spinal fluid for JC virus PCR.", waiting, case.all(Csf))


Suspicion = tuple[Event, str, str | None]
"""What raised it, in words, and what speaks against it without excluding it."""


def pml_suspected(case: Case) -> bool:
    """Whether a suspicion of PML stands that holds the next dose."""
    return not case.pml_on_record and bool(_suspected(case))


def scans_suspected(case: Case) -> tuple[Mri, ...]:
    """The scans that look like PML, as long as nobody has excluded it: their lesions may be no activity of MS."""
    return tuple(event for event in _suspected(case) if isinstance(event, Mri))


def _suspected(case: Case) -> list[Event]:
    return [event for event, _, why in case.once(_standing_suspicions) if why is None]


def _standing_suspicions(case: Case) -> Sequence[Suspicion]:
    """Everything that raises the suspicion of PML and came after the last time that PML was excluded."""
    excluded = last_excluded(case)
    return [
        (event, words, doubt(case, event) if isinstance(event, Symptom) else None)
        for event, words in _suspicions(case)
        if excluded is None or not comes_after(case, excluded, event)
    ]


def _suspicions(case: Case) -> Iterator[tuple[Event, str]]:
    for found in {one.event.ref: one for one in suggesting(case, "pml")}.values():
        if under_treatment(case, found.event.day):
            yield found.event, f"{found.name}, noted on {found.event.day}"
    for scan in case.course.once(_suspicious) if case.all(Mri) else ():
        yield scan, f"the scan of {scan.day}"
    for csf in case.all(Csf):
        if csf.jcv_pcr == "detected":
            yield csf, f"JC virus found in the spinal fluid on {csf.day}"
    for found in within(case.named(Diagnosis), "pml"):
        if found.event.status == "suspected":
            yield found.event, f"recorded as suspected on {found.event.day}"
    for event in standing(case, "iris"):
        if not in_groups([event], "diagnoses", "pml"):
            yield event, f"{event.name}, recorded on {event.day}, which follows PML"


def _suspicious(course: Course) -> tuple[Mri, ...]:
    return tuple([scan for scan in course.all(Mri) if scan.suspicious_for_pml])


def last_excluded(case: Case) -> Diagnosis | None:
    """The last entry that excluded PML, or None."""
    found = within(case.named(Diagnosis), "pml")
    excluded = [f.event for f in found if f.event.status == "excluded"]
    return excluded[-1] if excluded else None
