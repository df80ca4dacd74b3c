"""Extended-interval dosing: who asks for it, who is offered it, and the PML risk (DOS-04, DOS-10, RSK-03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from natalizumab.care.case import Case
from natalizumab.care.findings import Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value
from natalizumab.record import Event, Interval, Mri, Relapse
from natalizumab.record.dates import add_months


def dos_04(case: Case, p: Protocol) -> Iterator[Reason]:
    """A longer interval is asked for, but the entry criteria of the trial are not met.

    A year of 4-weekly dosing and no missed dose are asked about until the first longer interval has begun; relapses
    and active lesions always.
    """
    request = _request(case)
    if request is None or request.weeks <= p["interval_weeks"]:
        return
    unmet = _activity(case, p)
    if request.weeks > p["extended_interval_weeks"]:
        unmet.append((f"more than {p['extended_interval_weeks']} weeks is outside label and trial evidence", ()))
    if _pending(case, request, p):
        unmet += _standard_dosing(case, p, min(request.day, case.on))
    for words, facts in unmet:  # one reason each, so that an answer to one is none to another
        yield Reason(f"{request.weeks:g}-weekly dosing asked for: {words}.", [request, *facts])


def dos_10(case: Case, p: Protocol) -> Iterator[Note]:
    """Antibody-positive, 4-weekly and inside the trial's entry criteria: talk about 6 weeks."""
    if not (case.treated and case.antibody.positive) or case.interval_weeks != p["interval_weeks"]:
        return
    youngest, oldest = p["extended_ages"]
    age = case.course.age()
    if age is None or not youngest <= age <= oldest or case.gap:
        return
    if not _standard_dosing(case, p, case.on) and not _activity(case, p):
        text = (
            f"Meets the entry criteria of the trial of {p['extended_interval_weeks']}-weekly dosing: "
            f"the longer interval can be discussed. {_observed()}"
        )
        yield Note(text, case.antibody.facts)


def rsk_03(case: Case, p: Protocol) -> Iterator[Note]:
    """On a longer interval: the observed reduction beside the figure, never multiplied into it."""
    if not (case.treated and case.extended):
        return
    text = f"On a longer interval. {_observed()} Not multiplied into the risk."
    yield Note(text, [case.interval] if case.interval else [])


def entry_unmet(case: Case, p: Protocol) -> list[str]:
    """What of a year of 4-weekly dosing without a missed dose is lacking, until a first longer interval has begun."""
    request = _request(case)
    longer = request is not None and request.weeks > p["interval_weeks"]
    if request is None or not longer:
        return [words for words, _ in _standard_dosing(case, p, case.on)]
    if not _pending(case, request, p):
        return []
    return [words for words, _ in _standard_dosing(case, p, min(request.day, case.on))]


def recent_activity(case: Case, p: Protocol) -> list[tuple[str, tuple[Event, ...]]]:
    """Relapses and enhancing lesions within the year with their entries; without entries: no scan of the year tells."""
    return _activity(case, p)


def _observed() -> str:
    """The registry's finding with its intervals, as observed and no more."""
    shown = []
    for definition in ("primary", "secondary"):
        ratio = value(f"eid.hazard_ratio.{definition}")
        low, high = ratio.interval or (None, None)
        shown.append(f"{value(f'eid.reduction.{definition}').value} % (hazard ratio {ratio.value}, {low} to {high})")
    return (
        f"In US registry data PML was seen less often, by {' or '.join(shown)} depending on the definition: "
        "observational, antibody-positive people only, not a labelled figure."
    )


def _request(case: Case) -> Interval | None:
    """The interval in force, or one that is planned."""
    planned = case.planned(Interval)
    return planned[-1] if planned else case.interval


def _pending(case: Case, request: Interval, p: Protocol) -> bool:
    """Whether no dose has been given yet at the longer interval (nearer to it than to the labelled one)."""
    if request.planned:
        return True
    longer = timedelta(weeks=(p["interval_weeks"] + request.weeks) / 2)
    days = [dose.day for dose in case.course.doses()]
    return not any(day > request.day and day - previous > longer for previous, day in pairwise(days))


def _standard_dosing(case: Case, p: Protocol, until: date) -> list[tuple[str, tuple[Event, ...]]]:
    """What is missing of a year of 4-weekly dosing without a missed dose, on the day of the request."""
    unmet: list[tuple[str, tuple[Event, ...]]] = []
    months = p["extended_standard_months"]
    since = add_months(until, -months)
    longer = [e for e in case.all(Interval) if e.weeks > p["interval_weeks"] and e.day < until]
    if case.first_dose is None or case.first_dose > since or any(e.day > since for e in longer):
        facts = (*case.start_facts, *longer)
        unmet.append((f"not yet {months} months of {p['interval_weeks']}-weekly dosing", facts))
    recent = add_months(until, -p["extended_missed_months"])
    doses = [dose for dose in case.course.doses() if dose.day <= until]
    missed = timedelta(weeks=p["missed_after_weeks"])
    ends = [*(dose.day for dose in doses[1:]), until]
    for before, end in zip(doses, ends, strict=False):
        if end > recent and end - before.day >= missed:
            unmet.append((f"a dose was missed in the last {p['extended_missed_months']} months", before.events))
    return unmet


def _activity(case: Case, p: Protocol) -> list[tuple[str, tuple[Event, ...]]]:
    """A relapse or an enhancing lesion within the year, or no scan that shows there is none."""
    unmet: list[tuple[str, tuple[Event, ...]]] = []
    since = add_months(case.on, -p["extended_relapse_months"])
    relapses = tuple(event for event in case.all(Relapse) if event.day > since)
    if relapses:
        unmet.append((f"a relapse within {p['extended_relapse_months']} months", relapses))
    scans = tuple(scan for scan in case.all(Mri) if scan.day > since and scan.gd is not None)
    enhancing = tuple(scan for scan in scans if scan.gd)
    if enhancing:
        unmet.append(("an enhancing lesion on a scan within a year", enhancing))
    elif not scans:
        unmet.append(("no scan within a year says whether a lesion enhances", ()))
    return unmet
