"""Eligibility: who must not have natalizumab, and who may start it (CON-01 to CON-06, ELI-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from natalizumab.care.case import Case
from natalizumab.care.conditions import comes_after, meaning, standing, tests_of
from natalizumab.care.findings import Effect, Reason
from natalizumab.care.names import Named, named, within
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import vocabulary
from natalizumab.record import Allergy, Diagnosis, Event, Mri, Reaction, Relapse, Stop, Therapy
from natalizumab.record.dates import add_months

_INDICATIONS = ("rapidly evolving severe multiple sclerosis", "highly active multiple sclerosis")


def con_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """Nobody under 18."""
    years = p["minimum_age_years"]
    if case.course.person.born is None:
        yield Reason(
            f"Date of birth unknown: natalizumab is not given under {years} years of age.", effect=Effect.CONFIRM
        )
        return
    birthday = add_months(case.course.person.born, 12 * years)
    if not case.reached(birthday):
        yield Reason(f"Under {years} years of age until {birthday}.", not_before=birthday)


def con_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """PML, now or ever."""
    for event in case.pml_on_record:
        yield Reason("PML is on record: natalizumab is never given again.", [event])


def con_03(case: Case, p: Protocol) -> Iterator[Reason]:
    """Hypersensitivity to natalizumab, ever: as an allergy, a diagnosis or a reaction."""
    yield from _allergies(case)
    for found in within(case.named(Diagnosis), "natalizumab hypersensitivity"):
        if found.event.status in (None, "confirmed", "history"):
            yield Reason(f"{found.name} is on record: natalizumab is never given again.", [found.event])
    for event in standing(case, "natalizumab hypersensitivity"):
        if event.status == "suspected":
            yield Reason(f"{event.name} is suspected: no dose until it is excluded.", [event], effect=Effect.HOLD)
    for reaction in case.all(Reaction):
        if is_hypersensitivity(reaction):
            yield Reason("Hypersensitivity to an earlier dose: natalizumab is never given again.", [reaction])


def _allergies(case: Case) -> Iterator[Reason]:
    for event in case.all(Allergy):
        if vocabulary("substances").find(event.substance) is None:
            continue
        if event.status in (None, "confirmed", "history"):
            yield Reason(f"Allergic to {event.substance}: natalizumab is never given again.", [event])
        if event.status == "suspected" and not _excluded_later(case, event):
            text = f"Allergy to {event.substance} is suspected: no dose until it is excluded."
            yield Reason(text, [event], effect=Effect.HOLD)


def is_hypersensitivity(reaction: Reaction) -> bool:
    """As the record says, or, where it says nothing, by its features."""
    if reaction.hypersensitivity is not None:
        return bool(reaction.hypersensitivity)
    return has_hypersensitivity_feature(reaction)


def has_hypersensitivity_feature(reaction: Reaction) -> bool:
    """Urticaria, wheeze, angio-oedema, hypotension or anaphylaxis among the features."""
    terms = [vocabulary("features").find(feature) for feature in reaction.features or ()]
    return any(term is not None and term.attributes.get("hypersensitivity") is True for term in terms)


def con_04(case: Case, p: Protocol) -> Iterator[Reason]:
    """A weakened immune system: a disease, HIV, or a drug taken now."""
    for event in standing(case, "immunodeficiency"):
        yield Reason(f"A condition that weakens immunity is on record ({event.name}).", [event])
    yield from _hiv(case)
    for found in _taken_now(case):
        if found.within("immunosuppressant"):
            yield Reason(f"{found.name} weakens immunity and is being taken.", [found.event])


def _hiv(case: Case) -> Iterator[Reason]:
    """A positive test holds; only a plain negative passes; a negative after a positive is for a clinician."""
    tests = [test for _, test in tests_of(case, "hiv")]
    positive = [test for test in tests if meaning(test) == "positive"]
    if not tests or (meaning(tests[-1]) == "negative" and not positive):
        return
    if not positive:
        yield Reason(
            f"The last HIV test is not plainly negative ({tests[-1].result}).", tests[-1:], effect=Effect.CONFIRM
        )
    elif meaning(tests[-1]) == "negative":
        text = "An HIV test was positive and a later one negative: a clinician decides."
        yield Reason(text, [positive[-1], tests[-1]], effect=Effect.CONFIRM)
    else:
        yield Reason("An HIV test is positive.", positive[-1:])


def con_05(case: Case, p: Protocol) -> Iterator[Reason]:
    """No second disease-modifying or immunosuppressive drug beside natalizumab."""
    for found in _taken_now(case):
        if found.within("dmt", "immunosuppressant"):
            yield Reason(f"{found.name} is being taken: it is not combined with natalizumab.", [found.event])
        elif found.within("corticosteroid"):
            yield from _corticosteroid(case, found, p)
    if case.stop is not None:
        return  # the next drug is what comes after natalizumab
    for found in named(case.planned(Therapy), "therapies"):
        stopped_by_then = any(stop.day <= found.event.day for stop in case.planned(Stop))
        if found.within("dmt", "immunosuppressant") and not stopped_by_then:
            text = f"{found.name} is planned beside natalizumab: it is not combined with it."
            yield Reason(text, [found.event], order=f"{found.name} from {found.event.day}")


def con_06(case: Case, p: Protocol) -> Iterator[Reason]:
    """Active cancer, basal cell carcinoma excepted."""
    for event in standing(case, "cancer", ended_by=("excluded", "history")):
        yield Reason(f"Cancer is on record ({event.name}).", [event])


def eli_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """Before the first dose the indication is on record, or somebody confirms it."""
    stated = any(found.term.name in _INDICATIONS for found in case.named(Diagnosis))
    if case.before_first_dose and not (stated or _active_despite_dmt(case) or _rapidly_evolving(case, p)):
        yield Reason(
            "The record shows neither activity despite a disease-modifying drug nor "
            f"{p['relapses_before_start']} relapses within {p['relapses_within_months']} months with activity on a "
            "scan: confirm the indication."
        )


def _active_despite_dmt(case: Case) -> bool:
    treatments = within(case.named(Therapy), "dmt")
    signs = [*case.all(Relapse), *(scan for scan in case.all(Mri) if _active(scan))]
    return any(t.event.day <= sign.day <= (t.event.until or sign.day) for t in treatments for sign in signs)


def _rapidly_evolving(case: Case, p: Protocol) -> bool:
    def recent(event: Event) -> bool:
        return not case.passed(add_months(event.day, p["relapses_within_months"]))

    relapses = [event for event in case.all(Relapse) if recent(event)]
    active = any(_active(scan) for scan in case.all(Mri) if recent(scan))
    return len(relapses) >= p["relapses_before_start"] and active


def _active(scan: Mri) -> bool:
    return bool(scan.new_t2) or bool(scan.gd)


def _taken_now(case: Case) -> Iterator[Named]:
    """Therapies begun and not over, natalizumab itself left out; the last day of one is still a day on it."""
    for found in case.named(Therapy):
        over = found.event.until is not None and case.passed(found.event.until)
        if not over and not found.within("natalizumab"):
            yield found


def _corticosteroid(case: Case, found: Named, p: Protocol) -> Iterator[Reason]:
    """A short course, as for a relapse, is no second immunosuppressant; a long one, known or already so, is."""
    days = timedelta(days=p["short_corticosteroid_days"])
    course = found.event
    if (course.until or course.day) > course.day + days or case.passed(course.day + days):
        text = f"{found.name} for longer than {days.days} days counts as an immunosuppressant."
        yield Reason(text, [course])


def _excluded_later(case: Case, event: Allergy) -> bool:
    words = vocabulary("substances")
    return any(
        later.status == "excluded"
        and comes_after(case, later, event)
        and words.find(later.substance) is words.find(event.substance)
        for later in case.all(Allergy)
    )
