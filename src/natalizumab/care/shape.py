"""The plan as data, exactly in the shape that the design states, and as canonical JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec

from natalizumab.care.basis import basis
from natalizumab.care.findings import Effect
from natalizumab.care.pml_risk import PmlRisk
from natalizumab.care.protocol import Protocol
from natalizumab.care.sign_off import SignOff
from natalizumab.record.dates import iso


class SourceUse(msgspec.Struct, frozen=True):
    """A source as used: its key in the evidence, and the status with which it was seen."""

    key: str
    status: str

    def to_dict(self) -> dict[str, str]:
        return {"key": self.key, "status": self.status}


class PlannedReason(msgspec.Struct, frozen=True):
    """Why a dose may not simply be given. ``facts`` are references of events; ``because`` says them in words.

    ``needs``: who alone may answer it (prescriber); None where anybody entitled may, or, a stop, nobody.
    """

    rule: str
    effect: Effect
    text: str
    facts: tuple[str, ...]
    because: tuple[str, ...]
    order: str | None
    not_before: date | None
    needs: str | None
    sources: tuple[SourceUse, ...]
    signed_off: SignOff | None = None

    @property
    def weight(self) -> Effect:
        """What it counts for in the decision: a hold on another order is something to confirm."""
        return min(self.effect, Effect.CONFIRM) if self.order else self.effect

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "effect": self.effect.word,
            "text": self.text,
            "facts": list(self.facts),
            "because": list(self.because),
            "order": self.order,
            "not_before": iso(self.not_before),
            "needs": self.needs,
            "sources": [s.to_dict() for s in self.sources],
            "signed_off": self.signed_off.to_dict() if self.signed_off else None,
        }


class PlannedItem(msgspec.Struct, frozen=True):
    """A thing to do. A ``prompt`` is never overdue. ``changes_on``: the next day on which its status is another one."""

    rule: str
    action: str
    window_from: date | None
    due: date
    not_before: date | None
    status: str
    changes_on: date | None
    days_late: int
    text: str
    facts: tuple[str, ...]
    because: tuple[str, ...]
    prompt: bool
    sources: tuple[SourceUse, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "action": self.action,
            "window_from": iso(self.window_from),
            "due": iso(self.due),
            "not_before": iso(self.not_before),
            "status": self.status,
            "changes_on": iso(self.changes_on),
            "days_late": self.days_late,
            "text": self.text,
            "facts": list(self.facts),
            "because": list(self.because),
            "prompt": self.prompt,
            "sources": [s.to_dict() for s in self.sources],
        }


class PlannedNote(msgspec.Struct, frozen=True):
    """A thing to show."""

    rule: str
    text: str
    facts: tuple[str, ...]
    because: tuple[str, ...]
    sources: tuple[SourceUse, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "text": self.text,
            "facts": list(self.facts),
            "because": list(self.because),
            "sources": [s.to_dict() for s in self.sources],
        }


class NextDose(msgspec.Struct, frozen=True):
    """When the next dose may, should and must at the latest be given; all None when none is expected."""

    earliest: date | None
    due: date | None
    latest: date | None

    def to_dict(self) -> dict[str, str | None]:
        return {"earliest": iso(self.earliest), "due": iso(self.due), "latest": iso(self.latest)}


class Plan(msgspec.Struct, frozen=True):
    """What may be done on a date, what is due, what the risk is, and why."""

    person: str
    on: date
    protocol: Protocol
    state: str
    decision: str
    valid_until: date | None
    reasons: tuple[PlannedReason, ...]
    items: tuple[PlannedItem, ...]
    pml: PmlRisk
    next_dose: NextDose
    notes: tuple[PlannedNote, ...]

    def to_dict(self) -> dict[str, Any]:
        """The plan in plain lists, texts and numbers; dates as ``YYYY-MM-DD``."""
        return {
            "person": self.person,
            "on": iso(self.on),
            "protocol": {"name": self.protocol.name, "version": self.protocol.version},
            "basis": basis(self.protocol),
            "state": self.state,
            "decision": self.decision,
            "valid_until": iso(self.valid_until),
            "reasons": [r.to_dict() for r in self.reasons],
            "items": [i.to_dict() for i in self.items],
            "pml": _risk(self.pml),
            "next_dose": self.next_dose.to_dict(),
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_json(self) -> bytes:
        """Canonical JSON: the same plan always gives the same bytes."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
        return text.encode() + b"\n"


def _risk(risk: PmlRisk) -> dict[str, Any]:
    return {
        "per_1000": risk.per_1000,
        "cumulative_per_1000": risk.cumulative_per_1000,
        "exposure_month": risk.exposure_month,
        "stratum": risk.stratum,
        "why_not": risk.why_not,
        "alternatives": list(risk.alternatives),
        "infusions": risk.infusions,
        "treated_months": risk.treated_months,
        "status": risk.status,
        "sources": list(risk.sources),
        "words": risk.words,
        "note": risk.note,
        "signed_off": risk.signed_off.to_dict() if risk.signed_off else None,
    }
