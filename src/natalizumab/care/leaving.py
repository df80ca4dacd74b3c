"""From natalizumab to another drug: when it may and should start, and what comes before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.leaving_steps import Step, last_scan_ok, steps
from natalizumab.care.next_drug import acting, begun, clock_starts, planned
from natalizumab.care.shape import Plan
from natalizumab.care.targets import Target, value_dict
from natalizumab.care.waiting import ends_by, ends_on, span
from natalizumab.errors import Refusal
from natalizumab.evidence import Value
from natalizumab.record import Breastfeeding, Pregnancy
from natalizumab.record.dates import add_months, iso

_DANGERS = ("PML", "GCN", "HSV", "ARN", "OI-")
"""Rules whose hold or stop speaks against any drug that weakens immunity."""


@dataclass(frozen=True, slots=True)
class Side:
    """One statement on when the next drug starts. ``earliest`` None: it names none."""

    says: Value
    earliest: date | None
    latest: date

    def to_dict(self) -> dict[str, Any]:
        return {"earliest": iso(self.earliest), "latest": iso(self.latest), **value_dict(self.says)}


@dataclass(frozen=True, slots=True)
class Leaving:
    """The answer for somebody who leaves; every date is None where no last dose is known or ``why_not`` says why."""

    last_dose: date | None
    earliest: date | None
    latest: date | None
    why_not: str | None
    sides: tuple[Side, ...]
    amber: date | None
    red: date | None
    reached: str | None
    steps: tuple[Step, ...]
    watch_until: date | None
    switch_on: date | None
    scan_months: tuple[int, int]
    scans_until_months: int
    evidence: tuple[Value, ...]
    warnings: tuple[str, ...]

    @property
    def conflict(self) -> bool:
        """Whether guidance differs, so that no single window is given."""
        return len(self.sides) > 1

    def to_dict(self) -> dict[str, Any]:
        """The part of the JSON that this direction has."""
        return {
            "last_dose": iso(self.last_dose),
            "start": {
                "earliest": iso(self.earliest),
                "latest": iso(self.latest),
                "why_not": self.why_not,
                "conflict": self.conflict,
                "sides": [side.to_dict() for side in self.sides],
            },
            "windows": {"amber": iso(self.amber), "red": iso(self.red), "reached": self.reached},
            "steps": [step.to_dict() for step in self.steps],
            "watch_until": iso(self.watch_until),
            "scans_after": self._scans(),
            "evidence": [value_dict(found) for found in self.evidence],
            "warnings": list(self.warnings),
        }

    def _scans(self) -> dict[str, Any]:
        near, far = self.scan_months
        start = self.switch_on
        return {
            "every_months": [near, far],
            "until_months": self.scans_until_months,
            "from": iso(start),
            "first_from": iso(add_months(start, near)) if start else None,
            "first_by": iso(add_months(start, far)) if start else None,
            "until": iso(add_months(start, self.scans_until_months)) if start else None,
        }


def leaving(case: Case, made: Plan, target: Target) -> Leaving:
    """When and how ``target`` follows natalizumab; ``made`` is the plan of the same case. Refuses if it never began."""
    if not case.started:
        raise Refusal(f"{made.person} has had no dose of natalizumab by {case.on}: there is nothing to switch from")
    p, start = case.protocol, clock_starts(case)
    sides = tuple(_sides(target, start)) if start else ()
    why_not = _why_not(made, start)
    single = sides[0] if len(sides) == 1 and why_not is None else None
    amber = start + timedelta(weeks=p["next_drug_warn_weeks"]) if start else None
    red = start + timedelta(weeks=p["next_drug_alarm_weeks"]) if start else None
    switch_on = _switch_on(case, target, single)
    return Leaving(
        last_dose=case.last_dose.day if case.last_dose else None,
        earliest=single.earliest if single else None,
        latest=single.latest if single else None,
        why_not=why_not or (_differs(sides) if len(sides) > 1 else None),
        sides=sides,
        amber=amber,
        red=red,
        reached=None if amber is None or red is None or acting(case) else _reached(case, amber, red),
        steps=tuple(steps(case, target, switch_on)),
        watch_until=add_months(start, p["watch_after_stop_months"]) if start else None,
        switch_on=switch_on,
        scan_months=tuple(p["switch_mri_months"]),
        scans_until_months=p["switch_mri_until_months"],
        evidence=target.evidence(),
        warnings=tuple(_warnings(case, target, single)),
    )


def _sides(target: Target, start: date) -> Iterator[Side]:
    """A window of two ends has both; a single number is a latest start."""
    for found in target.windows():
        earliest = ends_on(start, found) if isinstance(found.value, list) else None
        yield Side(found, earliest, ends_by(start, found))


def _why_not(made: Plan, start: date | None) -> str | None:
    """What stands against giving any date."""
    against = [
        r for r in made.reasons if r.rule.startswith((*_DANGERS, "CON-02")) and r.effect.word in ("hold", "stop")
    ]
    if against:
        return f"no start is named while this stands: {' '.join(dict.fromkeys(r.text for r in against))}"
    return None if start else "the date of the last dose is not on record"


def _differs(sides: tuple[Side, ...]) -> str:
    told = "; ".join(f"{span(side.says)} ({side.says.status})" for side in sides)
    return f"guidance differs: {told}. A clinician decides, and the record keeps why"


def _reached(case: Case, amber: date, red: date) -> str:
    return "red" if case.reached(red) else "amber" if case.reached(amber) else "none"


def _switch_on(case: Case, target: Target, single: Side | None) -> date | None:
    """The day of the switch: begun, planned, else the latest that is advised."""
    followed = begun(case)
    if followed:
        switched: date = followed[0].event.day
        return switched
    order = planned(case)
    if order is not None and order.term.name == target.name:
        day: date = order.event.day
        return day
    return single.latest if single else None


def _warnings(case: Case, target: Target, single: Side | None) -> Iterator[str]:
    """What the dates do not say."""
    if case.last_dose is None and case.stop is not None:
        yield "The last dose is not on record: everything is counted from the stop, so the true dates are earlier."
    if case.stop is None and not case.stopped_for_good:
        yield "No stop is on record: the dates count from the last dose, and every further dose moves them."
    for dose in case.planned_doses[:1]:
        yield f"A dose of natalizumab is planned for {dose.day}."
    for found in begun(case):
        yield f"{found.name} has followed already, from {found.event.day}."
    if single is not None and case.passed(single.latest) and not begun(case):
        yield f"The latest start advised, {single.latest}, has passed."
    order = planned(case)
    if order is not None and order.term.name != target.name:
        yield f"The record plans {order.name} from {order.event.day}, not {target.name}."
    if not last_scan_ok(case):
        yield "The last scan is suspicious for PML: it clears nothing."
    yield from _family(case, target)


def _family(case: Case, target: Target) -> Iterator[str]:
    """Pregnancy and breast-feeding."""
    now, feeding = case.last(Pregnancy), case.last(Breastfeeding)
    if now is not None and not (now.ended is not None and case.reached(now.ended)):
        asked = target.asks_for_pregnancy_test()
        told = f" {target.name} may harm the child and is not started (recalled from labels)." if asked else ""
        yield f"Pregnant (entry of {now.day}): obstetric and neurological advice before any next drug.{told}"
    if feeding is not None and not (feeding.ended is not None and case.reached(feeding.ended)):
        yield f"Breast-feeding (entry of {feeding.day}): ask whether {target.name} can be taken."
