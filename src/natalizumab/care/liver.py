"""Liver: jaundice and significant injury (LFT-02), raised tests by grade (LFT-03).

A test holds until a later one is normal. Where the laboratory's upper limit is missing, a result is compared with a
limit that no laboratory's exceeds: what is certain from that holds; what is not certain asks for the limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import takewhile

from natalizumab.care.case import Case
from natalizumab.care.conditions import standing
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.names import in_groups
from natalizumab.care.protocol import Protocol
from natalizumab.care.told import NAMES_KEPT, read
from natalizumab.care.triage import doubt, exposed, same_day, signs, speak
from natalizumab.care.units import RESULTS_KEPT, converted
from natalizumab.evidence import value
from natalizumab.record import Lab, Symptom

_ENZYMES = ("ALT", "AST")
_TESTS = (*_ENZYMES, "bilirubin")
_TODAY = "ALT, AST and bilirubin the same day."


def lft_02(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Jaundice: stopped for good, no rechallenge. Significant injury: held until a later test is normal."""
    jaundice = _jaundice(case)
    for symptom, name, why in jaundice:
        if why is None:
            text = (
                f"{name.capitalize()}, noted on {symptom.day}: natalizumab is stopped for good and not tried again. "
                "Liver tests today; tell the prescriber; report it. If it has another cause, correct the entry."
            )
            yield Reason(text, [symptom])
        else:
            text = f"{name.capitalize()}, noted on {symptom.day} ({why}): make sure that it is no liver injury."
            yield Reason(text, [symptom], effect=Effect.CONFIRM)
    known = {symptom.ref for symptom, *_ in jaundice}
    other = [s for s in signs(case, "liver") if s.event.ref not in known and not _settled(case, s.event)]
    yield from speak("liver", other, Effect.HOLD)
    yield from _injury(case, p)
    yield from _diagnoses(case)
    waiting = [*(s for s, _, why in jaundice if why is None), *(s.event for s in other if not s.asks)]
    yield from same_day("liver tests", _TODAY, waiting, case.labs(*_ENZYMES))


def lft_03(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Raised tests, by local grades: the graver hold (once signed off), the milder ask; from three times, repeat."""
    runs = [run for test in _TESTS if (run := not_normal(case, test))]
    if not runs:
        return
    bounds = (p["liver_hold_times"], p["liver_hold_times_with_bilirubin"], p["bilirubin_raised_times"])
    grave = significant(case, *bounds)
    facts = list(dict.fromkeys(lab for run in runs for lab in (_peak(run), run[-1])))
    told = ", ".join(_told(run[-1]) for run in runs)
    grade = _grade(max((times(_peak(run)) or 0 for run in runs if run[-1].test in _ENZYMES), default=0), p)
    text = f"Liver tests not normal: {told}.{f' The highest was {grade}.' if grade else ''}"
    if any(lab.upper_limit is None for lab in facts):
        text += " The laboratory's upper limit is missing: enter it."
    if not grave and not grade:
        yield Reason(f"{text} A clinician looks at it.", facts, effect=Effect.CONFIRM)
        return
    yield Reason(f"{text} Repeat within {p['liver_repeat_days']} days.", facts, None if grave else Effect.CONFIRM)
    last = max((run[-1] for run in runs), key=lambda lab: lab.day)
    due = last.day + timedelta(days=p["liver_repeat_days"])
    yield Item("liver tests", "Repeat the liver tests (ALT, AST, bilirubin).", due, facts=facts)


# --- symptoms and diagnoses ---


def _jaundice(case: Case) -> list[tuple[Symptom, str, str | None]]:
    """Each sign that ends treatment, and why it may not: from before the treatment, or long after it."""
    told = []
    for found in case.named(Symptom):
        if not _stops(found.name):
            continue
        why = None if exposed(case, found.event.day) else "noted when natalizumab did not act"
        older = doubt(case, found.event)
        if older is not None and found.event.ended is None:
            why = why or older
        told.append((found.event, found.name, why))
    return told


@lru_cache(maxsize=NAMES_KEPT)
def _stops(name: str) -> bool:
    """Whether what a symptom's name tells of ends treatment."""
    return any("liver" in term.attributes.get("stops", ()) for term in read(name).terms)


def _settled(case: Case, symptom: Symptom) -> bool:
    """Whether the liver tests since the symptom were all normal."""
    since = [lab for lab in case.labs(*_ENZYMES) if lab.day >= symptom.day]
    return bool(since) and all(normal(lab) for lab in since)


def _diagnoses(case: Case) -> Iterator[Reason]:
    for event in standing(case, "liver"):
        if in_groups([event], "diagnoses", "viral hepatitis"):
            text = f"{event.name} is on record: it can come back to life; liver tests, and ask a liver clinic."
            yield Reason(text, [event], effect=Effect.CONFIRM)
        elif event.status != "history" and exposed(case, event.day):
            text = f"{event.name} on record while natalizumab acts: no dose until the cause is known and it is over."
            yield Reason(text, [event], effect=Effect.HOLD)
        else:
            yield Reason(f"{event.name} is on record: a clinician decides.", [event], effect=Effect.CONFIRM)


# --- results ---


def _injury(case: Case, p: Protocol) -> Iterator[Reason]:
    bounds = (
        p["liver_injury_times"],
        p["liver_injury_times_with_bilirubin"],
        p["liver_injury_bilirubin_times"],
    )
    facts = significant(case, *bounds)
    if facts:
        text = (
            f"Significant liver injury: {', '.join(_told(lab) for lab in facts)}. No dose until a later test is normal "
            "and the cause is known; if natalizumab caused it, it is not tried again. Tell the prescriber today."
        )
        yield Reason(text, facts, effect=Effect.HOLD)


def significant(case: Case, alone: float, with_bilirubin: float, bilirubin: float) -> list[Lab]:
    """The results of a significant injury since the last normal test, the last ones among them; empty if there is none.

    All bounds are in times the upper limit: ALT or AST ``alone``, or ``with_bilirubin`` beside that much bilirubin.
    """
    yellow = not_normal(case, "bilirubin")
    raised = [lab for lab in yellow if (times(lab) or 0) >= bilirubin]
    limit = with_bilirubin if raised else alone
    facts: list[Lab] = []
    for enzyme in _ENZYMES:
        run = not_normal(case, enzyme)
        if run and (times(_peak(run)) or 0) >= limit:
            facts += [_peak(run), run[-1]]
    if facts and raised:
        facts += [_peak(yellow), yellow[-1]]
    return list(dict.fromkeys(facts))


def not_normal(case: Case, test: str) -> list[Lab]:
    """The results of a test since the last normal one."""
    results = case.labs(test)
    if not results or normal(results[-1]):
        return []
    return list(takewhile(lambda lab: not normal(lab), reversed(results)))[::-1]


def normal(lab: Lab) -> bool:
    """At or below the laboratory's limit; where that is missing, so low that it would be within any."""
    if lab.upper_limit is not None:
        return lab.value <= lab.upper_limit
    return _passes(lab.test, lab.value, lab.unit)


@lru_cache(maxsize=RESULTS_KEPT)
def _passes(test: str, number: float, unit: str) -> bool:
    """Whether a result would be within any laboratory's limit; never in a unit that nobody knows."""
    low = value(f"watch.passes.{test.lower()}")
    known = converted(number, unit, low.unit)
    return known is not None and known <= low.value


def times(lab: Lab) -> float | None:
    """How many times the upper limit; at least so many where it is missing; None where the unit is unknown too."""
    if lab.upper_limit is not None:
        return lab.value / lab.upper_limit
    highest = value(f"watch.above.{lab.test.lower()}")
    number = converted(lab.value, lab.unit, highest.unit)
    return None if number is None else number / highest.value


def _peak(run: Sequence[Lab]) -> Lab:
    return max(run, key=lambda lab: times(lab) or 0)


def _grade(most: float, p: Protocol) -> str | None:
    for number in (4, 3, 2):
        if most > p[f"liver_grade_{number}_times"]:
            return f"grade {number}"
    return None


def _told(lab: Lab) -> str:
    shown = f"{lab.test} {lab.value:g} {lab.unit} on {lab.day}"
    if lab.upper_limit is None:
        return f"{shown} (no upper limit on record)"
    return f"{shown} ({times(lab):.1f} times its upper limit)"
