"""From other drugs to natalizumab: which waits hold until when, what is missing, what counts as immunosuppressant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.names import Named
from natalizumab.care.shape import Plan, PlannedItem, PlannedReason
from natalizumab.care.targets import value_dict
from natalizumab.care.waiting import ROWS, coming_from, ends_by, last_day, row
from natalizumab.errors import Refusal
from natalizumab.evidence import Value
from natalizumab.record.dates import iso

_MAY_COUNT = ("counts", "undefined")


@dataclass(frozen=True, slots=True)
class Washout:
    """One earlier drug: when it ended, what is published as its wait, what the rules say of it on the date asked about.

    ``not_before`` is the day on which its waiting time ends by itself, ``by`` the far end of the published wait.
    """

    found: Named
    until: date | None
    wait: Value | None
    by: date | None
    reasons: tuple[PlannedReason, ...]

    @property
    def not_before(self) -> date | None:
        return max((r.not_before for r in self.reasons if r.not_before), default=None)

    @property
    def open(self) -> bool:
        """Whether a rule still asks for something."""
        return bool(self.reasons)

    def to_dict(self) -> dict[str, Any]:
        return {
            "entry": self.found.event.ref,
            "drug": self.found.term.name,
            "written": self.found.name,
            "until": iso(self.until),
            "wait": value_dict(self.wait) if self.wait else None,
            "not_before": iso(self.not_before),
            "by": iso(self.by),
            "open": self.open,
            "reasons": [_reason(reason) for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class ComingIn:
    """The answer for somebody who comes to natalizumab, for the first time or again."""

    restart: bool
    washouts: tuple[Washout, ...]
    missing: tuple[PlannedItem, ...]
    others: tuple[PlannedReason, ...]
    prior: tuple[Named, ...]

    @property
    def not_before(self) -> date | None:
        """The day on which the last waiting time ends, all others done; None where none runs."""
        return max((w.not_before for w in self.washouts if w.not_before), default=None)

    def to_dict(self) -> dict[str, Any]:
        """The part of the JSON that this direction has."""
        return {
            "restart": self.restart,
            "not_before": iso(self.not_before),
            "washouts": [washout.to_dict() for washout in self.washouts],
            "missing": [
                {"rule": i.rule, "action": i.action, "text": i.text, "due": iso(i.due), "status": i.status}
                for i in self.missing
            ],
            "reasons": [_reason(reason) for reason in self.others],
            "prior_immunosuppressants": [
                {
                    "entry": n.event.ref,
                    "drug": n.term.name,
                    "counts": n.term.attributes["prior_immunosuppressant"],
                    "index_unreliable": bool(n.term.attributes.get("index_unreliable")),
                }
                for n in self.prior
            ],
        }


def coming_in(case: Case, made: Plan) -> ComingIn:
    """What stands between this person and a dose; ``made`` is the plan of the case. Refuses on natalizumab already."""
    if case.treated and not case.gap:
        raise Refusal(
            f"{made.person} is on natalizumab on {case.on}, last dose on {case.last_dose.day}: there is nothing to "
            "switch to"
            if case.last_dose
            else f"{made.person} is on natalizumab on {case.on}: there is nothing to switch to"
        )
    washouts = tuple(_washouts(case, made))
    told = {id(reason) for washout in washouts for reason in washout.reasons}
    return ComingIn(
        restart=case.started,
        washouts=washouts,
        missing=tuple(item for item in made.items if not item.prompt),
        others=tuple(reason for reason in made.reasons if id(reason) not in told),
        prior=tuple(n for n in case.treatments if n.term.attributes.get("prior_immunosuppressant") in _MAY_COUNT),
    )


def _washouts(case: Case, made: Plan) -> Iterator[Washout]:
    for found in sorted(coming_from(case, *ROWS), key=lambda n: n.event.day):
        until, wait = last_day(found), _wait(case, found)
        reasons = tuple(r for r in made.reasons if found.event.ref in r.facts and r.rule.startswith(("SWI", "CON-0")))
        yield Washout(found, until, wait, ends_by(until, wait) if until and wait else None, reasons)


def _wait(case: Case, found: Named) -> Value | None:
    """The published wait of its row; none where guidance conflicts, or where there is nothing to wait for."""
    name = f"washout_{row(found)}"
    return case.protocol.parameter(name) if name in case.protocol.parameters else None


def _reason(reason: PlannedReason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "effect": reason.effect.word,
        "text": reason.text,
        "not_before": iso(reason.not_before),
        "order": reason.order,
        "sources": [source.to_dict() for source in reason.sources],
    }
