"""What this version has no rule for yet (REC-07).

A plan that can't judge an entry must not pass over it: until its rule exists, a clinician decides. Each function goes
when its rule comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.conditions import meaning, standing
from natalizumab.care.eligibility import is_hypersensitivity
from natalizumab.care.findings import Reason
from natalizumab.care.names import named
from natalizumab.care.protocol import Protocol
from natalizumab.care.units import converted
from natalizumab.evidence import value, values, vocabulary
from natalizumab.record import (
    Antibody,
    Authorisation,
    Breastfeeding,
    Checklist,
    Event,
    Lab,
    Pregnancy,
    Reaction,
    Selfcheck,
    Serology,
    Symptom,
)

_GRAVE = (
    *("opportunistic infection", "cns infection", "gcn", "iris", "cns lymphoma"),
    *("blood", "platelets", "tuberculosis", "viral hepatitis", "liver"),
)
_IMMUNITY = ("vzv", "varicella", "measles", "mumps", "rubella", "anti-hbs")

Told = Iterator[tuple[Event, str]]


def rec_07(case: Case, p: Protocol) -> Iterator[Reason]:
    """An entry that may matter and that no rule of this version judges: a clinician decides."""
    for tell in _TELLING:
        for event, words in tell(case):
            text = f"A clinician decides: {words} (entry of {event.day}). This version has no rule for it yet."
            yield Reason(text, [event])


def _antibodies(case: Case) -> Told:
    for test in case.all(Antibody):
        if test.result == "positive":
            yield test, "antibodies against natalizumab"


def _laboratory(case: Case) -> Told:
    """The last result of each test: above the laboratory's limit, or beyond ours where it states none."""
    last = {result.test: result for result in case.all(Lab)}
    for result in last.values():
        doubt = _doubt(result)
        if doubt:
            yield result, f"{result.test} {result.value:g} {result.unit}, {doubt}"


def _doubt(result: Lab) -> str | None:
    if result.upper_limit is not None and result.value > result.upper_limit:
        return "above its limit"
    for side in ("above", "below"):
        for limit in values(f"watch.{side}.{result.test.lower()}"):
            number = converted(result.value, result.unit, limit.unit)
            if number is None:
                return "in a unit that is not known here"
            stated = side == "above" and result.upper_limit is not None
            beyond = number > limit.value if side == "above" else number < limit.value
            if beyond and not stated:
                return f"{side} {limit.value:g} {limit.unit}"
    return None


def _serology(case: Case) -> Told:
    """The last result of each test that is not plainly negative; HIV is judged by CON-04, immunity is no danger."""
    last = {result.test.strip().casefold(): result for result in case.all(Serology)}
    for test, result in last.items():
        if "hiv" not in test and test not in _IMMUNITY and meaning(result) != "negative":
            yield result, f"{result.test} {result.result}"


def _reactions(case: Case) -> Told:
    """A reaction that was severe, or whose features could be hypersensitivity, where nobody said whether it was."""
    for reaction in case.all(Reaction):
        terms = [vocabulary("features").find(feature) for feature in reaction.features or ()]
        unclear = any(term is not None and term.attributes.get("unclear") for term in terms)
        severe = reaction.grade is not None and reaction.grade >= value("watch.reaction_grade").value
        unsaid = reaction.hypersensitivity is None and bool(reaction.features)  # without features: HYP-01 asks
        if unsaid and (unclear or severe) and not is_hypersensitivity(reaction):
            yield reaction, f"reaction ({', '.join(reaction.features)}) that may be hypersensitivity"


def _outside_clinic(case: Case) -> Told:
    for planned in case.planned_doses():
        for event in planned.events:
            if event.place == "home":
                yield event, "a dose outside the clinic"


def _symptoms(case: Case) -> Told:
    """Symptoms that suggest a danger other than PML and are not over; those that suggest PML are judged by PML-01."""
    for found in named(case.all(Symptom), "symptoms"):
        symptom, suggests = found.event, found.term.attributes.get("suggests", ())
        over = symptom.ended is not None and case.reached(symptom.ended)
        if suggests and "pml" not in suggests and not over:
            yield symptom, f"{found.name} (think of {', '.join(suggests)})"


def _pregnancy(case: Case) -> Told:
    """The last entry of each, unless it says that it has ended."""
    for event, words in ((case.last(Pregnancy), "pregnancy"), (case.last(Breastfeeding), "breast-feeding")):
        if event is not None and not (event.ended is not None and case.reached(event.ended)):
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
    elif last is not None and last.until is not None and case.passed(last.until):
        yield last, f"authorisation ended on {last.until}"


def _infections(case: Case) -> Told:
    """Conditions that bear on a dose, unless excluded; a common infection only if it came since the last dose."""
    told = {event.ref: event for event in standing(case, *_GRAVE)}
    for event in standing(case, "infection"):
        if event.status != "history" and (case.last_dose is None or event.day >= case.last_dose.day):
            told[event.ref] = event
    yield from ((event, event.name) for event in told.values())


_TELLING = (
    _symptoms,
    _pregnancy,
    _antibodies,
    _laboratory,
    _serology,
    _reactions,
    _answers,
    _outside_clinic,
    _authorisation,
    _infections,
)
