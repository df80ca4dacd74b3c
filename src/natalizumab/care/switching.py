"""The answer of ``natalizumab switch``: one person, one drug, one date; in which direction follows from the drug.

Everything is worked out from the same facts and protocol as the plan; it advises, a clinician decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.coming_in import ComingIn, coming_in
from natalizumab.care.findings import Effect
from natalizumab.care.leaving import Leaving, leaving
from natalizumab.care.plan import plan_of
from natalizumab.care.protocol import Protocol
from natalizumab.care.shape import Plan, PlannedReason
from natalizumab.care.table import RULES
from natalizumab.care.targets import NATALIZUMAB, Target, find_target
from natalizumab.record import Dose, Record


@dataclass(frozen=True, slots=True)
class Switch:
    """What is asked, where the person stands on that date, and the answer for the direction."""

    plan: Plan
    target: Target
    answer: Leaving | ComingIn

    @property
    def direction(self) -> str:
        return "from natalizumab" if isinstance(self.answer, Leaving) else "to natalizumab"

    @property
    def holds(self) -> tuple[PlannedReason, ...]:
        """What holds or stops natalizumab on that date, waiting times left out: what of it concerns any next drug?"""
        return tuple(r for r in self.plan.reasons if r.weight >= Effect.HOLD and r.not_before is None)

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, texts and numbers; dates as ``YYYY-MM-DD``; numbers are never rounded."""
        made = self.plan
        return {
            "person": made.person,
            "on": made.on.isoformat(),
            "protocol": {"name": made.protocol.name, "version": made.protocol.version},
            "direction": self.direction,
            "to": {"asked": self.target.asked, "name": self.target.name, "groups": sorted(self.target.term.groups)},
            "state": made.state,
            "decision": made.decision,
            "holds": [{"rule": r.rule, "effect": r.effect.word, "text": r.text} for r in self.holds],
            **self.answer.to_dict(),
        }


def switch(record: Record, to: str, on: date, protocol: Protocol) -> Switch:
    """How this person gets from natalizumab to the drug ``to``, or (``to`` natalizumab) from other drugs to it.

    Raises Refusal for a drug that is not known or does not follow natalizumab, for leaving what never began, and for
    coming to what is being taken.
    """
    target = find_target(to)
    coming = NATALIZUMAB in target.term.groups
    case = Case((_with_dose(record, on, protocol) if coming else record).course(on), protocol)
    made, _ = plan_of(case, RULES)
    return Switch(made, target, coming_in(case, made) if coming else leaving(case, made, target))


def _with_dose(record: Record, on: date, protocol: Protocol) -> Record:
    """The record with a dose planned for that day, so that what a first dose or a restart asks for is asked for."""
    course = record.course(on)
    last = course.last_dose()
    if (last is not None and last.day >= on) or any(dose.day >= on for dose in course.planned_doses()):
        return record
    intended = Dose(on_text=on.isoformat(), dose_mg=protocol["dose_mg"], route="iv", planned=True)
    return Record(schema=record.schema, person=record.person, events=(*record.events, intended))
