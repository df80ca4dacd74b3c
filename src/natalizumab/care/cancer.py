"""Signs of cancer of the breast, skin and lymph nodes, and lymphoma of the brain (CAN-01, CAN-02)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.conditions import standing
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.care.triage import exposed, procedures, same_day, signs, speak
from natalizumab.record import Event

CANCER_HELD = ("eu", "uk")
"""Where CON-06 holds a dose for active cancer."""


def can_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A breast lump, a changing mole or a swollen gland: urgent assessment, until a diagnosis answers it."""
    found = signs(case, "cancer")
    yield from speak("cancer", found)
    fresh = [sign.event for sign in found if sign.doubt is None]
    text = "Urgent assessment of the breast, the skin or the gland, by referral."
    yield from same_day("urgent assessment", text, fresh, procedures(case, "cancer check"))
    if p.jurisdiction in CANCER_HELD:
        return
    for event in standing(case, "cancer", ended_by=("excluded", "history")):
        yield Reason(f"Cancer is on record ({event.name}): a clinician decides, with the cancer team.", [event])


def can_02(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A mass in the brain that is unlike PML: no dose, biopsy. Lymphoma confirmed: stopped for good."""
    found = signs(case, "cns lymphoma")
    yield from speak("cns lymphoma", found, Effect.HOLD)
    suspected: list[Event] = [sign.event for sign in found if not sign.asks]
    for event in standing(case, "cns lymphoma"):
        if event.status == "suspected":
            text = f"{event.name} is suspected: no dose until it is excluded. Tell the neurologist today."
            yield Reason(text, [event], effect=Effect.HOLD)
            suspected.append(event)
        elif exposed(case, event.day):
            text = f"{event.name} is confirmed under natalizumab: stopped for good. Tell the cancer team; report it."
            yield Reason(text, [event])
    text = "A biopsy is discussed with neurosurgery, after a scan with gadolinium."
    yield from same_day("biopsy discussed", text, suspected, procedures(case, "brain biopsy"))
