"""Extended-interval dosing: who asks for it, who is offered it, and the PML risk (DOS-04, DOS-10, RSK-03)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from typing import TypeVar

from natalizumab.care.case import Case
from natalizumab.care.findings import Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.care.standard_year import had_standard_year
from natalizumab.evidence import value
from natalizumab.record import Administration, Antibody, Event, Interval, Mri, Relapse
from natalizumab.record.dates import ONE_DAY, add_months

Kind = TypeVar("Kind", bound=Event)

LATEST = 4
"""So many doses, with three intervals between them, say at which interval somebody is treated: one alone may be off."""


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
        unmet += _standard_dosing(case, p, _asked_on(case, request))
    for words, facts in unmet:  # one reason each, so that an answer to one is none to another
        yield Reason(f"{request.weeks:g}-weekly dosing asked for: {words}.", [request, *facts])


def dos_10(case: Case, p: Protocol) -> Iterator[Note]:
    """Antibody-positive, 4-weekly and inside the trial's entry criteria: talk about 6 weeks."""
    if not (case.treated and case.antibody.positive) or case.interval_weeks != p["interval_weeks"]:
        return
    if not _of_age(case, p) or case.gap:
        return
    if not _standard_dosing(case, p, None) and not _activity(case, p):
        text = (
            f"Meets the entry criteria of the trial of {p['extended_interval_weeks']}-weekly dosing: "
            f"the longer interval can be discussed. {_observed()}"
        )
        yield Note(text, case.antibody.facts)


def _of_age(case: Case, p: Protocol) -> bool:
    """Whether the person is as old as those in the trial; unknown, nobody can say so."""
    youngest, oldest = p["extended_ages"]
    born = case.course.person.born
    if born is None:
        return False
    return case.reached(add_months(born, 12 * youngest)) and not case.reached(add_months(born, 12 * (oldest + 1)))


def rsk_03(case: Case, p: Protocol) -> Iterator[Note]:
    """On a longer interval: the observed reduction beside the figure, never multiplied into it."""
    if not (case.treated and case.extended):
        return
    text = f"On a longer interval. {_observed()} Not multiplied into the risk."
    yield Note(text, [case.interval] if case.interval else [])


def entry_unmet(case: Case, p: Protocol) -> list[str]:
    """What of a year of 4-weekly dosing without a missed dose is lacking before a longer interval, by the doses given.

    Once a longer interval has begun, it is asked only whether there was such a year before it.
    """
    request = _request(case)
    longer = request if request and request.weeks > p["interval_weeks"] else None
    standard = f"{p['extended_standard_months']} months of {p['interval_weeks']}-weekly dosing"
    tested = _tested_positive(case)
    if longer and not _pending(case, longer, p):
        return tested if had_standard_year(case, p, now=False) else [*tested, f"no {standard} came before it"]
    unmet = [words for words, _ in _standard_dosing(case, p, _asked_on(case, longer) if longer else None)]
    if not unmet and not had_standard_year(case, p, now=not (longer or _given_longer(case, p))):
        unmet = [f"the doses given are not {standard}"]
    return [*tested, *unmet]


def _tested_positive(case: Case) -> list[str]:
    """A test for antibodies that found some, and has not been repeated, whatever the model makes of it."""
    last = case.last(Antibody)
    return [f"the latest test for antibodies, of {last.day}, is positive"] if last and last.result == "positive" else []


def _given_longer(case: Case, p: Protocol) -> bool:
    """Whether the latest doses were on average nearer to the longer interval than to the labelled one, whatever is
    prescribed.
    """
    latest = [dose.day for dose in case.course.doses()[-LATEST:]]
    longer = timedelta(weeks=(p["interval_weeks"] + p["extended_interval_weeks"]) / 2)
    return len(latest) == LATEST and latest[-1] - latest[0] > longer * (LATEST - 1)


def recent_activity(case: Case, p: Protocol) -> list[tuple[str, tuple[Event, ...]]]:
    """Relapses and enhancing lesions within the year with their entries; without entries: no scan of the year tells."""
    return _activity(case, p)


@cache
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
    gaps = case.course.gaps(longer / timedelta(days=1))
    return not any(after.day > request.day and after.day - before.day > longer for before, after in gaps)


def _asked_on(case: Case, request: Interval) -> date | None:
    """The day of the request; None while it lies ahead, for the date asked about."""
    return request.day if case.reached(request.day) else None


def _standard_dosing(case: Case, p: Protocol, until: date | None) -> list[tuple[str, tuple[Event, ...]]]:
    """What is missing of a year of 4-weekly dosing without a missed dose, by that day (None: the date asked about)."""

    def by_then(day: date) -> bool:
        return case.reached(day) if until is None else until >= day

    unmet: list[tuple[str, tuple[Event, ...]]] = []
    months = p["extended_standard_months"]
    longer = [e for e in case.all(Interval) if e.weeks > p["interval_weeks"] and by_then(e.day + ONE_DAY)]
    since = [e.day for e in longer] + ([case.first_dose] if case.first_dose else [])
    if case.first_dose is None or not all(by_then(add_months(day, months)) for day in since):
        facts = (*case.start_facts, *longer)
        unmet.append((f"not yet {months} months of {p['interval_weeks']}-weekly dosing", facts))
    missed = [dose for dose, end in _gaps(case, p, until, by_then) if end is None or not by_then(end)]
    if missed:
        facts = tuple(event for dose in missed for event in dose.events)
        unmet.append((f"a dose was missed in the last {p['extended_missed_months']} months", facts))
    return unmet


def _gaps(
    case: Case, p: Protocol, until: date | None, by_then: Callable[[date], bool]
) -> Iterator[tuple[Administration, date | None]]:
    """Doses after which one was missed, and the day from which that no longer counts (None while it lasts)."""
    missed = timedelta(weeks=p["missed_after_weeks"])
    last = case.last_dose if until is None else case.course.dose_until(until)
    for dose, following in case.course.gaps(missed.days):
        if last is not None and following.day <= last.day:
            yield dose, add_months(following.day, p["extended_missed_months"])
    if last is not None and by_then(last.day + missed):
        yield last, None


def _recent(case: Case, latest_first: Iterable[Kind], p: Protocol) -> tuple[Kind, ...]:
    """Those that lie so few months back that they count, in order of time."""

    def counts(event: Kind) -> bool:
        return not case.reached(add_months(event.day, p["extended_relapse_months"]))

    return tuple(takewhile(counts, latest_first))[::-1]


def _activity(case: Case, p: Protocol) -> list[tuple[str, tuple[Event, ...]]]:
    """A relapse or an enhancing lesion within the year, or no scan that shows there is none."""
    unmet: list[tuple[str, tuple[Event, ...]]] = []

    relapses = _recent(case, reversed(case.all(Relapse)), p)
    if relapses:
        unmet.append((f"a relapse within {p['extended_relapse_months']} months", relapses))
    scans = _recent(case, (scan for scan in reversed(case.all(Mri)) if scan.gd is not None), p)
    enhancing = tuple(scan for scan in scans if scan.gd)
    if enhancing:
        unmet.append(("an enhancing lesion on a scan within a year", enhancing))
    elif not scans:
        unmet.append(("no scan within a year says whether a lesion enhances", ()))
    return unmet
