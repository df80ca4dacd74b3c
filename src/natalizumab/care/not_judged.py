"""What this version has no rule for yet (REC-07).

A plan that can't judge an entry must not pass over it: until its rule exists, a clinician decides. Each function goes
when its rule comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Reason
from natalizumab.care.names import named
from natalizumab.care.protocol import Protocol
from natalizumab.record import (
    Antibody,
    Authorisation,
    Breastfeeding,
    Checklist,
    Diagnosis,
    Event,
    Lab,
    Pregnancy,
    Selfcheck,
    Symptom,
)

Told = Iterator[tuple[Event, str]]


def rec_07(case: Case, p: Protocol) -> Iterator[Reason]:
    """An entry that may matter and that no rule of this version judges: a clinician decides."""
    for tell in (_antibodies, _laboratory, _symptoms, _pregnancy, _answers, _authorisation, _infections):
        for event, words in tell(case):
            text = f"This version has no rule for it yet, a clinician decides: {words} ({event.day})."
            yield Reason(text, [event])


def _antibodies(case: Case) -> Told:
    for test in case.all(Antibody):
        if test.result == "positive":
            yield test, "antibodies against natalizumab"


def _laboratory(case: Case) -> Told:
    """The last result of each test, if above the limit that the laboratory states."""
    last = {result.test: result for result in case.all(Lab)}
    for result in last.values():
        if result.upper_limit is not None and result.value > result.upper_limit:
            yield result, f"{result.test} {result.value:g} {result.unit}, above its limit"


def _symptoms(case: Case) -> Told:
    """Symptoms that suggest a danger other than PML and are not over; those that suggest PML are judged by PML-01."""
    for found in named(case.all(Symptom), "symptoms"):
        symptom, suggests = found.event, found.term.attributes.get("suggests", ())
        over = symptom.ended is not None and symptom.ended <= case.on
        if suggests and "pml" not in suggests and not over:
            yield symptom, f"{found.name} (think of {', '.join(suggests)})"


def _pregnancy(case: Case) -> Told:
    """The last entry of each, unless it says that it has ended."""
    for event, words in ((case.last(Pregnancy), "pregnancy"), (case.last(Breastfeeding), "breast-feeding")):
        if event is not None and not (event.ended is not None and event.ended <= case.on):
            yield event, words


def _answers(case: Case) -> Told:
    """A "yes" on a checklist or self-check since the last dose; an earlier one was settled before that dose."""
    checks: tuple[Checklist | Selfcheck, ...] = (*case.all(Checklist), *case.all(Selfcheck))
    for check in checks:
        yes = [question for question, answer in check.answers.items() if answer == "yes"]
        if yes and (case.last_dose is None or check.day >= case.last_dose.day):
            yield check, f"{check.kind} answered yes to {', '.join(yes)}"


def _authorisation(case: Case) -> Told:
    last = case.last(Authorisation)
    if last is not None and last.status == "not authorised":
        yield last, "not authorised"


def _infections(case: Case) -> Told:
    for found in named(case.all(Diagnosis), "diagnoses"):
        if found.within("opportunistic infection", "gcn", "cns lymphoma") and found.event.status != "excluded":
            yield found.event, found.name
