"""What no reading of a record's entries could make true, and is therefore refused rather than guessed at.

All but repeats are held only against the entries that stand: what was entered wrongly is cured by a correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from natalizumab.errors import RecordError
from natalizumab.record.doses import is_sc_half, refuse_doubles
from natalizumab.record.events import Dose, EarlierTreatment, Event, Interval
from natalizumab.record.order import moment
from natalizumab.record.words import places, shown


def refuse_repeats(events: Sequence[Event]) -> None:
    """Refuse one id for two events, and an event that stands twice; the two syringes of one SC dose may."""
    first: dict[str, int] = {}
    for number, event in enumerate(events):
        before = first.setdefault(event.ref, number)
        if before == number:
            continue
        if event.id is not None or events[before].id is not None:
            raise RecordError(f"events[{number}].id: {shown(event.ref)} is already the id of events[{before}]")
        if not (isinstance(event, Dose) and is_sc_half(event) and event.corrects is None):
            raise RecordError(
                f"events[{number}]: repeats events[{before}] ({event.kind} on {event.day}); "
                "give each an id if both happened"
            )


def refuse_contradictions(born: date | None, events: Sequence[Event], standing: Sequence[Event]) -> None:
    """Refuse what contradicts itself among ``standing``, in canonical order. ``events`` (all) give the places."""
    refuse_doubles([event for event in standing if isinstance(event, Dose)], events)
    _refuse_two_intervals(events, standing)
    if born is not None:
        _refuse_before_birth(born, events, standing)


def _refuse_two_intervals(events: Sequence[Event], standing: Sequence[Event]) -> None:
    """Two different intervals from the same moment on, and nobody says which was prescribed last."""
    intervals = [event for event in standing if isinstance(event, Interval) and not event.planned]
    for one, other in pairwise(intervals):
        if one.weeks != other.weeks and (moment(one), one.entered) == (moment(other), other.entered):
            where = places(events)
            first, second = sorted((one, other), key=lambda event: where[id(event)])
            raise RecordError(
                f"events[{where[id(second)]}].weeks: {second.weeks} weeks, but events[{where[id(first)]}] says "
                f"{first.weeks} weeks from the same moment ({second.on_text}); give each a time, or correct one of them"
            )


def _refuse_before_birth(born: date, events: Sequence[Event], standing: Sequence[Event]) -> None:
    for event in standing:
        first_dose = event.first_dose if isinstance(event, EarlierTreatment) else None
        earliest = min(event.day, first_dose or event.day)
        if earliest < born:
            number = places(events)[id(event)]
            raise RecordError(f'person.born: "{born}" is after events[{number}] ({event.kind} on {earliest})')
