"""Eligibility: who must not have natalizumab, and who may start it (CON-01 to CON-06, CON-09, ELI-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Note, Reason
from natalizumab.care.names import Named, in_groups, named
from natalizumab.care.protocol import Protocol
from natalizumab.care.vaccines import liveness
from natalizumab.evidence import vocabulary
from natalizumab.record import (
    Allergy,
    Authorisation,
    Diagnosis,
    Event,
    Form,
    Mri,
    Reaction,
    Relapse,
    Serology,
    Therapy,
    Vaccine,
)
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
    if case.on < birthday:
        yield Reason(f"Under {years} years of age until {birthday}.", not_before=birthday)


def con_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """PML, now or ever."""
    for found in in_groups(case.all(Diagnosis), "diagnoses", "pml"):
        if found.event.status in (None, "confirmed", "history"):
            yield Reason("PML is on record: natalizumab is never given again.", [found.event])


def con_03(case: Case, p: Protocol) -> Iterator[Reason]:
    """Hypersensitivity to natalizumab, ever: as an allergy, a diagnosis or a reaction."""
    yield from _allergies(case)
    for found in in_groups(case.all(Diagnosis), "diagnoses", "natalizumab hypersensitivity"):
        if found.event.status in (None, "confirmed", "history"):
            yield Reason(f"{found.name} is on record: natalizumab is never given again.", [found.event])
    for event in _standing(case, "natalizumab hypersensitivity"):
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
    for event in _standing(case, "immunodeficiency"):
        yield Reason(f"A condition that weakens immunity is on record ({event.name}).", [event])
    for event in _last_serologies(case, "HIV"):
        if event.result.strip().casefold() in ("positive", "reactive", "detected"):
            yield Reason("The last HIV test is positive.", [event])
    for found in _taken_now(case):
        if found.within("immunosuppressant"):
            yield Reason(f"{found.name} weakens immunity and is being taken.", [found.event])


def con_05(case: Case, p: Protocol) -> Iterator[Reason]:
    """No second disease-modifying or immunosuppressive drug beside natalizumab."""
    for found in _taken_now(case):
        if found.within("dmt", "immunosuppressant"):
            yield Reason(f"{found.name} is being taken: it is not combined with natalizumab.", [found.event])
        elif found.within("corticosteroid") and _long_course(found.event, case.on, p):
            text = f"{found.name} for longer than {p['short_corticosteroid_days']} days counts as an immunosuppressant."
            yield Reason(text, [found.event])
    if case.stop is not None:
        return  # the next drug is what comes after natalizumab
    for found in named(case.planned(Therapy), "therapies"):
        if found.within("dmt", "immunosuppressant"):
            text = f"{found.name} is planned beside natalizumab: it is not combined with it."
            yield Reason(text, [found.event], order=f"{found.name} from {found.event.day}")


def con_06(case: Case, p: Protocol) -> Iterator[Reason]:
    """Active cancer, basal cell carcinoma excepted."""
    for event in _standing(case, "cancer", ended_by=("excluded", "history")):
        if event.status != "history":
            yield Reason(f"Cancer is on record ({event.name}).", [event])


def con_09(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """No live vaccine from the decision to start until months after the last dose."""
    months = p["live_vaccine_months"]
    ends = add_months(case.last_dose.day, months) if case.last_dose else None
    for event in case.planned(Vaccine):
        if case.stop is not None and ends and event.day >= ends:
            continue
        live = liveness(event)
        if live == "no":
            continue
        if case.before_first_dose and not _decided_to_start(case):
            yield Note(
                f"{event.name}: give live vaccines before natalizumab; once it is decided they are held.", [event]
            )
            continue
        order = f"{event.name} on {event.day}"
        waiting = ends if case.stop is not None else None
        if live == "yes":
            text = f"{event.name} is a live vaccine: not until {months} months after the last dose of natalizumab."
            yield Reason(text, [event], order=order, not_before=waiting)
        else:
            text = f"Whether {event.name} is a live vaccine is not known here: ask before it is given."
            yield Reason(text, [event], order=order, effect=Effect.CONFIRM, not_before=waiting)
    yield from _given_on_treatment(case)


def _given_on_treatment(case: Case) -> Iterator[Reason]:
    """A live vaccine already given between doses can't be undone, but somebody must know before the next dose."""
    for event in case.all(Vaccine):
        after_last_dose = case.last_dose is not None and event.day >= case.last_dose.day
        if after_last_dose and liveness(event) == "yes":
            text = f"{event.name}, a live vaccine, was given on {event.day} while natalizumab was acting."
            yield Reason(text, [event], effect=Effect.CONFIRM)


def eli_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """Before the first dose the indication is on record, or somebody confirms it."""
    stated = any(found.term.name in _INDICATIONS for found in named(case.all(Diagnosis), "diagnoses"))
    if case.before_first_dose and not (stated or _active_despite_dmt(case) or _rapidly_evolving(case, p)):
        yield Reason(
            "The record shows neither activity despite a disease-modifying drug nor "
            f"{p['relapses_before_start']} relapses within {p['relapses_within_months']} months with activity on a "
            "scan: confirm the indication."
        )


def _active_despite_dmt(case: Case) -> bool:
    treatments = in_groups(case.all(Therapy), "therapies", "dmt")
    signs = [*case.all(Relapse), *(scan for scan in case.all(Mri) if _active(scan))]
    return any(t.event.day <= sign.day <= (t.event.until or case.on) for t in treatments for sign in signs)


def _rapidly_evolving(case: Case, p: Protocol) -> bool:
    since = add_months(case.on, -p["relapses_within_months"])
    relapses = [event for event in case.all(Relapse) if event.day >= since]
    active = any(_active(scan) for scan in case.all(Mri))
    return len(relapses) >= p["relapses_before_start"] and active


def _active(scan: Mri) -> bool:
    return bool(scan.new_t2) or bool(scan.gd)


def _taken_now(case: Case) -> Iterator[Named]:
    """Therapies begun and not over, natalizumab itself left out; the last day of one is still a day on it."""
    for found in named(case.all(Therapy), "therapies"):
        over = found.event.until is not None and found.event.until < case.on
        if not over and not found.within("natalizumab"):
            yield found


def _long_course(event: Event, on: date, p: Protocol) -> bool:
    return bool(on - event.day > timedelta(days=p["short_corticosteroid_days"]))


def _standing(case: Case, group: str, ended_by: tuple[str, ...] = ("excluded",)) -> Iterator[Any]:
    """Diagnoses of a group that still stand: a suspected one ends when excluded, a confirmed one as ``ended_by`` says.

    ``excluded`` never ends a confirmed diagnosis: that is a correction of the facts, and is entered as one.
    """
    found = in_groups(case.all(Diagnosis), "diagnoses", group)
    for name in dict.fromkeys(f.term.name for f in found):
        events = [f.event for f in found if f.term.name == name]
        standing = None
        for event in events:
            if event.status == "excluded":
                standing = None if standing is None or standing.status == "suspected" else standing
            elif event.status == "suspected" and standing is not None and standing.status != "history":
                continue
            else:
                standing = event
        if standing is not None and not (standing.status == "history" and "history" in ended_by):
            yield standing


def _excluded_later(case: Case, event: Allergy) -> bool:
    words = vocabulary("substances")
    return any(
        later.status == "excluded"
        and later.day >= event.day
        and words.find(later.substance) is words.find(event.substance)
        for later in case.all(Allergy)
    )


def _last_serologies(case: Case, test: str) -> list[Serology]:
    found = [event for event in case.all(Serology) if event.test.strip().casefold() == test.casefold()]
    return found[-1:]


def _decided_to_start(case: Case) -> bool:
    signed = any(found.term.name == "initiation" for found in named(case.all(Form), "forms"))
    return bool(signed or case.course.planned_doses() or case.all(Authorisation) or case.interval)
