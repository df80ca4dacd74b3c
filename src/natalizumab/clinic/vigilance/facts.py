"""What one record says for the clinic's page and its vigilance: pure, of a stated day, under a stated protocol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from natalizumab.care import Protocol, plan
from natalizumab.care.case import Case
from natalizumab.care.eligibility import is_hypersensitivity
from natalizumab.care.names import within
from natalizumab.care.opportunistic import OPPORTUNISTIC
from natalizumab.care.pml_risk import last_published_month, pml_risk
from natalizumab.care.shape import Plan
from natalizumab.care.triage import exposed
from natalizumab.clinic.vigilance import at_risk, infusions
from natalizumab.clinic.vigilance.shape import Facts, ReactionFact
from natalizumab.evidence import vocabulary
from natalizumab.record import Antibody, Diagnosis, Reaction, Record

ON_TREATMENT = ("on treatment", "held")
"""States of a plan in which tests are owed as long as somebody is followed."""

ENDED = "followed no longer"

ANAPHYLAXIS = "anaphylaxis"


def facts_of(record: Record, on: date, protocol: Protocol) -> Facts:
    """All but the ends of months. Raises Refusal where the record can't be read as a course on that day."""
    made = plan(record, on, protocol)
    case = Case(record.course(on), protocol)
    return Facts(
        **_treatment(made, case), **_reactions(case), **_antibodies(case, protocol), **_outcomes(case, record, protocol)
    )


def is_treated(made: Plan, case: Case) -> bool:
    """On treatment or held, and followed here."""
    return made.state in ON_TREATMENT and case.follow_up_ended is None


def _treatment(made: Plan, case: Case) -> dict[str, Any]:
    treated, last = is_treated(made, case), case.last_dose
    return {
        "state": ENDED if case.follow_up_ended is not None else made.state,
        "treated": treated,
        "route": last.route if last and treated else None,
        "interval_weeks": case.interval_weeks if last and treated else None,
        "band": {True: case.band, False: "negative", None: "unknown"}[case.antibody.positive],
        "pml_per_1000": made.pml.per_1000,
        "no_figure": _no_figure(case) if made.pml.per_1000 is None else None,
    }


def _no_figure(case: Case) -> str:
    """Why there is no PML figure, in one of a few words that can be counted."""
    if case.pml_on_record:
        return "pml"
    if not case.started:
        return "not started"
    if case.exposure_month is None:
        return "start unknown"
    if case.antibody.positive is None:
        return "no antibody result"
    return "too late" if case.exposure_month > last_published_month() else "off treatment"


def _reactions(case: Case) -> dict[str, Any]:
    """Reactions by the number of the dose before them, and how many doses of each group were given."""
    numbers = infusions.numbers(case.course)
    found = []
    for reaction in case.all(Reaction):
        dose = case.course.dose_until(reaction.day)
        if dose is not None:
            kinds = {"hypersensitivity": is_hypersensitivity(reaction), "anaphylaxis": _anaphylaxis(reaction)}
            found.append(ReactionFact(dose=dose.day, number=infusions.group(numbers[dose.day]), **kinds))
    return {"doses": dict(Counter(map(infusions.group, numbers.values()))), "reactions": tuple(found)}


def _anaphylaxis(reaction: Reaction) -> bool:
    terms = [vocabulary("features").find(feature) for feature in reaction.features or ()]
    return any(term is not None and term.name == ANAPHYLAXIS for term in terms)


def _antibodies(case: Case, protocol: Protocol) -> dict[str, Any]:
    """Tests for antibodies against natalizumab; lasting: positive twice, so far apart as the protocol says."""
    tests = case.all(Antibody)
    positive = [test.day for test in tests if test.result == "positive"]
    apart = timedelta(days=protocol["antibody_persistent_days"])
    lasting = bool(positive) and positive[-1] - positive[0] >= apart
    return {
        "antibody_tests": len(tests),
        "antibodies": positive[0] if positive else None,
        "lasting_antibodies": positive[-1] if lasting else None,
    }


def _outcomes(case: Case, record: Record, protocol: Protocol) -> dict[str, Any]:
    ended = case.follow_up_ended
    time = at_risk.spans(case.course, protocol, min(case.on, ended.day) if ended else case.on)
    pml = next(_seen_here(case, "pml"), None)
    before_pml = at_risk.spans(case.course, protocol, min(pml, case.on)) if pml else time
    expected = at_risk.expected_pml(record, protocol, before_pml)
    negative_days, seroconverted = at_risk.seroconversion(case.antibody, case.first_dose, time)
    return {
        "negative_days": negative_days,
        "seroconverted": seroconverted,
        "treated_days": sum(span.days for span in time),
        "infections": tuple(_seen_here(case, *OPPORTUNISTIC)),
        "pml": pml,
        "pml_in_covered": pml is not None and _in_covered(record, pml, before_pml, protocol),
        "covered_days": expected.days,
        "expected_pml": expected.cases,
        "expected_status": expected.status,
    }


def _seen_here(case: Case, *groups: str) -> Iterator[date]:
    """The days of confirmed diagnoses that came with natalizumab given here, each condition once."""
    given, said = case.course.doses(), set[str]()
    for found in within(case.named(Diagnosis), *groups):
        confirmed = found.event.status in (None, "confirmed") and found.term.name not in said
        here = bool(given) and given[0].day <= found.event.day and exposed(case, found.event.day)
        if confirmed and here:
            said.add(found.term.name)
            yield found.event.day


def _in_covered(record: Record, pml: date, before: Sequence[at_risk.Span], protocol: Protocol) -> bool:
    """Whether the day before belongs to the time over which cases are expected."""
    if not before or before[-1].end != pml:
        return False
    return pml_risk(Case(record.course(pml - timedelta(days=1)), protocol)).per_1000 is not None
