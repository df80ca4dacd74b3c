"""What the record itself asks for: follow-up ended, names nobody knows, entries not counted (REC-01 to -06, -08, -09).

These rules are ours: they keep the plan from passing silently over something that it can't judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect, Note, Reason
from natalizumab.care.names import BOOKS
from natalizumab.care.protocol import Protocol
from natalizumab.care.told import near, read
from natalizumab.evidence import vocabulary
from natalizumab.record import Concentration, Course, Decision, EarlierTreatment, Event, Unmapped

_NAMED = (*BOOKS, "reaction")

_TREATMENTS = ("therapies", "procedures")


def rec_01(case: Case, p: Protocol) -> Iterator[Reason]:
    """Follow-up ended: nothing is due here any more."""
    ended = case.follow_up_ended
    if ended is None:
        return
    if ended.status == "died":
        yield Reason(f"Died on {ended.day}.", [ended])
    else:
        text = f"Follow-up here ended on {ended.day} ({ended.status}): settle that before a dose."
        yield Reason(text, [ended], effect=Effect.CONFIRM)


def rec_02(case: Case, p: Protocol) -> Iterator[Reason]:
    """A name that no vocabulary knows is kept, and somebody decides what it means."""
    for event in (*case.course.once(_done_unrecognised), *case.course.planned):
        for name in _unknown_names(event):
            yield Reason(_not_recognised(event, name), [event])


def _done_unrecognised(course: Course) -> list[Event]:
    """What was done and has a name that nobody knows, in order of time."""
    found = [event for kind in _NAMED for event in course.each(kind, _unrecognised) if event]
    return sorted(found, key=course.place)


def _not_recognised(event: Any, name: str) -> str:
    """A near match is named, never acted on; of a symptom, a clinician says today whether it is grave."""
    within = f" in {event.name!r}" if event.kind == "symptom" and name != event.name else ""
    text = f"{event.kind} {name!r}{within} of {event.day} is not recognised{near(_book(event), name)}"
    if event.kind == "symptom":
        return f"{text}: if it could come from the brain, the eyes or an infection, a clinician reads it today."
    return f"{text}: decide what it means."


def _book(event: Any) -> str:
    return "features" if event.kind == "reaction" else BOOKS[event.kind]


def _unrecognised(events: Sequence[Event]) -> list[Event | None]:
    """Each event that has a name nobody knows; None for the others."""
    return [event if any(_unknown_names(event)) else None for event in events]


def _unknown_names(event: Any) -> Iterator[str]:
    if event.kind == "reaction":
        for feature in event.features or ():
            if vocabulary("features").find(feature) is None:
                yield feature
    if event.kind == "symptom":
        yield from read(event.name).unknown
        return
    book = BOOKS.get(event.kind)
    if book is None or vocabulary(book).find(event.name) is not None:
        return
    if event.kind == "vaccine" and event.cvx is not None:
        return  # its code says what it is, or CON-09 asks
    if event.kind in ("therapy", "procedure") and any(vocabulary(b).find(event.name) for b in _TREATMENTS):
        return  # some treatments are entered as either
    yield event.name


def rec_03(case: Case, p: Protocol) -> Iterator[Note]:
    """Entries dated after the day asked about are left out, and named."""
    left_out = case.course.left_out
    if left_out:
        told = case.course.told(_kind_and_day)
        each = [told.get(event.ref) or told.setdefault(event.ref, _kind_and_day(event)) for event in left_out]
        yield Note(f"Left out, because dated after the date asked about: {', '.join(each)}.", left_out)


def _kind_and_day(event: Event) -> str:
    return f"{event.kind} of {event.day}"


def rec_08(case: Case, p: Protocol) -> Iterator[Note]:
    """A level whose time or assay is missing is read as the design says, and that is said."""
    if case.all(Concentration):
        yield from case.course.once(_assumed_of_levels)


def _assumed_of_levels(course: Course) -> tuple[Note, ...]:
    levels = course.all(Concentration)
    untimed = [level for level in levels if level.at is None and course.given_on(level.day)]
    timed = f"Levels without a time are taken as drawn before that day's dose: {_days(untimed)}."
    unnamed = [level for level in levels if level.assay is None]
    named = f"Levels that name no assay are taken as measured by the reference assay: {_days(unnamed)}."
    return tuple([Note(text, found) for text, found in ((timed, untimed), (named, unnamed)) if found])


def _days(levels: list[Concentration]) -> str:
    return ", ".join([str(level.day) for level in levels])


def rec_09(case: Case, p: Protocol) -> Iterator[Note]:
    """A decision that names no rule or an entry that is not there answers nothing, and that is said."""
    for event in case.all(Decision):
        missing = [ref for ref in event.answers or () if case.course.find(ref) is None]
        if missing or not re.fullmatch(r"[A-Z]{2,3}-\d{2}", event.rule):
            what = f"rule {event.rule!r}"
            if missing:
                what = f"rule {event.rule!r} and entries that are not there ({', '.join(missing)})"
            yield Note(f"The decision of {event.day} answers nothing: it names {what}.", [event])


def rec_04(case: Case, p: Protocol) -> Iterator[Reason]:
    """A foreign result that nobody has matched yet."""
    for event in case.all(Unmapped):
        yield Reason(f"An unmatched result from {event.source} ({event.label}): match it.", [event])


def rec_05(case: Case, p: Protocol) -> Iterator[Reason]:
    """Where the first or last dose has no date, no rule that counts from it can judge."""
    if not case.treated:
        return
    earlier = case.all(EarlierTreatment)
    if case.first_dose is None:
        text = "The date of the first dose is unknown: what depends on time on treatment can't be judged."
        yield Reason(text, earlier)
    if case.last_dose is None:
        text = "The date of the last dose is unknown: whether a dose is too soon or late can't be judged."
        yield Reason(text, earlier)


def rec_06(case: Case, p: Protocol) -> Iterator[Note]:
    """No interval is prescribed: the labelled one is taken, and said."""
    if case.treated and case.interval is None:
        yield Note(f"No interval is prescribed in the record: {p['interval_weeks']} weeks are assumed.")
