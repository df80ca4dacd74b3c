"""NEIDA and NEDA-3 from a record: whether there was activity since the rebaseline scan, and in each year since.

NEIDA, no evident inflammatory disease activity: no relapse, no new T2 lesion, no enhancing one. NEDA-3: that, and no
confirmed worsening of disability. What nobody looked at is not "no activity": then it can't be said. Two things are
taken as they stand: a relapse that nobody entered is none, and a scan without contrast that shows no new T2 lesion is
enough, because what enhances leaves one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from natalizumab.disease.disability import Worsening, reference_score, worsenings_from
from natalizumab.disease.lesions import Reading, comparisons, readings, seen_until
from natalizumab.disease.rebaseline import began, counts_from, rebaseline
from natalizumab.evidence import value
from natalizumab.record import Course, Edss, Event, Mri, Relapse
from natalizumab.record.dates import ONE_DAY, add_months, full_months

NO_START = "nobody knows when treatment began, so no scan can be its rebaseline"
NOT_STARTED = "natalizumab has not been given"
NO_REBASELINE = "there is no full scan from three months of treatment on to count from"


@dataclass(frozen=True, slots=True)
class Period:
    """A time after the rebaseline scan, from the day after ``start`` to ``end``.

    ``new_t2`` and ``enhancing`` are lesions on its scans, None where no scan tells. ``worsening`` began in it, and may
    still be unconfirmed; ``scored``: an EDSS in it could have shown one. ``neida`` and ``neda_3`` are True, False, or
    None with ``why_not``; False needs one finding, True needs everything looked at. ``active`` are the entries that
    show activity, in order of time.
    """

    start: date
    end: date
    relapses: tuple[Relapse, ...]
    scans: tuple[Mri, ...]
    new_t2: int | None
    enhancing: int | None
    worsening: Worsening | None
    scored: bool
    neida: bool | None
    neda_3: bool | None
    why_not: str | None
    active: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """``whole`` is the time since the rebaseline scan, ``years`` its full years; None and empty with ``why_not``.

    ``not_counted`` came once the drug had had time to work, but before the rebaseline scan or on it. ``changes_on`` is
    the first later day on which time alone can make any of it say something else.
    """

    rebaseline: Mri | None
    whole: Period | None
    not_counted: tuple[Event, ...] = ()
    why_not: str | None = None
    changes_on: date | None = None
    seen: _Seen | None = None

    @property
    def years(self) -> tuple[Period, ...]:
        """Worked out when asked for: a plan shows the whole time only."""
        if self.seen is None or self.whole is None:
            return ()
        early = value("disease.year_seen_early").value
        full_years = _full_years(self.whole.start, self.whole.end)
        return tuple(
            _period(self.seen, _found(self.seen, first, last), first, last, early) for first, last in full_years
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the record holds up to its date, from the rebaseline scan on. ``comparable``: scores after the reference."""

    since: date
    scans: tuple[Mri, ...]
    readings: tuple[Reading, ...]
    relapses: tuple[Relapse, ...]
    scores: tuple[Edss, ...]
    reference: Edss | None
    comparable: tuple[Edss, ...]
    worsenings: tuple[Worsening, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What lies in a time, whatever its end is taken to say; the names are those of ``Period``.

    ``seen_until``: how far from its start on scans show, without a break, that no lesion came.
    """

    relapses: tuple[Relapse, ...]
    scans: tuple[Mri, ...]
    new_t2: int | None
    enhancing: int | None
    worsening: Worsening | None
    scored: bool
    active: tuple[Event, ...]
    seen_until: date


@dataclass(frozen=True, slots=True)
class _Whole:
    """All since the rebaseline scan, up to the last entry; ``not_counted`` came before it.

    ``silent_from``: the days from which the last scans and the last score speak no more for what follows.
    """

    scan: Mri
    seen: _Seen
    found: _Found
    not_counted: tuple[Event, ...]
    silent_from: tuple[date, ...]


def activity(course: Course) -> Activity:
    """What the record shows of disease activity up to the course's date."""
    whole = course.once(_whole)
    if whole is None:
        why_not = NOT_STARTED if not course.started else NO_START if began(course) is None else NO_REBASELINE
        return Activity(None, None, why_not=why_not)
    scan, on = whole.scan, course.on
    next_year = add_months(scan.day, 12 * (full_months(scan.day, on) // 12 + 1))
    return Activity(
        rebaseline=scan,
        whole=_period(whole.seen, whole.found, scan.day, on, value("disease.scan_speaks_for").value),
        seen=whole.seen,
        not_counted=whole.not_counted,
        changes_on=min([day for day in (next_year, *whole.silent_from) if day > on]),
    )


def _whole(course: Course) -> _Whole | None:
    """None where there is no scan to count from."""
    scan, start, seen = rebaseline(course), began(course), course.once(_seen)
    if scan is None or start is None or seen is None:
        return None
    found = _found(seen, seen.since, date.max)
    months = value("disease.scan_speaks_for").value
    speaking = (found.seen_until, *(score.day for score in seen.scores[-1:]))
    silent_from = tuple(add_months(day, months) + ONE_DAY for day in speaking)
    return _Whole(scan, seen, found, _before(course, counts_from(start), scan), silent_from)


def _seen(course: Course) -> _Seen | None:
    scan = rebaseline(course)
    if scan is None:
        return None
    since = scan.day
    scans = cast("tuple[Mri, ...]", course.of("mri"))
    relapses = cast("tuple[Relapse, ...]", course.of("relapse"))
    scores = cast("tuple[Edss, ...]", course.of("edss"))
    reference = reference_score(scores, since, relapses)
    return _Seen(
        since=since,
        scans=scans,
        readings=readings(course.once(comparisons), since),
        relapses=relapses,
        scores=scores,
        reference=reference,
        comparable=tuple([score for score in scores if reference is not None and score.day > reference.day]),
        worsenings=worsenings_from(reference, scores, since, relapses),
    )


def _before(course: Course, first: date, scan: Mri) -> tuple[Event, ...]:
    """Relapses from ``first`` to the rebaseline scan, and that scan itself where it shows enhancing lesions."""
    relapses = tuple(event for event in course.of("relapse") if first <= event.day <= scan.day)
    return (*relapses, *((scan,) if scan.gd else ()))


def _full_years(start: date, until: date) -> Iterator[tuple[date, date]]:
    number = 1
    while add_months(start, 12 * number) <= until:
        yield add_months(start, 12 * (number - 1)), add_months(start, 12 * number)
        number += 1


def _found(seen: _Seen, start: date, end: date) -> _Found:
    relapses = tuple([event for event in seen.relapses if start < event.day <= end])
    scans = tuple([scan for scan in seen.scans if start < scan.day <= end])
    told = [one for one in seen.readings if start < one.scan.day <= end and one.new is not None]
    showing = {one.scan.ref for one in told if one.new} | {scan.ref for scan in scans if scan.gd}
    active: list[Event] = [*relapses, *(scan for scan in scans if scan.ref in showing)]
    return _Found(
        relapses=relapses,
        scans=scans,
        new_t2=sum([one.new or 0 for one in told]) if told else None,
        enhancing=_total([scan.gd for scan in scans]),
        worsening=next((one for one in seen.worsenings if start < one.first.day <= end), None),
        scored=any(start < score.day <= end for score in seen.comparable),
        active=tuple(sorted(active, key=lambda event: event.day)),
        seen_until=seen_until(seen.readings, start),
    )


def _period(seen: _Seen, found: _Found, start: date, end: date, months: int) -> Period:
    """One period; a scan or score up to so many months before its end is taken to speak for the end."""
    why_not = None if found.active else _unseen(seen.readings, found.seen_until, start, end, months)
    neida = False if found.active else None if why_not else True
    neda_3 = neida
    if found.worsening is not None and found.worsening.confirmed is not None:
        neda_3 = False
    elif neida:
        why_not = _unscored(seen, found, start, end, months)
        neda_3 = None if why_not else True
    return Period(
        start=start,
        end=end,
        relapses=found.relapses,
        scans=found.scans,
        new_t2=found.new_t2,
        enhancing=found.enhancing,
        worsening=found.worsening,
        scored=found.scored,
        neida=neida,
        neda_3=neda_3,
        why_not=why_not,
        active=found.active,
    )


def _total(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _unseen(told: Sequence[Reading], until: date, start: date, end: date, months: int) -> str | None:
    """Why the scans, which show it up to ``until``, do not show that no new lesion came up to the end; None if so."""
    if until > start and end <= add_months(until, months):
        return None
    for one in told:
        if start < one.scan.day <= end and one.new is None:
            return f"new lesions of {one.scan.day} are counted from {one.since}, before the rebaseline scan"
        if until < one.since and one.scan.day <= end:
            return f"no scan tells of new lesions between {until} and {one.since}"
    if until == start:
        return f"no scan after {start} tells of new lesions"
    return f"no scan after {until} tells of new lesions, and that one speaks for {months} months"


def _unscored(seen: _Seen, found: _Found, start: date, end: date, months: int) -> str | None:
    """Why the EDSS does not show that disability has not worsened up to the end; None where it does."""
    rising = found.worsening
    if rising is not None:
        return (
            f"the rise of the EDSS from {rising.reference.score:g} to {rising.first.score:g} on {rising.first.day} "
            "is not confirmed yet"
        )
    near = add_months(start, value("disease.year_seen_early").value)
    reference = seen.reference
    if reference is None or reference.day > near:
        return f"no EDSS around {start} is there to compare with"
    # A score that is already worse says nothing of the time before it.
    later = min((one.first.day for one in seen.worsenings if one.first.day > end), default=date.max)
    after = [score.day for score in seen.comparable if start < score.day < later]
    if not after:
        return f"no EDSS after {max(start, reference.day)} says whether disability has worsened"
    if end > add_months(after[-1], months):
        return (
            f"no EDSS after {after[-1]} says whether disability has worsened, and that one speaks for {months} months"
        )
    return None
