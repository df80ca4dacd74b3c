"""Herpes and other infections of the brain and its coverings, and of the retina (HSV-01, ARN-01)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.conditions import tests_of
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.opportunistic import on_record, positive_tests
from natalizumab.care.protocol import Protocol
from natalizumab.care.triage import procedures, same_day, signs, speak
from natalizumab.record import Csf, Event

_FLUID = (
    "Spinal fluid the same day: PCR for herpes simplex and varicella zoster, cryptococcal antigen, culture; with the "
    "JC virus PCR where PML is suspected too. Aciclovir does not wait for it."
)
_EYE = "Examination of the retina by an eye doctor the same day."


def hsv_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Signs of encephalitis or meningitis: hold, aciclovir, spinal fluid the same day. Confirmed: stopped for good.

    Headache, fever, vomiting and rash are common: one of them alone, not worsening, asks; two of them hold.
    """
    found = signs(case, "encephalitis or meningitis")
    yield from speak("encephalitis or meningitis", found, Effect.HOLD)
    told = list(on_record(case, "cns infection", permanent=True))
    yield from told
    yield from positive_tests(case, "spinal fluid infection", "encephalitis or meningitis")
    waiting = [*(sign.event for sign in found if not sign.asks), *_suspected(told)]
    tested = [result for _, result in tests_of(case, "spinal fluid infection")]
    done = [*case.all(Csf), *procedures(case, "spinal fluid"), *tested]
    yield from same_day("spinal fluid for infection", _FLUID, waiting, done)


def arn_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A painful or red eye, or a loss of sight: hold, and an eye doctor the same day. Confirmed: stopped for good."""
    found = signs(case, "acute retinal necrosis")
    yield from speak("acute retinal necrosis", found, Effect.HOLD)
    told = list(on_record(case, "acute retinal necrosis", permanent=True))
    yield from told
    waiting = [*(sign.event for sign in found if not sign.asks), *_suspected(told)]
    yield from same_day("eye examination", _EYE, waiting, procedures(case, "eye"))


def _suspected(told: list[Reason]) -> Iterator[Event]:
    for reason in told:
        for fact in reason.facts:
            if isinstance(fact, Event) and getattr(fact, "status", None) == "suspected":
                yield fact
