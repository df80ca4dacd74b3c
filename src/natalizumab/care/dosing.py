"""The dose and its timing (DOS-01 to DOS-03, DOS-05, DOS-11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.record import Administration, Dose
from natalizumab.record.dates import add_days


def dos_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """300 mg, never more nor less; under the skin two injections of 150 mg.

    Judged are the doses planned from today on, and the last one given: a wrong dose on record is an error to settle
    before the next.
    """
    judged = [(dose, f"planned for {dose.day}") for dose in case.planned_doses]
    if case.last_dose is not None:
        judged.append((case.last_dose, f"given on {case.last_dose.day}"))
    for dose, when in judged:
        if dose.ordered_mg == p["dose_mg"] and dose.given_mg <= p["dose_mg"]:
            continue
        amount = max(dose.ordered_mg, dose.given_mg) if dose.ordered_mg == p["dose_mg"] else dose.ordered_mg
        parts = f", as two injections of {p['sc_syringe_mg']} mg" if dose.route == "sc" else ""
        yield Reason(f"{amount:g} mg {when}: the dose is {p['dose_mg']} mg{parts}.", dose.events)


def dos_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """The second injection within half an hour of the first."""
    for event in case.last_dose.events if case.last_dose else ():
        minutes = event.second_injection_minutes
        if minutes is None:
            minutes = _minutes_apart(case.last_dose, event)
        if event.route == "sc" and minutes is not None and minutes > p["sc_second_injection_minutes"]:
            text = f"Second injection after {minutes:g} minutes; it follows within {p['sc_second_injection_minutes']}."
            yield Reason(text, [event])


def _minutes_apart(dose: Administration | None, event: Dose) -> float | None:
    """Minutes between the first injection and this one, where both were entered with their times."""
    times = [other.at for other in dose.events if other.at is not None] if dose else []
    if event.at is None or not times:
        return None
    return (event.at - min(times)).total_seconds() / 60


def dos_03(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """No dose within 21 days of the last; up to 25 days it is early and somebody confirms.

    On a longer interval, a later day that is still before the due one is said.
    """
    if case.stopped_for_good:
        return
    if case.treated and case.interval and timedelta(weeks=case.interval.weeks) < timedelta(days=p["earliest_days"]):
        text = f"The prescribed interval of {_weeks(case.interval.weeks)} is shorter than {p['earliest_days']} days."
        yield Reason(text, [case.interval], effect=Effect.CONFIRM)
    if case.last_dose is not None:
        yield from _too_soon(case, case.last_dose, None, p)
    if case.interval is not None and _before_extended(case, p):
        yield Note(
            f"Sooner than the prescribed {case.interval_weeks:g} weeks: due on {case.next_due}.", [case.interval]
        )
    previous = case.last_dose
    for dose in case.planned_doses:
        if previous is not None and not case.reached(dose.day):
            yield from _too_soon(case, previous, dose, p)
        previous = dose


def _before_extended(case: Case, p: Protocol) -> bool:
    """Whether a longer interval is prescribed, and the date lies past "early" but before the day on which it is due."""
    if not (case.treated and case.extended and case.last_dose and case.next_due) or case.reached(case.next_due):
        return False
    return case.passed(add_days(case.last_dose.day, p["early_until_days"]))


def _too_soon(case: Case, previous: Administration, order: Administration | None, p: Protocol) -> Iterator[Reason]:
    """``order`` is a planned dose judged against the one before it; None for a dose on the date asked about."""
    earliest = add_days(previous.day, p["earliest_days"])
    usual = add_days(previous.day, p["early_until_days"] + 1)
    days = ((order.day if order else case.on) - previous.day).days
    what = f"dose on {order.day}" if order else None
    facts = [*previous.events, *(order.events if order else ())]
    if not (order.day >= earliest if order else case.reached(earliest)):
        text = f"{days} days after the last dose: not before {earliest} ({p['earliest_days']} days)."
        yield Reason(_of_the_planned(order, text), facts, order=what, not_before=earliest)
    elif not (order.day >= usual if order else case.reached(usual)):
        text = f"{days} days after the last dose: early (up to {p['early_until_days']} days)."
        yield Reason(_of_the_planned(order, text), facts, effect=Effect.CONFIRM, order=what)


def _of_the_planned(order: Administration | None, text: str) -> str:
    return f"The dose planned for {order.day} is {text}" if order else text


def dos_05(case: Case, p: Protocol) -> Iterator[Note]:
    """A late dose is given as soon as possible, then the interval goes on."""
    if case.treated and case.last_dose and case.next_due and case.passed(case.next_due) and not case.gap:
        days = (case.on - case.next_due).days
        late = "1 day" if days == 1 else f"{days} days"
        text = f"The dose is {late} late: give it as soon as possible, then resume the interval."
        yield Note(text, case.last_dose.events)


def dos_11(case: Case, p: Protocol) -> Iterator[Reason]:
    """A prescribed interval shorter than the labelled one, or so long that every dose would be a restart.

    Shorter than 21 days is DOS-03's, on treatment.
    """
    if case.interval is None or case.stop is not None or case.stopped_for_good:
        return
    weeks = case.interval.weeks
    said_already = case.treated and timedelta(weeks=weeks) < timedelta(days=p["earliest_days"])
    if weeks < p["interval_weeks"] and not said_already:
        text = (
            f"The prescribed interval of {_weeks(weeks)} is shorter than the labelled {p['interval_weeks']} weeks: "
            "the prescriber confirms that it is meant."
        )
    elif weeks > p["latest_weeks"]:
        text = (
            f"The prescribed interval of {_weeks(weeks)} is longer than the {p['latest_weeks']} weeks after which a "
            "dose is a restart: each would be one."
        )
    else:
        return
    yield Reason(text, [case.interval])


def _weeks(number: float) -> str:
    return f"{number:g} week{'' if number == 1 else 's'}"
