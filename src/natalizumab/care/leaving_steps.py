"""The bundle of somebody who leaves natalizumab: what is done at the stop and before the next drug."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.conditions import meaning
from natalizumab.care.next_drug import clock_starts, left_on
from natalizumab.care.targets import Target
from natalizumab.record import Csf, Event, Mri, Serology
from natalizumab.record.dates import add_months


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``done`` names the entry that shows it; ``consider``: a clinician decides whether.

    ``window_from`` and ``due`` are None where they follow from a day that is not known yet. ``status`` is that of what
    it rests on.
    """

    action: str
    text: str
    window_from: date | None
    due: date | None
    done: Event | None = None
    consider: bool = False
    status: str = "primary"
    sources: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "action": self.action,
            "text": self.text,
            "window_from": self.window_from.isoformat() if self.window_from else None,
            "due": self.due.isoformat() if self.due else None,
            "done": self.done.ref if self.done else None,
            "consider": self.consider,
            "status": self.status,
            "sources": list(self.sources),
        }


def steps(case: Case, target: Target, switch_on: date | None) -> Iterator[Step]:
    """What is done, in the order in which it comes; ``switch_on`` is the day of the switch, if one is in sight."""
    yield _scan_at_stop(case)
    yield from _before_next(case, switch_on)
    yield _blood_count(case, switch_on)
    yield from _pregnancy_test(case, target, switch_on)
    yield from _vaccines(case, target, switch_on)


def last_scan_ok(case: Case) -> bool:
    """Whether the last scan does not look like PML; without a scan nothing speaks for it."""
    return case.last_scan is None or not case.last_scan.suspicious_for_pml


def _scan_at_stop(case: Case) -> Step:
    stop = left_on(case)
    weeks = timedelta(weeks=case.protocol["stop_mri_weeks"])
    done = None if stop is None else _first(scan for scan in case.all(Mri) if scan.day >= stop - weeks)
    limit = case.protocol.parameter("stop_mri_weeks")
    return Step(
        "mri at stop",
        "MRI with a look for PML when natalizumab is stopped.",
        stop,
        stop + weeks if stop else None,
        done,
        status=limit.status,
        sources=limit.sources,
    )


def _before_next(case: Case, switch_on: date | None) -> Iterator[Step]:
    start = clock_starts(case)
    from_week = case.protocol.parameter("next_drug_mri_from_weeks")
    first = start + timedelta(weeks=from_week.value) if start else None
    window = first if first and (switch_on is None or first <= switch_on) else None
    scan = _first(s for s in case.all(Mri) if first and s.day >= first and not s.suspicious_for_pml)
    text = "MRI with a look for PML before the next drug."
    yield Step("mri before the next drug", text, window, switch_on, scan, False, from_week.status, from_week.sources)
    if case.antibody.positive is not False:
        who = "antibody-positive" if case.antibody.positive else "antibody status not known, so as if positive"
        text = f"Consider spinal fluid for JC virus PCR ({who}); a negative result does not exclude PML."
        csf = _first(c for c in case.all(Csf) if start and c.day >= start)
        yield Step("csf jcv pcr", text, window, switch_on, csf, True, from_week.status, from_week.sources)


def _blood_count(case: Case, switch_on: date | None) -> Step:
    start = clock_starts(case)
    done = _first(t for t in case.labs("lymphocytes") if start and t.day > start)
    text = "Full blood count with lymphocytes; natalizumab raises them, so that a count on it may hide a low one."
    return Step("full blood count", text, None, switch_on, done, status="assumed", sources=("design",))


def _pregnancy_test(case: Case, target: Target, switch_on: date | None) -> Iterator[Step]:
    """Right before the start, so that no earlier test is taken as done; the last result is told."""
    asked = target.asks_for_pregnancy_test()
    if asked is None or case.course.person.sex == "male":
        return
    tests = [test for test in case.all(Serology) if "pregnancy" in test.test.casefold()]
    told = f" Last: {meaning(tests[-1]) or tests[-1].result} on {tests[-1].day}." if tests else ""
    text = f"Pregnancy test right before the first dose of {target.name}, and contraception.{told}"
    yield Step("pregnancy test", text, None, switch_on, status=asked.status, sources=asked.sources)


def _vaccines(case: Case, target: Target, switch_on: date | None) -> Iterator[Step]:
    asked, start = target.asks_for_vaccines_before(), clock_starts(case)
    if asked is None:
        return
    live = f"before {add_months(start, case.protocol['live_vaccine_months'])}" if start else "for now"
    text = f"Inactivated vaccines that {target.name} calls for, before it starts; no live vaccine {live} (CON-09)."
    yield Step("vaccines", text, None, switch_on, status=asked.status, sources=asked.sources)


def _first(found: Iterator[Any]) -> Any:
    return next(found, None)
