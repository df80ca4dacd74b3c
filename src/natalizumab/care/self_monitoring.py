"""What the person watches for between visits (EDU-02)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Item
from natalizumab.care.protocol import Protocol
from natalizumab.record.dates import add_months

_SIGNS = (
    "Ask about, and remind of, what is told the same day: change of thinking, speech, behaviour, sight, strength "
    "or balance (ask somebody close too); fever, headache, stiff neck, seizure; a painful or red eye; severe "
    "diarrhoea; breathlessness, loss of weight; yellow skin, dark urine; bruises or bleeding."
)


def edu_02(case: Case, p: Protocol) -> Iterator[Item]:
    """Warning signs are asked for at each visit, and for some months after the last dose."""
    if case.treated:
        yield Item("ask about warning signs", _SIGNS, case.next_due or case.today(), prompt=True)
    elif case.last_dose is not None:
        until = add_months(case.last_dose.day, p["watch_after_stop_months"])
        if not case.passed(until):
            facts = case.last_dose.events
            yield Item("ask about warning signs", f"Until {until}: {_SIGNS}", until, facts=facts, prompt=True)
