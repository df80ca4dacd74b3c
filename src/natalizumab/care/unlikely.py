"""Entries that can hardly all be right: scans of one day, a man who is pregnant, an age (REC-10, REC-11). Ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from natalizumab.care.case import Case
from natalizumab.care.findings import Reason
from natalizumab.care.pregnancy import lasting
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value
from natalizumab.record import Breastfeeding, Course, Mri, Pregnancy
from natalizumab.record.dates import add_months

_TOLD = {"new_t2": "new T2 lesions", "gd": "enhancing lesions", "suspicious_for_pml": "suspicion of PML"}


def rec_10(case: Case, p: Protocol) -> Iterator[Reason]:
    """Scans of one day, compared with the same one, that say different things: which of them is right?"""
    for scans in case.course.once(_of_one_day) if case.all(Mri) else ():
        differing = [words for field, words in _TOLD.items() if _differ(scans, field)]
        if differing:
            text = (
                f"The scans of {scans[0].day} differ in {' and '.join(differing)}: if they are one scan, find out "
                "which entry is right, and withdraw the other."
            )
            yield Reason(text, scans)


def _of_one_day(course: Course) -> tuple[tuple[Mri, ...], ...]:
    """The scans of each day that has several."""
    days = [tuple(scans) for _, scans in groupby(course.all(Mri), attrgetter("day"))]
    return tuple([scans for scans in days if len(scans) > 1])


def _differ(scans: Sequence[Mri], field: str) -> bool:
    said: dict[object, set[object]] = {}
    for scan in scans:
        told = getattr(scan, field)
        if told is not None:
            said.setdefault(scan.compared_with, set()).add(told)
    return any(len(answers) > 1 for answers in said.values())


def rec_11(case: Case, p: Protocol) -> Iterator[Reason]:
    """A man recorded as pregnant or breast-feeding; somebody older than people on natalizumab are."""
    person = case.course.person
    if case.stopped_for_good:
        return
    if person.sex == "male":
        for event, words in ((lasting(case, Pregnancy), "pregnant"), (lasting(case, Breastfeeding), "breast-feeding")):
            if event is not None:
                yield Reason(f"Recorded as male, and as {words} on {event.day}: which of them is right?", [event])
    years = value("watch.age_unlikely").value
    if person.born is not None and case.reached(add_months(person.born, 12 * years)):
        yield Reason(f"Born on {person.born}, so {years} years old or more: is the date of birth right?")
