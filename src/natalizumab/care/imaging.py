"""MRI: rebaseline, annual scan, surveillance at high PML risk, and what is overdue (MRI-01 to -05, MRI-07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.record.dates import add_days, add_months


def mri_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A full rebaseline scan three to six months after the first dose."""
    if not case.treated or case.first_dose is None:
        return
    first_day = add_months(case.first_dose, p["rebaseline_from_months"])
    if case.full_scans and case.full_scans[-1].day >= first_day:
        return
    last_day = add_months(case.first_dose, p["rebaseline_to_months"])
    text = (
        f"Full rebaseline MRI {p['rebaseline_from_months']} to {p['rebaseline_to_months']} months after the first dose."
    )
    yield Item("mri full", text, last_day, window_from=first_day, facts=case.start_facts)


def mri_02(case: Case, p: Protocol) -> Iterator[Item]:
    """A full scan every year. Without any on record, a year after the first dose."""
    since = case.full_scans[-1].day if case.full_scans else case.first_dose
    if not _watched(case, p) or since is None:
        return
    facts = case.full_scans[-1:] or case.start_facts
    yield Item("mri full", "Annual full MRI.", add_months(since, p["annual_mri_months"]), facts=facts)


def mri_03(case: Case, p: Protocol) -> Iterator[Item]:
    """EU high-risk group: an abbreviated scan every three to six months."""
    if case.high_risk and _watched(case, p):
        yield _surveillance(
            case,
            _start(case, p["high_risk_after_months"]),
            p["high_risk_mri_from_months"],
            p["high_risk_mri_to_months"],
            f"PML surveillance MRI (abbreviated): {case.high_risk}.",
        )


def mri_04(case: Case, p: Protocol) -> Iterator[Item]:
    """UK, antibody-positive from 18 months: every three to four months above an index of 1.5, else every six.

    An unknown index counts as above, because nothing shows that it is not.
    """
    after = p["surveillance_after_months"]
    if not (case.antibody.positive and case.treated_for(after) and _watched(case, p)):
        return
    if case.high_index is False:
        every = p["surveillance_lower_months"]
        yield _surveillance(case, _start(case, after), None, every, f"PML surveillance MRI, every {every} months.")
    else:
        near, far = p["surveillance_high_from_months"], p["surveillance_high_to_months"]
        text = f"PML surveillance MRI, every {near} to {far} months."
        yield _surveillance(case, _start(case, after), near, far, text)


def mri_05(case: Case, p: Protocol) -> Iterator[Item]:
    """US, antibody-positive from 18 months: every three to six months."""
    after = p["surveillance_after_months"]
    if case.antibody.positive and case.treated_for(after) and _watched(case, p):
        near, far = p["surveillance_from_months"], p["surveillance_to_months"]
        text = f"PML surveillance MRI, every {near} to {far} months."
        yield _surveillance(case, _start(case, after), near, far, text)


def mri_07(case: Case, p: Protocol) -> Iterator[Reason]:
    """A scan overdue by more than two weeks goes to its owner; by more than 60 days it holds, at high PML risk."""
    surveillance = {"eu": mri_03, "uk": mri_04, "us": mri_05}[p.jurisdiction]
    items = [*mri_01(case, p), *mri_02(case, p), *surveillance(case, p)]
    late = [item for item in items if case.passed(add_days(item.due, p["scan_overdue_escalate_days"]))]
    if not late:
        return
    first = min(late, key=lambda item: item.due)
    long_overdue = case.passed(add_days(first.due, p["scan_overdue_hold_days"]))
    if case.high_risk and case.treated and long_overdue:
        text = (
            f"The scan due on {first.due} is overdue by more than {p['scan_overdue_hold_days']} days, at high PML risk "
            f"({case.high_risk}): no dose before it. Call the person and the scanner today."
        )
        yield Reason(text, first.facts)
        return
    text = (
        f"The scan due on {first.due} is overdue by more than {p['scan_overdue_escalate_days']} days: tell whoever "
        "owns the clinic's list of scans, and book it."
    )
    yield Reason(text, first.facts, effect=Effect.CONFIRM)


def _surveillance(case: Case, start: date, near: int | None, far: int, text: str) -> Item:
    """Any scan counts. The time runs from the last one, but nothing is due before surveillance starts."""
    last = case.last_scan
    why = [*case.start_facts, *case.antibody.facts, *(found.event for found in case.prior_immunosuppressants)]
    if last is None:
        return Item("mri abbreviated", text, start, facts=why)
    due = max(add_months(last.day, far), start)
    window_from = max(add_months(last.day, near), start) if near is not None else None
    return Item("mri abbreviated", text, due, window_from=window_from, facts=[last, *why])


def _start(case: Case, months: int) -> date:
    day = case.months_after_start(months)
    assert day is not None  # callers have asked how long treatment has lasted
    return day


def _watched(case: Case, p: Protocol) -> bool:
    """On treatment, or so soon after the last dose that scans go on as before; not for somebody who has PML."""
    if case.pml_on_record:
        return False
    if case.treated:
        return True
    return bool(case.last_dose and not case.passed(add_months(case.last_dose.day, p["mri_after_stop_months"])))
