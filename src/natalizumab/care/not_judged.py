"""What this version has no rule for yet (REC-07).

A plan that can't judge an entry must not pass over it: until its rule exists, a clinician decides. Each function goes
when its rule comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.conditions import meaning
from natalizumab.care.findings import Reason
from natalizumab.care.pregnancy import is_pregnancy_test
from natalizumab.care.protocol import Protocol
from natalizumab.record import (
    Event,
    Serology,
)

_IMMUNITY = ("vzv", "varicella", "measles", "mumps", "rubella", "anti-hbs")

Told = Iterator[tuple[Event, str]]


def rec_07(case: Case, p: Protocol) -> Iterator[Reason]:
    """An entry that may matter and that no rule of this version judges: a clinician decides."""
    for tell in _TELLING:
        for event, words in tell(case):
            text = f"A clinician decides: {words} (entry of {event.day}). This version has no rule for it yet."
            yield Reason(text, [event])


def _serology(case: Case) -> Told:
    """The last result of each test that is not plainly negative; HIV is judged by CON-04, pregnancy by CON-07."""
    last = {result.test.strip().casefold(): result for result in case.all(Serology)}
    for test, result in last.items():
        judged = "hiv" in test or is_pregnancy_test(result)
        if not judged and test not in _IMMUNITY and meaning(result) != "negative":
            yield result, f"{result.test} {result.result}"


_TELLING = (_serology,)
