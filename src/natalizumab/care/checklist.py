"""The checklist before a dose, and the authorisation to give it (CHK-01 to CHK-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value, values
from natalizumab.record import Authorisation, Checklist, Event, Form, Selfcheck
from natalizumab.record.dates import add_months
from natalizumab.record.standing import since

Kind = TypeVar("Kind", bound=Event)

_NEEDED = "review_repeat_months"
"""Where the protocol says how often it is authorised again, no dose is given without an authorisation."""


def chk_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """Any yes on a checklist since the last dose: no dose, call the prescriber. A yes in a self-check is asked about.

    A prescriber's release ends it; an earlier yes was settled before the dose that followed.
    """
    for check in _since_the_dose(case, Checklist):
        if questions := _yes(check.answers):
            said = " ".join(f'"{_text(q, "question")}" {_text(q, "if_yes")}' for q in questions)
            text = f"Checklist of {check.day}, answered yes: {said}"
            yield Reason(f"{text} {value('checklist.any_yes').value}", [check])
    for own in _since_the_dose(case, Selfcheck):
        if topics := _yes(own.answers):
            said = "; ".join(f"{topic} ({_advice(topic)})" for topic in topics)
            text = f"Self-check of {own.day}, answered yes: {said}. Ask the person before the dose, and enter it."
            yield Reason(text, [own], effect=Effect.CONFIRM)


def chk_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """Not authorised: no dose. Where an authorisation is no duty, an entry that says so is asked about."""
    last = case.last(Authorisation)
    if not (case.treated or case.before_first_dose):
        return
    needed = _NEEDED in p.parameters
    if last is None:
        if needed:
            text = f"No authorisation is on record. {value('checklist.authorised.question').value}"
            yield Reason(text, effect=Effect.CONFIRM)
        return
    if last.status == "not authorised":
        words = f"Not authorised (entry of {last.day})."
    elif last.until is not None and case.passed(last.until):
        words = f"The authorisation ended on {last.until}."
    elif last.until is None and needed and case.passed(add_months(last.day, p[_NEEDED])):
        words = f"Authorised on {last.day}, more than {p[_NEEDED]} months ago."
    else:
        return
    text = f"{words} {value('checklist.authorised.if_no').value}"
    yield Reason(text, [last], effect=None if needed else Effect.CONFIRM)


def chk_03(case: Case, p: Protocol) -> Iterator[Item]:
    """The checklist is asked before each dose, and submitted within a day, whether the dose was given or not."""
    checks = case.all(Checklist)
    last = checks[-1] if checks else None
    forms = [found.event for found in case.named(Form) if found.term.name == "checklist submitted"]
    if last is not None and not any(form.day >= last.day for form in forms):
        due = last.day + timedelta(days=p["checklist_submit_days"])
        text = f"Submit the checklist of {last.day}, whether the dose was given or not."
        yield Item("submit checklist", text, due, facts=[last])
    if (case.treated or case.before_first_dose) and not (last and _since_last_dose(case, last)):
        due = case.first_planned_dose or case.next_due or case.today()
        questions = " ".join(value(f"checklist.{name}.question").value for name in _IN_ORDER)
        yield Item("checklist", f"{questions} {value('checklist.also_ask').value}", due, prompt=True)


_IN_ORDER = ("authorised", "guide", "new_or_worsening", "immune_condition", "other_drug")


def _since_last_dose(case: Case, event: Event) -> bool:
    """On the day of the last dose or later: an answer of that day may have come after it."""
    return case.last_dose is None or event.day >= case.last_dose.day


def _since_the_dose(case: Case, kind: type[Kind]) -> tuple[Kind, ...]:
    """The answers of the day of the last dose or later."""
    answers = case.all(kind)
    return answers if case.last_dose is None else since(answers, case.last_dose.day)


def _yes(answers: Mapping[Any, str]) -> list[str]:
    return [question for question, answer in answers.items() if answer == "yes"]


def _text(question: str, part: str) -> str:
    return str(value(f"checklist.{question}.{part}").value)


def _advice(topic: str) -> str:
    """What to think of; a topic that nobody foresaw is for a clinician."""
    known = {found.key.rpartition(".")[2]: str(found.value) for found in values("checklist.selfcheck")}
    return known.get(topic.strip().casefold(), "a clinician decides")
