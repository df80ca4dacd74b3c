"""How a rule's boundaries are written down: a small table per rule, read by the tests and by the manual.

A row asks for the plan of ``given`` plus its own events on a date, and says what this one rule answers. The answer is a
text made of the rule's findings, the gravest first:

- ``hold``, ``stop``, ``confirm``: a reason; ``hold(order)`` on another order; ``hold(until 2026-01-05)`` a waiting time
- ``upcoming 2026-07-15``, ``due …``, ``overdue 2026-07-15 +1``, ``blocked …``: an item, its last day, and the days late
- ``note``: a note; ``-``: nothing
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.record import Record

Event = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of a table: what is special (``when``), the date, the answer."""

    when: str
    on: str
    expect: str
    events: Sequence[Event] = ()
    protocol: str = "eu"


@dataclass(frozen=True)
class Spec:
    """One table: the rule, what all rows share (in words and as events), and the rows."""

    rule: str
    given: str
    events: Sequence[Event]
    rows: Sequence[Row]
    born: str | None = "1990-01-01"


def made(spec: Spec, row: Row) -> Plan:
    """The plan that a row asks for."""
    person: dict[str, str] = {"id": "invented"} | ({"born": spec.born} if spec.born else {})
    record = {"schema": "natalizumab-record/1", "person": person, "events": [*spec.events, *row.events]}
    read = Record.from_json(json.dumps(record).encode())
    return plan(read, date.fromisoformat(row.on), load_protocol(row.protocol))


def answer(made_plan: Plan, rule: str) -> str:
    """What one rule answers in a plan, in the words of a table."""
    parts = []
    for reason in (r for r in made_plan.reasons if r.rule == rule):
        marks = ["order"] if reason.order else []
        marks += [f"until {reason.not_before}"] if reason.not_before else []
        parts.append(reason.effect.word + (f"({', '.join(marks)})" if marks else ""))
    for item in (i for i in made_plan.items if i.rule == rule):
        late = f" +{item.days_late}" if item.days_late else ""
        parts.append(f"{item.status} {item.due}{late}")
    parts += ["note" for note in made_plan.notes if note.rule == rule]
    return ", ".join(parts) or "-"


PROMPTS = {
    ("CHK-03", "checklist"),
    ("STP-01", "symptom watch"),
    ("STP-03", "csf jcv pcr"),
    ("OBS-01", "observe"),
    ("OBS-03", "checklist"),
    ("PPR-01", "neonatal blood count"),
    ("EDU-01", "breast check"),
    ("EDU-02", "ask about warning signs"),
}
"""Things to do that are prompts: never overdue, never in a decision. All others count."""


def taken_wrongly(made_plan: Plan, rule: str) -> list[str]:
    """The rule's things to do that are a prompt and should be none, or the other way round."""
    items = [item for item in made_plan.items if item.rule == rule]
    return [item.action for item in items if item.prompt is not ((rule, item.action) in PROMPTS)]


# --- events, short enough for a table ---


def dose(on: str, **fields: Any) -> Event:
    """A dose of 300 mg into a vein unless said otherwise."""
    return {"kind": "dose", "on": on, "dose_mg": 300, "route": "iv", **fields}


def jcv(on: str, result: str, index: float | None = None, assay: str = "STRATIFY", **fields: Any) -> Event:
    """A JC virus antibody result."""
    known = {"index": index} if index is not None else {}
    return {"kind": "jcv", "on": on, "result": result, **known, "assay": assay, **fields}


def mri(on: str, protocol: str = "full", **fields: Any) -> Event:
    """A scan."""
    return {"kind": "mri", "on": on, "protocol": protocol, **fields}


def lab(on: str, test: str, value: float, unit: str = "U/L", **fields: Any) -> Event:
    """A blood test."""
    return {"kind": "lab", "on": on, "test": test, "value": value, "unit": unit, **fields}


def event(kind: str, on: str, **fields: Any) -> Event:
    """Any other event."""
    return {"kind": kind, "on": on, **fields}


def diagnosis(on: str, name: str, status: str | None = None, **fields: Any) -> Event:
    """A diagnosis; without a status it is confirmed."""
    known = {"status": status} if status else {}
    return {"kind": "diagnosis", "on": on, "name": name, **known, **fields}


def doses(first: str, count: int, weeks: int = 4, **fields: Any) -> list[Event]:
    """So many doses, one every so many weeks."""
    days = (date.fromisoformat(first) + timedelta(weeks=weeks * n) for n in range(count))
    return [dose(day.isoformat(), **fields) for day in days]


def answered(on: str, rule: str, choice: str, *answers: str) -> Event:
    """A clinician's answer to a reason: ``acknowledged`` or ``released``, naming the entries behind the reason."""
    return {"kind": "decision", "on": on, "rule": rule, "choice": choice, "answers": list(answers), "by": "prescriber"}


def withdrawn(on: str, entry: str) -> Event:
    """That entry was made in error."""
    return {"kind": "withdrawal", "on": on, "corrects": entry}
