"""A symptom that suggests hypersensitivity, told between doses or not entered as a reaction (HYP-02)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Reason
from natalizumab.care.protocol import Protocol
from natalizumab.care.triage import signs, speak
from natalizumab.record import Reaction


def hyp_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """Hives, swelling or anaphylaxis hold, as a suspected allergy does; an itch or a wheeze alone asks.

    Once it is entered as a reaction, HYP-01 judges it by its features.
    """
    reactions = case.all(Reaction)
    told = [sign for sign in signs(case, "hypersensitivity") if not any(r.day >= sign.event.day for r in reactions)]
    yield from speak("hypersensitivity", told)
