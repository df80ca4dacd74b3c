"""Live vaccines (CON-09): held from the decision to start until months after the last dose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import vocabulary
from natalizumab.record import Authorisation, Form, Vaccine
from natalizumab.record.dates import add_months

_GRAVER = ("no", "unknown", "yes")


def con_09(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """No live vaccine from the decision to start until months after the last dose."""
    months = p["live_vaccine_months"]
    ends = add_months(case.last_dose.day, months) if case.last_dose else None
    for event in case.planned(Vaccine):
        live = liveness(event)
        if live == "no" or _over(case, event, ends):
            continue
        if case.before_first_dose and not _decided_to_start(case):
            yield Note(
                f"{event.name}: live vaccines are given before natalizumab; once it is decided they are held.", [event]
            )
            continue
        order = f"{event.name} on {event.day}"
        waiting = ends if case.stop is not None and not case.planned_doses else None
        if live == "yes":
            text = f"{event.name} is a live vaccine: not until {months} months after the last dose of natalizumab."
            yield Reason(text, [event], order=order, not_before=waiting)
        else:
            text = f"Whether {event.name} is a live vaccine is not known here: ask before it is given."
            yield Reason(text, [event], order=order, effect=Effect.CONFIRM, not_before=waiting)
    yield from _given_on_treatment(case, ends)


def _over(case: Case, event: Vaccine, ends: date | None) -> bool:
    """Whether natalizumab will long have gone: stopped or not given for as long, and no dose planned."""
    gone = ends is not None and (case.stop is not None or case.reached(ends))
    return gone and ends is not None and event.day >= ends and not case.planned_doses


def _given_on_treatment(case: Case, ends: date | None) -> Iterator[Reason]:
    """A live vaccine already given since the last dose can't be undone, but somebody must know before the next."""
    for event in case.all(Vaccine):
        acting = case.last_dose is not None and ends is not None and case.last_dose.day <= event.day < ends
        if acting and liveness(event) == "yes":
            text = f"{event.name}, a live vaccine, was given on {event.day} while natalizumab was acting."
            yield Reason(text, [event], effect=Effect.CONFIRM)


def _decided_to_start(case: Case) -> bool:
    signed = any(found.term.name == "initiation" for found in case.named(Form))
    return bool(signed or case.course.planned_doses() or case.all(Authorisation) or case.interval)


def liveness(vaccine: Vaccine) -> str:
    """``yes``, ``no`` or ``unknown``: by name or by code, and where the two disagree, the graver."""
    term = vocabulary("vaccines").find(vaccine.name)
    answers: list[str] = [term.attributes["live"]] if term else []
    if vaccine.cvx is not None:
        answers.append(_by_code().get(vaccine.cvx.strip(), "unknown"))
    return max(answers, key=_GRAVER.index, default="unknown")


@cache
def _by_code() -> dict[str, str]:
    terms = vocabulary("vaccines").terms
    return {code: term.attributes["live"] for term in terms for code in term.attributes.get("cvx", ())}
