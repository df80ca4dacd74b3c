"""Natalizumab stopped or held: scans and watch, the clock until the next drug, what comes before it (STP-01 to STP-04).

None of this is asked of somebody who has PML: there other rules lead, and a next drug is for specialists to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Reason
from natalizumab.care.names import Named
from natalizumab.care.next_drug import acting, begun, clock_starts, left_on, planned
from natalizumab.care.protocol import Protocol
from natalizumab.record import Csf, Event, Mri
from natalizumab.record.dates import add_months


def stp_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A scan when natalizumab is stopped, and six months after the last dose of watching for symptoms."""
    left = left_on(case)
    if left is None or case.pml_on_record or case.passed(watch_ends(case, p)):
        return
    facts = _facts(case)
    weeks = timedelta(weeks=p["stop_mri_weeks"])
    if not any(scan.day >= left - weeks for scan in case.all(Mri)):
        yield Item(
            "mri abbreviated", "MRI at the end of treatment, with a look for PML.", left + weeks, left, facts=facts
        )
    ends = watch_ends(case, p)
    text = (
        f"PML can still appear: until {ends} ask about new problems with thinking, speech, vision, strength or balance "
        "at every contact; the person keeps the alert card and calls at once."
    )
    yield Item("symptom watch", text, ends, window_from=left, facts=facts, prompt=True)


def stp_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """No next drug: amber from 8 weeks after the last dose, red from 12; also for somebody whose treatment is held.

    Who simply is late has DOS-05, and the remedy is the dose; past 12 weeks the clock counts for them too.
    """
    start = clock_starts(case)
    waiting = case.stop is not None or case.stopped_for_good or case.held or case.gap
    if start is None or not waiting or case.pml_on_record or case.follow_up_ended or acting(case):
        return
    amber = start + timedelta(weeks=p["next_drug_warn_weeks"])
    red = start + timedelta(weeks=p["next_drug_alarm_weeks"])
    since = f"since the last dose on {start}" if case.last_dose else f"since the stop on {start} (last dose unknown)"
    if case.reached(red):
        text = (
            f"RED: {p['next_drug_alarm_weeks']} weeks or more {since} without a next drug. The effect has worn off "
            "and MS activity returns: the neurologist decides on treatment this week."
        )
        yield Reason(text, _facts(case), since=red)
    elif case.reached(amber):
        text = (
            f"AMBER: {p['next_drug_warn_weeks']} weeks or more {since} without a next drug. MS activity can return "
            f"soon: decide what follows before {red}, when this turns red."
        )
        yield Reason(text, _facts(case))


def stp_03(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """With JC virus antibodies, a scan before the next drug, and perhaps the spinal fluid: PML must not travel along.

    Somebody whose antibody status is not known counts as having them. Without a next drug in sight it ends with the
    watch after the last dose.
    """
    start, order = clock_starts(case), planned(case)
    if start is None or case.antibody.positive is False or case.pml_on_record or begun(case):
        return
    if order is None and (left_on(case) is None or case.passed(watch_ends(case, p))):
        return
    by = order.event.day if order else start + timedelta(weeks=p["next_drug_by_weeks"])
    first = start + timedelta(weeks=p["next_drug_mri_from_weeks"])
    facts = [*case.antibody.facts, *_facts(case), *([order.event] if order else [])]
    yield from _scan_before(case, order, first, by, facts)
    if not any(csf.day >= start for csf in case.all(Csf)):
        text = "Consider spinal fluid for JC virus PCR before the next drug; a negative result does not exclude PML."
        yield Item("csf jcv pcr", text, by, _not_after(first, by), facts=facts, prompt=True)


def _scan_before(case: Case, order: Named | None, first: date, by: date, facts: list[Event]) -> Iterator[Reason | Item]:
    """The scan before the next drug; one that looks like PML is no clearance."""
    if any(scan.day >= first and not scan.suspicious_for_pml for scan in case.all(Mri)):
        return
    who = "JC virus antibodies" if case.antibody.positive else "JC virus antibody status not known"
    what = order.name if order else "the next drug"
    yield Reason(
        f"{who}: no MRI from {first} on, before {what}. Rule PML out before another drug makes it harder to see.",
        facts,
        order=f"{order.name} from {order.event.day}" if order else None,
    )
    text = f"MRI with a look for PML before {what}."
    yield Item("mri abbreviated", text, by, _not_after(first, by), facts=facts)


def stp_04(case: Case, p: Protocol) -> Iterator[Item]:
    """After a switch, a scan every three to four months for a year: PML that began under natalizumab shows late."""
    followed = begun(case)
    if not followed or case.pml_on_record:
        return
    near, far = p["switch_mri_months"]
    switched = followed[0].event
    ends = add_months(switched.day, p["switch_mri_until_months"])
    last = next((scan for scan in reversed(case.all(Mri)) if scan.day > switched.day), None)
    since = last.day if last else switched.day
    window_from = add_months(since, near)
    if window_from > ends or case.passed(add_months(ends, far)):
        return
    text = f"MRI every {near} to {far} months until {ends}, a year after the switch to {followed[0].name}."
    facts = [switched, last] if last else [switched]
    yield Item("mri abbreviated", text, add_months(since, far), window_from=window_from, facts=facts)


def watch_ends(case: Case, p: Protocol) -> date:
    """The last day on which PML of natalizumab is watched for."""
    start = clock_starts(case)
    assert start is not None  # callers ask about somebody who has left
    return add_months(start, p["watch_after_stop_months"])


def _facts(case: Case) -> list[Event]:
    given = list(case.last_dose.events) if case.last_dose is not None else []
    return [*given, *([case.stop] if case.stop is not None else [])]


def _not_after(first: date, by: date) -> date | None:
    """A window opens no later than it closes."""
    return first if first <= by else None
