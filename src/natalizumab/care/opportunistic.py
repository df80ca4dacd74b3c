"""Opportunistic infections, suspected and confirmed, and the infections that anybody may have.

OI-01, OI-02 and INF-01; ``on_record`` says for HSV-01 and ARN-01 too what a diagnosis means for a dose.
"""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.conditions import meaning, standing, tests_of
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.names import Named, in_groups, within
from natalizumab.care.protocol import Protocol
from natalizumab.care.triage import (
    danger,
    diagnosed_after,
    exposed,
    procedures,
    same_day,
    signs,
    speak,
    under_treatment,
)
from natalizumab.record import Diagnosis

OPPORTUNISTIC = ("opportunistic infection", "gcn")
JUDGED_APART = ("cns infection", "acute retinal necrosis")
"""What HSV-01 and ARN-01 judge, everywhere."""
LABELLED_STOP = ("eu", "uk")
"""Where the product information that was seen ends treatment after any opportunistic infection."""


def oi_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """Confirmed while natalizumab acts: stopped for good."""
    for found in _confirmed(case, *OPPORTUNISTIC, without=JUDGED_APART):
        yield _stopped(found.event)


def oi_02(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Suspected, by signs or as a diagnosis: hold until excluded; and what is confirmed where OI-01 does not speak.

    Severe or lasting diarrhoea calls for a stool test. Where no label was seen that ends treatment for good, a
    confirmed infection holds, and a prescriber decides.
    """
    diarrhoea = signs(case, "cryptosporidium")
    yield from speak("cryptosporidium", diarrhoea)
    yield from speak("opportunistic infection", signs(case, "opportunistic infection"))
    yield from positive_tests(case, "stool infection", "cryptosporidium")
    stops = p.jurisdiction in LABELLED_STOP
    for reason in on_record(case, "opportunistic infection", without=JUDGED_APART, permanent=stops):
        if reason.effect is not Effect.STOP:  # that is OI-01's word
            yield reason
    weighing = [sign.event for sign in diarrhoea if not sign.asks]
    text = "Stool test for cryptosporidium (a routine culture does not look for it)."
    done = [*procedures(case, "stool"), *(result for _, result in tests_of(case, "stool infection"))]
    yield from same_day("stool test", text, weighing, done)


def inf_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """An infection since the last dose, tuberculosis, or a test for it or for hepatitis that is not negative: ask."""
    for event in standing(case, "tuberculosis"):
        yield Reason(f"{event.name} is on record: make sure that it is treated, and not active.", [event])
    last = {result.test.strip().casefold(): result for _, result in tests_of(case, "infection")}
    for result in last.values():
        if meaning(result) != "negative":
            text = f"{result.test} {result.result} on {result.day}: a clinician decides, with a specialist."
            yield Reason(text, [result])
    for event in standing(case, "infection"):
        if in_groups([event], "diagnoses", "tuberculosis", "viral hepatitis", "cns infection"):
            continue  # judged above, by LFT-02 and by HSV-01
        if event.status != "history" and (case.last_dose is None or event.day >= case.last_dose.day):
            yield Reason(f"{event.name} since the last dose: make sure that it is over.", [event])


def on_record(case: Case, group: str, *, permanent: bool, without: tuple[str, ...] = ()) -> Iterator[Reason]:
    """What diagnoses of a group mean for a dose.

    An opportunistic one, confirmed while natalizumab acts: a stop if ``permanent``. Suspected, or confirmed otherwise:
    a hold, until it is excluded, or past. ``without``: groups that another rule judges.
    """
    if not within(case.named(Diagnosis), group):
        return
    stopped = _confirmed(case, group, without=without) if permanent else []
    yield from (_stopped(found.event) for found in stopped)
    said = {found.term.name for found in stopped}
    for found in in_groups(standing(case, group), "diagnoses", group):
        if found.term.name not in said and not found.within(*without):
            yield _standing(case, found.event)


def positive_tests(case: Case, group: str, danger_name: str) -> Iterator[Reason]:
    """A positive result holds until a diagnosis says what it was; one that is not plain asks."""
    for term, result in tests_of(case, group):
        said = meaning(result)
        groups = term.attributes.get("answered_by", danger(danger_name).diagnoses)
        if said == "negative" or not under_treatment(case, result.day) or diagnosed_after(case, result, groups):
            continue
        text = f"{result.test} {result.result} on {result.day}: enter the diagnosis, confirmed or excluded."
        if said == "positive":
            text += " No dose before that; tell the prescriber today."
        yield Reason(text, [result], effect=Effect.HOLD if said == "positive" else Effect.CONFIRM)


def _standing(case: Case, event: Diagnosis) -> Reason:
    if event.status == "suspected":
        text = f"{event.name} is suspected: no dose until it is excluded. Tell the prescriber today."
        return Reason(text, [event], effect=Effect.HOLD)
    if event.status == "history":
        text = f"{event.name} is on record as past: a clinician decides, and says whether it came with natalizumab."
        return Reason(text, [event], effect=Effect.CONFIRM)
    text = f"{event.name} is confirmed: no dose until it is over and recorded as past, or the prescriber releases it."
    return Reason(text, [event], effect=Effect.HOLD)


def _stopped(event: Diagnosis) -> Reason:
    text = f"{event.name} is confirmed under natalizumab: stopped for good. Tell the prescriber today; report it."
    return Reason(text, [event], effect=Effect.STOP)


def _confirmed(case: Case, *groups: str, without: tuple[str, ...]) -> list[Named]:
    """Infections that natalizumab may have let in, confirmed while it acted: opportunistic ones, no others."""
    found = within(case.named(Diagnosis), *groups)
    return [
        f
        for f in found
        if f.event.status in (None, "confirmed")
        and exposed(case, f.event.day)
        and f.within(*OPPORTUNISTIC)
        and not f.within(*without)
    ]
