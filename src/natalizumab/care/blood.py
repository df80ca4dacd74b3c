"""Blood counts: bleeding and platelets (FBC-01), lymphocytes, leukocytes and haemoglobin (FBC-02).

A low count holds until a later one is not low. Natalizumab raises lymphocytes: a moderate rise is no finding, a low
count is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from natalizumab.care.case import Case
from natalizumab.care.conditions import standing
from natalizumab.care.findings import Effect, Item, Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.care.triage import Sign, same_day, signs, speak
from natalizumab.care.units import RESULTS_KEPT, converted
from natalizumab.evidence import value, values
from natalizumab.record import Lab

_RISE = ("lymphocytes", "leukocytes")
"""What natalizumab raises."""


def fbc_01(case: Case, p: Protocol) -> Iterator[Reason | Item | Note]:
    """Bleeding signs: a full blood count the same day; with low platelets they hold, and so do very few platelets."""
    found = [sign for sign in signs(case, "platelets") if not _settled(case, sign)]
    fresh = [sign.event for sign in found if sign.doubt is None]
    low = low_run(case, "platelets")
    diagnosed = list(standing(case, "platelets"))
    current = [event for event in diagnosed if event.status != "history"]
    if fresh and (low or current):
        text = "Bleeding signs with low platelets: no dose. Tell the prescriber and a blood specialist today."
        yield Reason(text, [*fresh, *low[-1:], *current], effect=Effect.HOLD)
    else:
        yield from speak("platelets", found)
    yield from _count(case, "platelets")
    for event in diagnosed:
        yield Reason(f"{event.name} is on record: full blood count before a dose; a clinician decides.", [event])
    counts = case.labs("platelets")
    yield from same_day("full blood count", "Full blood count with platelets the same day.", fresh, counts)


def fbc_02(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """Low counts ask, very low ones hold; a rise of lymphocytes is the drug's effect, a great one asks."""
    for test in ("lymphocytes", "leukocytes", "haemoglobin"):
        yield from _count(case, test)
    for event in standing(case, "blood", ended_by=("excluded", "history")):
        yield Reason(f"{event.name} is on record: full blood count; a clinician decides.", [event])


def _settled(case: Case, sign: Sign) -> bool:
    """Whether the platelets counted since the sign were all enough."""
    since = [lab for lab in case.labs("platelets") if lab.day >= sign.event.day]
    return bool(since) and not any(_is_low(lab) for lab in since)


def _count(case: Case, test: str) -> Iterator[Reason | Note]:
    results = case.labs(test)
    low = low_run(case, test)
    if low:
        yield _low(low)
    elif results:
        yield from _high(results[-1])


def _low(run: list[Lab]) -> Reason:
    last = run[-1]
    limit = value(f"watch.hold_below.{last.test}")
    numbers = [(lab, converted(lab.value, lab.unit, limit.unit)) for lab in run]
    very_low = [lab for lab, number in numbers if number is not None and number < limit.value]
    told = f"{last.test.capitalize()} {last.value:g} {last.unit} on {last.day}"
    if very_low:
        text = (
            f"{told}; below {limit.value:g} {limit.unit} on {very_low[-1].day}: no dose until a later count is "
            "enough. Repeat it, look for the cause, tell the prescriber."
        )
        return Reason(text, list(dict.fromkeys([very_low[-1], last])), effect=Effect.HOLD)
    if converted(last.value, last.unit, limit.unit) is None:
        text = f"{told}: the unit is not known here, so it can't be judged. Enter it as {limit.unit}."
    else:
        text = f"{told}: low. Repeat it and look for the cause; a clinician decides."
    return Reason(text, [last], effect=Effect.CONFIRM)


def _high(last: Lab) -> Iterator[Reason | Note]:
    above_limit = last.upper_limit is not None and last.value > last.upper_limit
    unexplained = _above(last.test, last.value, last.unit)
    if not (unexplained or above_limit):
        return
    told = f"{last.test.capitalize()} {last.value:g} {last.unit} on {last.day}"
    if unexplained:
        text = f"{told}: more than natalizumab explains. Repeat it, with a blood film; a clinician decides."
        yield Reason(text, [last], effect=Effect.CONFIRM)
    elif last.test in _RISE:
        yield Note(f"{told}: above the laboratory's limit, as expected on natalizumab.", [last])
    else:
        yield Reason(f"{told}: above the laboratory's limit. A clinician looks at it.", [last], effect=Effect.CONFIRM)


@lru_cache(maxsize=RESULTS_KEPT)
def _above(test: str, number: float, unit: str) -> bool:
    """Whether a count is higher than natalizumab explains; never in a unit that nobody knows."""
    known = [(converted(number, unit, limit.unit), limit.value) for limit in values(f"watch.above.{test}")]
    return any(found is not None and found > most for found, most in known)


def low_run(case: Case, test: str) -> list[Lab]:
    """The results of a test since the last one that was not low; one in an unknown unit counts as low."""
    results = case.labs(test)
    if not results or not _is_low(results[-1]):
        return []
    return list(takewhile(_is_low, reversed(results)))[::-1]


def _is_low(lab: Lab) -> bool:
    return _below(lab.test, lab.value, lab.unit)


@lru_cache(maxsize=RESULTS_KEPT)
def _below(test: str, number: float, unit: str) -> bool:
    """Whether a count is low, or may be, because nobody knows its unit."""
    limit = value(f"watch.below.{test}")
    known = converted(number, unit, limit.unit)
    return known is None or known < limit.value
