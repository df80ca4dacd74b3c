"""Prompts and reviews: observation after a dose, informing again, the monthly breast check (OBS-01, REV-02, EDU-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from natalizumab.care.case import Case
from natalizumab.care.findings import Item
from natalizumab.care.names import named
from natalizumab.care.protocol import Protocol
from natalizumab.record import Diagnosis, Form, Selfcheck
from natalizumab.record.dates import add_months


def obs_01(case: Case, p: Protocol) -> Iterator[Item]:
    """An hour of observation after each of the first infusions, and after a restart.

    A number of doses that nobody knows counts as few.
    """
    if not (case.treated or case.before_first_dose):
        return
    count = case.course.dose_count()
    by_injection = case.last_dose is not None and case.last_dose.route == "sc"
    limit = p["observe_injections"] if by_injection else p["observe_infusions"]
    number = count + 1 if count is not None else None
    if number is not None and number > limit and not case.gap:
        return
    which = f"dose number {number}" if number is not None else "a dose whose number is not known"
    text = f"Observe for {p['observe_minutes']} minutes after {which}."
    due = case.first_planned_dose or case.next_due or case.today()
    yield Item("observe", text, due, prompt=True)


def rev_02(case: Case, p: Protocol) -> Iterator[Item]:
    """After two years the PML risk is explained again and the continuation form signed."""
    due = case.months_after_start(p["inform_again_months"])
    if not case.treated or due is None:
        return
    counts_from = add_months(due, -p["inform_early_months"])
    forms = named(case.all(Form), "forms")
    if any(found.term.name == "continuation" and found.event.day >= counts_from for found in forms):
        return
    text = f"Explain the PML risk again and sign the continuation form at {p['inform_again_months']} months."
    yield Item("form continuation", text, due, facts=case.start_facts)


def edu_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A monthly breast check is suggested on treatment; not to men, nor to somebody with breast cancer on record."""
    cancer = any(found.term.name == "breast cancer" for found in named(case.all(Diagnosis), "diagnoses"))
    if not case.treated or cancer or case.course.person.sex == "male":
        return
    checks = [event for event in case.all(Selfcheck) if "breast" in event.answers]
    if checks:
        due = checks[-1].day + timedelta(days=p["breast_check_days"])
    else:
        due = case.first_dose or case.today()
    yield Item("breast check", "Monthly breast check (self-check).", due, facts=checks[-1:], prompt=True)
