"""Which decision on record answers a reason: same rule, a fitting choice, exactly the same facts, and not too old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect
from natalizumab.record import Decision
from natalizumab.record.dates import add_months

_FITTING = {Effect.CONFIRM: ("acknowledged", "released"), Effect.HOLD: ("released",)}
_LONGER = "RSK-04"


def answer(case: Case, rule: str, effect: Effect, facts: Iterable[str], since: date | None = None) -> Decision | None:
    """The latest decision that answers the reason on the case's date, or None. A stop has no answer.

    A later ``declined`` takes an earlier answer back. An answer from before ``since`` was about something milder.
    """
    decisions = case.all(Decision)
    wanted = set(facts) if decisions else set()
    for decision in reversed(decisions):
        if decision.rule != rule or set(decision.answers or ()) != wanted:
            continue
        if decision.choice == "declined" or (since is not None and decision.day < since):
            return None
        if decision.choice in _FITTING.get(effect, ()) and not case.passed(counts_until(case, decision)):
            return decision
    return None


def counts_until(case: Case, decision: Decision) -> date:
    """The last day on which a decision counts."""
    day: date = decision.day
    if decision.rule == _LONGER:
        return add_months(day, case.protocol["high_risk_answer_months"])
    return day + timedelta(days=case.protocol["answer_days"])
