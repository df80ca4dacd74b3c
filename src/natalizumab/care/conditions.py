"""Conditions that come and go in a record: which diagnoses still stand, and what the word of a result means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from natalizumab.care.case import Case
from natalizumab.care.names import within
from natalizumab.evidence import Term
from natalizumab.record import Diagnosis, Event, Serology

_WORDS_KEPT = 4096
"""Results are few words that come again in every record."""

_POSITIVE = re.compile(r"\b(positive|pos|reactive|detected)\b|^\++$")
_NEGATIVE = re.compile(r"\b(negative|neg|non ?reactive|not (reactive|detected))\b|^-$")
_DOUBT = re.compile(r"\b(weak\w*|borderline|equivocal|indeterminate|pending|repeat|unclear)\b|\?")


def standing(case: Case, *groups: str, ended_by: tuple[str, ...] = ("excluded",)) -> Iterator[Diagnosis]:
    """Diagnoses of the groups that still stand.

    A suspected one ends when excluded, a confirmed one as ``ended_by`` says. ``excluded`` never ends a confirmed
    diagnosis: that is a correction of the facts, and is entered as one.
    """
    found = within(case.named(Diagnosis), *groups)
    if not found:
        return
    for name in dict.fromkeys([f.term.name for f in found]):
        last = _last_standing(f.event for f in found if f.term.name == name)
        if last is not None and not (last.status == "history" and "history" in ended_by):
            yield last


def _last_standing(events: Iterator[Diagnosis]) -> Diagnosis | None:
    stands: Diagnosis | None = None
    for event in events:
        if event.status == "excluded":
            stands = None if stands is None or stands.status == "suspected" else stands
        elif event.status != "suspected" or stands is None or stands.status == "history":
            stands = event
    return stands


def comes_after(case: Case, event: Event, other: Event) -> bool:
    """Whether ``event`` stands after ``other`` in the record's order: by day, by time where both have one."""
    return case.place(event) > case.place(other)


def tests_of(case: Case, *groups: str) -> Iterator[tuple[Term, Serology]]:
    """Every result of a test of the groups, with the term of the list that its name spells."""
    for found in within(case.named(Serology), *groups):
        yield found.term, found.event


def meaning(result: Serology) -> str | None:
    """``positive`` or ``negative`` if the result plainly says so, else None: pending, borderline, anything unknown."""
    return _meaning(result.result)


@lru_cache(maxsize=_WORDS_KEPT)
def _meaning(written: str) -> str | None:
    text = written.strip()
    text = text if text == "-" else re.sub(r"[\s\-_]+", " ", text).strip().casefold()
    rest, negatives = _NEGATIVE.subn(" ", text)
    positive = _POSITIVE.search(rest.strip()) is not None
    if _DOUBT.search(text) or (negatives and positive):
        return None
    if negatives:
        return "negative"
    return "positive" if positive else None
