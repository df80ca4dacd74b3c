"""Observation after a dose, and doses outside the clinic (OBS-01 to OBS-03)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.record import Administration, Checklist, Reaction
from natalizumab.record.dates import add_months
from natalizumab.record.standing import since


def obs_01(case: Case, p: Protocol) -> Iterator[Item]:
    """An hour of observation after each of the first infusions, and after a restart; six months without begin anew.

    A number of doses that nobody knows counts as few. Which doses are the risky ones is said.
    """
    if not (case.treated or case.before_first_dose or (_restarting(case) and case.planned_doses)):
        return
    number, anew = _coming_number(case, p)
    if minutes_of_observation(case, p, case.last_dose.route if case.last_dose else "iv") is None:
        return
    which = f"dose number {number}" if number is not None else "a dose whose number is not known"
    text = f"Observe for {p['observe_minutes']} minutes after {which}{' since the gap' if anew else ''}."
    due = case.first_planned_dose or case.next_due or case.today()
    yield Item("observe", text + _risky(case, p, number), due, prompt=True)


def minutes_of_observation(case: Case, p: Protocol, route: str) -> int | None:
    """For how long the coming dose is observed after its end, given by that route; None where a clinician decides."""
    number, _ = _coming_number(case, p)
    limit = p["observe_injections"] if route == "sc" else p["observe_infusions"]
    if number is not None and number > limit and not _restarting(case):
        return None
    minutes: int = p["observe_minutes"]
    return minutes


def _restarting(case: Case) -> bool:
    """Whether the coming dose is the first after a gap or a stop."""
    return not case.stopped_for_good and (case.gap or (case.started and case.stop is not None))


def _coming_number(case: Case, p: Protocol) -> tuple[int | None, bool]:
    """The number of the coming dose, and whether it is counted from a gap of six months."""
    doses, months = case.course.doses(), p["long_gap_months"]
    gaps = case.course.gaps_of_months(months)
    if doses and case.reached(add_months(doses[-1].day, months)):
        return 1, True
    if gaps:
        return len(since(doses, gaps[-1][1].day)) + 1, True
    count = case.course.dose_count()
    return (None if count is None else count + 1), False


def _risky(case: Case, p: Protocol, number: int | None) -> str:
    """Said where the coming dose is one at which reactions are likelier."""
    first, last = p["risky_doses"]
    if _restarting(case):
        return " The first dose after a gap or a stop is a risky one again: be ready to treat a reaction."
    if number is not None and first <= number <= last:
        return (
            f" Reactions come most often at doses {first} to {last}, mostly within {p['reaction_hours']} hours of the "
            "start; ask about late ones (rash, fever, joint pain) at the next visit."
        )
    return ""


def obs_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """Outside the clinic only injections, and only after six of them were tolerated, the last one too.

    It holds the place, not the dose: in the clinic the dose may be given.
    """
    for dose in case.planned_doses:
        if not _at_home(dose):
            continue
        place = f"the dose of {dose.day} outside the clinic"
        if dose.route != "sc":
            text = f"{_first_upper(place)}: only injections under the skin may be given there. Plan it in the clinic."
            yield Reason(text, dose.events, order=place)
        elif not _ready_for_home(case, p):
            text = (
                f"{_first_upper(place)}: it may be given there only after {p['outside_clinic_doses']} tolerated "
                f"injections, the last one included; on record are {_tolerated(case)}. Plan it in the clinic."
            )
            yield Reason(text, dose.events, order=place)


def obs_03(case: Case, p: Protocol) -> Iterator[Item]:
    """Before each dose outside the clinic the checklist is gone through."""
    planned = case.planned_doses
    last = case.last_dose
    if planned:
        due = next((dose.day for dose in planned if _at_home(dose)), None)
    else:
        due = case.next_due if case.treated and last is not None and _at_home(last) else None
    if due is None or any(last is None or check.day > last.day for check in case.all(Checklist)):
        return
    text = "Go through the checklist before the dose outside the clinic; any yes: no dose, call the prescriber."
    yield Item("checklist", text, due, prompt=True)


def _at_home(dose: Administration) -> bool:
    return any(event.place == "home" for event in dose.events)


def _ready_for_home(case: Case, p: Protocol) -> bool:
    injections = _injections(case)
    return _tolerated(case) >= p["outside_clinic_doses"] and _was_tolerated(case, injections[-1])


def _tolerated(case: Case) -> int:
    return sum(_was_tolerated(case, dose) for dose in _injections(case))


def _injections(case: Case) -> list[Administration]:
    return [dose for dose in case.course.doses() if dose.route == "sc"]


def _was_tolerated(case: Case, dose: Administration) -> bool:
    """Nobody said otherwise: it was completed, and no reaction stands on its day."""
    said = any(event.tolerated is False for event in dose.events)
    reaction = any(event.day == dose.day for event in case.all(Reaction))
    return not (said or reaction or dose.incomplete)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
