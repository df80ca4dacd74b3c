"""Reactions to a dose (HYP-01)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.eligibility import has_hypersensitivity_feature, is_hypersensitivity
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.record import Antibody, Reaction


def hyp_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Hypersensitivity: stop, never give it again, test for antibodies, report."""
    for event in case.all(Reaction):
        if is_hypersensitivity(event):
            features = ", ".join(event.features or ()) or "no features given"
            text = f"Hypersensitivity on {event.day} ({features}): stopped for good, whatever the grade. Report it."
            yield Reason(text, [event])
            if not any(test.day >= event.day for test in case.all(Antibody)):
                words = "Anti-natalizumab antibody test after the reaction."
                yield Item("antibody test", words, event.day, facts=[event])
        elif has_hypersensitivity_feature(event):
            text = f"The reaction on {event.day} has features of hypersensitivity but is recorded as none: decide."
            yield Reason(text, [event], effect=Effect.CONFIRM)
        elif event.hypersensitivity is None and not event.features:
            text = f"The reaction on {event.day} has no features on record: decide whether it was hypersensitivity."
            yield Reason(text, [event], effect=Effect.CONFIRM)
