"""Plasma exchanges of a record, and other treatments that do something to the drug that the model does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from natalizumab.errors import ModelError
from natalizumab.evidence import value, vocabulary
from natalizumab.pharmacology.doses_given import DayOfDose
from natalizumab.pharmacology.history import Removal
from natalizumab.pharmacology.timeline import Timeline
from natalizumab.record import Course, Event, Procedure, Therapy
from natalizumab.record.words import joined

EXCHANGE, IMMUNOGLOBULIN = "plasma exchange", "immunoglobulin"
"""Groups of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One plasma exchange: its date as written, whether its clock time is on record, and where it lies."""

    date: date
    timed: bool
    day: float


def exchanges(course: Course, timeline: Timeline, doses: Mapping[date, DayOfDose]) -> tuple[Exchange, ...]:
    """The plasma exchanges from the first dose on; on the day of a dose before it, unless both carry a time. One a
    day: several entries of one day, as a therapy and a procedure, are the same exchange.

    Raises ModelError for a course of them that does not say how many there were.
    """
    since = (e for e in _of_group(course, EXCHANGE) if _last_day(e, course) >= timeline.origin)
    of_a_day = {found.date: found for found in sorted((_exchange(e, timeline, doses) for e in since), key=_less_known)}
    return tuple(sorted(of_a_day.values(), key=lambda found: found.day))


def _less_known(found: Exchange) -> tuple[bool, float]:
    """Entries of one day are of one exchange, and the one that carries a time says when it was."""
    return found.timed, -found.day


def bears_on_concentration(event: Event) -> bool:
    """Whether it is a treatment of which the model knows, or says that it does not know, what it does to the drug."""
    if not isinstance(event, Procedure | Therapy):
        return False
    term = vocabulary("procedures").find(event.name)
    return term is not None and bool({EXCHANGE, IMMUNOGLOBULIN} & set(term.groups))


def removals(found: Iterable[Exchange]) -> tuple[Removal, ...]:
    """What the exchanges take out of the blood."""
    return tuple(Removal(exchange.day, fraction_removed()) for exchange in found)


def fraction_removed() -> float:
    """The share of the drug in the central volume that one exchange takes: the middle of the evidence's simple model.

    The higher share that was observed is how far exchanges lowered the concentration, not what a single one takes.
    """
    low, high = value("pk.plasma_exchange_removed_model").value
    return float(low + high) / 2 / 100


def warnings(course: Course, found: Iterable[Exchange], first_dose: date) -> tuple[str, ...]:
    """What has to be said about exchanges, and about immunoglobulins, since the first dose."""
    days = [str(exchange.date) for exchange in found]
    observed = value("pk.plasma_exchange_removed_observed")
    said = []
    if days:
        said.append(
            f"Plasma exchange on {joined(days)}: each is taken to remove {fraction_removed():.0%} of the drug in the "
            f"blood, after a simple model; the concentration was seen to fall by {observed.value:g} %, so levels and "
            "forecasts after it may be too high."
        )
    immunoglobulin = [str(e.day) for e in _of_group(course, IMMUNOGLOBULIN) if _last_day(e, course) >= first_dose]
    if immunoglobulin:
        said.append(
            f"Immunoglobulins on {joined(immunoglobulin)}: the model does not know what they do to the concentration."
        )
    return tuple(said)


def _exchange(event: Procedure | Therapy, timeline: Timeline, doses: Mapping[date, DayOfDose]) -> Exchange:
    if isinstance(event, Therapy) and event.until != event.day:
        raise ModelError(
            f"Cannot say: {event.name} from {event.day} is on record as a therapy, without how often it was done; "
            "enter each plasma exchange as a procedure."
        )
    day = timeline.day(event.day, event.at)
    dose = doses.get(event.day)
    if dose is not None and not (dose.timed and event.at is not None):
        day = min(day, dose.day)
    return Exchange(event.day, event.at is not None, day)


def _of_group(course: Course, group: str) -> list[Procedure | Therapy]:
    events = cast("tuple[Procedure | Therapy, ...]", (*course.of("procedure"), *course.of("therapy")))
    terms = ((event, vocabulary("procedures").find(event.name)) for event in events)
    return sorted((event for event, term in terms if term and group in term.groups), key=lambda event: event.day)


def _last_day(event: Procedure | Therapy, course: Course) -> date:
    until = event.until if isinstance(event, Therapy) else event.day
    return course.on if until is None else until
